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
	startswith(value, concat("", [split(action.name, ":")[0], ":"]))
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
	some index, resource in resources
	every other in array.slice(resources, 0, index) { not _is_in(other.value, resource.value) }
]

_is_in(one, other) if _anywhere(one) == other

_is_in(one, other) if _anywhere(other) == one

_anywhere(arn) := concat(":", array.concat(array.slice(fields, 0, 3), array.concat([input.deployment.region], rest))) if {
	fields := split(arn, ":")
	rest := array.slice(fields, 4, count(fields))
	rest != []
} else := arn
