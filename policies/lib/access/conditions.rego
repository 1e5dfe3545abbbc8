# METADATA
# title: Conditions of statements
# description: >-
#   Whether the conditions of a statement hold in a request, as far as the files show. Three-valued: a condition whose
#   operator, key or values are not known is "maybe", never dropped.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
package lib.access.conditions

import data.lib.access.context
import data.lib.access.pattern
import data.lib.access.resources
import data.lib.access.times
import data.lib.answers
import data.lib.text

# METADATA
# description: Whether all conditions of a statement hold
all_hold(statement, request) := "yes" if {
	statement.conditions == []
} else := answers.all_of([holds(condition, known, request) | some condition in statement.conditions]) if {
	known := context.of(request)
}

# METADATA
# description: Whether one condition holds, given the context of the request
holds(condition, known, request) := answer if {
	condition.values != null
	lower(condition.key) in context.times
	_comparisons_of_times[_operator(condition.operator).name]
	answer := _timed(_operator(condition.operator).name, [value.value | some value in condition.values])
} else := answer if {
	condition.values != null
	actual := context.values(condition.key, known, request)
	answer := _holds(_operator(condition.operator), actual, [value.value | some value in condition.values], request)
} else := answer if {
	# Whatever the key is, if it makes no difference.
	condition.values != null
	answered := {_holds(_operator(condition.operator), actual, [value.value | some value in condition.values], request) |
		some actual in context.alternatives(condition.key, request)
	}
	[answer] := [one | some one in answered]
} else := "maybe"

_holds(operator, actual, wanted, request) := _is_null(wanted[0], actual) if {
	operator.name == "null"
} else := _of_absent_key(operator) if {
	actual == []
} else := _of_all(operator, [_met(operator, one, wanted, request) | some one in actual]) if {
	_comparisons[operator.name]
} else := "maybe"

# `ForAnyValue:StringNotEqualsIfExists` is StringNotEquals of a `set` of values that may be absent.
_operator(written) := {"name": trim_suffix(name, "ifexists"), "set": set, "optional": endswith(name, "ifexists")} if {
	[set, name] := split(lower(written), ":")
} else := {"name": trim_suffix(name, "ifexists"), "set": "", "optional": endswith(name, "ifexists")} if {
	name := lower(written)
}

_is_null("true", []) := "yes"

_is_null("true", actual) := "no" if actual != []

_is_null("false", []) := "no"

_is_null("false", actual) := "yes" if actual != []

_is_null(wanted, _) := "maybe" if not wanted in {"true", "false"}

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
_of_absent_key(operator) := "maybe" if {
	not _comparisons[operator.name]
	not _without_comparison[operator.name]
} else := "yes" if {
	operator.optional
} else := "yes" if {
	operator.set == "forallvalues"
} else := "no" if {
	operator.set == "foranyvalue"
} else := "yes" if {
	_comparisons[operator.name].negated
} else := "yes" if {
	_without_comparison[operator.name].negated
} else := "no"

# Operators whose values are not compared: what they are of a key that is absent is known all the same.
_without_comparison := object.union(
	{name: {"negated": false} | some name in ["binaryequals", "ipaddress"]},
	object.union(
		{"notipaddress": {"negated": true}},
		{name: {"negated": endswith(name, "notequals")} | some name, _ in _comparisons_of_times},
	),
)

_of_all(operator, answered) := answers.all_of(answered) if {
	operator.set == "forallvalues"
} else := answers.any_of(answered) if {
	operator.set == "foranyvalue"
} else := answered[0] if {
	count(answered) == 1
} else := "maybe"

# `by`: how the value of a policy is compared.
_comparisons := {
	"stringequals": {"by": "text", "negated": false},
	"stringnotequals": {"by": "text", "negated": true},
	"stringequalsignorecase": {"by": "letters", "negated": false},
	"stringnotequalsignorecase": {"by": "letters", "negated": true},
	"stringlike": {"by": "pattern", "negated": false},
	"stringnotlike": {"by": "pattern", "negated": true},
	"arnequals": {"by": "pattern", "negated": false},
	"arnlike": {"by": "pattern", "negated": false},
	"arnnotequals": {"by": "pattern", "negated": true},
	"arnnotlike": {"by": "pattern", "negated": true},
	"bool": {"by": "letters", "negated": false},
}

_met(operator, actual, wanted, request) := _directed(_comparisons[operator.name], answers.any_of([answer |
	some value in wanted
	answer := _compared(_comparisons[operator.name].by, context.filled(value, request), actual)
]))

_directed(comparison, answer) := answer if not comparison.negated

_directed(comparison, answer) := answers.negated(answer) if comparison.negated

_compared(_, value, _) := "maybe" if context.lacks_variable(value)

_compared(by, value, actual) := _equal(by, value, actual) if not context.lacks_variable(value)

_equal("pattern", value, actual) := _matches(value, actual)

_equal("letters", value, actual) := _literally(lower(value), lower(actual))

_equal("text", value, actual) := _literally(value, actual)

# Without wildcards `*` and `?` are characters like any other, and no value of the known keys has them.
_literally(value, actual) := "no" if {
	_has_wildcards(text.known(value))
} else := _matches(value, actual)

# In China the name of a service may go on with .cn, which makes no difference here.
_matches(value, actual) := resources.arn_matches(trim_suffix(value, ".cn"), pattern.target(actual))

_has_wildcards(value) if contains(value, "*")

_has_wildcards(value) if contains(value, "?")

# What a time of the future is to one of the past. Numbers are the seconds since 1970.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
_comparisons_of_times[$"{type}{comparison}"] := answer if {
	some type in ["date", "numeric"]
	some comparison, answer in {
		"equals": "no",
		"notequals": "yes",
		"lessthan": "no",
		"lessthanequals": "no",
		"greaterthan": "yes",
		"greaterthanequals": "yes",
	}
}

# Of several values one is enough, and none may be met by what is negated.
_timed("datenotequals", wanted) := answers.all_of([_past(value, "yes") | some value in wanted])

_timed("numericnotequals", wanted) := answers.all_of([_past(value, "yes") | some value in wanted])

_timed(name, wanted) := answers.any_of([_past(value, _comparisons_of_times[name]) | some value in wanted]) if {
	not endswith(name, "notequals")
}

_past(value, answer) := answer if times.past(value)

else := "maybe"
