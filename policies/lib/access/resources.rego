# METADATA
# title: Resources of statements
# description: >-
#   Whether a statement's `Resource` or `NotResource` includes the resource of a request. A resource may have several
#   names, and a name that is not fully known is a list of the texts that it may be.
package lib.access.resources

import data.lib.access.context
import data.lib.access.pattern
import data.lib.answers
import data.lib.text

# METADATA
# description: >-
#   The resource of a request, made once for it. `names` is a list of lists of texts; each list holds what one name may
#   be.
named(names) := [[pattern.target(candidate) | some candidate in candidates] | some candidates in names]

# METADATA
# description: Whether the resources of a statement include the one of a request
includes(statement, request) := answers.any_of([matches(item.value, request) | some item in statement.resources]) if {
	statement.resources != null
} else := answers.negated(answers.any_of([matches(item.value, request) | some item in statement.not_resources])) if {
	statement.not_resources != null
} else := "maybe" if {
	# IAM refuses its policy, and with it what that allows.
	statement.effect.value == "Deny"
} else := "no"

# METADATA
# description: >-
#   Whether a statement surely includes the resource. Most grants are found by this, which never asks what is excluded.
surely_includes(statement, request) if {
	some item in statement.resources
	some candidates in request.resource
	every candidate in candidates { _covers(context.filled_resource(item.value, request), candidate) }
}

surely_includes(statement, request) if {
	statement.not_resources != null
	includes(statement, request) == "yes"
}

_covers(value, arn) if {
	filled := _in_partition_of(arn, value)
	pattern.covers(filled, arn)
	_keeps_to_fields(strings.replace_n(arn.mask, filled), arn)
}

# A wildcard in one of the first five fields of an ARN stays in it, which `pattern` does not look at: with
# `arn:aws:secretsmanager:*:*:db-*` nobody reads `secret:db-1`.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
_keeps_to_fields(value, arn) if {
	head := concat(":", array.slice(split(value, ":"), 0, 5))
	not contains(head, "*")
	not contains(head, "?")
} else if {
	fields := split(value, ":")
	count(fields) < 6
} else if {
	pattern.covers(_resource(value), pattern.target(_resource(arn.masked)))
}

_resource(value) := concat(":", array.slice(fields, 5, count(fields))) if fields := split(value, ":")

# METADATA
# description: Whether a pattern of a statement matches the resource of a request
matches(value, request) := any_name(context.filled_resource(value, request), request.resource)

# METADATA
# description: Whether a pattern matches something with several names, as `named` makes them
any_name(value, names) := "yes" if {
	some candidates in names
	every candidate in candidates { _covers(value, candidate) }
} else := "no" if {
	some candidates in names
	every candidate in candidates { arn_matches(value, candidate) == "no" }
} else := "maybe"

# METADATA
# description: Whether a pattern matches one ARN
arn_matches(value, arn) := pattern.match(value, arn) if {
	arn.holes == []
	text.literal(value)
} else := "no" if {
	_are_two(_identifies(value), _identifies(arn.value))
} else := pattern.match(_in_partition_of(arn, value), arn)

# An instance whose key is not known may be any instance of its block.
_are_two(one, other) if {
	one != other
	not startswith(one, concat("", [other, " "]))
	not startswith(other, concat("", [one, " "]))
}

# The declared resource whose ARN a string is: what is declared twice is two. Something that is only looked up may be
# declared as well.
_identifies(value) := hole.identifies if {
	endswith(value, "⟩")
	known := text.known(value)
	not contains(known, "*")
	not contains(known, "?")
	hole := _last_hole(value)
	hole.identifies != null
	hole.origin.kind != "lookup"
}

_last_hole(value) := input.holes[text.inside(holes[count(holes) - 1])] if {
	holes := text.holes(value)
}

# A partition that is written out on one side and that of the deployment, not known, on the other is taken for the same:
# whoever writes `arn:aws:` means to deploy there.
_in_partition_of(arn, value) := value if {
	startswith(arn.value, _own) == startswith(value, _own)
} else := concat("", [_own, _without_partition(value)]) if {
	startswith(arn.value, _own)
	startswith(value, "arn:aws")
	not contains(split(value, ":")[1], "*")
} else := concat(":", ["arn", split(arn.value, ":")[1], _without_partition(value)]) if {
	startswith(value, _own)
	startswith(arn.value, "arn:aws")
} else := value

_own := concat("", ["arn:", input.deployment.partition, ":"]) if {
	not text.literal(input.deployment.partition)
}

_without_partition(value) := concat(":", array.slice(fields, 2, count(fields))) if fields := split(value, ":")
