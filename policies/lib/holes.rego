# METADATA
# title: Holes
# description: >-
#   What is known of the unknown pieces of a string, from the table of the case (src/facts/schema.ts). The inside of a
#   token is a key of that table and nothing else.
package lib.holes

import data.lib.text

# METADATA
# description: What is known of each hole of a string, in order
of(value) := [known(key) | some key in keys(value)]

# METADATA
# description: >-
#   The holes of a string, as keys of the table. A token with nothing inside is what a rule puts where anything may be:
#   it is no value of the files.
keys(value) := [key |
	some token in text.holes(value)
	key := text.inside(token)
	key != ""
]

# METADATA
# description: What is known of the hole with that key
known(key) := object.get(input.holes, key, {
	"width": "narrow",
	"words": "a value",
	"term": "",
	"unit": null,
	"origin": {"kind": "other", "of": [], "function": null, "resource_kind": null, "attribute": null},
	"identifies": null,
	"arn": null,
	"holds": null,
	"json_key": null,
	"digest": false,
	"sensitive": false,
	"cause": {"kind": "value", "name": "a value", "unit": null},
})

# METADATA
# description: >-
#   Why a string is not known, undefined when it is. What may be anything says more than what is one field of an ARN,
#   and Region and account of the deployment, of which texts are full, say least.
cause(value) := [_cause(hole) |
	some hidden in [
		[hole | some hole in of(value); hole.width == "wide"],
		[hole | some hole in of(value); hole.origin.kind != "pseudo"],
		of(value),
	]
	some hole in hidden
][0]

_cause(hole) := hole.cause if {
	hole.cause.name != ""
} else := {"kind": "value", "name": hole.words, "unit": hole.unit}

# METADATA
# description: >-
#   What texts are made of and can be read from them: the holes in them, and those that these are computed from, but for
#   checksums, lengths and the like. Partition, Region and account of the deployment are left out.
sources(texts) := [hole |
	some hole in within(texts)
	not hole.digest
	not hole.origin.kind in {"computed", "pseudo"}
]

# METADATA
# description: The holes of texts, and those that these are computed from
within(texts) := [known(key) |
	some key in graph.reachable(_made_from, {key | some value in texts; some key in keys(value)})
]

# METADATA
# description: Whether texts may be resources of a kind from the files, which something unknown picks
are_picked(texts, kind) if {
	some hole in sources(texts)
	hole.origin.resource_kind == kind
	hole.identifies != null
}

_made_from[key] := [source | not hole.digest; some source in hole.origin.of] if some key, hole in input.holes
