# METADATA
# title: Secrets are named by their ARN
# description: >-
#   Every valueFrom in secrets and secretOptions that means a secret is the ARN of the secret. AWS Batch takes anything else for the name of a
#   parameter of Systems Manager, which is not there, so that each job fails before its container starts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret.
#   notes: >-
#     A name means a secret when the files declare a secret of that name and no such parameter, when it has the selectors of a secret behind it,
#     or when it begins as the end of a secret's ARN does. A secret that another template or folder declares is only called likely to be meant.
#     Any other name is that of a parameter. The credentials of a registry may be a name.
package rules.job_definition["secret-reference-is-arn"]

import data.lib.references
import data.lib.result

findings contains result.finding(rego.metadata.chain(), {
	"confidence": _confidence(entry.fault.secret),
	"message": sprintf("%s %s.", [entry.label, entry.fault.is]),
	"remedy": {"replacement": entry.fault.replacement},
	"at": entry.at,
	"related": [{"message": "the secret", "at": secret.at} | some secret in [entry.fault.secret]; secret != null],
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in references.all
	entry.kind == "misnamed"
}

_confidence(null) := "certain"

_confidence(secret) := "certain" if {
	secret.unit == input.subject.unit
} else := "likely" if {
	secret != null
}
