# METADATA
# title: The JSON key is in the secret
# description: >-
#   If the JSON of the secret lacks the key of a reference, each job fails before its container starts: "retrieved secret
#   from Secrets Manager did not contain json key". The key must be at the top level of the JSON, spelled exactly so.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
#   - https://github.com/aws/containers-roadmap/issues/2224
# custom:
#   severity: warning
#   subject: job_definition
#   link: content
#   remedy: Write a key that the secret has, or add the key to the JSON of the secret.
#   notes: >-
#     Only values in the files are checked: a secret that is not in the files is outside, and one whose value is written
#     elsewhere is *unverified*. Target attachments add the keys of a database connection; a function that rotates a
#     secret may add any key. Secrets that RDS, Aurora, Redshift and DocumentDB manage have `username` and `password`.
package rules.job_definition["json-key-exists"]

import data.lib.causes
import data.lib.contents
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _judged}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

# Plain text has no keys at all.
_judged := [entry |
	some entry in contents.entries
	entry.keys != []
	contents.has_text(entry.declaration)
	not contents.all_of(entry, "text")
]

_answers := [_answer(entry) | some entry in _judged]

_answer(entry) := references.unverified(entry, _which(entry), holes.cause(entry.keys[0])) if {
	not text.literal(entry.keys[0])
} else := {"proof": {
	"because": $"`{entry.declaration.address}` has {_listed(entry.keys)}",
	"at": _evidence(entry, entry.keys[0]),
	"references": [entry.id],
	"assumes": contents.assumes(entry),
}} if {
	every key in entry.keys { _evidence(entry, key) }
} else := references.finding(entry, {
	"confidence": contents.confidence(entry),
	"message": $"{_asks(entry, missing)}; {_has(keys)}.",
	"related": [{"message": "the keys of the secret", "at": content.at} | some content in entry.values],
	"remedy": _remedy(entry, keys),
}) if {
	_shown(entry)
	missing := [key | some key in entry.keys; not _may_have(entry, key)]
	missing != []
	keys := _all_keys(entry)
} else := references.unverified(entry, _whether(entry), _doubt(entry))

_which(entry) := $"can't tell which JSON key `{entry.label}` asks for"

_whether(entry) := $"can't tell whether `{entry.declaration.address}` has {_listed(entry.keys)}"

# Where the files show that the secret has a key.
_evidence(entry, key) := contents.alike(entry)[0].at if {
	contents.all_of(entry, "json")
	every content in contents.alike(entry) { key in content.keys }
} else := [addition.at |
	some addition in entry.declaration.additions
	not addition.maybe
	key in addition.keys
	contents.all_of(entry, "json")
][0]

# Whether all keys of all values are known.
_shown(entry) if {
	contents.all_of(entry, "json")
	contents.known(entry)
}

_may_have(entry, key) if {
	some content in entry.values
	key in content.keys
}

_may_have(entry, key) if {
	some addition in entry.declaration.additions
	_may_add(addition, key)
}

_may_add(addition, _) if addition.others == null

_may_add(addition, key) if key in array.concat(addition.keys, addition.others)

_all_keys(entry) := text.distinct(array.concat(
	[key | some content in entry.values; some key in content.keys],
	[key | some addition in entry.declaration.additions; some key in addition.keys],
))

_doubt(entry) := array.concat(
	[object.get(addition, "maybe", causes.of("addition", addition.address)) |
		_shown(entry)
		some addition in entry.declaration.additions
		_may_add(addition, entry.keys[0])
	],
	[contents.doubt(entry)],
)[0]

_asks(entry, missing) := $"`repositoryCredentials` needs {_listed(missing)}, which `{entry.declaration.address}` doesn't have" if {
	entry.site == "repositoryCredentials"
} else := $"`{entry.label}` asks for {_listed(missing)}, which `{entry.declaration.address}` doesn't have"

_listed([key]) := $"the JSON key `{key}`"

_listed(keys) := $"the JSON keys {text.enumeration(_in_code(keys))}" if count(keys) > 1

_in_code(keys) := [$"`{key}`" | some key in keys]

_has([]) := "its JSON has no keys"

_has([key]) := $"its only key is `{key}`"

_has(keys) := $"its keys are {text.enumeration(_in_code(keys))}" if count(keys) > 1

_remedy(entry, keys) := {"text": "Add the missing keys to the JSON of the secret."} if {
	entry.site == "repositoryCredentials"
} else := {
	"text": $"Write `{near}`, the key that the secret has.",
	"edits": references.edits(entry, $"{entry.named.arn}:{near}:{entry.stage}:{entry.version}"),
} if {
	near := _near(entry.keys[0], keys)
} else := {}

# The one key that is spelled nearly so.
_near(asked, keys) := [key | some key in keys; _squeezed(key) == _squeezed(asked)][0] if {
	count([key | some key in keys; _squeezed(key) == _squeezed(asked)]) == 1
} else := alike[0] if {
	alike := [key | some key in keys; _contains(_squeezed(key), _squeezed(asked))]
	count(alike) == 1
}

_squeezed(key) := lower(replace(replace(replace(key, "_", ""), "-", ""), ".", ""))

_contains(one, other) if {
	count(other) > 2
	contains(one, other)
}

_contains(one, other) if {
	count(one) > 2
	contains(other, one)
}
