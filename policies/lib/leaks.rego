# METADATA
# title: Leaks
# description: What a string takes that only a container should get
package lib.leaks

import data.lib.credentials
import data.lib.dynamic
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   What a string with a name holds that it should not, the surest that can be said, undefined when that is nothing:
#   `what` it is, the `confidence`, and the `value_from` by which a container would get the same, or null.
of(name, given) := {
	"what": "the value of a secret through a dynamic reference",
	"confidence": _confidence(found.key),
	"value_from": found.value_from,
} if {
	found := dynamic.secret(given.value)
} else := {
	"what": $"the value of `{hole.words}`",
	"confidence": _sure(given.value, _confidence(hole.json_key)),
	"value_from": _value_from(hole),
} if {
	hole := [hole | some hole in _sources(given); hole.holds == "secret"][0]
} else := {
	"what": $"the value of `{hole.words}`, which is sensitive",
	"confidence": "likely",
	"value_from": _value_from(hole),
} if {
	not _is_reference(name, given)
	hole := [hole | some hole in _sources(given); hole.holds == "secure_parameter"][0]
} else := {"what": what, "confidence": "likely", "value_from": null} if {
	not _is_reference(name, given)
	what := _sensitive(given)
} else := {
	"what": $"the value of `{hole.words}`, which looks like a credential",
	"confidence": "likely",
	"value_from": _value_from(hole),
} if {
	not credentials.refers(name)
	hole := [hole | some hole in _sources(given); _by_name(name, given.value, hole)][0]
} else := {
	"what": $"a URL with the value of `{hole.words}` for a password",
	"confidence": "likely",
	"value_from": null,
} if {
	some token in text.holes(given.value)
	_password_of_url(split(given.value, $":{token}@"))
	hole := holes.sources([token])[0]
} else := {
	"what": "an unknown value with a name that looks like a credential",
	"confidence": "likely",
	"value_from": null,
} if {
	credentials.named(name)
	_alone(given.value)
	[hole] := holes.of(given.value)
	hole.origin.kind == "computed"
	not hole.digest
	_sources(given) == []
}

_sources(given) := holes.sources(array.concat([given.value], [given.sensitive | is_string(given.sensitive)]))

# Fields of a secret that say where something is, what it is called or who asks for it. A URL may hold a password, too.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
_confidence(key) := "likely" if {
	is_string(key)
	_describes(key)
} else := "certain"

# The last word of `DB_HOST`, `db.host` and `db-host`, whatever its case.
_describes(key) if {
	words := split(replace(replace(lower(key), "-", "_"), ".", "_"), "_")
	_describing[words[count(words) - 1]]
}

# That of `dbHost`.
_describes(key) if {
	some word in _endings
	endswith(key, word)
	before := count(key) - (count(word) + 1)
	before >= 0
	contains("abcdefghijklmnopqrstuvwxyz", substring(key, before, 1))
}

_describing := {
	"host",
	"name",
	"dbname",
	"hostname",
	"username",
	"user",
	"port",
	"engine",
	"region",
	"endpoint",
	"address",
	"uri",
	"url",
	"id",
	"identifier",
	"arn",
	"masterarn",
}

_endings := [
	"Host",
	"Name",
	"User",
	"Port",
	"Region",
	"Endpoint",
	"Address",
	"Uri",
	"Url",
	"URI",
	"URL",
	"Id",
	"ID",
	"Identifier",
	"Arn",
	"ARN",
]

# One side of a condition may be the value of a secret, and the other something else: a choice is made from its condition
# and from both sides, as far as these are not known. What is made from it is as unsure.
_sure(value, confidence) := "likely" if {
	some hole in holes.within([value])
	hole.origin.function == "if"
	not _secret_on_both_sides(hole.origin.of)
} else := confidence

_secret_on_both_sides(made_from) if {
	count(made_from) > 2
	every side in array.slice(made_from, 1, count(made_from)) {
		holes.known(side).holds == "secret"
	}
}

_value_from(hole) := null if {
	hole.arn == null
} else := hole.arn if {
	hole.json_key == null
} else := $"{hole.arn}:{hole.json_key}::"

# What says where a secret is may be marked, too: its ARN or name is not its value.
_is_reference(_, given) if startswith(given.value, "arn:")

_is_reference(name, given) if {
	sources := _sources(given)
	sources != []
	every hole in sources { _names_a_thing(name, hole) }
}

_is_reference(name, given) if {
	_says_where(name)
	_sources(given) == []
}

_names_a_thing(_, hole) if _says_where(hole.term)

_names_a_thing(name, hole) if {
	_says_where(name)
	not credentials.named(hole.term)
}

# An id or a name of something else may be marked because it is what nobody should see.
_says_where(name) if endswith(lower(name), "arn")

_says_where(name) if {
	credentials.refers(name)
	some word in ["secret", "param"]
	contains(lower(name), word)
}

# Terraform marks every parameter of Systems Manager as sensitive.
_sensitive(given) := $"the value of `{hole.words}`, which is sensitive" if {
	is_string(given.sensitive)
	hole := [hole | some hole in holes.sources([given.sensitive]); hole.holds != "parameter"][0]
} else := "a sensitive value" if {
	is_string(given.sensitive)
	holes.sources([given.sensitive]) == []
	some hole in holes.of(given.sensitive)
	not hole.digest
} else := "a sensitive value" if {
	given.sensitive == true
	holes.sources([given.value]) == []
} else := $"the value of `{named[0].words}`, which is sensitive" if {
	given.sensitive == true
	sources := holes.sources([given.value])
	every hole in sources { hole.holds != "parameter" }
	named := array.concat([hole | some hole in sources; hole.sensitive], sources)
}

_by_name(name, _, hole) if {
	hole.holds == "parameter"
	credentials.named(name)
}

# A narrow hole is a stage, a Region or a name.
_by_name(name, value, hole) if {
	startswith(value, "⟨*")
	_alone(value)
	credentials.named(name)
	not credentials.refers(hole.term)
}

_by_name(_, value, hole) if {
	credentials.named(hole.term)
	not startswith(value, "arn:")
}

# What is before and behind it: a tag of an image with a digest is behind a path.
_password_of_url(sides) if {
	count(sides) > 1
	around := split(text.known(sides[0]), "://")
	count(around) == 2
	not contains(around[1], "/")
}

# A hole with nothing around it.
_alone(value) if {
	startswith(value, "⟨*")
	endswith(value, "⟩")
	count(text.holes(value)) == 1
}
