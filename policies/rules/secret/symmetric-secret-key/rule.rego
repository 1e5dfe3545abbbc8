# METADATA
# title: Secrets are encrypted with symmetric keys
# description: >-
#   Secrets Manager encrypts with symmetric KMS keys only. With an asymmetric key, or one for signatures or message
#   codes, the secret can't be stored: "Cannot generate a data key with an asymmetric KMS key". Jobs then find no secret
#   or the value from before the key was set.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
#   - https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
#   - https://github.com/pulumi/pulumi/issues/17649
# custom:
#   severity: error
#   subject: secret
#   needs: key
#   link: decrypt
#   remedy: Use a key with the spec SYMMETRIC_DEFAULT and the usage ENCRYPT_DECRYPT, which are the defaults.
#   notes: >-
#     The rule applies to secrets with a customer managed key that is in the files.
package rules.secret["symmetric-secret-key"]

import data.lib.access.words
import data.lib.holes
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains reference if {
	_key
	some reference in _references
}

findings contains result.finding(_rule, {
	"message": $"The key of {_called(_secret)}, {_called(_key)}, {wrong}; Secrets Manager needs a symmetric one.",
	"confidence": _confidence,
	"at": at,
	"remedy": {"edits": _edits},
	"related": [{"message": "encrypted with this key", "at": _secret.at}],
	"references": _references,
	"names": [_secret.address, _key.address],
}) if {
	[wrong, at] := _wrong
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {words.code(_key.address)} is a symmetric key",
	"at": _secret.at,
	"references": _references,
	"cause": holes.cause(_open[0].value),
}) if {
	not _wrong
	_open != []
}

proofs contains result.proof(_rule, {
	"at": _key.at,
	"because": $"{words.code(_key.address)} is a symmetric key",
	"references": _references,
}) if {
	_key
	not _wrong
	_open == []
}

_secret := input.secrets[input.subject.id]

_key := input.keys[_secret.key]

_called(resource) := words.code(resource.address)

_references := [dependent.reference | some dependent in input.readers]

_open := [given | some given in [_key.spec, _key.usage]; given != null; not text.literal(given.value)]

# What is wrong with the key, and where.
_wrong := [$"has the spec {words.code(_key.spec.value)}", _key.spec.at] if {
	_differs(_key.spec, _right.spec)
} else := [$"is for {words.code(_key.usage.value)}", _key.usage.at] if {
	_differs(_key.usage, _right.usage)
}

_differs(given, right) if {
	text.literal(given.value)
	given.value != right
}

_right := {"spec": "SYMMETRIC_DEFAULT", "usage": "ENCRYPT_DECRYPT"}

_edits := result.choices([{"at": _key[name].at, "text": right} | some name, right in _right; _differs(_key[name], right)])

# What another unit declares by that name may be another secret, or another key.
_confidence := "likely" if {
	some doubt in ["maybe", "key_maybe"]
	_secret[doubt]
} else := "certain"
