# METADATA
# title: Contents of secrets
# description: >-
#   What the references of the job definition ask of the secrets that the files declare: which version, which JSON keys,
#   and which of the secret's values that may be. Made once for a case, for all rules.
package lib.contents

import data.lib.causes
import data.lib.holes
import data.lib.references
import data.lib.selectors
import data.lib.text

# METADATA
# description: >-
#   The references to secrets that the files declare, and that are there: as in lib/references.rego, and with the
#   `declaration` of the secret, the `stage` and `version` that it selects ("" when it selects none), the JSON `keys`
#   that it asks for, and the `values` of the secret that it may get.
entries := [object.union(entry, _asked(entry)) |
	some entry in references.all
	entry.kind == "secret"
	entry.secret != null
	input.secrets[entry.secret].declared
	input.secrets[entry.secret].gone == null
]

_asked(entry) := {
	"declaration": secret,
	"stage": stage,
	"version": version,
	"keys": keys,
	"values": [content | some content in secret.contents; _may_be(content, stage, version)],
} if {
	secret := input.secrets[entry.secret]
	[keys, stage, version] := _selected(entry)
}

# Registry credentials are JSON with these keys:
# https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
_selected(entry) := [["username", "password"], "", ""] if {
	entry.site == "repositoryCredentials"
} else := [[key | key := entry.parts[2]; key != ""], entry.parts[3], entry.parts[4]] if {
	count(entry.parts) == 5
} else := [[], "", ""]

_may_be(content, stage, "") if {
	content.kind != "empty"
	_has_stage(content, stage)
}

# Nothing says which version ID a value has.
_may_be(content, _, version) if {
	content.kind != "empty"
	version != ""
}

_has_stage(content, _) if content.stages == null

_has_stage(content, "") if "AWSCURRENT" in content.stages

_has_stage(content, stage) if stage in content.stages

_has_stage(_, stage) if not text.literal(stage)

# METADATA
# description: >-
#   Whether the files show what kind of string a secret holds, or at least that it is one: a secret without a value is
#   the business of `secret-has-value`, a binary one that of `no-binary-secrets`.
has_text(secret) if {
	some content in secret.contents
	content.kind in {"text", "json", "string", "unknown"}
}

# METADATA
# description: >-
#   Whether all values that a reference may get are of a kind: one that selects another version gets a value of the same
#   form
all_of(entry, kind) if {
	some _ in alike(entry)
	every content in alike(entry) { content.kind == kind }
}

# METADATA
# description: The values that show which form the one has that a reference gets
alike(entry) := entry.values if {
	entry.values != []
} else := [content | some content in entry.declaration.contents; content.kind != "empty"]

# METADATA
# description: Whether nothing is unknown of the values that a reference may get
known(entry) if {
	entry.values != []
	not _other_version(entry)
	every content in entry.values { content.open == null }
}

# METADATA
# description: What a proof about the form of a value takes for granted
assumes(entry) := array.concat(["default-value" | _is_default(entry)], _keeps_form(entry))

_is_default(entry) if {
	some content in entry.declaration.contents
	object.get(content, ["open", "kind"], "") == "default"
}

_keeps_form(entry) := ["same-form"] if {
	_other_version(entry)
} else := ["same-form"] if {
	entry.values == []
} else := replaced(entry.declaration)

# METADATA
# description: >-
#   What a proof about the form of a secret's value takes for granted: that one which people or a function replace keeps
#   it
replaced(secret) := ["same-form"] if {
	some content in secret.contents
	object.get(content, ["open", "kind"], "") == "content"
} else := ["same-form"] if {
	some addition in secret.additions
	addition.others == null
} else := []

# METADATA
# description: Whether a finding about the values that a reference gets is "certain" or "likely"
confidence(entry) := "certain" if {
	not entry.declaration.maybe
	entry.declaration.additions == []
	every content in entry.values { not content.maybe }
} else := "likely"

# METADATA
# description: >-
#   Why it is not known what a reference gets: the first thing that is not known of the version that it selects or of a
#   value, or that there are several values
doubt(entry) := array.concat(
	array.concat(
		[holes.cause(selector) |
			some selector in [entry.stage, entry.version]
			not text.literal(selector)
			not selectors.made_here(selector)
		],
		[causes.of("versions", entry.declaration.address) | not _selects_value(entry)],
	),
	array.concat(
		[content.open | some content in entry.values; content.open != null],
		[causes.of("current-value", entry.declaration.address)],
	),
)[0]

_selects_value(entry) if {
	entry.values != []
	not _other_version(entry)
}

# Whether nothing says which of the values a reference gets.
_other_version(entry) if not text.literal(entry.stage)

_other_version(entry) if {
	entry.version != ""
	not _only_version(entry)
}

_only_version(entry) if {
	count(entry.values) == 1
	selectors.made_here(entry.version)
}
