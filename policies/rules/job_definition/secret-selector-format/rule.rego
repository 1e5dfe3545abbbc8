# METADATA
# title: Selectors of a secret are complete
# description: >-
#   Behind the ARN of a secret stand either no selectors, or all three: JSON key, version stage and version id, each of which may be empty,
#   with their colons. The agent splits the resource on colons and accepts 2 or 5 parts; any other count fails every job.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/asmsecret/asmsecret.go
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write ARN:JSON-KEY:VERSION-STAGE:VERSION-ID with all three colons, whatever is left empty.
#   notes: >-
#     Whether the secret has that key or version is another question. Selectors behind a value that is not known from the files are only
#     called likely to be wrong. Both a version stage and a version id are accepted here.
package rules.job_definition["secret-selector-format"]

import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s has %s resource parts (%s); AWS accepts 2 or 5.", [
		entry.value,
		format_int(count(entry.parts), 10),
		concat(", ", [_shown(part) | some part in entry.parts]),
	]),
	"remedy": {"replacement": _rewritten(entry.arn, _repaired(selectors))},
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in _secrets
	not count(entry.parts) in {2, 5}
	selectors := array.slice(entry.parts, 2, count(entry.parts))
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s %s.", [entry.value, fault]),
	"remedy": {"text": "Put the version where it belongs.", "replacement": _rewritten(entry.arn, _swapped(selectors))},
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in _secrets
	count(entry.parts) == 5
	selectors := array.slice(entry.parts, 2, 5)
	fault := _misplaced(selectors)
}

findings contains result.finding(rego.metadata.chain(), {
	"confidence": "likely",
	"message": sprintf("%s has %s behind the ARN of a secret; AWS accepts none or 3.", [entry.value, _colons(count(selectors))]),
	"remedy": {"replacement": _rewritten(hole, _repaired(selectors))},
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in references.all
	entry.kind == "unknown"
	entry.site != "repositoryCredentials"
	[hole, selectors] := _behind_hole(entry.value)
	count(selectors) != 3
}

# Credentials of a registry take no selectors at all, which is another rule's subject.
_secrets := [entry |
	some entry in references.all
	entry.kind == "secret"
	entry.site != "repositoryCredentials"
]

_shown("") := "empty"

_shown(part) := _named(part) if part != ""

# The ARN of a declared secret ends in six characters that nobody has to be shown, and its name may be a hole as well.
_named(part) := split(part, "-⟨#")[0] if {
	contains(part, ".name@")
} else := part

_colons(1) := "1 colon"

_colons(number) := concat(" ", [format_int(number, 10), "colons"]) if number != 1

# A whole value in one hole and, behind it, known text that begins with a colon.
_behind_hole(value) := [concat("", [hole, "⟩"]), array.slice(selectors, 1, count(selectors))] if {
	startswith(value, "⟨*")
	[hole, behind] := split(value, "⟩")
	startswith(behind, ":")
	selectors := split(behind, ":")
}

_rewritten(_, null) := null

_rewritten(base, ["", "", ""]) := base

_rewritten(base, selectors) := concat(":", array.concat([base], selectors)) if {
	selectors != null
	selectors != ["", "", ""]
}

# What was meant by too few or too many selectors: key, stage and id, or null when that can't be told.
# `SecretString` stands before the key in dynamic references of CloudFormation.
_repaired(selectors) := _placed(selectors[0]) if {
	count(selectors) == 1
} else := [selectors[1], "", ""] if {
	count(selectors) == 2
	selectors[0] == "SecretString"
} else := _placed(selectors[0]) if {
	count(selectors) == 2
	selectors[1] == ""
} else := [selectors[0], selectors[1], ""] if {
	count(selectors) == 2
	_stage(selectors[1])
} else := [selectors[0], "", selectors[1]] if {
	count(selectors) == 2
	_version_id(selectors[1])
} else := array.slice(selectors, 1, 4) if {
	count(selectors) == 4
	selectors[0] == "SecretString"
} else := array.slice(selectors, 0, 3) if {
	count(selectors) == 4
	selectors[3] == ""
} else := null

_placed(selector) := ["", selector, ""] if {
	_stage(selector)
} else := ["", "", selector] if {
	_version_id(selector)
} else := [selector, "", ""]

_stage(selector) if selector in {"AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"}

_version_id(selector) if text.uuid(selector)

_version_id(selector) if startswith(selector, "terraform-")

_misplaced(selectors) := sprintf("has the version id %s in the place of a version stage", [selectors[1]]) if {
	text.uuid(selectors[1])
} else := sprintf("has the version stage %s in the place of a version id", [selectors[2]]) if {
	_stage(selectors[2])
} else := sprintf("has %s for a version id, which has 32 to 64 characters", [selectors[2]]) if {
	selectors[2] != ""
	text.literal(selectors[2])
	not _length_of_version_id(count(selectors[2]))
}

_length_of_version_id(length) if {
	length >= 32
	length <= 64
}

_swapped(selectors) := [selectors[0], "", selectors[1]] if {
	text.uuid(selectors[1])
	selectors[2] == ""
} else := [selectors[0], selectors[2], ""] if {
	_stage(selectors[2])
	selectors[1] == ""
} else := null
