# METADATA
# title: Execution roles may read the secrets of their jobs only
# description: >-
#   An execution role that may call `secretsmanager:GetSecretValue` on every secret hands all of them to whoever may
#   register a job definition with it: the names of the secrets are all that is needed.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#   - https://github.com/sysdiglabs/terraform-aws-secure-for-cloud/issues/54
# custom:
#   severity: warning
#   subject: policy
#   needs: secret-action
#   remedy: >-
#     Name the secrets that the jobs read as the resource of `secretsmanager:GetSecretValue`: their ARNs, or a prefix of
#     their names as in `secret:reports/*`.
#   notes: >-
#     Only policies of roles with which jobs read secrets are checked. A prefix of a name is accepted, however short,
#     and so is a condition on the secret or its tags. AWS managed policies that a role carries are not checked.
package rules.policy["least-privilege-secrets"]

import data.lib.access.granting
import data.lib.access.statements
import data.lib.access.words
import data.lib.result

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"message": $"{words.code(resource.value)} is the resource of {granting.name(statement)}, so {_may_read}.",
	"at": resource.at,
	"names": [granting.sid(statement), resource.value],
}) if {
	_reads_secrets
	some statement in _grants
	some resource in granting.distinct(statement.resources)
	_is_every_secret(resource.value)
}

_policy := input.policies[input.subject.id]

_reads_secrets if {
	some dependent in input.readers
	dependent.service != "ssm"
}

_may_read := "the execution role may read every secret" if {
	count(_policy.roles) == 1
} else := "execution roles may read every secret"

_grants := [statement |
	some statement in granting.of(_policy, statements.action("secretsmanager:GetSecretValue"))
	statement.maybe == null
	not _is_narrowed(statement)
]

_is_every_secret("*")

# `secret:*` of a Region and account, or fewer fields with a star for the rest.
_is_every_secret(value) if {
	parts := split(value, ":")
	parts[0] == "arn"
	parts[2] in {"secretsmanager", "*"}
	concat(":", array.slice(parts, 5, count(parts))) in {"*", "secret:*", "secret*"}
}

_is_every_secret(value) if {
	parts := split(value, ":")
	parts[0] == "arn"
	parts[2] in {"secretsmanager", "*"}
	count(parts) < 6
	parts[count(parts) - 1] == "*"
}

# A condition that may keep the statement to some secrets.
_is_narrowed(statement) if {
	some condition in statement.conditions
	some start in ["secretsmanager:", "aws:resourcetag/", "⟨"]
	startswith(lower(condition.key), start)
}
