package lib.access_test

import data.lib.access
import data.lib.access.principals
import data.lib.access.resources
import data.lib.access.statements
import data.lib.mocks

# How the terms of a decision are combined; the rules' tests have what each term is made of.

_action := statements.action("kms:Decrypt")

_allow := mocks.allow(["kms:Decrypt"], ["*"])

_deny := mocks.statement("Deny", ["kms:Decrypt"], ["*"], {})

_perhaps(statement) := object.union(statement, {"maybe": mocks.cause("IsProd is not known")})

_to(principal, statement) := object.union(statement, {"principals": [{"type": "AWS", "values": [mocks.text(principal, 0)]}]})

_role := "arn:aws:iam::111122223333:role/jobs"

_root := "arn:aws:iam::111122223333:root"

# What is given replaces what the request has: a role that is seen completely and allowed nothing, and a resource of its
# account without a policy.
_decide(given) := decision if {
	asked := object.union(
		{"kind": "secret", "own": [], "carried": [], "grants": [], "boundary": null, "account": "111122223333"},
		given,
	)
	request := {
		"kind": asked.kind,
		"role": {"arn": mocks.text(_role, 0), "role": "unit#Role"},
		"action": _action,
		"items": statements.about(asked.own, _action),
		"principal": principals.role([_role]),
		"resource": resources.named([["arn:aws:x:eu-west-1:111122223333:y"]]),
		"account": asked.account,
		"owner": {"statements": asked.carried, "unseen": [], "unit": "unit"},
		"resource_policy": statements.about(asked.carried, _action),
		"grants": statements.about(asked.grants, _action),
		"context": {},
		"label": "y",
	}
	decision := access.decide(request) with input as {
		"deployment": {"partition": "aws", "region": "eu-west-1", "account": "111122223333"},
		"roles": {"unit#Role": object.union(mocks.role("Role", asked.own), {"boundary": asked.boundary})},
		"holes": {},
	}
}

_limit(allowed) := {"statements": allowed, "complete": true, "cause": null}

_answers := [
	[{}, "no"],
	[{"own": [_allow]}, "yes"],
	[{"own": [_perhaps(_allow)]}, "maybe"],
	[{"carried": [_to(_role, _allow)]}, "yes"],
	[{"carried": [_to(_root, _allow)]}, "no"],
	[{"own": [_allow, _deny]}, "no"],
	[{"own": [_allow], "carried": [_to("*", _deny)]}, "no"],
	[{"own": [_perhaps(_deny)], "carried": [_to(_role, _allow)]}, "maybe"],
	[{"own": [_allow], "carried": [_to("*", _perhaps(_deny))]}, "maybe"],
	[{"own": [_perhaps(_allow)], "carried": [_to("*", _deny)]}, "no"],
	# A boundary limits both.
	[{"own": [_allow], "boundary": _limit([_allow])}, "yes"],
	[{"own": [_allow], "boundary": _limit([])}, "no"],
	[{"carried": [_to(_role, _allow)], "boundary": _limit([])}, "no"],
	[{"boundary": _limit([_allow])}, "no"],
	[{"own": [_allow], "boundary": _limit([_allow, _perhaps(_deny)])}, "maybe"],
	# Two accounts need both sides.
	[{"own": [_allow], "account": "444455556666"}, "no"],
	[{"carried": [_to(_role, _allow)], "account": "444455556666"}, "no"],
	[{"own": [_allow], "carried": [_to(_role, _allow)], "account": "444455556666"}, "yes"],
	[{"own": [_allow], "carried": [_to(_root, _allow)], "account": "444455556666"}, "yes"],
	[{"own": [_allow], "carried": [_to(_root, _perhaps(_allow))], "account": "444455556666"}, "maybe"],
	# Identity policies count for a key only where its policy enables them; the one that KMS makes does.
	[{"kind": "key", "own": [_allow]}, "yes"],
	[{"kind": "key", "own": [_allow], "carried": [_to(_root, _allow)]}, "yes"],
	[{"kind": "key", "carried": [_to(_root, _allow)]}, "no"],
	[{"kind": "key", "own": [_allow], "carried": [_to("arn:aws:iam::111122223333:role/admin", _allow)]}, "no"],
	[{"kind": "key", "carried": [_to(_role, _allow)]}, "yes"],
	[{"kind": "key", "grants": [_to(_role, _allow)]}, "yes"],
	[{"kind": "key", "grants": [_to(_role, _allow)], "carried": [_to("*", _deny)]}, "no"],
	[{"kind": "key", "own": [_allow], "account": "444455556666"}, "no"],
	[{"kind": "key", "own": [_allow], "carried": [_to(_root, _allow)], "account": "444455556666"}, "yes"],
]

test_answers if {
	wrong := [[given, answer] |
		some [given, expected] in _answers
		answer := _decide(given).answer
		answer != expected
	]
	wrong == []
}

test_what_gives_the_answer_is_shown if {
	_decide({"own": [_allow]}).allow.statement == _allow
	_decide({"own": [_allow, _deny]}).explicit_deny.statement == _deny
	_decide({"own": [_perhaps(_allow)]}).cause == {"kind": "other", "name": "IsProd is not known", "unit": null}
	_decide({"own": [_allow]}).assumes == ["no-organization-policy"]
	_decide({}).assumes == []
}
