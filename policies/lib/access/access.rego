# METADATA
# title: Access
# description: >-
#   Whether a role may do something, decided as AWS does it: (identity policies allow or the resource's policy allows)
#   and the permissions boundary allows and nothing denies; for two accounts, identity and resource policy both; for a
#   key, identity policies count only where the key policy enables IAM policies. Every term is three-valued, and they
#   are combined once, at the end.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#   https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
#   Service control and session policies are not in the files: they are an assumption.
package lib.access

import data.lib.access.doubts
import data.lib.access.statements
import data.lib.access.terms
import data.lib.answers
import data.lib.arn
import data.lib.causes
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   The decision about a request: `answer`; the terms `identity` (the role's own policies allow it), `allow` (whoever
#   allows it), `boundary` and `explicit_deny`; the `cause` of a "maybe"; and what the answer `assumes`
#   (src/facts/assumptions.ts). A request has what lib/access/statements.rego asks for, and: `role` (as the container
#   names it), `items` (what its statements say of the action), `kind` ("secret", "parameter" or "key"), `owner` (the
#   resource in the files, or null), `resource_policy` and `grants` (what the resource's own statements say of the
#   action), `account` (of the resource), `label` (what people call the resource).
decide(request) := {
	"answer": answer,
	"identity": identity,
	"allow": allow,
	"boundary": boundary,
	"explicit_deny": explicit_deny,
	"cause": _cause([term | some term in [allow, boundary, explicit_deny]; term.answer == "maybe"]),
	"assumes": _assumes(answer, explicit_deny.answer, request),
} if {
	identity := _identity(request)
	allow := _allow(identity, request)
	boundary := _boundary(request)
	explicit_deny := _explicit_deny(request)
	answer := answers.all_of([allow.answer, boundary.answer, answers.negated(explicit_deny.answer)])
}

# METADATA
# description: >-
#   The decision `decide` makes about a request that one statement of the role allows by naming the resource itself, or
#   everything, where nothing can deny or limit it: no Deny, no boundary, no policy of the resource, one account. Most
#   requests are of this kind, and nothing else is asked then.
outright(statement, request) := {
	"answer": "yes",
	"identity": allow,
	"allow": allow,
	"boundary": terms.of("yes", null),
	"explicit_deny": terms.of("no", null),
	"cause": null,
	"assumes": _assumes("yes", "no", request),
} if {
	allow := terms.by("yes", statement, null)
}

# METADATA
# description: >-
#   Whether a policy by itself lets a request through, as that of an endpoint must: a term (lib/access/terms.rego). An
#   account that it names is everybody in it. `unseen` is the cause of a part of the policy that is not seen, or null.
passes(policy_statements, unseen, request) := terms.all_of([
	_unless_unseen(_allowed(items, "member", request), unseen),
	terms.negated(_denied(items, "member", request)),
]) if {
	items := statements.about(policy_statements, request.action)
}

_unless_unseen(term, unseen) := terms.of("maybe", unseen) if {
	term.answer == "no"
	unseen != null
} else := term

_cause([]) := null

_cause(undecided) := undecided[0].cause if undecided != []

_allow(identity, request) := identity if {
	# The common grant, for which nothing else must be asked.
	identity.answer == "yes"
	request.kind != "key"
	not two_accounts(request)
} else := terms.any_of([identity, _resource_policy(request)]) if {
	request.kind != "key"
	not two_accounts(request)
} else := terms.all_of([identity, terms.any_of([_resource_policy(request), _names_account(request)])]) if {
	request.kind != "key"
} else := terms.any_of([_resource_policy(request), terms.all_of([identity, _enables_iam(request)])]) if {
	not two_accounts(request)
} else := terms.all_of([identity, terms.any_of([_resource_policy(request), _enables_iam(request)])])

# METADATA
# description: Whether role and resource are surely of different accounts. Only accounts that are written out are.
two_accounts(request) if arn.other_accounts(request.account, request.principal.account)

# What the role's own policies allow.
_identity(request) := terms.of("maybe", unknown_role(request.role)) if {
	request.role.role == null
} else := allowed if {
	allowed := _allowed(request.items, "bearer", request)
	allowed.answer != "no"
} else := terms.of("maybe", _unseen_policies(role)) if {
	role := input.roles[request.role.role]
	not role.complete
} else := terms.of("no", null)

# METADATA
# description: What is not known where a role is not in the files
unknown_role(reference) := causes.of("missing-role", reference.arn.value) if {
	reference.gone
} else := holes.cause(reference.arn.value) if {
	not startswith(reference.arn.value, "arn:")
} else := causes.of("role", name) if {
	# Where only account or path are unknown, the name is what people search for.
	not text.literal(reference.arn.value)
	parts := split(reference.arn.value, "/")
	name := parts[count(parts) - 1]
	text.literal(name)
} else := holes.cause(resource) if {
	# Where nothing of path and name is known, the question is which role it is.
	parts := split(reference.arn.value, ":")
	resource := parts[count(parts) - 1]
	text.known(resource) == ""
} else := causes.of("role", reference.arn.value)

_unseen_policies(role) := causes.of_unseen(
	[part | some part in role.unseen; part.part != "trust"],
	{"kind": "role-policies", "name": role.address, "unit": role.unit},
)

# What the policy of the secret, or the policy and grants of the key, allows the role itself.
_resource_policy(request) := _seen(_allowed(items, "role", request), request) if {
	items := array.concat(request.resource_policy, request.grants)
}

# Whether that policy allows the role's account, so that its own policies decide.
_names_account(request) := _seen(_allowed(request.resource_policy, "account", request), request)

# A key without a policy of its own has the one that KMS makes, which enables IAM policies. So has a key that is not in
# the files, as far as anybody can assume. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
_enables_iam(request) := terms.of("yes", null) if {
	request.owner == null
	not two_accounts(request)
} else := terms.of("yes", null) if {
	request.owner.statements == []
	not _is_hidden(request.owner)
	not two_accounts(request)
} else := _names_account(request)

# A part of the resource's policy that is not seen may allow what the rest does not.
_seen(term, _) := term if term.answer != "no"

_seen(term, request) := terms.of("maybe", _unseen_resource_policy(request)) if {
	term.answer == "no"
	_is_hidden(request.owner)
} else := terms.of("maybe", causes.of(_unseen_kinds[request.kind], request.label)) if {
	term.answer == "no"
	two_accounts(request)
	_is_only_described(request.owner)
} else := term if term.answer == "no"

# What is not in the files, or is there by its whole ARN: output of the AWS CLI, which shows a secret without its policy.
_is_only_described(null)

_is_only_described(owner) if {
	owner.statements == []
	text.literal(owner.arn.value)
}

# That the whole may not be there makes no difference to its policy.
_is_hidden(owner) if {
	some part in owner.unseen
	part.part != "existence"
}

_unseen_resource_policy(request) := causes.of_unseen(
	[part | some part in request.owner.unseen; part.part != "existence"],
	{"kind": _unseen_kinds[request.kind], "name": request.label, "unit": request.owner.unit},
)

_unseen_kinds := {"secret": "secret-policy", "parameter": "secret-policy", "key": "key-policy"}

# A boundary allows nothing by itself, and takes away what it does not allow.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
_boundary(request) := terms.of("yes", null) if {
	not _has_boundary(request)
} else := allowed if {
	allowed := _allowed(_boundary_items(request), "bearer", request)
	allowed.answer != "no"
} else := terms.of("maybe", input.roles[request.role.role].boundary.cause) if {
	not input.roles[request.role.role].boundary.complete
} else := terms.of("no", null)

_has_boundary(request) if input.roles[request.role.role].boundary != null

_boundary_items(request) := statements.about(input.roles[request.role.role].boundary.statements, request.action)

# A Deny anywhere wins over an Allow anywhere.
_explicit_deny(request) := terms.any_of([
	_denied(request.items, "bearer", request),
	_denied(request.resource_policy, "member", request),
	_denied([item | _has_boundary(request); some item in _boundary_items(request)], "bearer", request),
])

_allowed(items, who, request) := terms.by("yes", sure[0].statement, null) if {
	sure := [item | some item in items; statements.surely_allows(item, who, request)]
	sure != []
} else := _decided(items, "Allow", who, request)

_denied(items, who, request) := _decided(denials, "Deny", who, request) if {
	denials := [item | some item in items; item.statement.effect.value != "Allow"]
}

_decided([], _, _, _) := terms.of("no", null)

_decided(items, effect, who, request) := terms.any_of([term |
	some item in items
	term := _term(statements.decides(item, effect, who, request), item, who, request)
]) if {
	items != []
}

_term("no", _, _, _) := terms.of("no", null)

_term("yes", item, _, _) := terms.by("yes", item.statement, null)

_term("maybe", item, who, request) := terms.by("maybe", item.statement, doubts.of(item, who, request))

_assumes("maybe", _, _) := []

# Nothing that is not seen can give back what a Deny takes away.
_assumes("no", "yes", _) := []

_assumes("no", denied, request) := ["no-own-policy" |
	request.owner == null
	request.kind != "parameter"
] if {
	denied != "yes"
}

_assumes("yes", _, request) := array.concat(
	["no-organization-policy"],
	array.concat(
		["no-unseen-deny" | _is_partly_seen(request)],
		array.concat(
			["no-own-policy" | request.owner == null; request.kind == "key"],
			["one-deployment" | request.account != request.principal.account; not two_accounts(request)],
		),
	),
)

_is_partly_seen(request) if not input.roles[request.role.role].complete

_is_partly_seen(request) if {
	request.owner == null
	request.kind != "parameter"
}

_is_partly_seen(request) if _is_hidden(request.owner)

_is_partly_seen(request) if {
	_has_boundary(request)
	not input.roles[request.role.role].boundary.complete
}
