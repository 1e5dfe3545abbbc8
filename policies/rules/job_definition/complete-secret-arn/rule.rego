# METADATA
# title: The ARN of a secret has its random suffix
# description: >-
#   If the ARN of a secret lacks the hyphen and the six characters that Secrets Manager added to its name, AWS searches
#   for a secret with that name: that works, but the reference then follows whatever secret has the name, also one that
#   was deleted and made again. AWS recommends the complete ARN.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
#   - https://github.com/aws/aws-cdk/issues/18555
# custom:
#   severity: info
#   subject: job_definition
#   link: reference
#   enabled: false
#   remedy: Write the complete ARN, with the hyphen and the six characters that Secrets Manager added to the name.
#   notes: >-
#     Advice, and off unless the configuration switches it on (`rules` with `complete-secret-arn: on`): an ARN without the
#     suffix is legal, and templates of the AWS CDK use it on purpose. A name that ends in an unknown value is
#     *unverified*.
package rules.job_definition["complete-secret-arn"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.suffix

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# What is written as the ARN of a secret.
_judged := [entry |
	some entry in references.all
	entry.named.form == "arn"
	entry.named.service == "secretsmanager"
	entry.kind in {"secret", "unknown"}
]

_answers := [_answer(entry, _end(entry)) | some entry in _judged]

_end(entry) := suffix.of(entry.arn) if {
	entry.kind == "secret"
} else := "unknown"

_answer(entry, "none") := references.finding(entry, {
	"message": $"`{entry.label}` has the ARN of a secret without its random suffix.",
	"remedy": _remedy(entry),
})

_answer(entry, "unknown") := references.unverified(
	entry,
	$"can't tell whether the ARN of `{entry.label}` is complete",
	holes.cause(entry.value),
)

_answer(entry, end) := references.proof(entry, "it is the complete ARN of a secret") if end in {"random", "alike"}

# A resource that the same files declare is referred to.
_remedy(entry) := {"text": "Refer to the secret.", "edits": references.edits(entry, _joined(entry, secret.arn.value))} if {
	not input.subject.raw
	secret := input.secrets[entry.secret]
	secret.unit == input.subject.unit
} else := {"edits": references.edits(entry, _joined(entry, $"{entry.arn}-<suffix>"))}

_joined(entry, arn) := concat(":", array.concat([arn], array.slice(entry.named.parts, 2, count(entry.named.parts))))
