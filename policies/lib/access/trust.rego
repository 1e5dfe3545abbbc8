# METADATA
# title: Trust
# description: >-
#   Whether a role lets Amazon ECS assume it, which starts the containers of AWS Batch:
#   https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
package lib.access.trust

import data.lib.access
import data.lib.access.conditions
import data.lib.access.pattern
import data.lib.access.statements
import data.lib.access.terms
import data.lib.answers
import data.lib.causes
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   The decision about a role, as a container names it: a term (lib/access/terms.rego)
decide(reference) := terms.of("maybe", access.unknown_role(reference)) if {
	reference.role == null
} else := terms.of("maybe", _unseen(role)) if {
	role := input.roles[reference.role]
	role.trust == null
} else := decision if {
	role := input.roles[reference.role]
	decision := _decision(role, _account([reference.arn.value, role.arn.value]))
	decision.answer != "no"
} else := terms.of("maybe", _unseen(role)) if {
	role := input.roles[reference.role]
	some part in role.unseen
	part.part in {"trust", "role"}
} else := terms.of("no", null)

_unseen(role) := causes.of_unseen(
	[part | some part in role.unseen; part.part in {"trust", "role"}],
	{"kind": "trust", "name": _called(role), "unit": role.unit},
)

# A role without its trust policy is one that is looked up, for which people search by its own name.
_called(role) := role.name.value if {
	role.trust == null
	text.literal(role.name.value)
} else := role.address

_assume_role := statements.action("sts:AssumeRole")

# A Deny of the trust policy is about sessions and tags, or about somebody else; one that is about everybody takes the
# trust away.
_decision(role, account) := terms.all_of([
	terms.any_of([term | some item in items; term := _term(item, "Allow", account)]),
	terms.negated(terms.any_of([term | some item in items; term := _term(item, "Deny", account)])),
]) if {
	items := statements.about(role.trust, _assume_role)
}

# The account that the role is in, where that is known.
_account(arns) := array.concat(
	[account |
		some account in array.concat([input.deployment.account], [split(arn, ":")[4] | some arn in arns])
		text.literal(account)
	],
	[""],
)[0]

_term(item, effect, account) := _with_cause(
	answers.all_of([
		statements.has_effect(item.statement, effect),
		item.action,
		_names_ecs(item.statement, effect),
		answers.all_of([_holds(condition, effect, account) | some condition in item.statement.conditions]),
	]),
	item.statement,
	account,
)

_with_cause("maybe", statement, account) := terms.by("maybe", statement, _doubt(statement, account))

_with_cause(answer, statement, _) := terms.by(answer, statement, null) if answer != "maybe"

_doubt(statement, account) := statement.maybe if {
	statement.maybe != null
} else := causes.of("iam-condition", condition.key) if {
	condition := [condition |
		some condition in statement.conditions
		_holds(condition, statement.effect.value, account) == "maybe"
	][0]
} else := cause if {
	some listed in statement.principals
	cause := holes.cause(concat("", [value.value | some value in listed.values]))
} else := causes.of("iam-element", "a principal of the trust policy")

_names_ecs(statement, _) := answers.any_of([_is_ecs(listed.type, value.value) |
	some listed in statement.principals
	some value in listed.values
]) if {
	statement.principals != null
}

_names_ecs(statement, "Allow") := "maybe" if statement.principals == null

# Whom a NotPrincipal spares is not looked at.
_names_ecs(statement, "Deny") := "maybe" if statement.principals == null

_ecs := pattern.target("ecs-tasks.amazonaws.com")

_is_ecs("*", _) := "yes"

_is_ecs("Service", value) := _is_service(value)

_is_ecs(type, _) := "maybe" if text.wide(type)

_is_ecs(type, _) := "no" if {
	not type in {"*", "Service"}
	not text.wide(type)
}

# The suffix of the partition's names, as templates compute it, is the right one.
_is_service(value) := "yes" if {
	[hole] := text.holes(value)
	value == concat("", ["ecs-tasks.", hole])
	input.holes[text.inside(hole)].origin.kind in {"pseudo", "lookup"}
} else := pattern.match(value, _ecs)

# Amazon ECS sends its own ARN and the account that it acts for, and nothing that a condition could ask for besides.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
_holds(condition, effect, account) := "maybe" if {
	is_array(condition.values)
	every value in condition.values { _is_elsewhere(lower(condition.key), value.value, account) }
} else := {"Allow": "yes", "Deny": "no"}[effect] if {
	lower(condition.key) in {"aws:sourceaccount", "aws:sourcearn"}
} else := conditions.holds(condition, {"sts:externalid": [], "aws:securetransport": ["true"]}, {})

# An account that is another than the role's, an ARN that is of another service, Region or account.
_is_elsewhere("aws:sourceaccount", value, account) if _differs(value, account)

_is_elsewhere("aws:sourcearn", value, account) if {
	fields := split(value, ":")
	some index, own in {2: "ecs", 3: input.deployment.region, 4: account}
	_differs(fields[index], own)
}

_differs(value, own) if {
	text.literal(own)
	text.literal(value)
	own != ""
	pattern.match(value, pattern.target(own)) == "no"
}
