# METADATA
# title: Secrets read by jobs are stored as text
# description: >-
#   A secret that is stored with `SecretBinary` reaches the container as an empty value; when the reference has a JSON
#   key, the job fails. The agent injects only `SecretString`, and does not complain when there is none.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
#   - https://github.com/aws/amazon-ecs-agent/issues/2509
# custom:
#   severity: error
#   subject: job_definition
#   link: content
#   remedy: >-
#     Store the secret with `SecretString`, in base64 if it isn't text, or let the code in the job read it with the AWS
#     SDK.
#   notes: >-
#     Only values in the files are checked: a secret without one, or a secret that is not in the files, is outside. If a
#     secret has both text and binary values, nobody knows which one is current, so the finding is *likely*. The same
#     applies to a binary secret next to a reference whose value is unknown.
package rules.job_definition["no-binary-secrets"]

import data.lib.contents
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {id | some secret_id in _read; some id in references.ids(_entries(secret_id))}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_answers := [_answer(input.secrets[id], _entries(id)) | some id in _read]

# The secrets whose content the files show, as far as the job names them.
_read := {entry.secret |
	some entry in references.all
	_of_kinds(input.secrets[entry.secret], {"text", "json", "string", "binary"}) != []
}

_entries(id) := [entry | some entry in references.all; entry.secret == id]

_answer(secret, entries) := {"finding": {
	"message": $"{_refer(entries)} to `{secret.address}`, which is stored as `SecretBinary`; {_only_text}.",
	"confidence": _confidence(secret),
	"at": entries[0].at,
	"related": [{"message": "the binary value", "at": content.at} | some content in _of_kinds(secret, {"binary"})],
	"references": references.ids(entries),
	"names": [secret.address],
}} if {
	_of_kinds(secret, {"binary"}) != []
} else := {"proof": {
	"because": $"the value of `{secret.address}` is text",
	"at": _of_kinds(secret, _text)[0].at,
	"references": references.ids(entries),
	"assumes": contents.replaced(secret),
}}

_only_text := "AWS Batch can only inject `SecretString`"

_may_refer := $"{references.labels(_unknown)} may refer to it"

_text := {"text", "json", "string"}

_of_kinds(secret, kinds) := [content | some content in secret.contents; content.kind in kinds]

_refer(entries) := $"{references.labels(entries)} refers" if {
	count(entries) == 1
} else := $"{references.labels(entries)} refer"

_confidence(secret) := "likely" if {
	_of_kinds(secret, _text) != []
} else := "likely" if {
	secret.maybe
} else := "likely" if {
	some content in secret.contents
	content.maybe
} else := "certain"

# A binary secret that nothing is known to name, beside a reference that may name it.
findings contains result.finding(_rule, {
	"message": $"`{secret.address}` is stored as `SecretBinary`, and {_may_refer}; {_only_text}.",
	"confidence": "likely",
	"at": _of_kinds(secret, {"binary"})[0].at,
	"related": [{"message": "this may refer to it", "at": entry.at} | some entry in _unknown],
	"names": [secret.address],
}) if {
	_unknown != []
	some id, secret in input.secrets
	secret.unit == input.subject.unit
	not id in _read
	_of_kinds(secret, {"binary"}) != []
}

_unknown := [entry | some entry in references.all; entry.kind == "unknown"; entry.service != "ssm"]
