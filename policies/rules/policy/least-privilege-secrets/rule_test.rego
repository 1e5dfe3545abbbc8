package rules.policy["least-privilege-secrets_test"]

import data.lib.mocks
import data.rules.policy["least-privilege-secrets"] as rule

_arn(name) := sprintf("arn:aws:secretsmanager:eu-west-1:111122223333:secret:%s", [name])

_reader := {
	"reference": "r",
	"job_definition": "unit#Job",
	"job": "Job",
	"label": "DB_PASSWORD",
	"service": "secretsmanager",
	"at": 0,
}

_case(statement, readers) := object.union(
	mocks.policy_case([statement], {"batch": true, "roles": ["unit#Role"]}),
	{"readers": readers},
)

_read(actions, resources) := _case(mocks.allow(actions, resources), [_reader])

_get := ["secretsmanager:GetSecretValue"]

_if(key) := _case(
	mocks.statement("Allow", _get, ["*"], {"conditions": [mocks.condition("StringEquals", key, "data")]}),
	[_reader],
)

_good := {
	"ARN": _read(_get, [_arn("db-??????")]),
	"prefix": _read(_get, [_arn("app/*")]),
	"of jobs that read nothing": _case(mocks.allow(_get, ["*"]), []),
	"of jobs that read parameters": _case(mocks.allow(_get, ["*"]), [object.union(_reader, {"service": "ssm"})]),
	"other action": _read(["secretsmanager:ListSecrets"], ["*"]),
	"everything else": _read(["secretsmanager:*"], ["arn:aws:s3:::*"]),
	"by tag": _if("secretsmanager:ResourceTag/team"),
	"by its own tag": _if("aws:ResourceTag/team"),
	"perhaps": _case(object.union(mocks.allow(_get, ["*"]), {"maybe": mocks.cause("Condition")}), [_reader]),
	"unknown": _read(_get, ["⟨*Arn@unit⟩"]),
}

_bad := ["*", _arn("*"), "arn:aws:secretsmanager:*", "arn:aws:secretsmanager:*:*:*", "arn:aws:*:*:*:secret:*"]

cases := object.union(_good, {value: _read(["secretsmanager:*"], [value]) | some value in _bad})

test_good if {
	every _, given in _good {
		rule.findings == set() with input as given
	}
}

test_bad if {
	every value in _bad {
		findings := rule.findings with input as _read(["secretsmanager:*"], [value])
		{one.message | some one in findings} == {sprintf(
			"`%s` is the resource of this statement, so the execution role may read every secret.",
			[value],
		)}
	}
}

test_a_condition_on_something_else_narrows_nothing if {
	findings := rule.findings with input as _if("aws:PrincipalAccount")
	count(findings) == 1
}
