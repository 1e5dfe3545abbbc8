# METADATA
# title: Amazon ECS may assume the execution role
# description: >-
#   If the execution role does not trust `ecs-tasks.amazonaws.com`, the job fails before its container starts, with "ECS
#   was unable to assume the role". The trust policy of the role must allow this service to call `sts:AssumeRole`. Trust
#   in `batch.amazonaws.com`, `ec2.amazonaws.com` or `ecs.amazonaws.com` does not help.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
#   - https://github.com/tweag/aws-secrets/issues/11
# custom:
#   severity: error
#   subject: job_definition
#   link: trust
#   remedy: Allow `ecs-tasks.amazonaws.com` to call `sts:AssumeRole` in the trust policy of the execution role.
#   notes: >-
#     Only a role whose trust policy is in the files is checked. Conditions on `aws:SourceAccount` and
#     `aws:SourceArn` are accepted unless they are about another account or service.
package rules.job_definition["execution-role-trust"]

import data.lib.access.trust
import data.lib.access.words
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains id if {
	some question in _questions
	some id in references.ids(question.entries)
}

findings contains result.finding(_rule, {
	"message": $"{words.labels(question.entries)} can't be read: {_distrust(question.role, role)}.",
	"at": _place(role),
	"remedy": _remedy(role),
	"related": [{"message": "the execution role of this job", "at": question.role.arn.at}],
	"references": references.ids(question.entries),
	"names": [question.role.arn.value],
}) if {
	some question in _questions
	question.decision.answer == "no"
	role := input.roles[question.role.role]
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether Amazon ECS may assume {words.role(question.role)}",
	"at": question.role.arn.at,
	"references": references.ids(question.entries),
	"cause": question.decision.cause,
}) if {
	some question in _questions
	question.decision.answer == "maybe"
}

proofs contains result.proof(_rule, {
	"at": question.decision.statement.at,
	"because": $"{words.role(question.role)} trusts `ecs-tasks.amazonaws.com`",
	"references": references.ids(question.entries),
}) if {
	some question in _questions
	question.decision.answer == "yes"
}

# One question for each role, since its trust is the same for everything that it reads.
_questions := [{"role": role, "entries": entries, "decision": trust.decide(role)} |
	some indexes in _by_role
	entries := [references.all[index] | some index in sort(indexes)]
	role := entries[0].container.execution_role
]

_by_role[role.arn.value] contains index if {
	some index, entry in references.all
	role := entry.container.execution_role
	role.arn.value != ""
}

_remedy(role) := {"text": "Remove `sts:AssumeRole`, or Amazon ECS, from the Deny of the trust policy."} if {
	some statement in role.trust
	statement.effect.value == "Deny"
} else := {"add": {
	"actions": ["sts:AssumeRole"],
	"resources": [],
	"principal": {"type": "Service", "value": "ecs-tasks.amazonaws.com"},
	"at": role.at,
	"to": "trust",
}}

_place(role) := role.trust[0].at if {
	count(role.trust) > 0
} else := role.at

_distrust(reference, role) := $"{words.role(reference)} does not trust `ecs-tasks.amazonaws.com`{_instead(role)}"

_instead(role) := $", only {words.code(principals[0])}" if {
	principals := [value.value |
		some statement in role.trust
		some listed in statement.principals
		some value in listed.values
	]
	count(principals) == 1
} else := ""
