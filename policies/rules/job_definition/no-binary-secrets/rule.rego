# METADATA
# title: Secrets that jobs read hold text
# description: >-
#   A secret that a job names is stored as text, with SecretString. Of one that is stored with SecretBinary the agent passes an empty value to the
#   container, without a word; with a JSON key the job fails.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
# custom:
#   severity: error
#   subject: job_definition
#   link: content
#   remedy: Store the secret with SecretString, its content encoded in base64 if it isn't text, or read it in the job with the AWS SDK.
#   notes: >-
#     Only what the files say of the secret's value is seen: a value that is set elsewhere is taken to be text, as nearly all are. Of a secret with text and binary values nobody
#     knows which one is current, so it is called likely to be wrong, and so is a binary secret beside a reference whose value is not known.
package rules.job_definition["no-binary-secrets"]

import data.lib.references
import data.lib.result

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s, named by %s, is stored as binary, and a job gets text only.", [
		secret.address,
		references.labels(entries),
	]),
	"confidence": _confidence(secret),
	"at": entries[0].at,
	"related": [{"message": "the binary value", "at": content.at} | some content in _binary(secret)],
	"references": references.ids(entries),
	"names": [secret.address],
}) if {
	some id, indexes in _uses
	secret := input.secrets[id]
	_binary(secret) != []
	entries := [references.all[index] | some index in sort(indexes)]
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s is stored as binary, and may be named by %s; a job gets text only.", [
		secret.address,
		references.labels(_unknown),
	]),
	"confidence": "likely",
	"at": _binary(secret)[0].at,
	"related": [{"message": "this may name it", "at": entry.at} | some entry in _unknown],
	"names": [secret.address],
}) if {
	_unknown != []
	some id, secret in input.secrets
	secret.unit == input.subject.unit
	not _uses[id]
	_binary(secret) != []
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", [arn, " is not in these files, so neither its content nor its key is known"]),
	"at": entries[0].at,
	"references": references.ids(entries),
}) if {
	some arn, indexes in _elsewhere
	entries := [references.all[index] | some index in sort(indexes)]
}

_uses[entry.secret] contains index if {
	some index, entry in references.all
	entry.kind == "secret"
	entry.secret != null
}

_elsewhere[entry.arn] contains index if {
	some index, entry in references.all
	entry.kind == "secret"
	entry.secret == null
}

_unknown := [entry | some entry in references.all; entry.kind == "unknown"; entry.service != "ssm"]

_binary(secret) := [content | some content in secret.contents; content.kind == "binary"]

_confidence(secret) := "likely" if {
	some content in secret.contents
	content.kind in {"text", "json", "string"}
} else := "certain"
