# METADATA
# title: The execution role may read the secret
# description: >-
#   The execution role of each container that names a secret is allowed secretsmanager:GetSecretValue on it, by a policy of the role or by
#   the secret's own, and no Deny takes it away. Without it a job fails before its container starts. The job role does not count: AWS Batch
#   reads secrets with the execution role.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
# custom:
#   severity: error
#   subject: job_definition
#   link: read
#   remedy: Add this statement to a policy of the execution role.
#   notes: >-
#     Only a role whose policies are all seen can lack a permission. A secret that is not in the files is taken to have no policy of its own.
#     Where the files don't tell whether a secret or a parameter is named, a role that may read neither is called likely to be wrong.
#     A Deny with conditions, a permissions boundary and service control policies can only take away, and are not looked at.
package rules.job_definition["secret-read-allowed"]

import data.lib.grants
import data.lib.permissions
import data.lib.result

findings contains result.finding(rego.metadata.chain(), permissions.missing(read, "secretsmanager:GetSecretValue")) if {
	some read in grants.reads
	read.service in {"secretsmanager", "unknown"}
	read.answer == "no"
}

findings contains result.finding(rego.metadata.chain(), permissions.forbidden(read, "secretsmanager:GetSecretValue")) if {
	some read in grants.reads
	read.kind == "secret"
	read.answer == "denied"
}

unverified contains result.unverified(rego.metadata.chain(), undecided) if {
	some undecided in permissions.undecided([read | some read in grants.reads; read.kind == "secret"])
}
