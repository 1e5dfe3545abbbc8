# METADATA
# title: A secret that the files declare is referred to, not copied
# description: >-
#   If the ARN of a secret that the same template declares is written out with its random suffix, the reference breaks
#   as soon as the secret is made again: each new secret gets another suffix. Referring to the resource always gives the
#   right ARN, and makes the job definition wait for the secret.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret
#   - https://github.com/aws/aws-cdk/issues/24130
# custom:
#   severity: info
#   subject: job_definition
#   link: reference
#   remedy: Refer to the secret instead of writing its ARN.
#   notes: >-
#     Advice: the reference works as long as the secret stays. Only secrets that the same template or module declares
#     count. Raw files can't refer to anything, so they are not checked.
package rules.job_definition["secret-reference-by-resource"]

import data.lib.references
import data.lib.result
import data.lib.suffix

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# References to secrets that files of the same deployment declare.
_judged := [entry |
	not input.subject.raw
	some entry in references.all
	entry.kind == "secret"
	entry.secret != null
	secret := input.secrets[entry.secret]
	secret.unit == input.subject.unit
	_own_region(entry.named.fields, secret)
]

# A replica in another Region is not what the files make.
_own_region(null, _)

_own_region(fields, secret) if fields.region == split(secret.arn.value, ":")[3]

_own_region(fields, secret) if {
	fields.region != split(secret.arn.value, ":")[3]
	contains($"{fields.region}{split(secret.arn.value, ":")[3]}", "⟨")
}

_answers := [_answer(entry, input.secrets[entry.secret]) | some entry in _judged]

_answer(entry, secret) := references.finding(entry, {
	"confidence": _confidence(secret),
	"message": concat("", [
		$"`{entry.label}` has the ARN of `{secret.address}` written out with its random suffix, ",
		"which changes when the secret is made again.",
	]),
	"remedy": {"edits": references.edits(entry, _referred(entry, secret))},
	"related": [{"message": "the secret", "at": secret.at}],
}) if {
	entry.arn != secret.arn.value
	suffix.of(secret.arn.value) == "random"
	suffix.of(entry.arn) == "alike"
	secret.name.value != entry.named.parts[1]
} else := references.proof(entry, $"it refers to `{secret.address}`") if {
	entry.arn == secret.arn.value
} else := references.proof(entry, $"no random suffix of `{secret.address}` is in it")

_confidence(secret) := "likely" if {
	secret.maybe
} else := "certain"

_referred(entry, secret) := concat(
	":",
	array.concat([secret.arn.value], array.slice(entry.named.parts, 2, count(entry.named.parts))),
)
