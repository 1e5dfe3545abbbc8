# METADATA
# title: The execution role may decrypt the secret
# description: >-
#   If a customer managed key encrypts a secret or parameter and the execution role may not call `kms:Decrypt` with it,
#   the job fails before its container starts, with "Access to KMS is not allowed". The permission may come from a
#   policy of the role or from the key policy. AWS's own keys, `aws/secretsmanager` and `aws/ssm`, need no permission.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
#   - https://github.com/GiamPy5/terraform-aws-directus/issues/10
# custom:
#   severity: error
#   subject: job_definition
#   link: decrypt
#   remedy: Allow `kms:Decrypt` on the key in a policy of the execution role.
#   tables: [aws-managed-policies]
#   notes: >-
#     The rule applies where the files show the secret or parameter and its key. A role is reported only when the key
#     and all policies of the role are in the files. A key that is not in the files is assumed to enable IAM policies,
#     as the default key policy does.
package rules.job_definition["secret-decrypt-allowed"]

import data.lib.access.decryption
import data.lib.access.words
import data.lib.arn
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains id if {
	some use in decryption.uses
	some id in references.ids(use.entries)
}

findings contains result.finding(_rule, {
	"message": $"{words.labels(use.entries)} can't be decrypted: {_why(use)}.",
	"confidence": _confidence(use.protected),
	"remedy": _remedy(use),
	"at": use.entries[0].at,
	"related": _related(use),
	"references": references.ids(use.entries),
	"names": array.concat(_denied(use), [use.role.arn.value, use.protected.arn.value]),
	"assumes": use.decision.assumes,
}) if {
	some use in decryption.uses
	_lacks(use)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {words.role(use.role)} may decrypt {words.code(use.protected.address)}",
	"at": use.entries[0].at,
	"references": references.ids(use.entries),
	"cause": _cause(use),
}) if {
	some use in decryption.uses
	use.decision.answer != "yes"
	not _lacks(use)
}

proofs contains result.proof(_rule, {
	"at": allow.at,
	"because": $"{words.statement(allow, use.role)} allows `kms:Decrypt` with {_key_of(use)}",
	"references": references.ids(use.entries),
	"assumes": use.decision.assumes,
}) if {
	some use in decryption.uses
	use.decision.answer == "yes"
	allow := use.decision.allow.statement
}

# What another unit declares by that name may be another one.
_confidence(protected) := "likely" if {
	some doubt in ["maybe", "key_maybe"]
	protected[doubt]
} else := "certain"

# A key that is not in the files may allow more. A visible explicit Deny holds anyway.
_lacks(use) if {
	use.decision.answer == "no"
	use.key != null
}

_lacks(use) if {
	use.decision.answer == "no"
	use.decision.explicit_deny.answer == "yes"
}

_cause(use) := use.decision.cause if {
	use.decision.answer == "maybe"
} else := decryption.unknown_key(use.protected.key_reference.value)

_denied(use) := ["Deny" | use.decision.explicit_deny.answer == "yes"]

_why(use) := $"an explicit Deny blocks `kms:Decrypt` with {_key_of(use)} for {words.role(use.role)}" if {
	use.decision.explicit_deny.answer == "yes"
} else := $"the permissions boundary of {words.role(use.role)} does not allow `kms:Decrypt` with {_key(use)}" if {
	use.decision.allow.answer != "no"
} else := $"{words.role(use.role)} allows `kms:Decrypt`, but the policy of {_key(use)} doesn't enable IAM policies" if {
	use.decision.identity.answer == "yes"
} else := $"neither {words.role(use.role)} nor the key policy allows `kms:Decrypt` with {_encrypting(use)}"

_encrypting(use) := $"{_key(use)}, which encrypts {_what(use)}"

_key_of(use) := $"the key of {_what(use)}"

_what(use) := words.code(use.protected.address)

_key(use) := words.code(input.keys[use.key].address)

_remedy(use) := {"text": "Remove `kms:Decrypt`, or the key, from the Deny."} if {
	use.decision.explicit_deny.answer == "yes"
} else := {
	"text": "Allow `kms:Decrypt` in the permissions boundary, too.",
	"add": object.union(_decrypt(use), {"to": "boundary", "at": words.place(use.role)}),
} if {
	use.decision.allow.answer != "no"
} else := {
	"text": "Let IAM policies of the account allow `kms:Decrypt` in the key policy.",
	"add": {
		"actions": ["kms:Decrypt"],
		"resources": ["*"],
		"principal": {"type": "AWS", "value": _account_of(use)},
		"at": input.keys[use.key].at,
		"to": "resource",
	},
} if {
	use.decision.identity.answer == "yes"
} else := {"add": object.union(_decrypt(use), {"at": words.place(use.role)})}

_decrypt(use) := {"actions": ["kms:Decrypt"], "resources": [input.keys[use.key].arn.value]}

# The account of the role. To name the role itself would make a circle where its policy names the key.
_account_of(use) := $"arn:{fields.partition}:iam::{fields.account}:root" if {
	fields := arn.parse(use.role.arn.value)
} else := use.role.arn.value

_related(use) := [{"message": "denied here", "at": use.decision.explicit_deny.statement.at}] if {
	use.decision.explicit_deny.answer == "yes"
} else := [{"message": "the policy of this key could allow it instead", "at": input.keys[use.key].at}]
