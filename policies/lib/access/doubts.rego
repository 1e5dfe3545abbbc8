# METADATA
# title: Doubts
# description: Why it is unknown whether a statement decides a request, as a cause (src/facts/causes.ts)
package lib.access.doubts

import data.lib.access.conditions
import data.lib.access.context
import data.lib.access.principals
import data.lib.access.resources
import data.lib.causes
import data.lib.holes
import data.lib.text

# METADATA
# description: The first thing that is not known of a statement which may decide a request
of(item, who, request) := item.statement.maybe if {
	item.statement.maybe != null
} else := _of_element(item.statement.effect.value, "the effect of a statement") if {
	not item.statement.effect.value in {"Allow", "Deny"}
} else := _of_element(value, value) if {
	item.action == "maybe"
	value := _unknown([item.statement.actions, item.statement.not_actions])
} else := _of_resource(value, request) if {
	value := [value |
		some list in [item.statement.resources, item.statement.not_resources]
		value := list[_].value
		resources.matches(value, request) == "maybe"
	][0]
} else := _of_element(value, "a principal of a statement") if {
	item.statement.principals != null
	principals.includes(item.statement, who, request.principal) == "maybe"
	value := concat("", [value.value | some listed in item.statement.principals; some value in listed.values])
} else := causes.of("iam-element", "NotPrincipal") if {
	principals.includes(item.statement, who, request.principal) == "maybe"
} else := causes.of("iam-condition", condition.key) if {
	known := context.of(request)
	condition := [condition |
		some condition in item.statement.conditions
		conditions.holds(condition, known, request) == "maybe"
	][0]
} else := causes.of("iam-element", "an element of a statement")

_unknown(lists) := [value |
	some list in lists
	value := list[_].value
	not text.literal(value)
][0]

_of_element(value, otherwise) := cause if {
	cause := holes.cause(value)
	cause.kind != "deployment"
} else := causes.of("iam-element", otherwise)

# What the pattern does not tell, else what the name of the resource does not, else whether the two are the same.
_of_resource(value, request) := causes.of("iam-element", variable) if {
	variable := concat("", ["${", split(split(context.filled_resource(value, request), "${")[1], "}")[0], "}"])
} else := cause if {
	cause := _told(holes.cause(value))
} else := cause if {
	cause := _told(holes.cause(request.resource[0][0].value))
} else := cause if {
	cause := _told(holes.cause(request.label))
} else := cause if {
	cause := _of_place(split(value, ":"), split(request.resource[0][0].value, ":"))
} else := causes.of(_same[request.kind], value)

# What is only known after deployment is no reason that helps anybody.
_told(cause) := cause if not cause.kind in {"apply", "other", "deployment"}

# Region or account of the resource, where the pattern has another.
_of_place(of_pattern, of_resource) := [cause |
	some index in [3, 4]
	of_pattern[index] != of_resource[index]
	not contains(of_pattern[index], "*")
	cause := holes.cause(of_resource[index])
][0]

_same := {"secret": "same-secret", "parameter": "same-parameter", "key": "same-key"}
