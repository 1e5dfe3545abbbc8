# METADATA
# title: Secret references
# description: >-
#   The places where the job definition of the case names a secret, and what each names. Made once for a case, for all
#   rules.
package lib.references

import data.lib.faults
import data.lib.holes
import data.lib.misnamed
import data.lib.placeholders
import data.lib.text
import data.lib.valued

job := input.job_definitions[input.subject.id]

# METADATA
# description: >-
#   Every reference, whatever is wrong with it: `id`, `at` (of its value, or of the reference where it has none),
#   `label` (what people call it), `value` (null when absent), `named` and `site` (src/facts/schema/jobs.ts), `container`,
#   `secret` and `parameter` (ids in the case, or null), `misnamed` (lib/misnamed.rego) and `fault` (lib/valued.rego and lib/faults.rego),
#   null when there is none, and `kind`: "secret" with its `arn` without selectors and the `parts` of its resource,
#   "parameter" with its `arn`, "unknown" with the `service` ("unknown" if need be), the `cause` and, where only the
#   selectors are not known, the `arn`, "absent", "misnamed" or "broken".
all := [object.union(entry, _meant(entry)) |
	some container in job.containers
	container.kind != "eks"
	some reference in of(container)
	entry := _entry(reference, container)
]

# METADATA
# description: The references of a container, as the case has them
of(container) := array.concat(
	array.concat(container.secrets, object.get(container, ["log", "secret_options"], [])),
	[container.registry_credentials | container.registry_credentials != null],
)

# METADATA
# description: The parts of a container that may hold references and can't be seen
hidden(container) := [part |
	some part in container.unseen
	part.part in {"secrets", "logConfiguration", "secretOptions", "repositoryCredentials"}
]

_entry(reference, container) := {
	"id": reference.id,
	"at": object.get(reference, ["value_from", "at"], reference.at),
	"label": _label(reference),
	"value": object.get(reference, ["value_from", "value"], null),
	"named": reference.named,
	"site": reference.site,
	"secret": reference.secret,
	"parameter": reference.parameter,
	"container": container,
	"misnamed": _misnamed(reference),
	"fault": _fault(reference),
}

_label(reference) := reference.name.value if {
	reference.name.value != ""
} else := "repositoryCredentials" if {
	reference.site == "repositoryCredentials"
} else := "an unnamed secret"

_misnamed(reference) := misnamed.of(reference) if {
	reference.value_from != null
} else := null

_fault(reference) := valued.of(reference) if {
	reference.value_from != null
} else := faults.of(reference) if {
	reference.value_from != null
} else := null

_meant(entry) := {"kind": "absent"} if {
	entry.named.form == "absent"
} else := {"kind": "misnamed"} if {
	entry.misnamed != null
} else := {"kind": "broken"} if {
	entry.fault != null
} else := {
	"kind": "unknown",
	"service": entry.named.service,
	"arn": _arn(entry.named),
	"cause": _cause(entry),
} if {
	entry.named.arn != null
	entry.named.service in {"secretsmanager", "ssm"}
	text.wide(entry.named.fields.resource)
} else := {"kind": "secret", "arn": _arn(entry.named), "parts": entry.named.parts} if {
	entry.named.service == "secretsmanager"
	entry.named.arn != null
} else := {"kind": "parameter", "arn": _arn(entry.named)} if {
	entry.named.service == "ssm"
	entry.named.arn != null
} else := {"kind": "unknown", "service": _service(entry.named.service), "cause": _cause(entry)}

# A word that somebody has yet to replace may represent the account and Region of the deployment.
_arn(named) := placeholders.filled(named.arn, named.fields) if {
	placeholders.of(named.fields)
} else := named.arn

_service(service) := service if {
	service in {"secretsmanager", "ssm"}
} else := "unknown"

_cause(entry) := holes.cause(entry.value) if {
	not text.literal(entry.value)
} else := {"kind": "lookup", "name": entry.value, "unit": null}

# METADATA
# description: A finding about a reference; `given` has at least the `message`
finding(entry, given) := {"finding": object.union(
	{"at": entry.at, "references": [entry.id], "names": names(entry)},
	given,
)}

# METADATA
# description: What is not known about a reference, and why
unverified(entry, reason, cause) := {"unverified": {
	"reason": reason,
	"at": entry.at,
	"references": [entry.id],
	"cause": cause,
}}

# METADATA
# description: A proof about a reference by its own value
proof(entry, because) := {"proof": {"because": because, "at": entry.at, "references": [entry.id]}}

# METADATA
# description: The ids of references
ids(entries) := [entry.id | some entry in entries]

# METADATA
# description: The labels of references as a message lists them
labels(entries) := text.enumeration(text.distinct([$"`{entry.label}`" | some entry in entries]))

# METADATA
# description: What tells a finding about this reference from one about another of the job definition
names(entry) := [entry.container.path, entry.label]

# METADATA
# description: >-
#   The edit that puts a string in place of a reference's value, none when the right text is not known
edits(_, null) := []

edits(entry, value) := [{"at": entry.at, "text": value}] if value != null
