# METADATA
# title: A grant of kms:Decrypt names a key
# description: >-
#   An Allow of kms:Decrypt names the ARN of the key that encrypts the secret. The ARN or name of an alias, a bare key id or the ARN of a secret
#   matches no key, so the statement allows nothing. `*` allows every key, unless a condition keeps it to the service or to a secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
# custom:
#   severity: error
#   subject: policy
#   remedy: Name the ARN of the key, arn:PARTITION:kms:REGION:ACCOUNT:key/KEY-ID, as the resource of kms:Decrypt.
#   notes: >-
#     Key policies are not looked at: in them `*` means the key itself. `*` is called likely to be wrong, and only in a policy of a role that Batch
#     jobs use, or in one that nothing in the files carries. Whether the key exists, and is the secret's, is not asked. kms:* on aliases alone
#     is accepted, since other actions are about aliases. A key that is not known is nothing to tell of where the jobs read no secrets.
package rules.policy["kms-resource-present"]

import data.lib.iam
import data.lib.pattern
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s of a KMS key, so %s allows no kms:Decrypt.", [_are_no_arns(statement.resources), _name(statement)]),
	"confidence": _confidence(statement),
	"remedy": {"statement": _remedy},
	"at": statement.resources[0].at,
	"names": array.concat([_sid(statement)], [resource.value | some resource in statement.resources]),
}) if {
	some statement in _grants
	statement.resources != []
	every resource in statement.resources { iam.resource(resource.value, _any_key) == "no" }
	not _manages_aliases(statement)
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("* is the resource of %s, so kms:Decrypt is allowed with every key.", [_name(statement)]),
	"confidence": "likely",
	"remedy": {
		"text": "Name the ARN of the key, or add a condition on kms:ViaService or kms:EncryptionContext:SecretARN.",
		"statement": _remedy,
	},
	"at": resource.at,
	"names": [_sid(statement), "*"],
}) if {
	_of_batch
	some statement in _grants
	some resource in statement.resources
	resource.value == "*"
	not _narrowed(statement)
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", ["whether ", text.enumeration(unknown), " names a KMS key is not known from these files"]),
	"at": statement.resources[0].at,
}) if {
	_of_batch
	_policy.for_secrets
	some statement in _grants
	unknown := text.distinct([resource.value | some resource in statement.resources; text.wide(resource.value)])
	unknown != []
	every resource in statement.resources { _unclear(resource.value) }
}

_policy := input.policies[input.subject.id]

_of_batch if _policy.batch

_of_batch if _policy.alone

# The statements of a principal's policy that allow kms:Decrypt by name. `*` for an action is about everything, not about keys.
_grants := [statement |
	_policy.kind in {"identity", "other"}
	some statement in _policy.statements
	statement.effect.value == "Allow"
	statement.principals == null
	some action in statement.actions
	startswith(lower(action.value), "kms:")
	pattern.match(lower(action.value), _decrypt) == "yes"
]

_decrypt := pattern.target("kms:decrypt")

_any_key := pattern.target("arn:⟨partition⟩:kms:⟨region⟩:⟨account⟩:key/⟨key⟩")

_unclear(value) if text.wide(value)

_unclear(value) if iam.resource(value, _any_key) == "no"

# `kms:*` on an alias lets it be moved.
_manages_aliases(statement) if {
	some action in statement.actions
	lower(action.value) == "kms:*"
	some resource in statement.resources
	contains(resource.value, "alias/")
}

# https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
_narrowed(statement) if {
	some condition in statement.conditions
	some start in ["kms:", "aws:resourcetag/", "⟨"]
	startswith(lower(condition.key), start)
}

# What may not be there at all does no certain harm.
_confidence(statement) := "certain" if {
	statement.maybe == null
} else := "likely"

_are_no_arns(resources) := concat(" ", [text.enumeration(values), "is not the ARN"]) if {
	values := text.distinct([resource.value | some resource in resources])
	count(values) == 1
} else := concat(" ", [text.enumeration(values), "are not the ARN"]) if {
	values := text.distinct([resource.value | some resource in resources])
}

_name(statement) := concat(" ", ["statement", statement.sid]) if {
	statement.sid != null
} else := "this statement"

_sid(statement) := statement.sid if {
	statement.sid != null
} else := ""

# The keys that the case tells of; without one there is nothing to paste.
_remedy := {"actions": ["kms:Decrypt"], "resources": [key.arn.value | some key in input.keys]} if {
	count(input.keys) > 0
} else := null
