# METADATA
# title: Secret references are well-formed
# description: >-
#   Every valueFrom in secrets and secretOptions, and every credentialsParameter, is the ARN of a secret, the ARN of a parameter, or the
#   name of a parameter (for credentialsParameter: of a secret). AWS Batch registers a job definition with any other text as well, and each
#   job then fails before its container starts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret, arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX.
#   notes: >-
#     Whether a secret or parameter of that name exists is not looked up. An ARN without the random suffix works and is not reported.
#     A Region or partition that is newer than this rule is accepted. Placeholders are taken for whatever belongs there.
package rules.job_definition["secret-arn-format"]

import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s %s.", [references.subject(entry), entry.fault.is]),
	"confidence": _confidence(entry.value),
	"remedy": {"text": entry.fault.advice, "replacement": entry.fault.replacement},
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in references.all
	entry.kind == "broken"
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s has no %s, so it names no secret.", [entry.label, _key(entry.site)]),
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in references.all
	entry.kind == "absent"
	not _misspelled
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", ["the value of ", _unknown(entry.value), " is not known from these files"]),
	"at": entry.at,
	"references": [entry.id],
}) if {
	some entry in references.all
	entry.kind == "unknown"
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", ["whether the job reads secrets can't be told: ", part.why]),
	"at": part.at,
}) if {
	some part in _unseen
}

# The default of a template's parameter may be empty only to be filled in.
_confidence("") := "likely"

_confidence(value) := "certain" if value != ""

_key(site) := "credentialsParameter" if {
	site == "repositoryCredentials"
} else := "valueFrom"

# What stands in its place is told by the rule job-definition-shape.
_misspelled if {
	some note in references.job.shape
	note.kind == "dropped-key"
	note.expected == "valueFrom"
}

_unknown(value) := text.enumeration(text.distinct(wide)) if {
	wide := [hole | some hole in text.holes(value); startswith(hole, "⟨*")]
	wide != []
} else := text.holes(value)[0] if {
	not text.literal(value)
} else := value

_unseen contains part if {
	some part in references.job.unseen

	# A definition that may not be there, or several times, is judged like one that is.
	not part.part in {"parameters", "existence"}
}

_unseen contains part if {
	some container in references.job.containers
	some part in container.unseen
	part.part in {"secrets", "logConfiguration", "secretOptions", "repositoryCredentials"}
}
