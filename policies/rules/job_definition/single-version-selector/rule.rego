# METADATA
# title: A secret's version is selected once
# description: >-
#   A reference selects the version of a secret by its stage or by its id, not by both. AWS documents them as alternatives; where both are given
#   the job only starts as long as they happen to name the same version.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
# custom:
#   severity: warning
#   subject: job_definition
#   link: reference
#   remedy: Keep the version stage, or the version id, and leave the other empty.
#   notes: >-
#     Whether the two name the same version is not looked at. A selector that the files don't tell may be empty, so it is never found.
package rules.job_definition["single-version-selector"]

import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s selects a version by its stage, %s, and by its id.", [entry.value, entry.parts[3]]),
	"remedy": {"replacement": concat(":", [entry.arn, entry.parts[2], entry.parts[3], ""])},
	"at": entry.at,
	"references": [entry.id],
	"names": references.names(entry),
}) if {
	some entry in references.all
	entry.kind == "secret"
	entry.site != "repositoryCredentials"
	count(entry.parts) == 5
	_told(entry.parts[3])
	_told(entry.parts[4])
}

_told(selector) if {
	selector != ""
	text.literal(selector)
}
