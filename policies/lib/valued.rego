# METADATA
# title: Values in place of references
# description: References that hold a value, or what becomes one, where AWS expects the name of something that has it
package lib.valued

import data.lib.credentials
import data.lib.dynamic
import data.lib.fields
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   What a reference's value is in place of a reference, undefined when nothing can be said. `is` goes on from the
#   reference's label, `advice` says what to write, `replacement` is the right text, or null. `valued` tells it from
#   other faults.
of(reference) := found if {
	value := reference.value_from.value
	not startswith(value, "arn:")
	found := _of(value)
} else := _valued(
	$"contains {reference.credential}, not a reference to it",
	"Store it in a secret, write the ARN of the secret, and replace what was shown.",
	null,
) if {
	reference.credential
} else := found if {
	value := reference.value_from.value
	not startswith(value, "arn:")
	text.literal(value)
	found := _of_mark(reference.value_from.sensitive)
} else := _valued(
	"is set to a sensitive value, not to a reference to it",
	"Write the ARN of the secret, not its value.",
	null,
) if {
	_marked(reference.value_from)
}

# Where a secret is may be marked, too, and so may its name: no name has characters such as a blank or a quote.
_marked(given) if {
	given.sensitive == true
	text.literal(given.value)
	not startswith(given.value, "arn:")
	not text.consists_of(given.value, fields.secret_characters)
}

_of(value) := _valued(
	"is a dynamic reference, which CloudFormation replaces by the value of the secret",
	"Write the ARN of the secret instead of the dynamic reference.",
	_whole(value, found.value_from),
) if {
	contains(value, "{{resolve:")
	found := dynamic.secret(value)
	not _refers(found.key)
} else := _valued(
	"is a placeholder of a job parameter, which AWS Batch replaces only in the command",
	"Write the ARN of the secret.",
	null,
) if {
	startswith(value, "Ref::")
} else := _of_hole(value) if {
	startswith(value, "⟨*")
	endswith(value, "⟩")
	count(text.holes(value)) == 1
}

# More than the dynamic reference is meant by what is around it.
_whole(value, value_from) := value_from if {
	startswith(value, "{{resolve:")
	endswith(value, "}}")
} else := null

# What is written out, by the mark of what it is the value of. The value of a parameter may be the name of another.
_of_mark(mark) := _of_hole(mark) if {
	is_string(mark)
} else := object.union(
	_valued(
		$"is set to the value of `{hole.words}`, not to a reference to it",
		"Write the ARN of the parameter, not its value.",
		hole.arn,
	),
	{"confidence": "likely"},
) if {
	is_string(mark)
	hole := holes.of(mark)[0]
	hole.holds in {"parameter", "secure_parameter"}
}

# A field of a secret may well hold an ARN.
_of_hole(value) := _valued(
	$"is set to the value of `{hole.words}`, not to a reference to it",
	"Write the ARN of the secret, not its value.",
	_reference_to(value, hole),
) if {
	hole := [hole | some hole in holes.sources([value]); hole.holds == "secret"][0]
	not credentials.refers(hole.term)
	not _refers(hole.json_key)
} else := object.union(
	_valued(
		$"is set to the value of `{hole.words}`, which looks like a credential and not like a reference to one",
		"Write the ARN of the secret, not its value.",
		null,
	),
	{"confidence": "likely"},
) if {
	[hole] := holes.of(value)
	hole.sensitive
	hole.origin.kind in {"parameter", "variable"}
	credentials.named(hole.term)
	not credentials.refers(hole.term)
}

_refers(key) if {
	key != null
	credentials.refers(key)
}

# What is computed of the value is not in the secret.
_reference_to(value, hole) := hole.arn if {
	[hole] == holes.of(value)
	hole.json_key == null
} else := $"{hole.arn}:{hole.json_key}::" if {
	hole.arn != null
	hole.json_key != null
} else := null

_valued(is, advice, replacement) := {
	"is": is,
	"advice": advice,
	"replacement": replacement,
	"confidence": "certain",
	"valued": true,
}
