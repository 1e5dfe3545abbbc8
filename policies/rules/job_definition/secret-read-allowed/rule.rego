# METADATA
# title: The execution role may read the secret
# description: >-
#   If the execution role may not call `secretsmanager:GetSecretValue` on the secret, the job fails before its container
#   starts, with "ResourceInitializationError: unable to pull secrets or registry auth". The job role does not help: AWS
#   Batch reads secrets with the execution role.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#   - https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/67
# custom:
#   severity: error
#   subject: job_definition
#   link: read
#   remedy: Allow `secretsmanager:GetSecretValue` on the secret in a policy of the execution role.
#   tables: [aws-managed-policies]
#   notes: >-
#     A role is reported only when all its policies are in the files. A secret that is not in the files is assumed to
#     have no policy of its own, unless it belongs to another account. If a reference may be a secret or a parameter, a
#     role that may read neither is reported as *likely*. Service control policies and session policies are not in the
#     files.
package rules.job_definition["secret-read-allowed"]

import data.lib.access.questions
import data.lib.access.requests
import data.lib.access.words
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

# METADATA
# description: >-
#   The references that this rule answers for: to secrets, to parameters that pass on a secret, and to anything that
#   may be a secret
applies contains id if {
	some question in questions.of_secrets
	some id in references.ids(question.entries)
}

findings contains result.finding(_rule, words.finding(question, "`secretsmanager:GetSecretValue`")) if {
	some question in _decided
	question.service == "secretsmanager"
	question.decision.answer == "no"
}

findings contains result.finding(_rule, object.union(
	words.finding(question, "`secretsmanager:GetSecretValue` or `ssm:GetParameters`"),
	{"confidence": "likely"},
)) if {
	some question in _decided
	question.service == "unknown"
	question.decision.answer == "no"
}

unverified contains result.unverified(_rule, words.undecided(question)) if {
	some question in _decided
	question.decision.answer == "maybe"
}

proofs contains result.proof(_rule, words.proven(question)) if {
	some question in _decided
	question.decision.answer == "yes"
}

_decided := [object.union(question, {"action": action, "decision": _decision(question)}) |
	action := "secretsmanager:GetSecretValue"
	some question in questions.of_secrets
]

_decision(question) := requests.read(question.role, question, "secretsmanager:GetSecretValue") if {
	question.service == "secretsmanager"
} else := requests.either(question)
