# METADATA
# title: The execution role may read the parameter
# description: >-
#   If the execution role may not call `ssm:GetParameters` on the parameter, the job fails before its container starts,
#   with "ResourceInitializationError: unable to pull secrets or registry auth". The permission `ssm:GetParameter`,
#   without the s, does not help: the agent reads parameters in batches.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-parameters.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
#   - https://github.com/aws/aws-cdk/issues/3529
#   - https://github.com/hackoregon/civic-devops/issues/252
# custom:
#   severity: error
#   subject: job_definition
#   link: read
#   remedy: Allow `ssm:GetParameters` on the parameter in a policy of the execution role.
#   tables: [aws-managed-policies]
#   notes: >-
#     A role is reported only when all its policies are in the files. A parameter that refers to a secret
#     (`/aws/reference/secretsmanager/NAME`) also needs `secretsmanager:GetSecretValue`, which is not checked here.
#     Service control policies and session policies are not in the files.
package rules.job_definition["parameter-read-allowed"]

import data.lib.access.questions
import data.lib.access.requests
import data.lib.access.words
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains id if {
	some question in _decided
	some id in references.ids(question.entries)
}

findings contains result.finding(_rule, words.finding(question, "`ssm:GetParameters`")) if {
	some question in _decided
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

_decided := [object.union(question, {"action": action, "decision": requests.read(question.role, question, action)}) |
	action := "ssm:GetParameters"
	some question in questions.all
	question.service == "ssm"
]
