# METADATA
# title: Causes
# description: >-
#   The one thing that is not known and that an answer waits for: `kind` is a row of src/facts/causes.ts, `name` what
#   people call the thing, `unit` where it is declared.
package lib.causes

# METADATA
# description: A cause that a rule composes itself
of(kind, name) := {"kind": kind, "name": name, "unit": null}

# METADATA
# description: >-
#   What is not known of a resource: the cause of the first of its unseen parts that has one, else the given one
of_unseen(parts, otherwise) := array.concat([part.cause | some part in parts], [otherwise])[0]
