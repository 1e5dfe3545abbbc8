# METADATA
# title: kms:Decrypt is granted on a key
# description: >-
#   A statement that allows `kms:Decrypt` on an alias, a bare key ID or the ARN of a secret allows nothing, and the job
#   that needs it fails with "Access to KMS is not allowed". KMS compares the resource of a statement with the ARN of
#   the key only. On `*` the statement allows every key, unless a condition limits it to a service or to a secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
#   - https://github.com/awslabs/autonomous-driving-data-framework/issues/22
#   - https://github.com/govuk-one-login/authentication-api/pull/3269
# custom:
#   severity: error
#   subject: policy
#   needs: key-action
#   remedy: Use the ARN of the key, `arn:PARTITION:kms:REGION:ACCOUNT:key/KEY-ID`, as the resource of `kms:Decrypt`.
#   notes: >-
#     Key policies are not checked, since `*` means the key itself there. `*` is reported as *likely*, and only in a
#     policy of a role that Batch jobs use, or in a policy that is attached to nothing in the files. A statement of a
#     role that no job uses, or in files without jobs, is reported as *likely*, too. Whether the key exists, or encrypts
#     the secret, is not checked. `kms:*` on aliases alone is accepted, since other actions apply to aliases. AWS's own
#     keys need no permission, so a statement with only their aliases is a warning.
package rules.policy["kms-resource-present"]

import data.lib.access.decrypt_grants
import data.lib.access.granting
import data.lib.access.words
import data.lib.causes
import data.lib.holes
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"message": $"{_are_no_arns(named)}, so {granting.name(statement)} does not allow `kms:Decrypt`.",
	"severity": _severity(statement.resources),
	"confidence": granting.confidence(_policy, statement),
	"remedy": _remedy(statement, named),
	"at": statement.resources[0].at,
	"names": array.concat([granting.sid(statement)], [resource.value | some resource in statement.resources]),
}) if {
	some statement in decrypt_grants.of(_policy)
	statement.resources != []
	named := granting.distinct(statement.resources)
	every resource in statement.resources { decrypt_grants.matches_no_key(resource.value) }
	not decrypt_grants.manages_aliases(statement)
}

findings contains result.finding(_rule, {
	"message": $"`*` is the resource of {granting.name(statement)}, so `kms:Decrypt` is allowed with every key.",
	"confidence": "likely",
	"remedy": _narrowing(statement, resource),
	"at": resource.at,
	"names": [granting.sid(statement), "*"],
}) if {
	granting.may_be_used(_policy)
	some statement in decrypt_grants.of(_policy)
	some resource in statement.resources
	resource.value == "*"
	not decrypt_grants.is_narrowed(statement)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {text.enumeration(unknown)} is a KMS key",
	"at": statement.resources[0].at,
	"references": [dependent.reference | some dependent in input.readers],
	"cause": _cause(statement.resources),
}) if {
	granting.may_be_used(_policy)
	_policy.for_secrets
	some statement in decrypt_grants.of(_policy)
	unclear := [resource.value | some resource in statement.resources; text.wide(resource.value)]
	unknown := text.distinct([words.code(value) | some value in unclear])
	unknown != []
	every resource in statement.resources { decrypt_grants.may_match_no_key(resource.value) }
}

_policy := input.policies[input.subject.id]

_cause(unclear) := array.concat(known, [causes.of("same-key", unclear[0].value)])[0] if {
	known := [cause | some resource in unclear; cause := holes.cause(resource.value)]
}

# AWS's own keys need no permission, so a statement about them is needless, not wrong.
_severity(named) := "warning" if {
	every resource in named { contains(resource.value, "alias/aws/") }
} else := "error"

_are_no_arns(named) := $"{text.enumeration(values)} is not the ARN of a KMS key" if {
	values := text.distinct([words.code(resource.value) | some resource in named])
	count(values) == 1
} else := $"{text.enumeration(values)} are not ARNs of KMS keys" if {
	values := text.distinct([words.code(resource.value) | some resource in named])
}

_remedy(statement, named) := {"edits": edits} if {
	edits := [{"at": resource.at, "text": _meant(resource.value)} | some resource in named]
	edits != []
} else := _apart(statement) if {
	_has_others(statement)
} else := {}

_narrowing(statement, resource) := _apart(statement) if {
	_has_others(statement)
} else := {
	"text": "Use the ARN of the key, or add a condition on `kms:ViaService` or `kms:EncryptionContext:SecretARN`.",
	"edits": [{"at": resource.at, "text": key.arn.value} | some key in input.keys; count(input.keys) == 1],
}

# The resources, and any condition on a key, may be wrong for another action, such as that of secrets.
_has_others(statement) if {
	some action in statement.actions
	not _is_about_keys(lower(action.value))
}

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
_is_about_keys(action) if {
	startswith(action, "kms:")
	not action in {"kms:createkey", "kms:generaterandom", "kms:listaliases", "kms:listkeys"}
}

_apart(statement) := object.union({"text": _own}, _moved(statement))

_own := "Give `kms:Decrypt` a statement of its own, with the ARN of the key as its resource."

# Without the conditions of the statement it would allow more.
_moved(statement) := {
	"edits": [{"at": action.at, "text": action.value, "out": statement.at}],
	"add": {"actions": [action.value], "resources": [key.arn.value], "at": _policy.at, "to": "policy"},
} if {
	statement.maybe == null
	statement.conditions == []
	[action] := [action | some action in statement.actions; decrypt_grants.is_of(action.value)]
	[key] := [key | some key in input.keys]
} else := {}

# The key behind an alias, or with an ID: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
_meant(value) := [key.arn.value |
	some key in input.keys
	some alias in key.aliases
	endswith($":{value}", $":{alias.value}")
][0]

_meant(value) := _key_with(id) if {
	id := trim_prefix(value, "key/")
	text.uuid(id)
}

# The id of a key in place of its ARN, such as `!Ref Key` or `aws_kms_key.main.key_id`.
_meant(value) := input.keys[holes.known(key).identifies].arn.value if {
	text.holes(value) == [value]
	key := text.inside(value)
}

# A key of the files tells its account and Region.
_key_with(id) := arn if {
	arn := [key.arn.value | some key in input.keys; endswith(key.arn.value, $":key/{id}")][0]
} else := $"arn:{input.deployment.partition}:kms:{input.deployment.region}:{input.deployment.account}:key/{id}"
