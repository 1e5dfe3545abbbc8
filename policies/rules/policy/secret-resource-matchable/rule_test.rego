package rules.policy["secret-resource-matchable_test"]

import data.lib.mocks
import data.rules.policy["secret-resource-matchable"] as rule

_arn(name) := sprintf("arn:aws:secretsmanager:eu-west-1:111122223333:secret:%s", [name])

_own(name) := sprintf("arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:%s", [name])

_read(resources) := mocks.allow(["secretsmanager:GetSecretValue"], resources)

_used(statements) := mocks.policy_case(statements, {"batch": true, "roles": ["unit#Role"]})

_alone(statements) := mocks.policy_case(statements, {"alone": true})

_good := {
	"pattern": _used([_read([_arn("db-??????")])]),
	"any behind the name": _used([_read([_arn("db-*")])]),
	"complete ARN": _used([_read([_arn("db-a1B2c3")])]),
	"declared": _used([_read([_own("db-⟨#Db@unit⟩")])]),
	"policy variable": _used([_read([_arn("${aws:PrincipalTag/team}/db-??????")])]),
	"everything": _used([_read(["*"])]),
	"fewer fields": _used([_read(["arn:aws:secretsmanager:*"])]),
	"needless beside one that matches": _used([_read([_arn("db"), _arn("db-??????")])]),
	"needless beside another statement": _used([_read([_arn("db:password::")]), _read([_arn("*")])]),
	"another service's, in a statement about both": _used([mocks.allow(
		["secretsmanager:GetSecretValue", "ssm:GetParameters"],
		["arn:aws:ssm:eu-west-1:111122223333:parameter/db", _arn("db-??????")],
	)]),
	"other action": _used([mocks.allow(["secretsmanager:ListSecrets"], [_arn("db")])]),
	"Deny": _used([mocks.statement("Deny", ["secretsmanager:GetSecretValue"], [_arn("db")], {})]),
	"policy of a secret": mocks.policy_case([_read([_arn("db")])], {"kind": "secret"}),
	"unknown, of a role that no job uses": mocks.policy_case([_read(["⟨*Arn@unit⟩"])], {"roles": ["unit#Role"]}),
}

_no_suffix := "the ARN of a secret ends in a hyphen and six random characters"

_has_selectors := "a policy names the ARN of a secret without JSON key and version"

# Resources, why they match nothing, and what was meant.
_bad := {
	"no suffix": [_arn("db"), _no_suffix, _arn("db-??????")],
	"a name behind a hole": [_arn("⟨Env@unit⟩/db"), _no_suffix, _arn("⟨Env@unit⟩/db-??????")],
	"key": [_arn("db-a1B2c3:password::"), _has_selectors, _arn("db-a1B2c3")],
	"key behind a pattern": [_arn("db-??????:*"), _has_selectors, _arn("db-??????")],
	"slash": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret/db",
		"a colon is missing behind `secret`",
		_arn("db-??????"),
	],
	"name": ["app/db", "a policy names a secret by its ARN", _own("app/db-??????")],
}

cases := object.union_n([
	{concat(" ", ["good", name]): given | some name, given in _good},
	{concat(" ", ["bad", name]): _used([_read([bad[0]])]) | some name, bad in _bad},
	{"unknown": _used([_read(["⟨*Arn@unit⟩"])])},
])

test_good if {
	every _, given in _good {
		rule.findings == set() with input as given
		rule.unverified == set() with input as given
	}
}

_found(given) := {[one.message, one.confidence, [edit.text | some edit in one.remedy.edits]] | some one in findings} if {
	findings := rule.findings with input as given
}

_message(bad) := sprintf("`%s` matches no secret: %s.", [bad[0], bad[1]])

test_bad if {
	every _, bad in _bad {
		_found(_used([_read([bad[0]])])) == {[_message(bad), "certain", [bad[2]]]}
	}
}

test_another_service if {
	value := "arn:aws:ssm:eu-west-1:111122223333:parameter/db"
	_found(_used([_read([value])])) == {[sprintf("`%s` matches no secret: it is an ARN of ssm.", [value]), "certain", []]}
}

test_what_no_job_depends_on_is_likely if {
	bad := _bad.key
	every given in [
		mocks.policy_case([_read([bad[0]])], {"roles": ["unit#Role"]}),
		mocks.policy_case([_read([bad[0]])], {"alone": true, "estate_has_jobs": false}),
		_used([object.union(_read([bad[0]]), {"maybe": mocks.cause("Condition")})]),
	] {
		_found(given) == {[_message(bad), "likely", [bad[2]]]}
	}
	_found(_alone([_read([bad[0]])])) == {[_message(bad), "certain", [bad[2]]]}
}

test_undecided if {
	every value in ["⟨*Arn@unit⟩", _arn("⟨Name@unit⟩"), _arn("⟨*Name@unit⟩")] {
		given := _used([_read([value])])
		rule.findings == set() with input as given
		undecided := rule.unverified with input as given
		{one.reason | some one in undecided} == {sprintf("can't tell whether `%s` matches a secret", [value])}
	}
}
