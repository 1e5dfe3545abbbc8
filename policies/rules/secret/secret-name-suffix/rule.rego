# METADATA
# title: Names of secrets don't end like the suffix of an ARN
# description: >-
#   Secrets Manager adds a hyphen and six random characters to the name of a secret to make its ARN. If the name itself
#   ends with a hyphen and six characters, an ARN without the random ones looks complete, and Secrets Manager may not
#   find the secret: jobs fail with "ResourceNotFoundException" or "AccessDeniedException".
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html
#   - https://github.com/aws/aws-cdk/issues/27530
# custom:
#   severity: warning
#   subject: secret
#   needs: name-with-suffix
#   remedy: End the name with something else, such as one more word.
#   notes: >-
#     A new name makes a new secret. Only names that the files give are checked, not those of secrets that exist
#     already. A reference by the complete ARN works in any case.
package rules.secret["secret-name-suffix"]

import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"message": $"The name of `{_secret.address}` ends with `-{ending}`, which looks like the random suffix of an ARN.",
	"at": _secret.name.at,
	"names": [_secret.address],
}) if {
	_is_made_here
	pieces := split(_secret.name.value, "-")
	count(pieces) > 1
	ending := pieces[count(pieces) - 1]
	count(ending) == 6
	text.consists_of(ending, text.alphanumeric)
}

_secret := input.secrets[input.subject.id]

# A description of a secret has its ARN; what is made here has none yet.
_is_made_here if {
	_secret.declared
	_secret.name != null
	not text.literal(_secret.arn.value)
}
