# METADATA
# title: Selectors of secrets
# description: >-
#   What is wrong with the selectors behind a secret's ARN: JSON key, version stage and version ID, all three or none.
#   https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
package lib.selectors

import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   What is wrong with a number of selectors that is neither 0 nor 3: `is` says it, `right` are the three that were
#   meant, null when that is unknown. `SecretString` comes before the key in dynamic references of
#   CloudFormation.
incomplete(selectors) := _alone(selectors[0]) if {
	count(selectors) == 1
} else := {"is": _misfit, "right": [selectors[1], "", ""]} if {
	count(selectors) == 2
	selectors[0] == "SecretString"
} else := _pair(selectors[0], selectors[1]) if {
	count(selectors) == 2
} else := {"is": _misfit, "right": array.slice(selectors, 1, 4)} if {
	count(selectors) == 4
	selectors[0] == "SecretString"
} else := {"is": "there is one colon too many at the end", "right": array.slice(selectors, 0, 3)} if {
	count(selectors) == 4
	selectors[3] == ""
} else := _unclear(selectors)

_misfit := "SecretString belongs in a dynamic reference, not in the selectors of a secret"

_unclear(selectors) := {
	"is": $"there are {count(selectors)} colons behind the ARN of the secret, but AWS accepts none or 3",
	"right": null,
}

_alone("") := {"is": "there is a colon too many behind the ARN", "right": ["", "", ""]}

_alone(selector) := {"is": "a colon is missing on each side of the version stage", "right": ["", selector, ""]} if {
	stage(selector)
} else := {"is": "two colons are missing before the version ID", "right": ["", "", selector]} if {
	version_id(selector)
} else := {"is": "two colons are missing behind the JSON key", "right": [selector, "", ""]} if {
	selector != ""
}

_pair("", "") := {"is": "there are two colons too many behind the ARN", "right": ["", "", ""]}

_pair(key, "") := {"is": "a colon is missing behind the JSON key", "right": [key, "", ""]} if key != ""

_pair(key, version) := {"is": "a colon is missing behind the version stage", "right": [key, version, ""]} if {
	stage(version)
} else := {"is": "a colon is missing before the version ID", "right": [key, "", version]} if {
	version_id(version)
} else := {"is": "the JSON key is in the place of the version stage", "right": [version, "", ""]} if {
	key == ""
	version != ""
} else := _unclear([key, version]) if {
	version != ""
}

# METADATA
# description: >-
#   What is wrong with three selectors, undefined when nothing is. A version ID has 32 to 64 characters.
#   https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
misplaced(selectors) := {
	"is": $"the version ID {selectors[1]} is in the place of the version stage",
	"right": right,
} if {
	_only_version_id(selectors[1])
	right := _moved(selectors[2], [selectors[0], "", selectors[1]])
} else := {"is": $"the version stage {selectors[2]} is in the place of the version ID", "right": right} if {
	stage(selectors[2])
	right := _moved(selectors[1], [selectors[0], selectors[2], ""])
} else := {"is": $"{selectors[2]} is not a version ID, which has 32 to 64 characters", "right": null} if {
	selectors[2] != ""
	text.literal(selectors[2])
	not count(selectors[2]) in numbers.range(32, 64)
}

_moved("", right) := right

_moved(other, _) := null if other != ""

# METADATA
# description: >-
#   The version stage and ID where one of them is not known, undefined when both are. The ID of a version that is made
#   at deployment is known to be one.
unknown(selectors) := $"{selectors[1]}{selectors[2]}" if {
	not text.literal(selectors[1])
} else := selectors[2] if {
	not text.literal(selectors[2])
	not made_here(selectors[2])
}

# METADATA
# description: Whether a selector is the ID of a version that these files make or look up
made_here(id) if {
	startswith(id, "⟨")
	[hole] := holes.of(id)
	hole.origin.resource_kind == "secret_version"
	hole.origin.attribute == "version_id"
}

# METADATA
# description: Whether a selector is the label of a version
stage(selector) if selector in {"AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"}

# METADATA
# description: Whether a selector is plainly the ID of a version
version_id(selector) if _only_version_id(selector)

version_id(selector) if startswith(selector, "terraform-")

# A version stage may be any other text.
_only_version_id(selector) if text.uuid(selector)

_only_version_id(selector) if made_here(selector)
