package rules.job_definition["secret-read-allowed_test"]

import data.lib.mocks
import data.rules.job_definition["secret-read-allowed"] as rule

_full := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_partial := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"

_declared := mocks.secret_arn("Db", "db")

# A job whose role has these statements and that names one secret.
_case(value, statements) := _with(value, mocks.role("ExecutionRole", statements), {}, {})

_with(value, role, reached, given) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", value, 11, given)],
		"execution_role": mocks.role_of(role),
	})]),
	object.union({"roles": [role]}, reached),
)

_of_db(statements, given) := _with(
	sprintf("%s:password::", [_declared]),
	mocks.role("ExecutionRole", statements),
	{"secrets": [mocks.secret("Db", given)]},
	{"secret": "unit#Db"},
)

_get := "secretsmanager:GetSecretValue"

_arns(name) := sprintf("arn:aws:secretsmanager:eu-west-1:111122223333:secret:%s", [name])

_good := {
	"the same ARN": _case(_full, [mocks.allow([_get], [_full])]),
	"with selectors": _case(sprintf("%s:password::", [_full]), [mocks.allow([_get], [_full])]),
	"pattern of the suffix": _case(_full, [mocks.allow([_get], [_arns("db-??????")])]),
	"partial ARN and pattern": _case(_partial, [mocks.allow([_get], [_arns("db-??????")])]),
	"partial ARN and star": _case(_partial, [mocks.allow([_get], [_arns("db*")])]),
	"a name that looks complete": _case(_arns("db-secret"), [mocks.allow([_get], [_arns("db-secret-??????")])]),
	"action in other letters": _case(_full, [mocks.allow(["SecretsManager:getsecretvalue"], ["*"])]),
	"actions with a wildcard": _case(_full, [mocks.allow(["secretsmanager:Get*"], ["*"])]),
	"all actions": _case(_full, [mocks.allow(["*"], ["arn:aws:secretsmanager:*"])]),
	"not another action": _case(_full, [mocks.statement("Allow", [], ["*"], {
		"actions": null,
		"not_actions": [mocks.text("iam:*", 0)],
	})]),
	"not another resource": _case(_full, [mocks.statement("Allow", [_get], [], {
		"resources": null,
		"not_resources": [mocks.text(_arns("web-*"), 0)],
	})]),
	"over HTTPS": _case(_full, [mocks.statement("Allow", [_get], ["*"], {"conditions": [mocks.condition(
		"Bool",
		"aws:SecureTransport",
		"true",
	)]})]),
	"in its Region": _case(_full, [mocks.statement("Allow", [_get], ["*"], {"conditions": [mocks.condition(
		"StringEquals",
		"aws:RequestedRegion",
		"eu-west-1",
	)]})]),
	"a conditional Deny": _case(_full, [
		mocks.allow([_get], ["*"]),
		mocks.statement("Deny", ["*"], ["*"], {"conditions": [mocks.condition("Bool", "aws:SecureTransport", "false")]}),
	]),
	"a Deny of something else": _case(_full, [
		mocks.allow([_get], ["*"]),
		mocks.statement("Deny", [_get], [_arns("web-*")], {}),
	]),
	"declared secret": _of_db([mocks.allow([_get], [_declared])], {}),
	"declared secret by name, partition written out": _of_db(
		[mocks.allow([_get], ["arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-*"])],
		{},
	),
	"declared secret, literal reference": _with(
		_partial,
		mocks.role("ExecutionRole", [mocks.allow([_get], [_declared])]),
		{"secrets": [mocks.secret("Db", {})]},
		{"secret": "unit#Db"},
	),
	"the secret's own policy": _of_db([], {"statements": [mocks.allow_principal(
		"arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩",
		[_get],
	)]}),
	"the secret's own policy for everybody of the account": _of_db([], {"statements": [object.union(
		mocks.allow_principal("*", [_get]),
		{"conditions": [mocks.condition("StringEquals", "aws:PrincipalAccount", "⟨AWS.AccountId⟩")]},
	)]}),
	"parameter": _case("/prod/db", []),
	"no role": mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("A", _full, 11, {})]})]), {}),
	"a value that is not known": _case("⟨*SecretArn@unit⟩:password::", [mocks.allow(["ssm:GetParameters"], ["*"])]),
	"a role and a value that are not known": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("A", "⟨*SecretArn@unit⟩", 11, {})],
			"execution_role": mocks.role_elsewhere("⟨*Role@unit⟩"),
		})]),
		{},
	),
}

# Cases with the end of the message.
_bad := {
	"nothing": [_case(_full, []), _full],
	"other action": [_case(_full, [mocks.allow(["secretsmanager:DescribeSecret"], ["*"])]), _full],
	"literal name without suffix": [_case(_partial, [mocks.allow([_get], [_partial])]), _partial],
	"selectors in the resource": [
		_case(sprintf("%s:password::", [_full]), [mocks.allow([_get], [sprintf("%s:password::", [_full])])]),
		_full,
	],
	"other secret": [_case(_full, [mocks.allow([_get], [_arns("web-*")])]), _full],
	"other Region": [_case(_full, [mocks.allow([_get], ["arn:aws:secretsmanager:us-east-1:*:secret:db-*"])]), _full],
	"other declared secret": [_of_db([mocks.allow([_get], [mocks.secret_arn("Web", "⟨Web.name@unit⟩")])], {}), _declared],
	"every secret but this": [
		_case(_full, [mocks.statement("Allow", [_get], [], {
			"resources": null,
			"not_resources": [mocks.text(_arns("db-*"), 0)],
		})]),
		_full,
	],
	"the account as principal": [
		_of_db([], {"statements": [mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:root", [_get])]}),
		_declared,
	],
	"a secret that may not be there": [
		_of_db([], {"unseen": [mocks.unseen("existence", "the condition IsProd is not known", 0)]}),
		_declared,
	],
	"another Region's condition": [
		_case(_full, [mocks.statement("Allow", [_get], ["*"], {"conditions": [mocks.condition(
			"StringEquals",
			"aws:RequestedRegion",
			"us-east-1",
		)]})]),
		_full,
	],
}

_role_elsewhere := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("A", _full, 11, {}), mocks.reference("B", _arns("web"), 12, {})],
		"execution_role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs"),
	})]),
	{},
)

_incomplete(statements) := _with(
	_full,
	object.union(mocks.role("ExecutionRole", statements), {
		"complete": false,
		"unseen": [mocks.unseen("policies", "the managed policy X is not in these files", 0)],
	}),
	{},
	{},
)

_undecided := {
	"condition": [
		_case(_full, [mocks.statement("Allow", [_get], ["*"], {"conditions": [
			mocks.condition("StringEquals", "aws:ResourceTag/team", "a"),
			mocks.condition("StringEquals", "aws:RequestedRegion", "eu-west-1"),
		]})]),
		"it depends on the condition aws:ResourceTag/team",
	],
	"resource that is not known": [
		_case(_full, [mocks.allow([_get], ["⟨*SecretArn@unit⟩"])]),
		"it is not known whether ⟨*SecretArn@unit⟩ stands for it",
	],
	"action that is not known": [
		_case(_full, [mocks.allow(["⟨*Actions@unit⟩"], ["*"])]),
		"it is not known whether ⟨*Actions@unit⟩ includes the action",
	],
	"statement that may not be there": [
		_case(_full, [mocks.statement("Allow", [_get], ["*"], {"maybe": mocks.cause("the condition IsProd is not known")})]),
		"the condition IsProd is not known",
	],
	"Deny that may be about it": [
		_case(_full, [
			mocks.allow([_get], ["*"]),
			mocks.statement("Deny", [_get], ["⟨*SecretArn@unit⟩"], {}),
		]),
		"a Deny may take it away, and it is not known whether ⟨*SecretArn@unit⟩ stands for it",
	],
	"incomplete role": [_incomplete([]), "the managed policy X is not in these files"],
	"data source": [
		_of_db([mocks.allow([_get], [mocks.secret_arn("data.aws_secretsmanager_secret.db", "⟨x@unit⟩")])], {}),
		sprintf("it is not known whether %s stands for it", [mocks.secret_arn("data.aws_secretsmanager_secret.db", "⟨x@unit⟩")]),
	],
	"policy of the secret that is not seen": [
		_of_db([], {"unseen": [mocks.unseen("policy", "the policy of Db is not known", 0)]}),
		"the policy of Db is not known",
	],
	"principal that is not known": [
		_of_db([], {"statements": [mocks.allow_principal("⟨*Principal@unit⟩", [_get])]}),
		"it is not known whether the policy names the role",
	],
}

_special := {
	"role elsewhere": _role_elsewhere,
	"incomplete role that may": _incomplete([mocks.allow([_get], ["*"])]),
	"denied": _case(_full, [mocks.allow([_get], ["*"]), mocks.statement("Deny", ["secretsmanager:*"], ["*"], {"at": 51})]),
	"denied by the secret": _of_db([mocks.allow([_get], ["*"])], {"statements": [mocks.statement("Deny", ["*"], ["*"], {
		"at": 51,
		"principals": [{"type": "*", "values": [mocks.text("*", 0)]}],
	})]}),
	"job role may": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("DB_PASSWORD", _full, 11, {})],
			"execution_role": mocks.role_of(mocks.role("ExecutionRole", [])),
			"job_role": mocks.role_of(mocks.role("JobRole", [])),
		})]),
		{"roles": [mocks.role("ExecutionRole", []), mocks.role("JobRole", [mocks.allow([_get], ["*"])])]},
	),
	"two of one secret": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [
				mocks.reference("DB_PASSWORD", sprintf("%s:password::", [_full]), 11, {}),
				mocks.reference("DB_USER", sprintf("%s:user::", [_full]), 12, {}),
			],
			"execution_role": mocks.role_of(mocks.role("ExecutionRole", [])),
		})]),
		{"roles": [mocks.role("ExecutionRole", [])]},
	),
	"nothing for a value that is not known": _case("⟨*SecretArn@unit⟩:password::", [mocks.allow(["logs:*"], ["*"])]),
	"nothing for a secret whose name is not known": _case(_arns("⟨*Name@unit⟩"), [mocks.allow(["logs:*"], ["*"])]),
	"a name that its suffix is part of": _with(
		_arns("db-secret"),
		mocks.role("ExecutionRole", [mocks.allow([_get], [_arns("db-secret")])]),
		{"secrets": [mocks.secret("Db", {"name": mocks.text("db-secret", 0)})]},
		{"secret": "unit#Db"},
	),
	"pattern of another length": _case(_arns("db-secret"), [mocks.allow([_get], [_arns("db-secret-AbCdEf")])]),
}

cases := object.union_n([
	_good,
	_special,
	{name: bad[0] | some name, bad in _bad},
	{name: undecided[0] | some name, undecided in _undecided},
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
		[findings, unverified] := _judged(cases[name])
		unverified == set()
		{one.message | some one in findings} == {sprintf(
			"DB_PASSWORD can't be read: no statement of ExecutionRole allows secretsmanager:GetSecretValue on %s.",
			[bad[1]],
		)}
		{one.confidence | some one in findings} == {"certain"}
	}
}

test_undecided if {
	every name, undecided in _undecided {
		[findings, unverified] := _judged(cases[name])
		findings == set()
		reasons := {one.reason | some one in unverified}
		count(reasons) == 1
		every reason in reasons { endswith(reason, concat("", [" can't be told: ", undecided[1]])) }
	}
}

test_the_finding_says_what_to_write if {
	[findings, _] := _judged(cases["two of one secret"])
	findings == {{
		"rule": "secret-read-allowed",
		"severity": "error",
		"confidence": "certain",
		"message": sprintf("DB_PASSWORD and DB_USER can't be read: no statement of ExecutionRole allows %s on %s.", [_get, _full]),
		"remedy": {
			"text": "Add this statement to a policy of the execution role.",
			"replacement": null,
			"statement": {"actions": [_get], "resources": [_full], "at": 4},
		},
		"at": 11,
		"related": [],
		"references": ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"],
		"names": ["arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩", _full],
	}}
}

test_the_statement_has_the_suffix_of_a_partial_arn if {
	[findings, _] := _judged(cases["literal name without suffix"])
	{one.remedy.statement.resources | some one in findings} == {[_arns("db-??????")]}
	{one.related | some one in findings} == {[{"message": sprintf("%s is allowed on %s only", [_get, _partial]), "at": 5}]}
}

test_a_role_elsewhere_is_said_once if {
	_judged(cases["role elsewhere"]) == [set(), {{
		"rule": "secret-read-allowed",
		"reason": "the execution role arn:aws:iam::111122223333:role/jobs is not in these files",
		"at": 3,
		"references": ["containerProperties.secrets.A", "containerProperties.secrets.B"],
	}}]
}

test_an_incomplete_role_may_prove_a_grant if _judged(cases["incomplete role that may"]) == [set(), set()]

test_a_deny_wins if {
	every name in ["denied", "denied by the secret"] {
		[findings, unverified] := _judged(cases[name])
		unverified == set()
		{one.related | some one in findings} == {[{"message": "this Deny is about it", "at": 51}]}
		every one in findings { startswith(one.message, "DB_PASSWORD can't be read: a Deny takes secretsmanager:GetSecretValue on ") }
	}
}

test_a_role_that_has_it_in_vain_is_named if {
	[findings, _] := _judged(cases["job role may"])
	every one in findings {
		endswith(one.message, "; JobRole may, but AWS Batch reads secrets with the execution role.")
	}
	count(findings) == 1
}

test_no_permission_at_all_for_something_unknown_is_likely if {
	[findings, unverified] := _judged(cases["nothing for a value that is not known"])
	unverified == set()
	{[one.confidence, one.message, one.remedy.statement.resources] | some one in findings} == {[
		"likely",
		"DB_PASSWORD can't be read: no statement of ExecutionRole allows secretsmanager:GetSecretValue or ssm:GetParameters on ⟨*SecretArn@unit⟩.",
		["⟨*SecretArn@unit⟩"],
	]}
}

test_what_is_known_to_be_a_secret_is_certain if {
	[findings, _] := _judged(cases["nothing for a secret whose name is not known"])
	{one.confidence | some one in findings} == {"certain"}
}

test_a_declared_name_is_no_suffix if {
	[findings, _] := _judged(cases["a name that its suffix is part of"])
	count(findings) == 1
}
