# METADATA
# title: The execution role is the ARN of a role
# description: >-
#   If `executionRoleArn` is the ARN of an instance profile, a user or a policy, or a reference that nothing replaces,
#   AWS Batch rejects the job definition: "executionRoleArn … is not an iam role arn". Only a role can be assumed to read
#   the secrets.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
#   - https://github.com/kestra-io/plugin-aws/issues/432
# custom:
#   severity: error
#   subject: job_definition
#   link: role
#   remedy: Write the ARN of the role, `arn:PARTITION:iam::ACCOUNT:role/NAME`.
#   notes: >-
#     Only jobs that read secrets are checked. The name of a role instead of its ARN is reported as *likely*, since
#     Amazon ECS accepts names in some places.
package rules.job_definition["execution-role-arn"]

import data.lib.access.words
import data.lib.arn
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains id if {
	some use in _uses
	some id in references.ids(use.entries)
}

findings contains result.finding(_rule, {
	"message": $"The execution role of {words.labels(use.entries)}, {words.code(use.role.arn.value)}, is {use.fault.is}.",
	"confidence": use.fault.confidence,
	"at": use.role.arn.at,
	"remedy": {"edits": [{"at": use.role.arn.at, "text": right} | right := use.fault.right; right != null]},
	"references": references.ids(use.entries),
	"names": [use.role.arn.value],
}) if {
	some use in _uses
	use.fault != null
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {words.code(use.role.arn.value)} is the ARN of a role",
	"at": use.role.arn.at,
	"references": references.ids(use.entries),
	"cause": holes.cause(use.role.arn.value),
}) if {
	some use in _uses
	use.fault == null
	not _is_role(use.role)
}

proofs contains result.proof(_rule, {
	"at": use.role.arn.at,
	"because": $"{words.role(use.role)} is a role",
	"references": references.ids(use.entries),
}) if {
	some use in _uses
	use.fault == null
	_is_role(use.role)
}

_uses := [{"role": role, "entries": entries, "fault": _fault(role)} |
	some indexes in _by_place
	entries := [references.all[index] | some index in sort(indexes)]
	role := entries[0].container.execution_role
]

_by_place[role.arn.at] contains index if {
	some index, entry in references.all
	role := entry.container.execution_role
	role.arn.value != ""
}

_is_role(role) if role.role != null

_is_role(role) if contains(role.arn.value, ":role/")

_is_role(role) if _attribute_of(role.arn.value) == ["role", "arn"]

# What a value that is one hole is an attribute of.
_attribute_of(value) := [hole.origin.resource_kind, hole.origin.attribute] if {
	[token] := text.holes(value)
	value == token
	hole := input.holes[text.inside(token)]
}

_is_arn(value) if {
	[_, attribute] := _attribute_of(value)
	attribute == "arn"
}

# What is wrong with the value, and the right one, null when it is not known; null when nothing surely is wrong.
_fault(role) := null if {
	role.role != null
	role.arn.value == input.roles[role.role].arn.value
} else := object.union(_certain("a reference that nothing replaces"), {"right": _replaced(role.arn.value)}) if {
	_is_reference(role.arn.value)
} else := _certain($"the ARN of {kind}, not of a role") if {
	kind := _other_kind(role.arn.value)
} else := object.union(
	_certain($"an ARN with the Region {fields.region}, and ARNs of IAM have none"),
	{"right": arn.join(object.union(fields, {"region": ""}))},
) if {
	fields := arn.parse(role.arn.value)
	fields.service == "iam"
	fields.region != ""
	text.literal(fields.region)
} else := _name(role) if {
	role.role != null
	not startswith(role.arn.value, "arn:")
} else := _certain("only a part of an ARN") if {
	startswith(role.arn.value, "arn:")
	text.literal(role.arn.value)
	not arn.parse(role.arn.value)
} else := _name(role) if {
	not text.wide(role.arn.value)
	not startswith(role.arn.value, "arn:")
	not _is_arn(role.arn.value)
} else := _name(role) if {
	_attribute_of(role.arn.value) == ["role", "name"]
} else := null

_certain(is) := {"is": is, "confidence": "certain", "right": null}

_name(role) := {
	"is": "the name of a role, not its ARN",
	"confidence": "likely",
	"right": _arn_of(role),
}

_arn_of(role) := input.roles[role.role].arn.value if {
	role.role != null
} else := arn.join(object.union(input.deployment, {"service": "iam", "region": "", "resource": $"role/{name}"})) if {
	name := trim_prefix(role.arn.value, "role/")
	text.consists_of(text.known(name), _name_characters)
} else := null

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
_name_characters := $"{text.alphanumeric}_+=,.@/-"

_other_kind(value) := _kinds[split(fields.resource, "/")[0]] if {
	fields := arn.parse(value)
	fields.service == "iam"
} else := $"an IAM resource of the type {kind}" if {
	fields := arn.parse(value)
	fields.service == "iam"
	kind := split(fields.resource, "/")[0]
	text.literal(kind)
	kind != "role"
} else := "a session of a role" if {
	arn.parse(value).service == "sts"
} else := $"something of the service {service}" if {
	service := arn.parse(value).service
	text.literal(service)
	service != "iam"
} else := "an instance profile" if {
	_attribute_of(value)[0] == "instance_profile"
}

_kinds := {
	"instance-profile": "an instance profile",
	"user": "a user",
	"group": "a group",
	"policy": "a policy",
	"root": "an account",
}

# A reference of a template language that is written as a string.
_is_reference(value) if {
	some mark in ["${", "{{", "!GetAtt", "!Ref", "!Sub", "Fn::"]
	contains(text.known(value), mark)
}

_is_reference(value) if {
	some start in ["aws_iam_role.", "module.", "var.", "local.", "data.", "Ref::"]
	startswith(value, start)
}

# Pseudo parameters of CloudFormation, in a string that is not given to Fn::Sub.
_replaced(value) := replaced if {
	replaced := strings.replace_n(
		{
			"${AWS::Partition}": input.deployment.partition,
			"${AWS::Region}": input.deployment.region,
			"${AWS::AccountId}": input.deployment.account,
		},
		value,
	)
	not contains(replaced, "${")
	startswith(replaced, "arn:")
} else := null
