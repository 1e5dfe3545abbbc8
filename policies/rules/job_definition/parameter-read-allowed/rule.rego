# METADATA
# title: The execution role may read the parameter
# description: >-
#   The execution role of each container that names a parameter of Systems Manager is allowed ssm:GetParameters on it, and no Deny takes it
#   away. It is this action that is needed, not ssm:GetParameter.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-parameters.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
# custom:
#   severity: error
#   subject: job_definition
#   link: read
#   remedy: Add this statement to a policy of the execution role.
#   notes: >-
#     Only a role whose policies are all seen can lack a permission. A parameter that refers to a secret (/aws/reference/secretsmanager/NAME)
#     also needs secretsmanager:GetSecretValue, which is not asked here.
#     A Deny with conditions, a permissions boundary and service control policies can only take away, and are not looked at.
package rules.job_definition["parameter-read-allowed"]

import data.lib.grants
import data.lib.permissions
import data.lib.result

findings contains result.finding(rego.metadata.chain(), permissions.missing(read, "ssm:GetParameters")) if {
	some read in grants.reads
	read.service == "ssm"
	read.answer == "no"
}

findings contains result.finding(rego.metadata.chain(), permissions.forbidden(read, "ssm:GetParameters")) if {
	some read in grants.reads
	read.kind == "parameter"
	read.answer == "denied"
}

unverified contains result.unverified(rego.metadata.chain(), undecided) if {
	some undecided in permissions.undecided([read | some read in grants.reads; read.kind == "parameter"])
}
