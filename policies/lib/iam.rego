# METADATA
# title: IAM
# description: >-
#   Whether policy statements let somebody do something. Three-valued: see lib/pattern.rego.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#   Not looked at, since they can only take away: a Deny with conditions, permissions boundaries, service control policies.
package lib.iam

import data.lib.answers
import data.lib.conditions
import data.lib.pattern
import data.lib.text

# METADATA
# description: An action to ask for, by its name as AWS writes it
action(name) := {
	"everywhere": {"*", concat("", [split(name, ":")[0], ":*"]), name},
	"goal": pattern.target(lower(name)),
}

# METADATA
# description: >-
#   The statements that may be about an action, each with the answer whether it is. Most statements of a role are about something else,
#   so this is asked once for a role and an action, and `decide` of the rest for each resource.
concerning(statements, wanted) := [{"statement": statement, "action": answer} |
	some statement in statements
	answer := _about_action(statement, wanted)
	answer != "no"
]

_about_action(statement, wanted) := answers.any_of([_names(item.value, wanted) | some item in statement.actions]) if {
	statement.actions != null
} else := answers.negated(answers.any_of([_names(item.value, wanted) | some item in statement.not_actions])) if {
	statement.not_actions != null
} else := "no"

_names(value, wanted) := "yes" if {
	value in wanted.everywhere
} else := "no" if {
	# Spelled out, as most actions are.
	not contains(value, "*")
	not contains(value, "?")
	text.literal(value)
	lower(value) != wanted.goal.value
} else := pattern.match(lower(value), wanted.goal)

# METADATA
# description: >-
#   What statements say of a request. `request` has `resource` (a target), `principal` (the role's ARN as a target when the statements are
#   of a resource's policy, null when they are the role's own) and `context` (see lib/conditions.rego).
#   `answer` is "yes", "no", "maybe" or "denied"; `statement` is the one that denies, and `why` says what is not known.
decide(concerned, request) := {"answer": "denied", "statement": denials[0], "why": null} if {
	denials := [item.statement |
		some item in concerned
		item.statement.effect.value == "Deny"
		_denies(item, request) == "yes"
	]
	denials != []
} else := {"answer": "yes", "statement": null, "why": null} if {
	some item in concerned
	_allows_for_sure(item, request)
	not _may_be_denied(concerned, request)
} else := {"answer": "no", "statement": null, "why": null} if {
	every item in concerned { _allows(item, request) == "no" }
} else := {"answer": "maybe", "statement": null, "why": concat("", ["a Deny may take it away, and ", doubts[0]])} if {
	doubts := [_doubt(item, request) | some item in concerned; _denies(item, request) == "maybe"]
	doubts != []
} else := {"answer": "maybe", "statement": null, "why": doubts[0]} if {
	doubts := [_doubt(item, request) | some item in concerned; _allows(item, request) == "maybe"]
}

# Most grants are found by this, which never asks what is not.
_allows_for_sure(item, request) if {
	item.action == "yes"
	item.statement.effect.value == "Allow"
	item.statement.maybe == null
	_covers_for_sure(item.statement, request.resource)
	principals(item.statement, request.principal) == "yes"
	conditions.all_hold(item.statement, request.context) == "yes"
}

_covers_for_sure(statement, goal) if {
	some item in statement.resources
	pattern.covers(_in_partition_of(goal, item.value), goal)
}

_covers_for_sure(statement, goal) if {
	statement.not_resources != null
	resources(statement, goal) == "yes"
}

_may_be_denied(concerned, request) if {
	some item in concerned
	item.statement.effect.value != "Allow"
	_denies(item, request) == "maybe"
}

_denies(item, request) := "no" if {
	item.statement.effect.value == "Allow"
} else := "no" if {
	item.statement.conditions != []
} else := answers.all_of([_effect(item.statement, "Deny"), _concerns(item, request)])

_allows(item, request) := "no" if {
	item.statement.effect.value == "Deny"
} else := answers.all_of([
	_effect(item.statement, "Allow"),
	_concerns(item, request),
	conditions.all_hold(item.statement, request.context),
])

_effect(statement, wanted) := "no" if {
	text.literal(statement.effect.value)
	statement.effect.value != wanted
} else := "maybe" if {
	not text.literal(statement.effect.value)
} else := "maybe" if {
	statement.maybe != null
} else := "yes"

_concerns(item, request) := answers.all_of([
	item.action,
	resources(item.statement, request.resource),
	principals(item.statement, request.principal),
])

# METADATA
# description: Whether the resources of a statement include one
resources(statement, goal) := answers.any_of([resource(item.value, goal) | some item in statement.resources]) if {
	statement.resources != null
} else := answers.negated(answers.any_of([resource(item.value, goal) | some item in statement.not_resources])) if {
	statement.not_resources != null
} else := "no"

# METADATA
# description: Whether a pattern of a statement's resources matches an ARN
resource(value, goal) := pattern.match(value, goal) if {
	goal.holes == []
	text.literal(value)
} else := "no" if {
	apart(value, goal.value)
} else := pattern.match(_in_partition_of(goal, value), goal)

# A partition that is written out in one of both and computed in the other is taken for the same: whoever writes `arn:aws:` means to
# deploy there.
_in_partition_of(goal, value) := value if {
	not _written_otherwise(goal.value, value)
} else := concat(":", array.concat(["arn", split(goal.value, ":")[1]], array.slice(fields, 2, count(fields)))) if {
	fields := split(value, ":")
	startswith(fields[1], "aws")
	not contains(fields[1], "*")
} else := concat(":", array.concat(["arn", split(goal.value, ":")[1]], array.slice(fields, 2, count(fields)))) if {
	fields := split(value, ":")
	fields[1] == "⟨AWS.Partition⟩"
	startswith(split(goal.value, ":")[1], "aws")
} else := value

_written_otherwise(one, other) if {
	startswith(one, "arn:⟨AWS.Partition⟩:")
	not startswith(other, "arn:⟨AWS.Partition⟩:")
} else if {
	startswith(other, "arn:⟨AWS.Partition⟩:")
	not startswith(one, "arn:⟨AWS.Partition⟩:")
}

# METADATA
# description: >-
#   Whether the symbolic ARNs of two declared resources (src/facts/arn.ts) are of different ones: what is declared twice is two.
#   Data sources of Terraform only look something up, which may be declared as well, so they are never apart.
apart(one, other) if {
	a := _declaration(one)
	b := _declaration(other)
	a.form == b.form
	a.unit == b.unit
	_stem(a.address) != _stem(b.address)
	not _looked_up(a.address)
	not _looked_up(b.address)
}

# The instances of one resource may be written in several ways: `secret["db"]`, `secret[each.key]`.
_stem(address) := split(address, "[")[0]

# What the last hole of a symbolic ARN says: `⟨#Db@jobs.yaml⟩` of a secret, `⟨Key@jobs.yaml⟩` of a key, `⟨Role.name@jobs.yaml⟩` of anything
# that is named by AWS. A secret has one however it is named.
_declaration(arn) := {"form": form, "address": trim_suffix(address, ".name"), "unit": unit} if {
	endswith(arn, "⟩")
	pieces := split(trim_suffix(arn, "⟩"), "⟨")
	[name, unit] := split(pieces[count(pieces) - 1], "@")
	form := _form(concat("⟨", array.slice(pieces, 0, count(pieces) - 1)), name)
	address := trim_prefix(name, "#")
}

_form(before, name) := "secret" if {
	startswith(name, "#")
	endswith(before, "-")
} else := "key" if {
	endswith(before, ":key/")
} else := "named" if {
	endswith(before, "/")
	endswith(name, ".name")
}

_looked_up(address) if startswith(address, "data.")

_looked_up(address) if contains(address, ".data.")

# METADATA
# description: >-
#   Whether a statement of a resource's policy names a role. An account as principal is no grant: it lets the account's own policies decide
#   (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts).
principals(_, null) := "yes"

principals(statement, role) := answers.any_of([_principal(listed.type, value.value, role) |
	some listed in statement.principals
	some value in listed.values
]) if {
	role != null
	statement.principals != null
}

principals(statement, role) := "maybe" if {
	role != null
	statement.principals == null
	statement.not_principals != null
}

principals(statement, role) := "no" if {
	role != null
	statement.principals == null
	statement.not_principals == null
}

_principal(type, value, role) := resource(value, role) if {
	type in {"AWS", "*"}
} else := "maybe" if {
	text.wide(type)
} else := "no"

# Why it can't be told what a statement decides: the first reason that there is.
_doubt(item, request) := item.statement.maybe if {
	item.statement.maybe != null
} else := "the effect of a statement is not known" if {
	not text.literal(item.statement.effect.value)
} else := concat("", ["it is not known whether ", unclear, " includes the action"]) if {
	item.action == "maybe"
	unclear := _unknown_of([item.statement.actions, item.statement.not_actions])
} else := concat("", ["it is not known whether ", unclear, " stands for it"]) if {
	resources(item.statement, request.resource) == "maybe"
	unclear := [value |
		some list in [item.statement.resources, item.statement.not_resources]
		value := list[_].value
		resource(value, request.resource) == "maybe"
	][0]
} else := "it is not known whether the policy names the role" if {
	principals(item.statement, request.principal) == "maybe"
} else := concat("", ["it depends on the condition ", text.enumeration(keys)]) if {
	keys := text.distinct([condition.key |
		some condition in item.statement.conditions
		conditions.holds(condition, request.context) == "maybe"
	])
}

_unknown_of(lists) := [value |
	some list in lists
	value := list[_].value
	not text.literal(value)
][0]
