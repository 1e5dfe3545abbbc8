# METADATA
# title: Secret references
# description: >-
#   The places where the job definition of the case names a secret, and what they name. Made once for a case, for all rules.
package lib.references

import data.lib.formats
import data.lib.misnamed
import data.lib.text

job := input.job_definitions[input.subject.id]

# METADATA
# description: >-
#   Every reference: `id`, `at` (of its value, or of the whole where it has none), `label` (what people call it), `value` (null when absent),
#   `container`, `site` (the API's key), `secret` and `parameter` (ids in the case, or null), and `kind`:
#   "secret" or "parameter" with its `arn` (without selectors), "misnamed" with its `fault` (see lib/misnamed.rego), "broken" with its `fault`
#   (see lib/formats.rego), "absent", or "unknown" when the files don't tell what it names.
all := [object.union(entry, _named(entry)) |
	some container in job.containers
	container.kind != "eks"
	some entry in _entries(container)
]

_entries(container) := array.concat(
	array.concat(
		[_entry(reference, container, "secrets") | some reference in container.secrets],
		[_entry(reference, container, "secretOptions") | some reference in container.log.secret_options],
	),
	[_entry(container.registry_credentials, container, "repositoryCredentials") | container.registry_credentials != null],
)

_entry(reference, container, site) := {
	"id": reference.id,
	"at": object.get(reference, ["value_from", "at"], reference.at),
	"label": _label(reference, site),
	"value": object.get(reference, ["value_from", "value"], null),
	"secret": reference.secret,
	"parameter": reference.parameter,
	"container": container,
	"site": site,
}

_label(reference, site) := reference.name.value if {
	reference.name.value != ""
} else := "repositoryCredentials" if {
	site == "repositoryCredentials"
} else := "an unnamed secret"

_named(entry) := {"kind": "absent"} if {
	entry.value == null
} else := {"kind": "misnamed", "fault": misnamed.of(entry)} if {
	misnamed.of(entry)
} else := formats.read(entry.value, entry.site)

# METADATA
# description: >-
#   A reference's value at the beginning of a message. What does not look like an ARN may be a secret that somebody pasted, so it is not
#   quoted.
subject(entry) := entry.value if {
	_quotable(entry.value)
} else := concat("", ["The value of ", entry.label])

_quotable(value) if startswith(value, "arn:")

_quotable(value) if startswith(value, "secret:")

_quotable(value) if startswith(value, "⟨")

# METADATA
# description: The ids of references
ids(entries) := [entry.id | some entry in entries]

# METADATA
# description: The labels of references as one text
labels(entries) := text.enumeration(text.distinct([entry.label | some entry in entries]))

# METADATA
# description: What tells a finding about this reference from one about another of the job definition
names(entry) := [entry.container.path, entry.label]
