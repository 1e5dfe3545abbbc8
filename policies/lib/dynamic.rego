# METADATA
# title: Dynamic references
# description: >-
#   References of CloudFormation to secrets, which it replaces by their values when it deploys.
#   https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
package lib.dynamic

import data.lib.text

# METADATA
# description: >-
#   The first dynamic reference to a secret in a string: the `key` of a JSON secret that it asks for, or "", and the
#   `value_from` by which a container would get the same, or null. A plain parameter, {{resolve:ssm:…}}, is no secret.
secret(value) := {"key": selectors[0], "value_from": _value_from(base, selectors)} if {
	inner := _inner(value, "{{resolve:secretsmanager:")
	id := _id(inner)
	base := _secret_arn(id)

	# SecretString, JSON key, version stage and version id, the last of which may be left out.
	given := array.slice(split(trim_prefix(inner, id), ":"), 2, 5)
	selectors := array.concat(given, array.slice(["", "", ""], count(given), 3))
} else := {"key": "", "value_from": _own("ssm", $"parameter/{trim_prefix(name, "/")}")} if {
	name := split(_inner(value, "{{resolve:ssm-secure:"), ":")[0]
}

_inner(value, start) := split(split(value, start)[1], "}}")[0] if contains(value, start)

# An ARN has seven parts, a name one.
_id(inner) := concat(":", array.slice(split(inner, ":"), 0, 7)) if {
	startswith(inner, "arn:")
} else := split(inner, ":")[0]

_secret_arn(id) := id if {
	startswith(id, "arn:")
} else := id if {
	text.wide(id)
} else := _own("secretsmanager", $"secret:{id}")

_value_from(base, ["", "", ""]) := base

_value_from(base, selectors) := concat(":", array.concat([base], selectors)) if selectors != ["", "", ""]

_own(service, resource) := $"arn:{own.partition}:{service}:{own.region}:{own.account}:{resource}" if own := input.deployment
