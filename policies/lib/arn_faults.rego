# METADATA
# title: Faults of ARNs
# description: >-
#   What is wrong with the fields of a reference's ARN, in the form of lib/faults.rego. A field that is not known is taken for right.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package lib.arn_faults

import data.lib.arn
import data.lib.text

# METADATA
# description: The first fault of the fields (`arn.parse`), undefined when there is none
of(fields) := fault if {
	fault := _fault_of_service(fields)
} else := fault if {
	fault := _fault_of_partition(fields)
} else := fault if {
	fault := _fault_of_shift(fields)
} else := fault if {
	fault := _fault_of_region(fields)
} else := fault if {
	fault := _fault_of_account(fields)
} else := fault if {
	fault := _fault_of_resource(fields)
}

_services := {"secret": "secretsmanager", "parameter": "ssm"}

_fault_of_service(fields) := {
	"is": concat("", ["is an ARN of ", fields.service, ", and only secretsmanager and ssm hold secrets"]),
	"advice": "Write the ARN of the secret.",
	"replacement": _replaced(fields, "service", object.get(_services, split(split(fields.resource, ":")[0], "/")[0], null)),
} if {
	text.literal(fields.service)
	not fields.service in {"secretsmanager", "ssm"}
}

# A partition or Region that is newer than this list is no fault.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
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

_fault_of_partition(fields) := {
	"is": concat("", ["has ", fields.partition, " for a partition"]),
	"advice": "Write aws, or the partition of another part of AWS, such as aws-cn.",
	"replacement": null,
} if {
	text.literal(fields.partition)
	not startswith(fields.partition, "aws")
}

# A field was left out before the resource, so that `secret` stands in the place of the account.
_fault_of_shift(fields) := {
	"is": concat("", ["has no ", missing]),
	"advice": concat("", ["Write the ", missing, " between the service and the resource."]),
	"replacement": replacement,
} if {
	fields.account in {"secret", "parameter"}
	resource := concat(":", [fields.account, fields.resource])
	missing := _left_out(fields.region)
	replacement := _with_left_out(missing, object.union(fields, {"resource": resource}))
}

_left_out(region) := "Region" if {
	text.consists_of(region, text.digits)
} else := "account id"

_with_left_out("Region", fields) := arn.join(object.union(fields, {"region": "⟨AWS.Region⟩", "account": fields.region}))

_with_left_out("account id", fields) := arn.join(object.union(fields, {"account": "⟨AWS.AccountId⟩"}))

_fault_of_region(fields) := {
	"is": "has no Region",
	"advice": "Write the Region between the service and the account.",
	"replacement": arn.join(object.union(fields, {"region": "⟨AWS.Region⟩", "account": _or_own_account(fields.account)})),
} if {
	fields.region == ""
} else := {
	"is": concat("", ["has ", fields.region, " for a Region"]),
	"advice": "Write the code of the Region, such as eu-west-1.",
	"replacement": null,
} if {
	text.literal(fields.region)
	not _region_like(split(fields.region, "-"))
} else := {
	"is": concat("", ["puts the Region ", fields.region, " into the partition ", fields.partition]),
	"advice": concat("", ["Write the partition ", partition, ", where that Region is."]),
	"replacement": arn.join(object.union(fields, {"partition": partition})),
} if {
	partition := _partition_of(fields.region)
	partition != fields.partition
	fields.partition in ({"aws"} | {known | some known in _partitions})
}

_or_own_account("") := "⟨AWS.AccountId⟩"

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

_fault_of_account(fields) := {
	"is": "has no account id",
	"advice": "Write the account id between the Region and the resource.",
	"replacement": arn.join(object.union(fields, {"account": "⟨AWS.AccountId⟩"})),
} if {
	fields.account == ""
} else := {
	"is": concat("", ["has ", fields.account, " for an account id"]),
	"advice": "Write the 12 digits of the account.",
	"replacement": null,
} if {
	text.literal(fields.account)
	not _twelve_digits(fields.account)
}

_twelve_digits(account) if {
	count(account) == 12
	text.consists_of(account, text.digits)
}

_fault_of_resource(fields) := _fault_of_secret(fields, split(fields.resource, ":")) if {
	fields.service == "secretsmanager"
} else := _fault_of_parameter(fields) if {
	fields.service == "ssm"
}

# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
secret_characters := concat("", [text.alphanumeric, "/_+=.@-"])

_fault_of_secret(fields, parts) := {
	"is": "has a slash behind secret, where AWS has a colon",
	"advice": "Put a colon behind secret.",
	"replacement": arn.join(object.union(fields, {"resource": concat("", ["secret:", substring(fields.resource, 7, -1)])})),
} if {
	startswith(parts[0], "secret/")
} else := {
	"is": concat("", ["names ", parts[0], " where AWS has secret:NAME"]),
	"advice": "Write the ARN of the secret.",
	"replacement": null,
} if {
	parts[0] != "secret"
	text.literal(parts[0])
} else := {"is": "names no secret", "advice": "Write the name of the secret behind secret:.", "replacement": null} if {
	concat("", array.slice(parts, 1, 2)) == ""
} else := {
	"is": "has characters in the secret's name that Secrets Manager does not allow",
	"advice": "Write the name with letters, digits and /_+=.@- alone.",
	"replacement": null,
} if {
	not text.wide(fields.resource)
	not text.consists_of(text.known(parts[1]), secret_characters)
} else := {
	"is": "has a secret's name that is longer than 512 characters",
	"advice": "Write the ARN of the secret.",
	"replacement": null,
} if {
	not text.wide(fields.resource)
	count(text.known(parts[1])) > 512 + 7
}

# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
parameter_characters := concat("", [text.alphanumeric, "/_.-"])

_fault_of_parameter(fields) := {
	"is": concat("", ["names ", fields.resource, " where AWS has parameter/NAME"]),
	"advice": "Write the ARN of the parameter.",
	"replacement": null,
} if {
	text.literal(substring(fields.resource, 0, 10))
	not substring(fields.resource, 0, 10) in {"parameter/", "parameter:"}
} else := {"is": "names no parameter", "advice": "Write the name of the parameter.", "replacement": null} if {
	count(fields.resource) == 10
} else := {
	"is": "has selectors, which Systems Manager does not know",
	"advice": "Write the ARN without them: a parameter is read whole.",
	"replacement": arn.join(object.union(fields, {"resource": concat("", ["parameter/", split(name, ":")[0]])})),
} if {
	not text.wide(fields.resource)
	name := substring(fields.resource, 10, -1)
	count(split(name, ":")) > 2
} else := {
	"is": "has characters in the parameter's name that Systems Manager does not allow",
	"advice": "Write the name with letters, digits and /_.- alone.",
	"replacement": null,
} if {
	not text.wide(fields.resource)
	not text.consists_of(text.known(replace(substring(fields.resource, 10, -1), ":", "")), parameter_characters)
}

_replaced(_, _, null) := null

_replaced(fields, key, value) := arn.join(object.union(fields, {key: value})) if value != null
