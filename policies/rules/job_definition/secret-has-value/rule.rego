# METADATA
# title: Secrets that jobs read have a value
# description: >-
#   A secret that is declared without a value is empty until somebody stores one. Until then each job fails before its
#   container starts: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT".
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
#   - https://github.com/digihunch/orthweb/issues/7
# custom:
#   severity: warning
#   subject: job_definition
#   link: content
#   remedy: Give the secret a value in the files, or store one before the first job runs.
#   notes: >-
#     A value that people or other tools store is not in the files, so a secret that is declared without one is reported
#     as *likely*. The same applies to a value that is given only under a condition. If code that is not in the files is
#     handed the secret, it is *unverified*. Files that list the versions of a secret are evidence.
package rules.job_definition["secret-has-value"]

import data.lib.causes
import data.lib.contents
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in contents.entries}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_answers := [_answer(entry, entry.declaration) | some entry in contents.entries]

_answer(entry, secret) := references.finding(entry, {
	"message": $"{_refers(entry)}, which has no version labelled `AWSCURRENT` and so no current value.",
	"confidence": _confidence(secret),
	"related": [{"message": "the secret", "at": secret.at}],
}) if {
	_needs_current(entry)
	secret.versions != null
	_shown(secret) == []
	_current(secret) == []
} else := {"proof": {
	"because": $"`{secret.address}` has a value",
	"at": array.concat(_sure(secret), _current(secret))[0].at,
	"references": [entry.id],
}} if {
	array.concat(_sure(secret), _current(secret)) != []
} else := references.unverified(entry, $"can't tell whether `{secret.address}` has a value", secret.filled_by) if {
	secret.filled_by != null
} else := references.finding(entry, {
	"message": $"{_refers(entry)}, which gets a value only under a condition (`{doubtful.maybe.name}`).",
	"confidence": "likely",
	"related": [{"message": "the value", "at": doubtful.at}],
}) if {
	doubtful := _given(secret)[0]
} else := references.unverified(
	entry,
	$"can't tell whether `{secret.address}` has a value",
	causes.of("content", secret.address),
) if {
	_may_be_stored(entry, secret)
} else := references.finding(entry, {
	"message": $"{_refers(entry)}, which gets no value in these files; jobs fail until one is stored.",
	"confidence": "likely",
	"related": [{"message": "the secret", "at": secret.at}],
})

_refers(entry) := $"`{entry.label}` refers to `{entry.declaration.address}`"

_needs_current(entry) if {
	entry.version == ""
	entry.stage in {"", "AWSCURRENT"}
}

_given(secret) := [content | some content in secret.contents; content.kind != "empty"]

# Values, not what a description says without showing one.
_shown(secret) := [content | some content in _given(secret); content.kind != "unknown"]

# A value that is given whenever the job is there is not in doubt.
_sure(secret) := [content | some content in _given(secret); not _conditional(content)]

_conditional(content) if {
	content.maybe
	not content.maybe in _conditions
}

_conditions := {part.cause | some part in references.job.unseen; part.part == "existence"}

_current(secret) := [version | some version in secret.versions; "AWSCURRENT" in version.stages]

# Another version than the current one, or what a function that rotates the secret makes.
_may_be_stored(entry, _) if not _needs_current(entry)

_may_be_stored(_, secret) if secret.rotates == true

_confidence(secret) := "likely" if {
	secret.maybe
} else := "certain"
