# METADATA
# title: Registry credentials are named without selectors
# description: >-
#   If selectors follow the secret in `credentialsParameter`, the image can't be pulled and the job fails before its
#   container starts. The agent hands the value to Secrets Manager as it is, so it must be the ARN of the secret, or its
#   name, and nothing else; user name and password are read from the JSON of the secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
#   - https://github.com/aws/aws-cdk/issues/20139
#   - https://github.com/compose-x/ecs_composex/issues/334
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: End the value behind the ARN or the name of the secret.
#   notes: >-
#     Whether the secret holds JSON with `username` and `password` is not checked here. Selectors behind an unknown value
#     are reported as *likely*.
package rules.job_definition["registry-credentials-format"]

import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# Whatever may mean a secret: something else is wrong with any other value.
_judged := [entry |
	some entry in references.all
	entry.site == "repositoryCredentials"
	entry.kind in {"secret", "unknown"}
]

_answers := [_answer(entry) | some entry in _judged]

_answer(entry) := references.finding(entry, {
	"message": $"`credentialsParameter` has {_selectors(entry)} behind the secret, but only its ARN or name may be there.",
	"remedy": {"edits": _edits(entry, _base(entry))},
}) if {
	entry.kind == "secret"
	count(entry.parts) > 2
} else := references.proof(entry, "nothing is behind the secret") if {
	entry.kind == "secret"
} else := references.finding(entry, {
	"confidence": "likely",
	"message": $"`credentialsParameter` has `{behind}` behind the secret, but only its ARN or name may be there.",
	"remedy": {"edits": _edits(entry, trim_suffix(entry.value, behind))},
}) if {
	behind := _behind_hole(entry.value)
} else := references.unverified(entry, "can't tell whether selectors follow the secret in `credentialsParameter`", entry.cause)

# The same text may be right in `valueFrom`.
_edits(entry, value) := result.choices(references.edits(entry, value))

_selectors(entry) := $"`:{concat(":", array.slice(entry.parts, 2, count(entry.parts)))}`"

_base(entry) := entry.named.arn if {
	entry.named.form == "arn"
} else := entry.parts[1]

# A whole value in one hole and, behind it, known text that begins with a colon.
_behind_hole(value) := behind if {
	startswith(value, "⟨*")
	behind := substring(value, indexof(value, "⟩") + 1, -1)
	startswith(behind, ":")
	text.literal(behind)
}
