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
	"secret": _case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", []),
}

# Statements, the end of the message, and the resource to write.
_bad := {
	"nothing": [_case(_arn, []), _arn, [_arn]],
	"the other action": [_case(_arn, [mocks.allow(["ssm:GetParameter"], ["*"])]), _arn, [_arn]],
	"other path": [_case(_arn, [mocks.allow([_get], ["arn:aws:ssm:*:*:parameter/test/*"])]), _arn, [_arn]],
	"declared": [_declared([]), "Db", [_own]],
	"name that is a path": [_case("/prod/db", []), "the parameter named by DB_PASSWORD", [_own]],
}

_special := {
	"bad declared": _bad.declared[0],
	"pasted secret": _case("hunter2", []),
	"role elsewhere": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("DB_PASSWORD", "/prod/db", 11, {})],
			"execution_role": mocks.role_elsewhere("⟨*Role@unit⟩"),
		})]),
		{},
	),
	"literal Region": _case("/prod/db", [mocks.allow([_get], [_arn])]),
	"denied": _case(_arn, [mocks.allow([_get], ["*"]), mocks.statement("Deny", ["*"], [_arn], {"at": 51})]),
}

cases := object.union_n([
	_special,
	{name: good | some name, good in _good},
	{sprintf("bad: %s", [name]): bad[0] | some name, bad in _bad},
])

_judged(given) := [findings, unverified] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
}

test_good if {
	every name, _ in _good { _judged(cases[name]) == [set(), set()] }
}

test_bad if {
	every name, bad in _bad {
		_judged(cases[sprintf("bad: %s", [name])]) == [
			{{
				"rule": "parameter-read-allowed",
				"severity": "error",
				"confidence": "certain",
				"message": sprintf("DB_PASSWORD can't be read: no statement of ExecutionRole allows ssm:GetParameters on %s.", [bad[1]]),
				"remedy": {
					"text": "Add this statement to a policy of the execution role.",
					"replacement": null,
					"statement": {"actions": [_get], "resources": bad[2], "at": 4},
				},
				"at": 11,
				"related": _elsewhere(name),
				"references": ["containerProperties.secrets.DB_PASSWORD"],
				"names": [
					"arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩",
					object.get({"declared": _own, "name that is a path": _own}, name, _arn),
				],
			}},
			set(),
		]
	}
}

_elsewhere("other path") := [{"message": "ssm:GetParameters is allowed on arn:aws:ssm:*:*:parameter/test/* only", "at": 5}]

_elsewhere(name) := [] if name != "other path"

test_what_may_be_a_secret_is_not_repeated if {
	[findings, _] := _judged(cases["pasted secret"])
	count(findings) == 1
	every one in findings {
		not contains(json.marshal(object.remove(one, ["names"])), "hunter2")
		one.remedy.statement == null
	}
}

test_a_role_elsewhere_is_unverified if {
	[_, unverified] := _judged(cases["role elsewhere"])
	{one.reason | some one in unverified} == {"the execution role ⟨*Role@unit⟩ is not known from these files"}
}

test_the_region_of_a_name_is_not_known if {
	[findings, unverified] := _judged(cases["literal Region"])
	findings == set()
	{one.reason | some one in unverified} == {sprintf(
		"whether ExecutionRole may read the parameter named by DB_PASSWORD can't be told: it is not known whether %s stands for it",
		[_arn],
	)}
}

test_a_deny_wins if {
	[findings, _] := _judged(cases.denied)
	{one.message | some one in findings} == {sprintf("DB_PASSWORD can't be read: a Deny takes %s on %s away from ExecutionRole.", [_get, _arn])}
}
