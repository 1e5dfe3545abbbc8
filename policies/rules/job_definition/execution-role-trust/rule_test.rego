package rules.job_definition["execution-role-trust_test"]

import data.lib.mocks
import data.rules.job_definition["execution-role-trust"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_service(name, given) := object.union(
	mocks.statement("Allow", ["sts:AssumeRole"], [], {
		"resources": null,
		"principals": [{"type": "Service", "values": [mocks.text(name, 51)]}],
		"at": 50,
	}),
	given,
)

_case(trust, given) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", _arn, 11, {}), mocks.reference("DB_USER", _arn, 12, {})],
		"execution_role": mocks.role_of(role),
	})]),
	{"roles": [role]},
) if {
	role := object.union(object.union(mocks.role("ExecutionRole", []), {"trust": trust}), given)
}

_condition(operator, key, value) := {"conditions": [mocks.condition(operator, key, value)]}

_everybody := {"principals": [{"type": "*", "values": [mocks.text("*", 0)]}]}

_good := {
	"ecs-tasks": _case([_service("ecs-tasks.amazonaws.com", {})], {}),
	"one of several": _case([_service("batch.amazonaws.com", {}), _service("ecs-tasks.amazonaws.com", {"at": 50})], {}),
	"every action": _case([_service("ecs-tasks.amazonaws.com", {"actions": [mocks.text("sts:*", 0)]})], {}),
	"for this account only": _case(
		[_service("ecs-tasks.amazonaws.com", _condition("StringEquals", "aws:SourceAccount", "111122223333"))],
		{},
	),
	"a Deny for other accounts": _case(
		[
			_service("ecs-tasks.amazonaws.com", {}),
			object.union(
				_service("ecs-tasks.amazonaws.com", {"effect": mocks.text("Deny", 0)}),
				_condition("StringNotEquals", "aws:SourceAccount", "111122223333"),
			),
		],
		{},
	),
	"an incomplete trust policy": _case(
		[_service("ecs-tasks.amazonaws.com", {})],
		{"unseen": [mocks.unseen("trust", "a statement is not known", 0)]},
	),
}

_bad := {
	"batch": _case([_service("batch.amazonaws.com", {})], {}),
	"ecs": _case([_service("ecs.amazonaws.com", {})], {}),
	"nobody": _case([], {}),
	"an account": _case([_service("", {"principals": [{"type": "AWS", "values": [mocks.text("111122223333", 0)]}]})], {}),
	"another action": _case([_service("ecs-tasks.amazonaws.com", {"actions": [mocks.text("sts:TagSession", 0)]})], {}),
	"an external id": _case([_service("ecs-tasks.amazonaws.com", _condition("StringEquals", "sts:ExternalId", "x"))], {}),
	"denied": _case(
		[_service("ecs-tasks.amazonaws.com", {}), _service("", object.union(_everybody, {"effect": mocks.text("Deny", 0)}))],
		{},
	),
}

# Cases with their cause.
_undecided := {
	"a job of another service": [
		_case([_service("ecs-tasks.amazonaws.com", _condition("ArnLike", "aws:SourceArn", "arn:aws:batch:*:*:*"))], {}),
		{"kind": "iam-condition", "name": "aws:SourceArn", "unit": null},
	],
	"another account": [
		object.union(
			_case([_service("ecs-tasks.amazonaws.com", _condition("StringEquals", "aws:SourceAccount", "999988887777"))], {}),
			{"deployment": {"partition": "aws", "region": "eu-west-1", "account": "111122223333"}},
		),
		{"kind": "iam-condition", "name": "aws:SourceAccount", "unit": null},
	],
	"another account than the ARN of the role has": [
		_case(
			[_service("ecs-tasks.amazonaws.com", _condition("StringEquals", "aws:SourceAccount", "999988887777"))],
			{"arn": mocks.text("arn:aws:iam::111122223333:role/ExecutionRole", 0)},
		),
		{"kind": "iam-condition", "name": "aws:SourceAccount", "unit": null},
	],
	"a job of another account": [
		_case(
			[_service("ecs-tasks.amazonaws.com", _condition("ArnLike", "aws:SourceArn", "arn:aws:ecs:*:999988887777:*"))],
			{"arn": mocks.text("arn:aws:iam::111122223333:role/ExecutionRole", 0)},
		),
		{"kind": "iam-condition", "name": "aws:SourceArn", "unit": null},
	],
	"a trust policy that is not in the files": [_case(null, {}), {"kind": "trust", "name": "ExecutionRole", "unit": "unit"}],
	"a service that is not known": [
		mocks.with_holes(_case([_service("⟨*Service⟩", {})], {}), {"Service": mocks.parameter_hole("Service")}),
		{"kind": "parameter", "name": "Service", "unit": "unit"},
	],
	"an incomplete trust policy without it": [
		_case([], {"unseen": [mocks.unseen("trust", "a statement is not known", 0)]}),
		{"kind": "other", "name": "a statement is not known", "unit": null},
	],
	"a condition": [
		_case([_service("ecs-tasks.amazonaws.com", _condition("StringEquals", "aws:SourceOrgID", "o-1"))], {}),
		{"kind": "iam-condition", "name": "aws:SourceOrgID", "unit": null},
	],
	"a role that is not in the files": [
		mocks.job_case(
			mocks.job([mocks.container({
				"secrets": [mocks.reference("DB_PASSWORD", _arn, 11, {}), mocks.reference("DB_USER", _arn, 12, {})],
				"execution_role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs"),
			})]),
			{},
		),
		{"kind": "role", "name": "arn:aws:iam::111122223333:role/jobs", "unit": null},
	],
}

cases := object.union_n([_good, _bad, {name: undecided[0] | some name, undecided in _undecided}])

_ids := ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"]

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_good if {
	every name, _ in _good {
		_judged(cases[name]) == [set(), set(), {{
			"rule": "execution-role-trust",
			"at": 50,
			"because": "`ExecutionRole` trusts `ecs-tasks.amazonaws.com`",
			"references": _ids,
			"assumes": [],
		}}]
	}
}

test_bad if {
	every name, _ in _bad {
		[findings, unverified, proofs] := _judged(cases[name])
		[unverified, proofs] == [set(), set()]
		count(findings) == 1
		every one in findings {
			one.confidence == "certain"
			one.references == _ids
			startswith(one.message, "`DB_PASSWORD` and `DB_USER` can't be read: `ExecutionRole` does not trust `ecs-tasks.amazonaws.com`")
		}
	}
}

test_the_only_principal_is_named if {
	[findings, _, _] := _judged(cases.batch)
	{[one.message, one.at, one.related] | some one in findings} == {[
		"`DB_PASSWORD` and `DB_USER` can't be read: `ExecutionRole` does not trust `ecs-tasks.amazonaws.com`, only `batch.amazonaws.com`.",
		50,
		[{"message": "the execution role of this job", "at": 3}],
	]}
}

test_undecided if {
	every name, undecided in _undecided {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{[one.cause, one.references] | some one in unverified} == {[undecided[1], _ids]}
	}
}

test_nothing_is_asked_without_a_role if {
	given := mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", _arn, 11, {})]})]), {})
	_judged(given) == [set(), set(), set()]
	answered := rule.applies with input as given
	answered == set()
}
