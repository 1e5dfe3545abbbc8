# METADATA
# title: Decryption
# description: >-
#   Every use of a secret or parameter that a customer managed key encrypts, with the decision whether the role may
#   decrypt it. Secrets Manager and Systems Manager call KMS for the role:
#   https://docs.aws.amazon.com/kms/latest/developerguide/services-secrets-manager.html
package lib.access.decryption

import data.lib.access.questions
import data.lib.access.requests
import data.lib.arn
import data.lib.causes
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   The uses: a question (lib/access/questions.rego) with `protected` (the secret or parameter), `key` (its id, null
#   when the files only name it) and the `decision`
uses := [object.union(use, {"decision": decision}) |
	some use in _encrypted
	decision := requests.decide(use.role, "kms:Decrypt", _asked(use))
]

_encrypted := [object.union(question, {"protected": protected, "key": protected.key}) |
	some question in questions.all
	protected := _protected(question)
	protected.key_reference != null
]

_protected(question) := input.secrets[question.secret]

# Other parameters are not encrypted.
_protected(question) := parameter if {
	parameter := input.parameters[question.parameter]
	not _is_plain(parameter.type)
}

_is_plain(type) if type.value in {"String", "StringList"}

_asked(use) := {
	"kind": "key",
	"names": _names(use),
	"owner": object.get(input.keys, use.key, null),
	"tagged": object.get(input.keys, use.key, null),
	"context": _context(use),
	"label": use.protected.key_reference.value,
}

# A key that is looked up has an ARN of its own, too, which a policy beside it may name.
_names(use) := [[_key_arn(use)], [written]] if {
	use.key != null
	written := use.protected.key_reference.value
	contains(written, ":key/")
	written != input.keys[use.key].arn.value
} else := [[_key_arn(use)]]

# A key is named by its ARN or its id. An alias may be moved to any key.
_key_arn(use) := input.keys[use.key].arn.value if {
	use.key != null
} else := written if {
	written := use.protected.key_reference.value
	contains(written, ":key/")
} else := _own(concat("/", ["key", written])) if {
	written := use.protected.key_reference.value
	text.uuid(written)
} else := _own("key/⟨⟩")

_own(resource) := arn.join(object.union(input.deployment, {"service": "kms", "resource": resource}))

_context(use) := object.union(
	{
		"kms:viaservice": [$"{use.service}.{_region(_arn(use))}.amazonaws.com"],
		"kms:calleraccount": [_account(use)],
		"aws:viaawsservice": ["true"],
	},
	object.union(_encryption_context(use), _aliases(use)),
)

# https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html#parameter-store-encryption-context
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
_encryption_context(use) := {
	"kms:encryptioncontext:secretarn": [_arn(use)],
	"kms:encryptioncontext:parameter_arn": [],
	"kms:encryptioncontextkeys": ["SecretARN", "SecretVersionId"],
} if {
	use.service == "secretsmanager"
} else := {
	"kms:encryptioncontext:secretarn": [],
	"kms:encryptioncontext:parameter_arn": [_arn(use)],
	"kms:encryptioncontextkeys": ["PARAMETER_ARN"],
}

# Whether other aliases are given elsewhere is not known, so a key without one may have it.
_aliases(use) := {"kms:resourcealiases": aliases} if {
	aliases := [alias.value | some alias in input.keys[use.key].aliases]
	aliases != []
} else := {}

# A reference may tell more than what describes the secret or parameter without its ARN.
_arn(use) := use.arn if {
	text.literal(use.arn)
	_is_whole(use)
} else := use.protected.arn.value

_is_whole(use) if use.service == "ssm"

_is_whole(use) if questions.is_complete(use.arn)

_region(value) := arn.parse(value).region

_region(value) := input.deployment.region if not arn.parse(value)

_account(use) := requests.principal(use.role).account

# METADATA
# description: What is not known of a key that is not in the files
unknown_key(reference) := holes.cause(reference) if {
	text.wide(reference)
} else := causes.of("key", reference)
