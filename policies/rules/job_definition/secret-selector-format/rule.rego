# METADATA
# title: Secret selectors have all their colons
# description: >-
#   If some of the colons behind the ARN of a secret are missing, each job fails before its container starts: "an
#   invalid ARN format for the AWS Secrets Manager secret was specified". There must be no selectors, or all three with
#   their colons: JSON key, version stage and version ID, each of which may be empty. The agent splits the resource on
#   colons and accepts 2 or 5 parts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/asmsecret/asmsecret.go
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
#   - https://github.com/boltops-tools/ufo/pull/175
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write `ARN:JSON-KEY:VERSION-STAGE:VERSION-ID` with all three colons, even if a selector is empty.
#   notes: >-
#     Whether the secret has that JSON key or version is not checked. Wrong selectors behind an unknown value are
#     reported as *likely*. A version stage together with a version ID is reported by `single-version-selector`.
package rules.job_definition["secret-selector-format"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.selectors

_rule := rego.metadata.chain()

applies := {judged.entry.id | some judged in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_answers := [_answer(judged.entry, judged) | some judged in _judged]

# ARNs of secrets, and what may be one, with what is behind them. Registry credentials have no selectors.
_judged := [object.union({"entry": entry}, _split(entry)) |
	some entry in references.all
	entry.site != "repositoryCredentials"
	entry.misnamed == null
]

_split(entry) := {"base": entry.named.arn, "selectors": array.slice(parts, 2, count(parts)), "certain": true} if {
	entry.named.form == "arn"
	parts := entry.named.parts
	parts[0] == "secret"
	parts[1] != ""
} else := object.union(_behind_hole(entry.value), {"certain": false}) if {
	_may_be_secret(entry)
	startswith(entry.value, "⟨*")
} else := {"base": "", "selectors": [], "certain": false} if {
	_may_be_secret(entry)
}

_may_be_secret(entry) if {
	entry.kind == "unknown"
	entry.service != "ssm"
	entry.fault == null
}

# A whole value in one hole and, behind it, known text that begins with a colon.
_behind_hole(value) := {"base": $"{pieces[0]}⟩", "selectors": array.slice(selectors, 1, count(selectors))} if {
	pieces := split(value, "⟩")
	selectors := split(pieces[1], ":")
	count(pieces) == 2
	selectors[0] == ""
} else := {"base": "", "selectors": []}

_answer(entry, judged) := _finding(entry, judged, selectors.incomplete(judged.selectors)) if {
	not count(judged.selectors) in {0, 3}
} else := references.unverified(entry, $"can't tell which selectors `{entry.label}` has", entry.cause) if {
	not judged.certain
} else := _finding(entry, judged, selectors.misplaced(judged.selectors)) if {
	selectors.misplaced(judged.selectors)
} else := references.proof(entry, "it has no selectors") if {
	judged.selectors == []
} else := references.unverified(entry, $"can't tell which version `{entry.label}` selects", holes.cause(version)) if {
	version := selectors.unknown(judged.selectors)
} else := references.proof(entry, "its selectors have all three colons")

_finding(entry, judged, fault) := references.finding(entry, {
	"confidence": {true: "certain", false: "likely"}[judged.certain],
	"message": $"`{entry.label}`: {fault.is}.",
	"remedy": _remedy(entry, judged.base, fault.right),
})

_remedy(_, _, null) := {}

_remedy(entry, base, ["", "", ""]) := {
	"text": "End the reference behind the ARN.",
	"edits": references.edits(entry, base),
}

_remedy(entry, base, right) := {
	"text": $"Write `:{behind}` behind the ARN.",
	"edits": references.edits(entry, $"{base}:{behind}"),
} if {
	not right in {null, ["", "", ""]}
	behind := concat(":", right)
}
