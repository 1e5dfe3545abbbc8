# METADATA
# title: A secret that is read by JSON key holds JSON
# description: >-
#   If a reference has a JSON key and the secret holds plain text, each job fails before its container starts: "invalid
#   character … looking for beginning of value". The agent parses the value of the secret as a JSON object and takes the
#   key from it. A password that is generated without a template is plain text.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
#   - https://github.com/rileydakota/valheim-ecs-fargate-cdk/issues/9
# custom:
#   severity: error
#   subject: job_definition
#   link: content
#   remedy: Store a JSON object in the secret, or leave the JSON key out.
#   notes: >-
#     Only values in the files are checked: a secret that is not in the files is outside, and one whose value is written
#     elsewhere is *unverified*. Registry credentials always need JSON. If something else may change the value, such as
#     a function that rotates it, the finding is *likely*.
package rules.job_definition["json-secret-for-json-key"]

import data.lib.contents
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_judged := [entry |
	some entry in contents.entries
	entry.keys != []
	contents.has_text(entry.declaration)
]

_answers := [_answer(entry) | some entry in _judged]

_answer(entry) := references.finding(entry, {
	"confidence": contents.confidence(entry),
	"message": $"{_asks(entry)}, but `{entry.declaration.address}` holds plain text.",
	"related": [{"message": "the plain text", "at": content.at} | some content in entry.values],
	"remedy": _remedy(entry),
}) if {
	contents.all_of(entry, "text")
	contents.known(entry)
} else := {"proof": {
	"because": $"the value of `{entry.declaration.address}` is JSON",
	"at": contents.alike(entry)[0].at,
	"references": [entry.id],
	"assumes": contents.assumes(entry),
}} if {
	contents.all_of(entry, "json")
} else := references.unverified(
	entry,
	$"can't tell whether the value of `{entry.declaration.address}` is JSON",
	contents.doubt(entry),
)

_asks(entry) := "`repositoryCredentials` needs JSON with `username` and `password`" if {
	entry.site == "repositoryCredentials"
} else := $"`{entry.label}` asks for the JSON key `{entry.keys[0]}`"

_remedy(entry) := {"text": "Store JSON with the keys `username` and `password` in the secret."} if {
	entry.site == "repositoryCredentials"
} else := {
	"text": "Leave the JSON key out to get the whole value, or store a JSON object in the secret.",
	"edits": references.edits(entry, _whole(entry)),
}

# Without a version the ARN alone means the whole value.
_whole(entry) := entry.named.arn if {
	[entry.stage, entry.version] == ["", ""]
} else := $"{entry.named.arn}::{entry.stage}:{entry.version}"
