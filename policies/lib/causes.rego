# METADATA
# title: Causes
# description: >-
#   The one thing that is not known and that an answer waits for: `kind` is a row of src/facts/causes.ts, `name` what people call the thing,
#   `unit` where it is declared.
package lib.causes

import data.lib.text

# METADATA
# description: A cause that a rule composes itself
of(kind, name) := {"kind": kind, "name": name, "unit": null}

# METADATA
# description: >-
#   What is not known of a text: the cause of its first hole. Undefined for a text without holes. Partition, Region and account of the
#   deployment come last, since texts are full of them and they are seldom what an answer hangs on.
of_text(value) := known[0] if {
	holes := [hole | some token in text.holes(value); hole := input.holes[text.inside(token)]; hole.cause.name != ""]
	known := array.concat(
		[hole.cause | some hole in holes; hole.origin.kind != "pseudo"],
		[hole.cause | some hole in holes; hole.origin.kind == "pseudo"],
	)
}

# METADATA
# description: >-
#   What is not known of a resource: the cause of the first of its unseen parts that has one, else the given one
of_unseen(parts, otherwise) := array.concat([part.cause | some part in parts], [otherwise])[0]
