# METADATA
# title: kms:Decrypt is granted on a key
# description: >-
#   KMS matches a statement by the ARN of the key alone. An Allow of kms:Decrypt on the ARN or name of an alias, on a bare key id or on the ARN of a
#   secret allows nothing, and the job that needs it fails with "Access to KMS is not allowed". On `*` it allows every key, unless a condition
#   keeps it to a service or to a secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
# custom:
#   severity: error
#   subject: policy
#   remedy: Use the ARN of the key, arn:PARTITION:kms:REGION:ACCOUNT:key/KEY-ID, as the resource of kms:Decrypt.
#   notes: >-
#     Key policies are not judged, since in them `*` means the key itself. `*` is reported as likely, and only in a policy of a role that Batch jobs
#     use, or in one that nothing in the files carries. So is a statement of a role that no job uses. The rule does not ask whether the key exists, or
#     is the secret's. kms:* on aliases alone is accepted, since other actions are about aliases. AWS's own keys need no permission, so that a
#     statement which only names their aliases is a warning.
package rules.policy["kms-resource-present"]

import data.lib.access.decrypt_grants
import data.lib.access.words
import data.lib.causes
import data.lib.holes
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": $"{_are_no_arns(statement.resources)} of a KMS key, so {_name(statement)} allows no `kms:Decrypt`.",
	"severity": _severity(statement.resources),
	"confidence": _confidence(statement),
	"remedy": {"add": _add},
	"at": statement.resources[0].at,
	"names": array.concat([_sid(statement)], [resource.value | some resource in statement.resources]),
}) if {
	some statement in decrypt_grants.of(_policy)
	statement.resources != []
	every resource in statement.resources { decrypt_grants.matches_no_key(resource.value) }
	not decrypt_grants.manages_aliases(statement)
}

findings contains result.finding(rego.metadata.chain(), {
	"message": $"`*` is the resource of {_name(statement)}, so `kms:Decrypt` is allowed with every key.",
	"confidence": "likely",
	"remedy": {
		"text": "Use the ARN of the key, or add a condition on kms:ViaService or kms:EncryptionContext:SecretARN.",
		"add": _add,
	},
	"at": resource.at,
	"names": [_sid(statement), "*"],
}) if {
	_of_batch
	some statement in decrypt_grants.of(_policy)
	some resource in statement.resources
	resource.value == "*"
	not decrypt_grants.is_narrowed(statement)
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": $"can't tell whether {text.enumeration(unknown)} is a KMS key",
	"at": statement.resources[0].at,
	"references": [dependent.reference | some dependent in input.readers],
	"cause": _cause(statement.resources),
}) if {
	_of_batch
	_policy.for_secrets
	some statement in decrypt_grants.of(_policy)
	unknown := text.distinct([words.code(resource.value) | some resource in statement.resources; text.wide(resource.value)])
	unknown != []
	every resource in statement.resources { decrypt_grants.may_match_no_key(resource.value) }
}

_policy := input.policies[input.subject.id]

_of_batch if _policy.batch

_of_batch if _policy.alone

_cause(unclear) := array.concat([cause | some resource in unclear; cause := holes.cause(resource.value)], [unknown])[0] if {
	unknown := causes.of("same-key", unclear[0].value)
}

# AWS's own keys need no permission, so that a statement about them is needless, not wrong.
_severity(named) := "warning" if {
	every resource in named { contains(resource.value, "alias/aws/") }
} else := "error"

# What may not be there at all does no certain harm, nor does a role that no job uses.
_confidence(statement) := "certain" if {
	statement.maybe == null
	_of_batch
} else := "likely"

_are_no_arns(named) := $"{text.enumeration(values)} is not the ARN" if {
	values := text.distinct([words.code(resource.value) | some resource in named])
	count(values) == 1
} else := $"{text.enumeration(values)} are not the ARN" if {
	values := text.distinct([words.code(resource.value) | some resource in named])
}

_name(statement) := $"statement {words.code(statement.sid)}" if {
	statement.sid != null
} else := "this statement"

_sid(statement) := statement.sid if {
	statement.sid != null
} else := ""

# The keys that the case has; without one there is nothing to paste.
_add := {"actions": ["kms:Decrypt"], "resources": [key.arn.value | some key in input.keys], "at": input.subject.at} if {
	count(input.keys) > 0
} else := null
