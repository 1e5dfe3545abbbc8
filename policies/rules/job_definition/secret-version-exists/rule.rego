# METADATA
# title: The selected version is in the secret
# description: >-
#   If the secret has no version with the stage or ID that a reference selects, each job fails before its container
#   starts: "Secrets Manager can't find the specified secret value". A stage such as `AWSPREVIOUS` exists only after the
#   value has changed once; Secrets Manager deletes versions that have no stage.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://github.com/aws/aws-sdk-js-v3/issues/7701
# custom:
#   severity: error
#   subject: job_definition
#   link: content
#   remedy: Select a version that the secret has, or none, which means `AWSCURRENT`.
#   notes: >-
#     Needs a file that lists the versions of the secret, such as the output of `aws secretsmanager describe-secret`;
#     without one, a version that the files don't make is *unverified*. A secret that is not in the files is outside.
package rules.job_definition["secret-version-exists"]

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

# The current version is there as soon as the secret has a value, which is what `secret-has-value` asks.
_judged := [entry | some entry in contents.entries; not _selects_current(entry)]

_selects_current(entry) if {
	entry.version == ""
	entry.stage in {"", "AWSCURRENT"}
}

_answers := [_answer(entry, entry.declaration) | some entry in _judged]

_answer(entry, secret) := references.unverified(entry, _whether(entry, secret), holes.cause(unknown)) if {
	unknown := selectors.unknown([entry.keys, entry.stage, entry.version])
} else := references.proof(entry, "the version that it selects is made in these files") if {
	selectors.made_here(entry.version)
} else := {"proof": {
	"because": $"`{secret.address}` has the version that it selects",
	"at": array.concat(_versions(entry, secret), _values(entry, secret))[0].at,
	"references": [entry.id],
}} if {
	array.concat(_versions(entry, secret), _values(entry, secret)) != []
} else := references.unverified(entry, _whether(entry, secret), causes.of("versions", secret.address)) if {
	secret.versions == null
} else := references.finding(entry, {
	"message": $"`{entry.label}` selects {_selected(entry)} of `{secret.address}`, but {_lacks(entry)}.",
	"confidence": _confidence(secret),
	"related": [{"message": "a version that it has", "at": version.at} | some version in secret.versions],
	"remedy": _remedy(entry, secret),
})

_whether(entry, secret) := $"can't tell whether `{secret.address}` has the version that `{entry.label}` selects"

_selected(entry) := $"the version `{entry.version}`" if {
	entry.version != ""
} else := $"the version labelled `{entry.stage}`"

_lacks(entry) := "no labelled version of the secret has this ID" if {
	entry.version != ""
} else := "the secret has no version with this label"

_versions(entry, secret) := [version | some version in secret.versions; version.id == entry.version] if {
	entry.version != ""
} else := [version | some version in secret.versions; entry.stage in version.stages]

# Values that are stored with the label.
_values(entry, secret) := [content |
	entry.version == ""
	some content in secret.contents
	not content.maybe
	entry.stage in content.stages
]

_confidence(secret) := "likely" if {
	secret.maybe
} else := "certain"

_remedy(entry, secret) := {
	"text": "Select `AWSCURRENT`, the version that the secret has.",
	"edits": references.edits(entry, $"{entry.named.arn}:{concat("", entry.keys)}:AWSCURRENT:"),
} if {
	some version in secret.versions
	"AWSCURRENT" in version.stages
} else := {}
