# METADATA
# title: Principals of statements
# description: >-
#   Whether a statement of a resource's policy names the role that asks, or the account that the role is in.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
package lib.access.principals

import data.lib.access.resources
import data.lib.answers
import data.lib.arn
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   The role that asks, made once for a case. `names` are texts that all are its ARN. Its account is the one that is
#   written out in any of them; of an ARN that is unknown, as unknown as that is.
role(names) := {
	"arn": names[0],
	"names": [[name] | some name in names],
	"account": _account(names),
}

_account(names) := written[0] if {
	written := [account | some name in names; account := arn.parse(name).account; text.literal(account)]
	written != []
} else := account if {
	account := arn.parse(names[0]).account
} else := names[0] if {
	text.wide(names[0])
} else := input.deployment.account

# METADATA
# description: >-
#   Whether the statement is about the role. `who`: "bearer" (a policy of the role itself, which names nobody), "role"
#   (an Allow: an account as principal is no grant, it lets the account's own policies decide), "account" (that
#   account), "member" (a Deny: everybody in the account).
includes(_, "bearer", _) := "yes"

includes(statement, who, principal) := answers.any_of([_is(who, listed.type, value.value, principal) |
	some listed in statement.principals
	some value in listed.values
]) if {
	who != "bearer"
	statement.principals != null
}

includes(statement, who, principal) := _unless(who, answers.any_of([_is("role", listed.type, value.value, principal) |
	some listed in statement.not_principals
	some value in listed.values
])) if {
	who != "bearer"
	statement.principals == null
	statement.not_principals != null
}

includes(statement, who, _) := "no" if {
	who != "bearer"
	statement.principals == null
	statement.not_principals == null
}

# A Deny by NotPrincipal spares whoever is listed, but only together with its account and session, which are seldom all
# told.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
_unless("member", "no") := "yes"

_unless("member", listed) := "maybe" if listed != "no"

_unless(who, _) := "maybe" if who != "member"

_is("member", type, value, principal) := answers.any_of([
	_named(_is_role(value, principal), type),
	_named(_is_account(value, principal), type),
])

_is("role", type, value, principal) := _named(_is_role(value, principal), type)

_is("account", type, value, principal) := _named(_is_account(value, principal), type)

# Services and identity providers are other principals than roles.
_named(answer, type) := answer if {
	type in {"AWS", "*"}
} else := answers.all_of(["maybe", answer]) if {
	text.wide(type)
} else := "no"

_is_role("*", _) := "yes"

_is_role(value, principal) := "no" if {
	_account_of(value)
} else := "maybe" if {
	_may_be_id(value)
} else := "no" if {
	_is_named_by_aws(principal.arn)
	not _may_be_made_by_aws(value)
} else := resources.any_name(value, resources.named(principal.names)) if {
	value != "*"
}

_is_named_by_aws(arn_value) if {
	endswith(arn_value, "⟩")
	holes := text.holes(arn_value)
	hole := input.holes[text.inside(holes[count(holes) - 1])]
	hole.origin.kind == "attribute"
	hole.origin.attribute == "name"
}

# Whoever writes out the name of a role has given it. CloudFormation and Terraform make names that end in a hyphen and
# many capitals or digits.
_may_be_made_by_aws(value) if text.wide(value)

_may_be_made_by_aws(value) if endswith(value, "⟩")

_may_be_made_by_aws(value) if {
	paths := split(value, "/")
	names := split(paths[count(paths) - 1], "-")
	tail := names[count(names) - 1]
	_may_be_random(tail)
}

_may_be_random(tail) if not text.literal(tail)

_may_be_random(tail) if contains(tail, "*")

_may_be_random(tail) if contains(tail, "?")

_may_be_random(tail) if {
	count(tail) > 11
	text.consists_of(tail, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789")
}

_is_account(value, principal) := _same(_account_of(value), principal.account) if {
	_account_of(value)
} else := "maybe" if {
	text.wide(value)
} else := "no"

# The account that a principal is: its number, or the ARN of its root.
_account_of(value) := arn.parse(value).account if {
	endswith(value, ":root")
} else := value if {
	not contains(value, ":")
	not text.wide(value)
	_number(value)
}

_number(value) if arn.is_account(value)

_number(value) if value == input.deployment.account

# What is not known and has no colon is the number of an account, unless it is of a role.
_number(value) if _hole(value).origin.resource_kind != "role"

# AWS takes the unique id of a role for the role, and nobody writes down what it is.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
_may_be_id(value) if startswith(value, "AROA")

_may_be_id(value) if {
	origin := _hole(value).origin
	origin.resource_kind == "role"
	not origin.attribute in {"id", "name"}
}

# What is known of a text that is a hole and nothing else.
_hole(value) := holes.of(value)[0] if text.one_hole(value)

_same(same, same) := "yes"

_same(one, other) := "no" if {
	arn.other_accounts(one, other)
} else := "maybe" if {
	one != other
}
