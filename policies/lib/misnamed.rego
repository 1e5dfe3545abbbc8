# METADATA
# title: Secrets that are not named by their ARN
# description: >-
#   References that plainly mean a secret and are not its ARN. AWS Batch takes any text that is no ARN for the name of a parameter of Systems
#   Manager: https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
package lib.misnamed

import data.lib.arn
import data.lib.origins
import data.lib.text

# METADATA
# description: >-
#   What a reference's value is in place of an ARN, undefined when it is one or nothing can be said. `is` goes on from the reference's label,
#   `replacement` is the right text, `secret` the secret in the case that it names, or null. `entry` has the `value`, `site` and `parameter` of
#   the reference.
of(entry) := _version_id(before, selectors) if {
	[before, behind] := split(entry.value, "|")
	startswith(before, "arn:")
	selectors := substring(behind, count(split(behind, ":")[0]), -1)
} else := _version_id(_arn_of(attribute.name, ".id"), attribute.rest) if {
	attribute := _attribute(entry.value)
	contains(attribute.name, "aws_secretsmanager_secret_version.")
	endswith(attribute.name, ".id")
} else := _name(entry.value) if {
	_may_name_a_parameter(entry)
}

_version_id(secret_arn, selectors) := {
	"is": "takes the id of a secret's version (ARN|VERSION) in place of the secret's ARN",
	"replacement": concat("", [secret_arn, selectors]),
	"secret": null,
}

# Credentials of a registry may be named.
_may_name_a_parameter(entry) if {
	entry.site != "repositoryCredentials"
	entry.parameter == null
	not startswith(entry.value, "arn:")
}

_name(value) := {
	"is": _looked_up(concat("", ["the name of ", secret.address])),
	"replacement": concat("", [_arn_here(secret), _selectors(tail.rest)]),
	"secret": secret,
} if {
	tail := _tail(value)
	secret := [secret | some secret in input.secrets; secret.name.value == tail.name][0]
} else := {
	"is": _looked_up("the name of a secret"),
	"replacement": concat("", [_arn_of(attribute.name, ".name"), _selectors(trim_prefix(attribute.rest, ":"))]),
	"secret": null,
} if {
	attribute := _attribute(value)
	contains(attribute.name, "aws_secretsmanager_secret.")
	endswith(attribute.name, ".name")
} else := {
	"is": _looked_up("the end of a secret's ARN"),
	"replacement": concat("", [_own(tail.name), _selectors(tail.rest)]),
	"secret": null,
} if {
	some start in ["secret:", "secretsmanager:"]
	startswith(value, start)
	tail := _tail(value)
	tail.name != ""
} else := {
	"is": _looked_up("the name of a secret with selectors"),
	"replacement": concat("", [_own(tail.name), _selectors(tail.rest)]),
	"secret": null,
} if {
	tail := _tail(value)
	_has_selectors(split(tail.rest, ":"))
	_is_name(tail.name)
}

_looked_up(what) := sprintf("takes %s, which AWS Batch looks up as a parameter of Systems Manager", [what])

# A name, and what stands behind its colon.
_tail(value) := {"name": name, "rest": trim_prefix(trim_prefix(tail, name), ":")} if {
	tail := trim_prefix(trim_prefix(value, "secretsmanager:"), "secret:")
	name := split(tail, ":")[0]
}

# The attribute that a text begins with, and what stands behind it.
_attribute(value) := {"name": name, "rest": rest} if {
	startswith(value, "⟨")
	[hole, rest] := split(value, "⟩")
	not contains(hole, "(")
	name := origins.names(hole)[0]
}

_arn_of(name, attribute) := concat("", ["⟨*", trim_suffix(name, attribute), ".arn@⟩"])

_arn_here(secret) := secret.arn.value if {
	secret.unit == input.subject.unit
} else := _own(secret.name.value)

_own(name) := arn.join({
	"partition": "⟨AWS.Partition⟩",
	"service": "secretsmanager",
	"region": "⟨AWS.Region⟩",
	"account": "⟨AWS.AccountId⟩",
	"resource": concat(":", ["secret", name]),
})

# All three selectors, whatever was left out.
_selectors("") := ""

_selectors(rest) := concat(":", array.concat([""], array.slice(array.concat(split(rest, ":"), ["", ""]), 0, 3))) if rest != ""

# A text with three colons may be anything: it means a secret when two selectors are empty, or one is what nothing else is.
_has_selectors([_, "", ""])

_has_selectors(["", stage, ""]) if stage in {"AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"}

_has_selectors([_, "", id]) if text.uuid(id)

# `Ref::` is the placeholder of a job parameter, and with `aws:` begins what is left of an ARN without its first word.
_is_name(name) if {
	not name in {"Ref", "aws"}
	text.known(name) != ""
	not text.wide(name)
	text.consists_of(text.known(name), concat("", [text.alphanumeric, "/_+=.@-"]))
}
