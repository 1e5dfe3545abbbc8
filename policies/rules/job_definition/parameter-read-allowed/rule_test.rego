package rules.job_definition["parameter-read-allowed_test"]

import data.lib.mocks
import data.rules.job_definition["parameter-read-allowed"] as rule

_arn := "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db"

_own := "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/prod/db"

_get := "ssm:GetParameters"

_case(value, statements) := _with(value, statements, {}, {})

_with(value, statements, reached, given) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", value, 11, given)],
		"execution_role": mocks.role_of(mocks.role("ExecutionRole", statements)),
	})]),
	object.union({"roles": [mocks.role("ExecutionRole", statements)]}, reached),
)

_declared(statements) := _with(
	"/prod/db",
	statements,
	{"parameters": [mocks.parameter("Db", "/prod/db", {})]},
	{"parameter": "unit#Db"},
)

_good := {
	"ARN": _case(_arn, [mocks.allow([_get], [_arn])]),
	"version": _case(sprintf("%s:3", [_arn]), [mocks.allow([_get], [_arn])]),
	"path": _case(_arn, [mocks.allow([_get], ["arn:aws:ssm:*:*:parameter/prod/*"])]),
	"all reads": _case(_arn, [mocks.allow(["ssm:Get*"], ["*"])]),
	"name": _case("/prod/db", [mocks.allow([_get], ["arn:aws:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/prod/db"])]),
	"declared": _declared([mocks.allow([_get], [_own])]),
	"through a secret's name": _case(
		"/aws/reference/secretsmanager/db",
		[mocks.allow([_get], ["arn:aws:ssm:*:*:parameter/aws/reference/secretsmanager/db"])],
	),
}

# References that are no question of this rule.
_not_asked := {"secret": _case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", [])}

# Statements, the end of the message, and the resource to write.
_bad := {
	"nothing": [_case(_arn, []), sprintf("`%s`", [_arn]), [_arn]],
	"the other action": [_case(_arn, [mocks.allow(["ssm:GetParameter"], ["*"])]), sprintf("`%s`", [_arn]), [_arn]],
	"other path": [_case(_arn, [mocks.allow([_get], ["arn:aws:ssm:*:*:parameter/test/*"])]), sprintf("`%s`", [_arn]), [_arn]],
	"declared": [_declared([]), "`Db`", [_own]],
	"name that is a path": [_case("/prod/db", []), "the parameter of `DB_PASSWORD`", [_own]],
}

_special := {
	"bad declared": _bad.declared[0],
	"pasted secret": _case("hunter2", []),
	"role elsewhere": mocks.with_holes(
		mocks.job_case(
			mocks.job([mocks.container({
				"secrets": [mocks.reference("DB_PASSWORD", "/prod/db", 11, {})],
				"execution_role": mocks.role_elsewhere("⟨*Role@unit⟩"),
			})]),
			{},
		),
		{"Role@unit": mocks.parameter_hole("Role")},
	),
	"literal Region": _case("/prod/db", [mocks.allow([_get], [_arn])]),
	"denied": _case(_arn, [mocks.allow([_get], ["*"]), mocks.statement("Deny", ["*"], [_arn], {"at": 51})]),
}

cases := object.union_n([
	_special,
	_not_asked,
	{name: good | some name, good in _good},
	{sprintf("bad: %s", [name]): bad[0] | some name, bad in _bad},
])

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_good if {
	every _, given in _good {
		[findings, unverified, proofs] := _judged(given)
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {["containerProperties.secrets.DB_PASSWORD"]}
	}
}

test_what_is_no_question_has_no_answer if {
	every _, given in _not_asked {
		_judged(given) == [set(), set(), set()]
		answered := rule.applies with input as given
		answered == set()
	}
}

test_bad if {
	every name, bad in _bad {
		_judged(cases[sprintf("bad: %s", [name])]) == [
			{{
				"rule": "parameter-read-allowed",
				"severity": "error",
				"confidence": "certain",
				"message": sprintf("`DB_PASSWORD` can't be read: no statement of `ExecutionRole` allows `ssm:GetParameters` on %s.", [bad[1]]),
				"remedy": {
					"text": "Allow `ssm:GetParameters` on the parameter in a policy of the execution role.",
					"edits": [],
					"add": {"actions": [_get], "resources": bad[2], "at": 4},
				},
				"at": 11,
				"related": _elsewhere(name),
				"references": ["containerProperties.secrets.DB_PASSWORD"],
				"names": [
					"arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩",
					object.get({"declared": _own, "name that is a path": _own}, name, _arn),
				],
				"assumes": [],
			}},
			set(),
			set(),
		]
	}
}

_elsewhere("other path") := [{"message": "`ssm:GetParameters` is allowed on `arn:aws:ssm:*:*:parameter/test/*` only", "at": 5}]

_elsewhere(name) := [] if name != "other path"

test_what_may_be_a_secret_is_not_repeated if {
	[findings, _, _] := _judged(cases["pasted secret"])
	count(findings) == 1
	every one in findings {
		not contains(json.marshal(object.remove(one, ["names"])), "hunter2")
		one.remedy.add == null
	}
}

test_no_statement_is_written_for_a_broken_arn if {
	[findings, _, _] := _judged(_case("arn:aws:ssm:eu-west-1::parameter/prod/db", []))
	{one.remedy.add | some one in findings} == {null}
}

test_a_broken_arn_names_nothing_that_a_statement_may_be_for if {
	[findings, unverified, _] := _judged(_case(
		"arn:aws:ssm:eu-west-1::parameter/prod/db",
		[mocks.allow([_get], ["arn:aws:ssm:eu-west-1:*:parameter/prod/*"])],
	))
	findings == set()
	{one.cause | some one in unverified} == {{"kind": "broken-reference", "name": "`DB_PASSWORD`", "unit": null}}
}

test_a_role_elsewhere_is_unverified if {
	[_, unverified, _] := _judged(cases["role elsewhere"])
	{one.cause | some one in unverified} == {{"kind": "parameter", "name": "Role", "unit": "unit"}}
}

test_the_region_of_a_name_is_not_known if {
	[findings, unverified, _] := _judged(cases["literal Region"])
	findings == set()
	{[one.reason, one.cause] | some one in unverified} == {[
		"can't tell whether `ExecutionRole` may read the parameter of `DB_PASSWORD`",
		{"kind": "deployment", "name": "AWS::Region", "unit": null},
	]}
}

test_a_deny_wins if {
	[findings, _, _] := _judged(cases.denied)
	{one.message | some one in findings} == {sprintf(
		"`DB_PASSWORD` can't be read: an explicit Deny blocks `%s` for `ExecutionRole` on `%s`.",
		[_get, _arn],
	)}
}

test_a_proof_shows_the_statement if {
	[_, _, proofs] := _judged(_case(_arn, [mocks.allow([_get], [_arn])]))
	proofs == {{
		"rule": "parameter-read-allowed",
		"at": 5,
		"because": sprintf("a statement of `ExecutionRole` allows `%s` on `%s`", [_get, _arn]),
		"references": ["containerProperties.secrets.DB_PASSWORD"],
		"assumes": ["no-organization-policy", "one-deployment"],
	}}
}
