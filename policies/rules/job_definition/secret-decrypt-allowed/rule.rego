# METADATA
# title: The execution role may decrypt the secret
# description: >-
#   Where a secret or parameter is encrypted with a customer managed key, the execution role is allowed kms:Decrypt with that key, by a policy
#   of the role or by the key's own. The default keys aws/secretsmanager and aws/ssm need no grant.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
# custom:
#   severity: error
#   subject: job_definition
#   link: decrypt
#   remedy: Add this statement to a policy of the execution role.
#   notes: >-
#     Only a key that is in the files, with a role whose policies are all seen, can be found to lack a grant. That a key policy lets the account's
#     own policies decide, as the default one does, is taken for granted. The key of a secret that is not in the files is asked for by
#     the rule no-binary-secrets.
package rules.job_definition["secret-decrypt-allowed"]

import data.lib.arn
import data.lib.grants
import data.lib.permissions
import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s can't be decrypted: neither %s nor the policy of the key allows kms:Decrypt with %s, which encrypts %s.", [
		references.labels(use.entries),
		permissions.role_name(use.role),
		input.keys[use.key].address,
		use.owner.address,
	]),
	"remedy": {"statement": object.union(
		permissions.for_role(use.role),
		{"actions": ["kms:Decrypt"], "resources": [input.keys[use.key].arn.value]},
	)},
	"at": use.entries[0].at,
	"related": [{"message": "the key, whose policy may grant it too", "at": input.keys[use.key].at}],
	"references": references.ids(use.entries),
	"names": [use.role.arn.value, use.owner.arn.value],
}) if {
	some use in _uses
	use.key != null
	use.answer == "no"
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s can't be decrypted: a Deny takes kms:Decrypt with the key of %s away from %s.", [
		references.labels(use.entries),
		use.owner.address,
		permissions.role_name(use.role),
	]),
	"remedy": {"text": "Take the key, or kms:Decrypt, out of the Deny."},
	"at": use.entries[0].at,
	"related": [{"message": "this Deny is about it", "at": use.statement.at}],
	"references": references.ids(use.entries),
	"names": ["Deny", use.role.arn.value, use.owner.arn.value],
}) if {
	some use in _uses
	use.answer == "denied"
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", [
		"whether ",
		permissions.role_name(use.role),
		" may decrypt ",
		use.owner.address,
		" can't be told: ",
		_why(use),
	]),
	"at": use.entries[0].at,
	"references": references.ids(use.entries),
}) if {
	some use in _uses
	use.answer in {"maybe", "no"}
	not _found(use)
	not _told(use)
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": concat("", [permissions.thing(question), " is not in these files, so the key that encrypts it is not known"]),
	"at": question.entries[0].at,
	"references": references.ids(question.entries),
}) if {
	some question in grants.questions
	question.kind == "parameter"
	question.parameter == null
}

# Every use of something with a customer managed key: the question, its `owner` (the secret or parameter), its `key` (an id, or null when
# the files only name it) and the answer whether the role may decrypt.
_uses := [object.union(use, grants.role_may(use.role, _asked(use))) |
	some use in _encrypted
]

_encrypted := [object.union(read, {"owner": owner, "key": owner.key, "read": read.answer, "read_why": read.why}) |
	some read in grants.reads
	owner := _owner(read)
	owner.key_reference != null
]

_owner(read) := input.secrets[read.secret]

_owner(read) := input.parameters[read.parameter]

_asked(use) := {
	"action": "kms:Decrypt",
	"aliases": [[_key_arn(use)]],
	"carrier": object.get(input.keys, use.key, null),
	"context": _context(use),
}

# The key itself, or what is known of it.
_key_arn(use) := input.keys[use.key].arn.value if {
	use.key != null
} else := use.owner.key_reference.value if {
	contains(use.owner.key_reference.value, ":key/")
} else := "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨key⟩"

# What Secrets Manager and Systems Manager tell KMS when they ask for somebody.
# https://docs.aws.amazon.com/kms/latest/developerguide/services-secrets-manager.html
_context(use) := {
	"kms:viaservice": concat("", [use.service, ".", _region(use.owner), ".amazonaws.com"]),
	"kms:encryptioncontext:secretarn": use.owner.arn.value,
}

_region(owner) := arn.parse(owner.arn.value).region

_region(owner) := "⟨AWS.Region⟩" if not arn.parse(owner.arn.value)

# Said by another rule of the same reference already.
_told(use) if {
	use.read == "maybe"
	use.why == use.read_why
}

_found(use) if {
	use.answer == "no"
	use.key != null
}

_why(use) := concat("", ["the key of ", use.owner.address, " is not known from these files"]) if {
	use.answer == "no"
	text.wide(use.owner.key_reference.value)
} else := concat("", ["the policy of the key ", use.owner.key_reference.value, " is not in these files"]) if {
	use.answer == "no"
} else := use.why
