# METADATA
# title: The ARN of a secret is complete or does not look complete
# description: >-
#   If a secret's name ends in a hyphen and six letters or digits, as in `app-config`, its ARN without the random suffix
#   is taken for a complete one: Secrets Manager finds no such secret, or IAM compares the wrong ARN, and the job fails
#   before its container starts. AWS says so of `GetSecretValue`, and advises against such names.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://github.com/aws/aws-cdk/issues/27530
#   - https://github.com/aws/copilot-cli/issues/5732
# custom:
#   severity: warning
#   subject: job_definition
#   link: reference
#   remedy: Write the complete ARN, with the hyphen and the six characters that Secrets Manager added to the name.
#   notes: >-
#     The finding is certain if the files declare a secret with exactly that name. Otherwise it is *likely*, and only if
#     the six letters read like a word: one random suffix of two hundred does, too. A name that ends in an unknown value
#     is *unverified*.
package rules.job_definition["unambiguous-secret-arn"]

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

_answer(entry, "random") := references.proof(entry, "it is the complete ARN of a secret")

_answer(entry, "none") := references.proof(entry, "it does not end as a complete ARN does")

_answer(entry, "unknown") := references.unverified(
	entry,
	$"can't tell whether `{entry.label}` has an ARN that is taken for a complete one",
	holes.cause(entry.value),
)

_answer(entry, "alike") := references.proof(entry, $"it is the complete ARN of `{input.secrets[entry.secret].address}`") if {
	input.secrets[entry.secret].arn.value == entry.arn
} else := _finding(entry, _confidence(secret), {
	"message": $"`{entry.label}` has the ARN of `{secret.address}` without its suffix: {_taken(entry)}.",
	"remedy": _by(entry, secret),
	"related": [{"message": "the secret with that name", "at": secret.at}],
}) if {
	secret := input.secrets[entry.secret]
	secret.name.value == entry.named.parts[1]
} else := _finding(entry, "likely", {
	"message": $"`{entry.label}` seems to have an ARN without its suffix: {_taken(entry)}.",
	"remedy": {"edits": references.edits(entry, _completed(entry))},
}) if {
	suffix.word(entry.arn)
} else := references.proof(entry, "it ends in the six characters of a complete ARN")

_finding(entry, confidence, given) := references.finding(entry, object.union(given, {"confidence": confidence}))

_taken(entry) := $"AWS takes `{substring(entry.arn, count(entry.arn) - 7, -1)}` at its end for the random suffix"

_confidence(secret) := "certain" if {
	secret.unit == input.subject.unit
	not secret.maybe
} else := "likely"

_by(entry, secret) := {"edits": references.edits(entry, _joined(entry, secret.arn.value)), "text": "Refer to the secret."} if {
	secret.unit == input.subject.unit
	not input.subject.raw
} else := {"edits": references.edits(entry, _completed(entry))}

_completed(entry) := _joined(entry, $"{entry.arn}-<suffix>")

_joined(entry, arn) := concat(":", array.concat([arn], array.slice(entry.named.parts, 2, count(entry.named.parts))))
