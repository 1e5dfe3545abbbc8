# METADATA
# title: Secrets are referenced by their ARN
# description: >-
#   Every valueFrom in secrets and secretOptions that means a secret must be the ARN of the secret. AWS Batch treats anything else as the
#   name of a parameter of Systems Manager. That parameter does not exist, so each job fails before its container starts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret.
#   notes: >-
#     A name means a secret when the files declare a secret of that name and no such parameter, when the selectors of a secret follow it,
#     or when it begins as the end of a secret's ARN does. When another template or folder declares the secret, the finding is only likely.
#     Any other name is that of a parameter. Registry credentials may be a name.
package rules.job_definition["secret-reference-is-arn"]

import data.lib.references
import data.lib.result

applies := {entry.id | some entry in _judged}

findings contains result.finding(rego.metadata.chain(), answer.finding) if some answer in _answers

unverified contains result.unverified(rego.metadata.chain(), answer.unverified) if some answer in _answers

proofs contains result.proof(rego.metadata.chain(), answer.proof) if some answer in _answers

# Whatever may mean a secret or a parameter. Registry credentials may be the name of a secret.
_judged := [entry |
	some entry in references.all
	entry.site != "repositoryCredentials"
	not entry.kind in {"absent", "broken"}
]

_answers := [_answer(entry) | some entry in _judged]

_answer(entry) := references.finding(entry, {
	"confidence": _confidence(entry.misnamed.secret),
	"message": $"`{entry.label}` {entry.misnamed.is}.",
	"remedy": {"edits": references.edits(entry, entry.misnamed.replacement)},
	"related": [{"message": "the secret", "at": secret.at} | some secret in [entry.misnamed.secret]; secret != null],
}) if {
	entry.misnamed != null
} else := references.proof(entry, "it is an ARN, not a name") if {
	entry.named.form == "arn"
} else := references.unverified(entry, $"can't tell whether `{entry.label}` is the ARN of a secret", entry.cause) if {
	entry.kind == "unknown"
} else := references.proof(entry, "it is the name of a parameter in these files") if {
	entry.parameter != null
} else := references.proof(entry, "it is the name of a parameter, and no secret in these files has that name")

_confidence(null) := "certain"

_confidence(secret) := "certain" if {
	secret.unit == input.subject.unit
} else := "likely" if {
	secret != null
}
