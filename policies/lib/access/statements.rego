# METADATA
# title: Statements
# description: >-
#   Whether one statement of a policy decides a request. A request has `action` (see `action`), `resource`
#   (lib/access/resources.rego), `principal` (lib/access/principals.rego) and `context` (lib/access/context.rego).
#   Three-valued.
package lib.access.statements

import data.lib.access.conditions
import data.lib.access.pattern
import data.lib.access.principals
import data.lib.access.resources
import data.lib.answers
import data.lib.text

# METADATA
# description: An action, by its name as AWS writes it
action(name) := {
	"name": name,
	"service": service,
	"wildcards": {"*", concat("", [service, "*"]), name},
	"target": pattern.target(lower(name)),
} if {
	service := concat("", [split(name, ":")[0], ":"])
}

# METADATA
# description: >-
#   The statements that may be about an action, each with the answer whether it is. Most statements of a role are about
#   something else, so this is asked once for a role and an action, and the rest for each resource.
about(statements, wanted) := [{"statement": statement, "action": answer} |
	some statement in statements
	answer := _about(statement, wanted)
	answer != "no"
]

_about(statement, wanted) := answers.any_of([names(item.value, wanted) | some item in statement.actions]) if {
	statement.actions != null
} else := answers.negated(answers.any_of([names(item.value, wanted) | some item in statement.not_actions])) if {
	statement.not_actions != null
} else := "no"

# METADATA
# description: Whether a pattern of a statement's actions includes an action
names(value, wanted) := "yes" if {
	value in wanted.wildcards
} else := "no" if {
	# Spelled out, as most actions are.
	not contains(value, "*")
	not contains(value, "?")
	text.literal(value)
	lower(value) != wanted.target.value
} else := pattern.match(lower(value), wanted.target)

# METADATA
# description: Whether an Allow surely decides the request. This is cheap, and most grants are found by it.
surely_allows(item, who, request) if {
	item.action == "yes"
	item.statement.effect.value == "Allow"
	item.statement.maybe == null
	resources.surely_includes(item.statement, request)
	principals.includes(item.statement, who, request.principal) == "yes"
	conditions.all_hold(item.statement, request) == "yes"
}

# METADATA
# description: >-
#   Whether a statement has the effect and is about the request. `who` is how it names the role
#   (lib/access/principals.rego).
decides(item, effect, who, request) := "no" if {
	has_effect(item.statement, effect) == "no"
} else := _decides(resources.includes(item.statement, request), item, effect, who, request)

_decides("no", _, _, _, _) := "no"

_decides(resource, item, effect, who, request) := answers.all_of([
	has_effect(item.statement, effect),
	item.action,
	resource,
	principals.includes(item.statement, who, request.principal),
	conditions.all_hold(item.statement, request),
]) if {
	resource != "no"
}

# METADATA
# description: >-
#   Whether a statement is there and has an effect. A misspelt one allows nothing, and was perhaps meant to deny: IAM
#   refuses its policy.
has_effect(statement, effect) := "no" if {
	statement.effect.value == {"Allow": "Deny", "Deny": "Allow"}[effect]
} else := "no" if {
	effect == "Allow"
	statement.effect.value != effect
	text.literal(statement.effect.value)
} else := "maybe" if {
	statement.effect.value != effect
} else := "maybe" if {
	statement.maybe != null
} else := "yes"
