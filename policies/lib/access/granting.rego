# METADATA
# title: Granting statements
# description: >-
#   The statements of a principal's policy that grant an action by its name, and what the rules about policies say of
#   them
package lib.access.granting

import data.lib.access.statements
import data.lib.access.words

# METADATA
# description: >-
#   The statements of a principal's policy that allow an action and name it or its service. `*` for an action is about
#   everything.
of(policy, action) := [statement |
	policy.kind in {"identity", "other"}
	some statement in policy.statements
	statement.effect.value == "Allow"
	statement.principals == null
	_names(statement, action)
]

_names(statement, action) if {
	some item in statement.actions
	value := lower(item.value)
	startswith(value, action.service)
	statements.names(value, action) == "yes"
}

# METADATA
# description: Whether jobs may use a policy, since a role of theirs has it or nothing in the files does
may_be_used(policy) if policy.batch

may_be_used(policy) if policy.alone

# METADATA
# description: >-
#   How sure it is that a faulty statement does harm: it may not exist, or no job may depend on it
confidence(policy, statement) := "certain" if {
	statement.maybe == null
	policy.estate_has_jobs
	may_be_used(policy)
} else := "likely"

# METADATA
# description: How a message calls a statement
name(statement) := $"statement {words.code(statement.sid)}" if {
	statement.sid != null
} else := "this statement"

# METADATA
# description: What tells a statement from others of its policy
sid(statement) := statement.sid if {
	statement.sid != null
} else := ""

# METADATA
# description: The resources of a statement. One in a Region that is known is there twice, with the Region and with its hole.
distinct(resources) := [resource |
	keyed := [[_anywhere(resource.value), index, resource.value] | some index, resource in resources]
	first := _first({[key, index] | some [key, index, _] in keyed})
	first_anywhere := _first({[key, index] | some [key, index, value] in keyed; value == key})
	some [key, index, value] in keyed
	resource := resources[index]
	not _is_second(key, index, value, first, first_anywhere)
]

_is_second(key, index, key, first, _) if first[key] < index

_is_second(key, index, value, _, first_anywhere) if {
	value != key
	first_anywhere[key] < index
}

# By its key, the first index of some pairs of both: a policy may list thousands of resources.
_first(pairs) := {key: index |
	sorted := sort(pairs)
	some at, [key, index] in sorted
	not _is_after(sorted, at, key)
}

_is_after(sorted, at, key) if sorted[at - 1][0] == key

_anywhere(arn) := concat(":", array.concat(array.slice(fields, 0, 3), array.concat([input.deployment.region], rest))) if {
	fields := split(arn, ":")
	rest := array.slice(fields, 4, count(fields))
	rest != []
} else := arn
