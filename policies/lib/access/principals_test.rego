package lib.access.principals_test

import data.lib.access.principals
import data.lib.mocks

_case := {
	"deployment": {"partition": "⟨AWS.Partition⟩", "region": "⟨AWS.Region⟩", "account": "⟨AWS.AccountId⟩"},
	"holes": {
		"1": mocks.hole("Role", {"origin": {"kind": "attribute", "attribute": "name"}, "identifies": "unit#Role"}),
		"account": mocks.hole("var.account", {"origin": {"kind": "variable"}}),
		"name": mocks.hole("Role", {"origin": {"kind": "attribute", "resource_kind": "role", "attribute": "name"}}),
		"unique": mocks.hole("Role.RoleId", {"origin": {"kind": "attribute", "resource_kind": "role", "attribute": "RoleId"}}),
	},
}

_role := "arn:aws:iam::111122223333:role/jobs"

_includes(statement, who, role) := answer if {
	answer := principals.includes(statement, who, principals.role([role])) with input as _case
}

# How a statement for a principal names the role, and its account.
_principals := {
	"*": ["yes", "no"],
	"arn:aws:iam::111122223333:role/jobs": ["yes", "no"],
	"arn:⟨AWS.Partition⟩:iam::111122223333:role/jobs": ["yes", "no"],
	"arn:aws:iam::111122223333:role/other": ["no", "no"],
	"arn:aws:iam::111122223333:root": ["no", "yes"],
	"111122223333": ["no", "yes"],
	"444455556666": ["no", "no"],
	"arn:aws:iam::⟨AWS.AccountId⟩:root": ["no", "maybe"],
	"⟨*Principal@unit⟩": ["maybe", "maybe"],
	"⟨account⟩": ["no", "maybe"],
	"⟨name⟩": ["no", "no"],
	"⟨unique⟩": ["maybe", "no"],
	"AROAEXAMPLEEXAMPLE123": ["maybe", "no"],
}

test_principals if {
	wrong := {principal: answered |
		some principal, expected in _principals
		statement := mocks.allow_principal(principal, ["*"])
		answered := [_includes(statement, who, _role) | some who in ["role", "account"]]
		answered != expected
	}
	wrong == {}
}

# A role of which nothing is known may be of any account.
test_a_role_that_is_unknown_may_be_of_any_account if {
	some principal in ["111122223333", "arn:aws:iam::111122223333:root"]
	_includes(mocks.allow_principal(principal, ["*"]), "account", "⟨*role@unit⟩") == "maybe"
	_includes(mocks.allow_principal(principal, ["*"]), "member", "⟨*role@unit⟩") == "maybe"
}

test_a_deny_of_the_account_is_about_its_members if {
	_includes(mocks.allow_principal("111122223333", ["*"]), "member", _role) == "yes"
	_includes(mocks.allow_principal(_role, ["*"]), "member", _role) == "yes"
	_includes(mocks.allow_principal("444455556666", ["*"]), "member", _role) == "no"
}

test_principals_of_other_types_are_no_role if {
	_includes(mocks.statement("Allow", ["*"], ["*"], {"principals": [{"type": "Service", "values": [mocks.text("*", 0)]}]}), "role", _role) == "no"
	_includes(mocks.statement("Allow", ["*"], ["*"], {"principals": [{"type": "⟨*T⟩", "values": [mocks.text("*", 0)]}]}), "role", _role) == "maybe"
}

test_not_principal if {
	_includes(
		mocks.statement("Deny", ["*"], ["*"], {"not_principals": [{
			"type": "AWS",
			"values": [mocks.text("arn:aws:iam::111122223333:role/admin", 0)],
		}]}),
		"member", _role,
	) == "yes"
	_includes(
		mocks.statement("Deny", ["*"], ["*"], {"not_principals": [{
			"type": "AWS",
			"values": [mocks.text(_role, 0)],
		}]}),
		"member", _role,
	) == "maybe"
}

test_policies_of_the_role_name_nobody if {
	_includes(mocks.allow(["*"], ["*"]), "bearer", _role) == "yes"
	_includes(mocks.allow(["*"], ["*"]), "role", _role) == "no"
}

test_a_role_that_aws_names_has_no_name_that_somebody_wrote if {
	made := "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨1⟩"
	answers := {
		made: "yes",
		"arn:aws:iam::⟨AWS.AccountId⟩:role/admin": "no",
		"arn:aws:iam::⟨AWS.AccountId⟩:role/jobs-Role-1ABCDEFGHIJKL": "maybe",
		"arn:aws:iam::⟨AWS.AccountId⟩:role/*": "yes",
	}
	wrong := {value: answer |
		some value, expected in answers
		answer := _includes(mocks.allow_principal(value, ["*"]), "role", made)
		answer != expected
	}
	wrong == {}
}
