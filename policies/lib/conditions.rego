# METADATA
# title: Conditions of IAM statements
# description: >-
#   Whether the conditions of a statement hold in a request, as far as the request is known. Three-valued.
#   `context` says what is known: by condition key, in lower case, the text of its value.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
package lib.conditions

import data.lib.answers
import data.lib.pattern
import data.lib.text

# METADATA
# description: The answer for all conditions of a statement together
all_hold(statement, context) := "yes" if {
	statement.conditions == []
} else := answers.all_of([holds(condition, context) | some condition in statement.conditions])

# METADATA
# description: The answer for one condition
holds(condition, context) := "yes" if {
	# The agent calls AWS by HTTPS only.
	lower(condition.operator) == "bool"
	lower(condition.key) == "aws:securetransport"
	[value.value | some value in condition.values] == ["true"]
} else := answer if {
	goal := pattern.target(context[lower(condition.key)])
	condition.values != null
	comparison := _comparisons[_operator(condition)]

	# In China the name of a service may go on with .cn, which makes no difference here.
	met := answers.any_of([_equal(trim_suffix(value.value, ".cn"), goal, comparison.wildcards) | some value in condition.values])
	answer := _directed(met, comparison.negated)
} else := "maybe"

# A set operator or IfExists makes no difference to a key that the request has, with one value.
_operator(condition) := trim_suffix(trim_prefix(trim_prefix(name, "foranyvalue:"), "forallvalues:"), "ifexists") if {
	name := lower(condition.operator)
}

_comparisons := {
	"stringequals": {"wildcards": false, "negated": false},
	"stringlike": {"wildcards": true, "negated": false},
	"arnequals": {"wildcards": true, "negated": false},
	"arnlike": {"wildcards": true, "negated": false},
	"stringnotequals": {"wildcards": false, "negated": true},
	"stringnotlike": {"wildcards": true, "negated": true},
	"arnnotequals": {"wildcards": true, "negated": true},
	"arnnotlike": {"wildcards": true, "negated": true},
}

_directed(answer, false) := answer

_directed(answer, true) := answers.negated(answer)

# Without wildcards `*` and `?` are characters like any other, and no value of the known keys has them.
_equal(value, goal, wildcards) := "no" if {
	not wildcards
	_has_wildcards(text.known(value))
} else := pattern.match(value, goal)

_has_wildcards(value) if contains(value, "*")

_has_wildcards(value) if contains(value, "?")
