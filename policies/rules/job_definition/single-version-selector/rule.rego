# METADATA
# title: A secret version is selected by stage or by ID
# description: >-
#   A reference with both a version stage and a version ID works only as long as both name the same version; when the
#   stage moves to a new version, jobs fail before their container starts. AWS documents the two as alternatives.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas/issues/29
# custom:
#   severity: warning
#   subject: job_definition
#   link: reference
#   remedy: Keep the version stage or the version ID, and leave the other one empty.
#   notes: >-
#     Whether the stage and the ID name the same version is not checked. A selector with an unknown value may be empty,
#     so it is *unverified*.
package rules.job_definition["single-version-selector"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.selectors

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# ARNs of secrets, with no selectors or all three. Registry credentials have none.
_judged := [entry |
	some entry in references.all
	entry.site != "repositoryCredentials"
	entry.named.form == "arn"
	count(entry.named.parts) in {2, 5}
]

_answers := [_answer(entry, entry.named.parts) | some entry in _judged]

_answer(entry, parts) := references.proof(entry, "it selects no version") if {
	count(parts) == 2
} else := references.proof(entry, "it selects at most one of version stage and version ID") if {
	"" in {parts[3], parts[4]}
} else := references.unverified(entry, _both(entry), holes.cause(version)) if {
	version := selectors.unknown(array.slice(parts, 2, 5))
} else := references.finding(entry, {
	"message": $"`{entry.label}` selects a version both by its stage, `{parts[3]}`, and by its ID.",
	"remedy": {"edits": [{"at": entry.at, "text": $"{entry.named.arn}:{parts[2]}:{parts[3]}:"}]},
})

_both(entry) := $"can't tell whether `{entry.label}` selects a version both by stage and by ID"
