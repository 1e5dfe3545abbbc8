# METADATA
# title: Secrets that are not named by their ARN
# description: >-
#   References that plainly mean a secret and are not its ARN. AWS Batch takes any text that is no ARN for the name of a
#   parameter of Systems
#   Manager: https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
package lib.misnamed

import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   What a reference has in place of an ARN, null when it has one or nothing can be said. `is` goes on from the
#   reference's label, `replacement` is the right text, null when it is not known, and `secret` is the secret in the
#   case with that name, or null.
of(reference) := _meant("is set to the ID of a secret version (ARN|VERSION) instead of the ARN of the secret", {
	"arn": reference.named.arn,
	"selectors": _behind_version(reference.named.parts),
}) if {
	contains(reference.named.parts[1], "|")
} else := _meant(
	"is set to the ID of a secret version (ARN|VERSION) instead of the ARN of the secret",
	_of_hole(attribute),
) if {
	attribute := _attribute(reference.value_from.value)
	attribute.hole.origin.resource_kind == "secret_version"
	attribute.hole.origin.attribute == "id"
} else := _meant("is set to the ID of a version instead of the ARN of the secret", _of_hole(attribute)) if {
	attribute := _attribute(reference.value_from.value)
	attribute.hole.origin.resource_kind == "secret_version"
	attribute.hole.origin.attribute == "version_id"
} else := _name(reference) if {
	reference.site != "repositoryCredentials"
	reference.parameter == null
	reference.named.fields == null
	reference.named.parts != null
} else := null

_name(reference) := object.union(
	_meant($"is set to the name of `{secret.address}`{_looked_up}", {"arn": _arn_here(secret), "selectors": selectors}),
	{"secret": secret},
) if {
	[_, name] := array.slice(reference.named.parts, 0, 2)
	secret := _called(name, $":secret:{name}")[0]
	selectors := _selectors(reference.named.parts)
} else := _meant($"is set to the name of a secret{_looked_up}", _of_hole(attribute)) if {
	attribute := _attribute(reference.value_from.value)
	attribute.hole.origin.resource_kind == "secret"
	attribute.hole.origin.attribute == "name"
} else := _meant($"is set to pieces of the name of a secret{_looked_up}", {"arn": _own(name), "selectors": []}) if {
	name := _taken_apart(reference.value_from.value)
} else := _meant($"is set to the end of a secret's ARN{_looked_up}", _of_name(reference)) if {
	some start in ["secret:", "secretsmanager:"]
	startswith(reference.value_from.value, start)
	reference.named.parts[1] != ""
} else := _meant($"is set to the name of a secret with selectors{_looked_up}", _of_name(reference)) if {
	_has_selectors(array.slice(reference.named.parts, 2, count(reference.named.parts)))
	_is_name(reference.named.parts[1])
}

# The secrets with a name, which may have the suffix of the ARN.
_called(name, end) := [secret | some secret in input.secrets; _is_called(secret, name, end)]

_is_called(secret, name, _) if secret.name.value == name

_is_called(secret, _, end) if endswith(secret.arn.value, end)

# The name and suffix of a secret when the value is made of pieces of them alone, as the CDK writes `secretName`:
# https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_secretsmanager.ISecret.html#secretname
_taken_apart(value) := concat("-", [text.token(key) | some attribute in ["name", "id"]; some key in whole[attribute]]) if {
	pieces := holes.keys(value)
	pieces != []
	text.consists_of(text.known(value), $"{text.alphanumeric}-")
	made := {key | some piece in pieces; some key in holes.known(piece).origin.of}
	every key in pieces { _is_piece(key) }
	every key in made { _is_piece(key) }
	sources := {key | some one in made; some key in holes.known(one).origin.of}
	count({holes.known(key).identifies | some key in sources}) == 1
	every key in sources { holes.known(key).origin.resource_kind == "secret" }
	whole := {attribute: {key | some key in sources; holes.known(key).origin.attribute == attribute} |
		some attribute in ["name", "id"]
	}
	count(whole.name) == 1
}

_is_piece(key) if holes.known(key).origin.function in {"Fn::Select", "Fn::Split"}

_looked_up := ", which AWS Batch looks up as a parameter of Systems Manager"

_meant(is, {"arn": arn, "selectors": selectors}) := {"is": is, "replacement": _joined(arn, selectors), "secret": null}

_joined(null, _) := null

_joined(arn, selectors) := concat(":", array.concat([arn], selectors)) if arn != null

# The ARN of a secret by its hole, and the selectors behind it.
_of_hole(attribute) := {"arn": attribute.hole.arn, "selectors": _complete(array.slice(pieces, 1, count(pieces)))} if {
	pieces := split(attribute.rest, ":")
}

_of_name(reference) := {
	"arn": _own(reference.named.parts[1]),
	"selectors": _selectors(reference.named.parts),
}

# The hole that a string begins with, and what is behind it.
_attribute(value) := {"hole": holes.of(value)[0], "rest": substring(value, indexof(value, "⟩") + 1, -1)} if {
	startswith(value, "⟨")
}

_arn_here(secret) := secret.arn.value if {
	secret.unit == input.subject.unit
} else := _own(secret.name.value)

_own(name) := $"arn:{own.partition}:secretsmanager:{own.region}:{own.account}:secret:{name}" if own := input.deployment

_selectors(parts) := _complete(array.slice(parts, 2, count(parts)))

_behind_version(parts) := array.slice(parts, 2, count(parts))

# All three selectors, whatever was left out.
_complete([]) := []

_complete([""]) := []

_complete(selectors) := array.slice(array.concat(selectors, ["", ""]), 0, 3) if not selectors in [[], [""]]

# A string with three colons may be anything: it means a secret when two selectors are empty, or one is what nothing
# else is.
_has_selectors([_, "", ""])

_has_selectors(["", stage, ""]) if stage in {"AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"}

_has_selectors([_, "", id]) if text.uuid(id)

# `Ref::` is the placeholder of a job parameter, and with `aws:` begins what is left of an ARN without its first word.
_is_name(name) if {
	not name in {"Ref", "aws"}
	text.known(name) != ""
	not text.wide(name)
	text.consists_of(text.known(name), concat("", [text.alphanumeric, "/_+=.@!-"]))
}
