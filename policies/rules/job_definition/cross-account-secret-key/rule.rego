# METADATA
# title: Secrets of another account have a key that can be shared
# description: >-
#   The default key, `aws/secretsmanager`, can be used in its own account only. If a job reads a secret of another
#   account that is encrypted with it, the job fails before its container starts, with "Access to KMS is not allowed",
#   whatever the policies allow.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
#   - https://github.com/hashicorp/terraform-aws-consul-ecs/issues/150
# custom:
#   severity: error
#   subject: job_definition
#   link: decrypt
#   remedy: >-
#     Encrypt the secret with a customer managed key, and allow `kms:Decrypt` to the role in the key policy and in a
#     policy of the role.
#   notes: >-
#     The rule applies where the account IDs of the execution role and of the secret are known and differ, and the
#     secret is in the files.
package rules.job_definition["cross-account-secret-key"]

import data.lib.access.questions
import data.lib.access.requests
import data.lib.access.words
import data.lib.arn
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains id if {
	some use in _uses
	some id in references.ids(use.entries)
}

findings contains result.finding(_rule, {
	"message": $"{words.labels(use.entries)} can't be decrypted: {_lack(use)}, and {_reader(use)}.",
	"confidence": _confidence(use.stored),
	"at": use.entries[0].at,
	"related": [{"message": "encrypted with the default key", "at": use.stored.at}],
	"references": references.ids(use.entries),
	"names": [use.role.arn.value, use.stored.arn.value],
}) if {
	some use in _uses
	use.stored.key_reference == null
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {_secret(use)}, which is in another account, has a customer managed key",
	"at": use.entries[0].at,
	"references": references.ids(use.entries),
	"cause": holes.cause(use.stored.key_reference.value),
}) if {
	some use in _uses
	text.wide(use.stored.key_reference.value)
	not _is_made(use.stored)
}

proofs contains result.proof(_rule, {
	"at": use.stored.key_reference.at,
	"because": $"{_secret(use)} has a customer managed key",
	"references": references.ids(use.entries),
}) if {
	some use in _uses
	_has_key(use.stored)
}

_uses := [object.union(question, {"stored": stored, "account": account, "owner": owner}) |
	some question in questions.all
	stored := input.secrets[question.secret]
	not _is_only_named(stored)
	account := requests.principal(question.role).account
	owner := _owner(questions.names(question))
	arn.other_accounts(owner, account)
]

# The files have a policy of the secret, and do not say which key it has.
_is_only_named(stored) if {
	not stored.declared
	stored.key_reference == null
}

# The account that any name of the secret has.
_owner(names) := [account |
	some candidates in names
	account := arn.parse(candidates[0]).account
	text.literal(account)
][0]

_has_key(stored) if _is_made(stored)

_has_key(stored) if {
	stored.key_reference != null
	not text.wide(stored.key_reference.value)
}

_is_made(stored) if stored.key != null

_secret(use) := words.code(use.stored.address)

_lack(use) := $"{_secret(use)} of account {use.owner} has no customer managed key"

_reader(use) := $"{words.role(use.role)} belongs to account {use.account}"

# What another unit declares by that name may be another secret.
_confidence(stored) := "likely" if {
	stored.maybe
} else := "certain"
