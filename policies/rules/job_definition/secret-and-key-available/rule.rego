# METADATA
# title: Secrets that jobs read and their keys are available
# description: >-
#   A secret that is scheduled for deletion can't be read, and neither can one whose KMS key is disabled or scheduled for
#   deletion: each job fails before its container starts, with "InvalidRequestException: You can't perform this operation
#   on the secret because it was marked for deletion", or a KMS error.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
#   - https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
#   - https://github.com/external-secrets/kubernetes-external-secrets/issues/114
# custom:
#   severity: error
#   subject: job_definition
#   link: content
#   remedy: Refer to a secret that is available, or restore it.
#   notes: >-
#     Only what is in the files is checked. Output of the AWS CLI is evidence of the time at which it was made. A secret
#     whose key is not in the files is not judged.
package rules.job_definition["secret-and-key-available"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {judged.entry.id | some judged in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# What references name and the files declare, with its key if it has one of its own, else null.
_judged := [{"entry": entry, "thing": thing, "key": key} |
	some entry in references.all
	thing := _named(entry)
	thing.declared
	key := _key(thing)
]

_named(entry) := input.secrets[entry.secret] if {
	entry.kind == "secret"
	entry.secret != null
}

_named(entry) := input.parameters[entry.parameter] if {
	entry.kind == "parameter"
	entry.parameter != null
}

# A key that is only described in part tells nothing.
_key(thing) := null if {
	thing.gone != null
} else := null if {
	thing.key_reference == null
} else := input.keys[thing.key] if {
	thing.key != null
	_is_told(input.keys[thing.key])
}

_is_told(key) if key.state != null

_is_told(key) if key.gone

_answers := [_answer(judged.entry, judged.thing, judged.key) | some judged in _judged]

_answer(entry, thing, key) := references.finding(entry, {
	"message": $"`{entry.label}` refers to `{thing.address}`, which {_gone[thing.gone.how]}.",
	"confidence": _confidence(thing),
	"related": [{"message": "the evidence", "at": thing.gone.at}],
}) if {
	thing.gone != null
} else := {"proof": {
	"because": $"`{thing.address}` is not scheduled for deletion",
	"at": thing.at,
	"references": [entry.id],
}} if {
	key == null
} else := references.finding(entry, {
	"message": $"`{entry.label}` refers to `{thing.address}`, whose key `{key.arn.value}` does not exist.",
	"confidence": _confidence_of_key(thing),
	"related": [{"message": "the evidence", "at": key.gone.at}],
	"remedy": {"text": "Encrypt the secret with a key that exists, and write its value again."},
}) if {
	key.gone
} else := references.unverified(entry, _whether(key), holes.cause(key.state.value)) if {
	not text.literal(key.state.value)
} else := {"proof": {
	"because": $"`{key.address}`, which encrypts `{thing.address}`, is enabled",
	"at": key.state.at,
	"references": [entry.id],
}} if {
	key.state.value == "Enabled"
} else := references.finding(entry, {
	"message": $"`{entry.label}` refers to `{thing.address}`, whose key `{key.address}` {_state(key.state.value)}.",
	"confidence": _confidence_of_key(thing),
	"related": [{"message": "the state of the key", "at": key.state.at}],
	"remedy": {"text": "Enable the key, or encrypt the secret with another one."},
})

_gone := {"deleted": "is scheduled for deletion", "missing": "does not exist"}

_whether(key) := $"can't tell whether `{key.address}` is enabled"

_state("Disabled") := "is disabled"

_state(state) := $"is in the state `{state}`" if state != "Disabled"

_confidence(thing) := "likely" if {
	thing.maybe
} else := "certain"

# What only a name says to be the key may be another one.
_confidence_of_key(thing) := "likely" if {
	thing.key_maybe
} else := _confidence(thing)
