# METADATA
# title: Fields of ARNs
# description: >-
#   What is wrong with the fields of a reference's ARN, in the form of lib/faults.rego. A field that is not known is
#   taken for right.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package lib.fields

import data.lib.arn
import data.lib.placeholders
import data.lib.text

# METADATA
# description: The first fault of a reference's value, which begins as an ARN does; null when there is none
fault(reference) := _incomplete(reference.value_from.value) if {
	reference.named.fields == null
} else := _doubled(reference.value_from.value) if {
	_without_double(reference.value_from.value)
} else := _service(reference.named.fields) if {
	text.literal(reference.named.fields.service)
	not reference.named.fields.service in {"secretsmanager", "ssm"}
} else := _partition(reference.named.fields) if {
	text.literal(reference.named.fields.partition)
	not startswith(reference.named.fields.partition, "aws")
} else := _shift(reference.named.fields) if {
	reference.named.fields.account in {"secret", "parameter"}
} else := found if {
	found := _region(reference.named.fields)
} else := found if {
	found := _account(reference.named.fields)
} else := found if {
	found := _secret(reference.named.fields)
} else := found if {
	found := _parameter(reference.named.fields)
} else := _fault("is longer than the 2048 characters that AWS accepts", _write_arn, null) if {
	# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
	count(text.known(reference.value_from.value)) > 2048
} else := null

# `right` are the right fields, or null when they are not known.
_fault(is, advice, right) := {"is": is, "advice": advice, "replacement": _joined(right)}

_joined(null) := null

_joined(fields) := concat(":", [
	"arn",
	fields.partition,
	fields.service,
	fields.region,
	fields.account,
	fields.resource,
]) if {
	fields != null
}

_incomplete(value) := null if {
	text.wide(value)
} else := _fault($"has only {count(split(value, ":"))} of the 6 parts of an ARN", _write_arn, null)

_write_arn := "Write arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX, the ARN of the secret."

_doubled(value) := {
	"is": "has a doubled colon",
	"advice": "Remove one of the two colons.",
	"replacement": concat(":", pieces),
} if {
	pieces := _without_double(value)
}

# The pieces between the colons when one doubled colon is all that is wrong with the fields.
_without_double(value) := [pieces |
	some index in [1, 2, 3, 4, 5, 6]
	all[index] == ""
	pieces := array.concat(array.slice(all, 0, index), array.slice(all, index + 1, count(all)))
	_services[split(pieces[5], "/")[0]] == pieces[2]
	_may_be_region(pieces[3])
	_may_be_account(pieces[4])
	pieces[index] != ""
][0] if {
	contains(value, "::")
	all := split(value, ":")
}

_may_be_region(field) if _region_like(split(field, "-"))

_may_be_region(field) if not placeholders.none(field)

_may_be_account(field) if arn.is_account(field)

_may_be_account(field) if {
	not placeholders.none(field)
	not _services[field]
}

_services := {"secret": "secretsmanager", "parameter": "ssm"}

_service(fields) := _fault(
	$"is an ARN of {fields.service}; only secretsmanager and ssm ARNs can be used",
	"Write the ARN of the secret.",
	right,
) if {
	right := object.union(fields, {"service": _services[split(split(fields.resource, ":")[0], "/")[0]]})
} else := _fault(
	$"is an ARN of {fields.service}; only secretsmanager and ssm ARNs can be used",
	"Write the ARN of the secret.",
	null,
)

_partition(fields) := _fault(
	$"has an invalid partition, {fields.partition}",
	"Write aws, or the partition of another part of AWS, such as aws-cn.",
	null,
)

# A field was left out before the resource, so that `secret` is where the account belongs.
_shift(fields) := _fault("has no Region", "Write the Region between the service and the account.", right) if {
	text.consists_of(fields.region, text.digits)
	right := object.union(fields, {
		"region": input.deployment.region,
		"account": fields.region,
		"resource": $"{fields.account}:{fields.resource}",
	})
} else := _fault("has no account ID", "Write the account ID between the Region and the resource.", right) if {
	right := object.union(fields, {
		"account": input.deployment.account,
		"resource": $"{fields.account}:{fields.resource}",
	})
}

# A partition or Region that is newer than this list is no fault.
_partitions := {
	"cn-": "aws-cn",
	"us-gov-": "aws-us-gov",
	"eusc-": "aws-eusc",
	"us-iso-": "aws-iso",
	"us-isob-": "aws-iso-b",
	"eu-isoe-": "aws-iso-e",
	"us-isof-": "aws-iso-f",
}

_partition_of(region) := partition if {
	some start, partition in _partitions
	startswith(region, start)
} else := "aws" if {
	parts := split(region, "-")
	count(parts) == 3
	parts[0] in {"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"}
}

_region(fields) := _fault("has no Region", "Write the Region between the service and the account.", right) if {
	fields.region == ""
	right := object.union(fields, {"region": input.deployment.region, "account": _or_own_account(fields.account)})
} else := _fault(
	$"has an invalid Region, {fields.region}",
	"Write the code of the Region, such as eu-west-1.",
	null,
) if {
	placeholders.none(fields.region)
	not _region_like(split(fields.region, "-"))
} else := _fault(
	$"has the Region {fields.region}, which is not in the partition {fields.partition}",
	$"Write the partition {partition}.",
	right,
) if {
	partition := _partition_of(fields.region)
	partition != fields.partition
	fields.partition in ({"aws"} | {known | some known in _partitions})
	right := object.union(fields, {"partition": partition})
}

_or_own_account("") := input.deployment.account

_or_own_account(account) := account if account != ""

_region_like(parts) if {
	count(parts) > 2
	last := count(parts) - 1
	parts[last] != ""
	text.consists_of(parts[last], text.digits)
	every part in array.slice(parts, 0, last) {
		part != ""
		text.consists_of(part, "abcdefghijklmnopqrstuvwxyz")
	}
}

_account(fields) := _fault("has no account ID", "Write the account ID between the Region and the resource.", right) if {
	fields.account == ""
	right := object.union(fields, {"account": input.deployment.account})
} else := _fault(
	$"has an invalid account ID, {fields.account}",
	"Write the 12 digits of the account ID.",
	null,
) if {
	placeholders.none(fields.account)
	not arn.is_account(fields.account)
}

# METADATA
# description: >-
#   Characters in the names of secrets; `!` in those that services of AWS make, such as rds!cluster-….
#   https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
secret_characters := $"{text.alphanumeric}/_+=.@!-"

_secret(fields) := _fault("has a slash behind secret instead of a colon", "Write a colon behind secret.", right) if {
	fields.service == "secretsmanager"
	startswith(fields.resource, "secret/")
	right := object.union(fields, {"resource": $"secret:{substring(fields.resource, 7, -1)}"})
} else := _fault(
	$"has {split(fields.resource, ":")[0]} where AWS expects secret:NAME",
	"Write the ARN of the secret.",
	null,
) if {
	fields.service == "secretsmanager"
	not startswith(fields.resource, "secret:")
	text.literal(split(fields.resource, ":")[0])
} else := _fault("names no secret", "Write the name of the secret behind secret:.", null) if {
	fields.service == "secretsmanager"
	_name_of_secret(fields) == ""
} else := _fault(
	"has characters in the secret's name that Secrets Manager does not allow",
	"Write the name with letters, digits and /_+=.@- only.",
	null,
) if {
	fields.service == "secretsmanager"
	not text.wide(fields.resource)
	not text.consists_of(text.known(split(_name_of_secret(fields), "|")[0]), secret_characters)
} else := _fault("has a secret name longer than 512 characters", "Write the ARN of the secret.", null) if {
	fields.service == "secretsmanager"
	not text.wide(fields.resource)
	count(text.known(_name_of_secret(fields))) > 512 + 7
}

_name_of_secret(fields) := concat("", array.slice(split(fields.resource, ":"), 1, 2))

# METADATA
# description: >-
#   Characters in the names of parameters.
#   https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
parameter_characters := $"{text.alphanumeric}/_.-"

_parameter(fields) := _fault(
	$"has {fields.resource} where AWS expects parameter/NAME",
	"Write the ARN of the parameter.",
	null,
) if {
	fields.service == "ssm"
	text.literal(substring(fields.resource, 0, 10))
	not substring(fields.resource, 0, 10) in {"parameter/", "parameter:"}
} else := _fault("names no parameter", "Write the name of the parameter.", null) if {
	fields.service == "ssm"
	count(fields.resource) == 10
} else := _fault("has two slashes behind parameter", "Write one slash: the name begins with it.", right) if {
	fields.service == "ssm"
	startswith(fields.resource, "parameter//")
	right := object.union(fields, {"resource": $"parameter/{substring(fields.resource, 11, -1)}"})
} else := _fault(
	"has selectors, which only secrets have",
	"Write the ARN without them: a parameter is read as a whole.",
	right,
) if {
	fields.service == "ssm"
	not text.wide(fields.resource)
	name := substring(fields.resource, 10, -1)
	count(split(name, ":")) > 2
	right := object.union(fields, {"resource": $"parameter/{split(name, ":")[0]}"})
} else := _fault(
	"has characters in the parameter's name that Systems Manager does not allow",
	"Write the name with letters, digits and /_.- only.",
	null,
) if {
	fields.service == "ssm"
	not text.wide(fields.resource)
	not text.consists_of(text.known(replace(substring(fields.resource, 10, -1), ":", "")), parameter_characters)
}
