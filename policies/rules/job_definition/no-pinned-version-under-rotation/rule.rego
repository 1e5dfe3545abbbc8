# METADATA
# title: References to rotating secrets select the current version
# description: >-
#   When a secret rotates, its new value gets the label `AWSCURRENT`. A reference that selects a version ID or another
#   label keeps the old value, and jobs fail to log in once that is no longer valid. `AWSPENDING` labels a value that
#   the service doesn't accept yet.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
#   - https://github.com/cdklabs/aws-delivlib/pull/33
# custom:
#   severity: warning
#   subject: job_definition
#   link: content
#   remedy: Select `AWSCURRENT`, or no version, which means the same.
#   notes: >-
#     A secret that is not in the files is outside. Rotation that is switched on in the console is not in the files. A
#     job gets the value at its start; a longer job doesn't see a rotation whichever version it selects.
package rules.job_definition["no-pinned-version-under-rotation"]

import data.lib.causes
import data.lib.contents
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.selectors

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_judged := [entry | some entry in contents.entries; not _current(entry)]

_current(entry) if {
	entry.version == ""
	entry.stage in {"", "AWSCURRENT"}
}

_answers := [_answer(entry, entry.declaration) | some entry in _judged]

_answer(entry, secret) := {"proof": {
	"because": $"`{secret.address}` does not rotate",
	"at": secret.at,
	"references": [entry.id],
}} if {
	secret.rotates == false
} else := references.unverified(
	entry,
	$"can't tell whether the version that `{entry.label}` selects gets out of date",
	causes.of("rotation", secret.address),
) if {
	secret.rotates == null
} else := references.unverified(entry, $"can't tell which version `{entry.label}` selects", holes.cause(unknown)) if {
	unknown := selectors.unknown([entry.keys, entry.stage, entry.version])
} else := references.finding(entry, {
	"message": $"`{entry.label}` selects {_selected(entry)}, but the secret rotates.",
	"severity": _severity(entry),
	"confidence": _confidence(secret),
	"related": [{"message": "the secret that rotates", "at": secret.at}],
	"remedy": {"edits": references.edits(entry, $"{entry.named.arn}:{concat("", entry.keys)}:AWSCURRENT:")},
})

_selected(entry) := $"a version of `{entry.declaration.address}` by its ID" if {
	entry.version != ""
} else := $"the version of `{entry.declaration.address}` labelled `{entry.stage}`"

_severity(entry) := "error" if {
	entry.stage == "AWSPENDING"
} else := "warning"

_confidence(secret) := "likely" if {
	secret.maybe
} else := "certain"
