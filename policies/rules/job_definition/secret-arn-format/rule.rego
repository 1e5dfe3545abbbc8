# METADATA
# title: Secret references are well-formed
# description: >-
#   A reference that is neither the ARN of a secret or parameter nor the name of a parameter is registered by AWS Batch
#   without complaint; each job then fails before its container starts. This applies to every `valueFrom` in `secrets`
#   and `secretOptions`, and to every `credentialsParameter`, which may also be the name of a secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
#   - https://github.com/hashicorp/terraform/issues/22926
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret, `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX`.
#   notes: >-
#     Whether the secret or parameter exists is not checked. An ARN without the random suffix works and is not reported.
#     A Region or partition that is newer than this rule is accepted. A placeholder in the Region or account, such as
#     `AWS_ACC_ID` or `<region>`, is *unverified*.
package rules.job_definition["secret-arn-format"]

import data.lib.placeholders
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# The name of a secret in place of its ARN has not the form of an ARN, nor has a secret's value, or what is under a
# misspelled key.
_judged := [entry |
	some entry in references.all
	entry.misnamed == null
	not entry.fault.valued
	not _misspelled(entry)
]

_misspelled(entry) if {
	entry.kind == "absent"
	some note in references.job.shape
	note.kind in {"dropped-key", "refused-key"}
	note.means == "valueFrom"
}

_answers := [_answer(entry) | some entry in _judged]

_answer(entry) := references.finding(entry, {
	"message": $"`{entry.label}` has no `{_key(entry.site)}`, so it refers to nothing.",
}) if {
	entry.kind == "absent"
} else := references.finding(entry, {
	"message": $"`{entry.label}` {entry.fault.is}.",
	"remedy": {"text": entry.fault.advice, "edits": references.edits(entry, entry.fault.replacement)},
}) if {
	entry.fault != null
} else := references.unverified(entry, _which(entry), {"kind": "placeholder", "name": word, "unit": null}) if {
	word := placeholders.of(entry.named.fields)
} else := references.unverified(entry, _which(entry), entry.cause) if {
	entry.kind == "unknown"
} else := references.proof(entry, $"it is a well-formed ARN of a {entry.kind}") if {
	entry.named.form == "arn"
} else := references.proof(entry, $"it is the name of a {entry.kind}")

_which(entry) := $"can't tell which secret or parameter `{entry.label}` names"

_key(site) := "credentialsParameter" if {
	site == "repositoryCredentials"
} else := "valueFrom"

# What may hide a reference is no reference, so it is unverified for the job as a whole.
unverified contains result.unverified(_rule, {
	"reason": "can't tell whether the job reads more secrets",
	"at": part.at,
	"cause": part.cause,
}) if {
	some part in _unseen
}

_unseen contains part if {
	some part in references.job.unseen

	# A definition that may not be there, or several times, is judged like one that is.
	not part.part in {"parameters", "existence"}
}

_unseen contains part if {
	some container in references.job.containers
	some part in references.hidden(container)
}
