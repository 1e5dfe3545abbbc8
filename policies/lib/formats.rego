# METADATA
# title: Formats of references
# description: >-
#   What the value of a reference means: a secret, or a parameter when it is no ARN.
#   https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
package lib.formats

import data.lib.arn
import data.lib.faults
import data.lib.text

# METADATA
# description: >-
#   The meaning of a value at a site (the API's key). `kind` is "secret", "parameter", "unknown" or "broken". `arn` is the ARN of what it
#   names, without selectors, as far as it is known. A secret also has `parts`, what stands between the colons of its resource; something
#   unknown has the `service`, if that is known; something broken has nothing but its `fault`.
read(value, site) := {"kind": "broken", "fault": faults.of(value, site)} if {
	faults.of(value, site)
} else := _read_arn(arn.parse(value), value) if {
	arn.parse(value)
} else := {"kind": "unknown", "service": "unknown", "arn": _to_first_wide(value)} if {
	_may_be_anything(value)
} else := {"kind": "secret", "arn": _own("secretsmanager", concat(":", ["secret", value])), "parts": ["secret", value]} if {
	# https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
	site == "repositoryCredentials"
} else := {"kind": "parameter", "arn": _own("ssm", _parameter(value))}

_read_arn(fields, value) := {"kind": "unknown", "service": service, "arn": _to_first_wide(value)} if {
	text.wide(fields.resource)
	service := {"secretsmanager": "secretsmanager", "ssm": "ssm"}[fields.service]
} else := {"kind": "secret", "arn": arn.join(object.union(fields, {"resource": base})), "parts": parts} if {
	fields.service == "secretsmanager"
	parts := split(fields.resource, ":")
	base := concat(":", array.slice(parts, 0, 2))
} else := {"kind": "parameter", "arn": arn.join(object.union(fields, {"resource": _parameter(name)}))} if {
	fields.service == "ssm"
	name := substring(fields.resource, count("parameter/"), -1)
} else := {"kind": "unknown", "service": "unknown", "arn": _to_first_wide(value)}

# What of a value is known to belong to the ARN.
_to_first_wide(value) := concat("", [split(value, "⟨*")[0], "⟨*", split(split(value, "⟨*")[1], "⟩")[0], "⟩⟨*rest⟩"]) if {
	text.wide(value)
} else := "⟨*rest⟩"

# A text that begins with a hole up to a colon may be an ARN and selectors; a dynamic reference may be resolved to one.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
_may_be_anything(value) if text.wide(value)

_may_be_anything(value) if {
	startswith(value, "⟨")
	startswith(substring(value, indexof(value, "⟩") + 1, -1), ":")
}

_may_be_anything(value) if startswith(value, "{{resolve:ssm:")

_own(service, resource) := arn.join({
	"partition": "⟨AWS.Partition⟩",
	"service": service,
	"region": "⟨AWS.Region⟩",
	"account": "⟨AWS.AccountId⟩",
	"resource": resource,
})

# The resource of a parameter by its name: without a leading slash, version or label.
# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
_parameter(name) := concat("", ["parameter/", trim_prefix(split(name, ":")[0], "/")])
