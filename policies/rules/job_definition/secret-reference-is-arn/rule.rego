# METADATA
# title: Secrets are referenced by their ARN
# description: >-
#   If `valueFrom` has the name of a secret instead of its ARN, AWS Batch looks for a parameter of Systems Manager with
#   that name, finds none, and each job fails before its container starts. Only an ARN refers to a secret in `secrets`
#   and `secretOptions`; anything else is the name of a parameter.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
#   - https://github.com/aws/aws-cdk/issues/10519
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret.
#   notes: >-
#     A name is reported when the files declare a secret with that name and no such parameter, when selectors of a
#     secret follow it, or when it looks like the end of a secret's ARN. If another template or folder declares the
#     secret, the finding is only *likely*. Any other name is treated as a parameter. Registry credentials may be a
#     name.
package rules.job_definition["secret-reference-is-arn"]

import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

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
