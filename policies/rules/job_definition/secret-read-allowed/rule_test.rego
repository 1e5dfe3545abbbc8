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
	"a name that looks complete": _case(_arns("db-secret"), [mocks.allow([_get], [_arns("db-secret")])]),
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
	"a boundary that allows it": _limited([mocks.allow(["*"], ["*"])], true),
	"a Deny that spares the role": _of_db([mocks.allow([_get], ["*"])], {"statements": [mocks.statement("Deny", [_get], ["*"], {
		"principals": [{"type": "AWS", "values": [mocks.text("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/other", 0)]}],
	})]}),
	"two accounts, and both allow it": _of_two_accounts([mocks.allow([_get], [_full])], {"statements": [mocks.allow_principal(
		"arn:aws:iam::444455556666:root",
		[_get],
	)]}),
	"a stage that is asked for": _case(sprintf("%s::AWSPREVIOUS:", [_full]), [_if("StringEquals", "secretsmanager:VersionStage", "AWSPREVIOUS")]),
	"through Systems Manager": _case(
		"arn:aws:ssm:eu-west-1:111122223333:parameter/aws/reference/secretsmanager/db",
		[mocks.allow([_get], [_arns("db-*")])],
	),
}

# References that are no question of this rule.
_not_asked := {
	"parameter": _case("/prod/db", []),
	"no role": mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("A", _full, 11, {})]})]), {}),
}

_limited(boundary, complete) := _with(
	_full,
	object.union(mocks.role("ExecutionRole", [mocks.allow([_get], [_full])]), {"boundary": {
		"statements": boundary,
		"complete": complete,
		"cause": {false: {"kind": "policy", "name": "boundary", "unit": null}, true: null}[complete],
	}}),
	{},
	{},
)

_if(operator, key, value) := mocks.statement("Allow", [_get], ["*"], {"conditions": [mocks.condition(operator, key, value)]})

_unless(operator, key, value) := [
	mocks.allow([_get], ["*"]),
	mocks.statement("Deny", [_get], ["*"], {"at": 51, "conditions": [mocks.condition(operator, key, value)]}),
]

# The role is in another account than the secret, as the job definition names it. The secret is in the files when it is
# given.
_of_two_accounts(statements, given) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", _full, 11, {"secret": {true: null, false: "unit#Db"}[given == null]})],
		"execution_role": {"arn": mocks.text("arn:aws:iam::444455556666:role/jobs", 3), "role": role.id},
	})]),
	{
		"roles": [role],
		"secrets": [object.union(mocks.secret("Db", given), {"arn": mocks.text(_full, 7)}) | given != null],
	},
) if {
	role := mocks.role("ExecutionRole", statements)
}

# Cases with the end of the message.
_bad := {
	"nothing": [_case(_full, []), _full],
	"a condition for another service": [_case(_full, [_if("StringEquals", "kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com")]), _full],
	"other action": [_case(_full, [mocks.allow(["secretsmanager:DescribeSecret"], ["*"])]), _full],
	"literal name without suffix": [_case(_partial, [mocks.allow([_get], [_partial])]), _partial],
	"selectors in the resource": [
		_case(sprintf("%s:password::", [_full]), [mocks.allow([_get], [sprintf("%s:password::", [_full])])]),
		_full,
	],
	"other secret": [_case(_full, [mocks.allow([_get], [_arns("web-*")])]), _full],
	"other Region": [_case(_full, [mocks.allow([_get], ["arn:aws:secretsmanager:us-east-1:*:secret:db-*"])]), _full],
	"a name that looks complete": [_case(_arns("db-secret"), [mocks.allow([_get], [_arns("db-secret-??????")])]), _arns("db-secret")],
	"other declared secret": [
		mocks.with_holes(
			_of_db([mocks.allow([_get], [mocks.secret_arn("Web", "⟨Web.name@unit⟩")])], {}),
			{"Web@unit": mocks.hole("Web", {"origin": {"kind": "attribute"}, "identifies": "unit#Web"})},
		),
		_declared,
	],
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

# Denied by the condition's own context, or by a boundary.
_denied := {
	"in every Region": _case(_full, _unless("StringEquals", "aws:RequestedRegion", "eu-west-1")),
	"outside other accounts": _case(_full, _unless("StringNotEquals", "aws:ResourceAccount", "999999999999")),
	"whoever is no user": _case(_full, _unless("Null", "aws:username", "true")),
	"the account": _of_db([mocks.allow([_get], ["*"])], {"statements": [mocks.statement("Deny", [_get], ["*"], {
		"at": 51,
		"principals": [{"type": "AWS", "values": [mocks.text("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:root", 0)]}],
	})]}),
	"everybody but another role": _of_db([mocks.allow([_get], ["*"])], {"statements": [mocks.statement("Deny", [_get], ["*"], {
		"at": 51,
		"not_principals": [{"type": "AWS", "values": [mocks.text("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/admin", 0)]}],
	})]}),
	"by the boundary": _limited([mocks.allow(["*"], ["*"]), mocks.statement("Deny", [_get], ["*"], {"at": 51})], true),
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

_cause(kind, name) := {"kind": kind, "name": name, "unit": null}

_parameter(name) := {"kind": "parameter", "name": name, "unit": "unit"}

_knowing(names, given) := mocks.with_holes(given, {inside: mocks.parameter_hole(split(inside, "@")[0]) | some inside in names})

# Cases with what is not known.
_undecided := {
	"condition": [
		_case(_full, [mocks.statement("Allow", [_get], ["*"], {"conditions": [
			mocks.condition("StringEquals", "aws:ResourceTag/team", "a"),
			mocks.condition("StringEquals", "aws:RequestedRegion", "eu-west-1"),
		]})]),
		_cause("iam-condition", "aws:ResourceTag/team"),
	],
	"condition of a Deny": [
		_case(_full, _unless("StringNotEquals", "aws:SourceVpce", "vpce-1")),
		_cause("iam-condition", "aws:SourceVpce"),
	],
	"operator that is not known": [
		_case(_full, _unless("⟨*Operator⟩", "aws:RequestedRegion", "us-east-1")),
		_cause("iam-condition", "aws:RequestedRegion"),
	],
	"a stage where none is selected": [
		_case(_full, [_if("StringEquals", "secretsmanager:VersionStage", "AWSCURRENT")]),
		_cause("iam-condition", "secretsmanager:VersionStage"),
	],
	"policy variable": [
		_case(_full, [mocks.allow([_get], [_arns("${aws:PrincipalTag/team}/*")])]),
		_cause("iam-element", "${aws:PrincipalTag/team}"),
	],
	"policy variable where none is told to work": [
		_case(_full, [mocks.allow([_get], ["arn:aws:secretsmanager:*:${aws:ResourceAccount}:secret:db-*"])]),
		_cause("iam-element", "${aws:ResourceAccount}"),
	],
	"resource that is not known": [
		_knowing(["SecretArn@unit"], _case(_full, [mocks.allow([_get], ["⟨*SecretArn@unit⟩"])])),
		_parameter("SecretArn"),
	],
	"action that is not known": [
		_knowing(["Actions@unit"], _case(_full, [mocks.allow(["⟨*Actions@unit⟩"], ["*"])])),
		_parameter("Actions"),
	],
	"statement that may not be there": [
		_case(_full, [mocks.statement("Allow", [_get], ["*"], {"maybe": mocks.cause("the condition IsProd is not known")})]),
		_cause("other", "the condition IsProd is not known"),
	],
	"Deny that may be about it": [
		_knowing(["SecretArn@unit"], _case(_full, [
			mocks.allow([_get], ["*"]),
			mocks.statement("Deny", [_get], ["⟨*SecretArn@unit⟩"], {}),
		])),
		_parameter("SecretArn"),
	],
	"Deny that may be about it, and a secret that allows it": [
		_knowing(["Locked@unit"], _of_db([mocks.statement("Deny", [_get], ["⟨*Locked@unit⟩"], {})], {"statements": [mocks.allow_principal(
			"arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩",
			[_get],
		)]})),
		_parameter("Locked"),
	],
	"incomplete role": [_incomplete([]), _cause("other", "the managed policy X is not in these files")],
	"boundary that is not in the files": [_limited([], false), _cause("policy", "boundary")],
	"a name that may end in the random characters": [
		_knowing(["Name@unit"], _case(_arns("app/⟨Name@unit⟩"), [mocks.allow([_get], [_arns("app/⟨Name@unit⟩")])])),
		_parameter("Name"),
	],
	"a secret that somebody pinned": [
		_of_db([mocks.allow([_get], ["arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-AbCdEf"])], {}),
		_cause("same-secret", "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-AbCdEf"),
	],
	"data source": [
		mocks.with_holes(
			_of_db([mocks.allow([_get], [mocks.secret_arn("data.aws_secretsmanager_secret.db", "db")])], {}),
			{"data.aws_secretsmanager_secret.db@unit": mocks.hole("data.aws_secretsmanager_secret.db", {
				"origin": {"kind": "lookup"},
				"identifies": "unit#data.aws_secretsmanager_secret.db",
				"cause": {"kind": "lookup", "name": "data.aws_secretsmanager_secret.db", "unit": "unit"},
			})},
		),
		{"kind": "lookup", "name": "data.aws_secretsmanager_secret.db", "unit": "unit"},
	],
	"policy of the secret that is not seen": [
		_of_db([], {"unseen": [mocks.unseen("policy", "the policy of Db is not known", 0)]}),
		_cause("other", "the policy of Db is not known"),
	],
	"principal that is not known": [
		_knowing(["Principal@unit"], _of_db([], {"statements": [mocks.allow_principal("⟨*Principal@unit⟩", [_get])]})),
		_parameter("Principal"),
	],
	"Deny for everybody but the role": [
		_of_db([mocks.allow([_get], ["*"])], {"statements": [mocks.statement("Deny", [_get], ["*"], {"not_principals": [{
			"type": "AWS",
			"values": [mocks.text("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩", 0)],
		}]})]}),
		_cause("iam-element", "NotPrincipal"),
	],
	"two accounts, and the secret is not in the files": [
		_of_two_accounts([mocks.allow([_get], ["*"])], null),
		_cause("secret-policy", _full),
	],
	"two accounts, and the secret is only described": [
		_of_two_accounts([mocks.allow([_get], ["*"])], {}),
		_cause("secret-policy", _full),
	],
	"a value that is not known": [
		_knowing(["SecretArn@unit"], _case("⟨*SecretArn@unit⟩:password::", [mocks.allow(["ssm:GetParameters"], ["*"])])),
		_parameter("SecretArn"),
	],
	"a role that is not known": [
		_knowing(["Role@unit"], mocks.job_case(
			mocks.job([mocks.container({
				"secrets": [mocks.reference("DB_PASSWORD", _full, 11, {})],
				"execution_role": mocks.role_elsewhere("⟨*Role@unit⟩"),
			})]),
			{},
		)),
		_parameter("Role"),
	],
}

_special := {
	"role elsewhere": _role_elsewhere,
	"incomplete role that may": _incomplete([mocks.allow([_get], ["*"])]),
	"denied": _case(_full, [mocks.allow([_get], ["*"]), mocks.statement("Deny", ["secretsmanager:*"], ["*"], {"at": 51})]),
	"a boundary without it": _limited([mocks.allow(["s3:*", "logs:*"], ["*"])], true),
	"two accounts, and the secret does not allow it": _of_two_accounts(
		[mocks.allow([_get], ["*"])],
		{"statements": [mocks.allow_principal("arn:aws:iam::777788889999:root", [_get])]},
	),
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
	"one ARN that is found once and once not": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("DB_PASSWORD", _full, 11, {})],
			"execution_role": mocks.role_of(mocks.role("ExecutionRole", [])),
			"job_role": mocks.role_elsewhere(mocks.role("ExecutionRole", []).arn.value),
		})]),
		{"roles": [mocks.role("ExecutionRole", [mocks.allow([_get], ["*"])])]},
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
	"a broken ARN": _case("arn:aws:secretsmanager:", [mocks.allow(["logs:*"], ["*"])]),
	"pattern of another length": _case(_arns("db-secret"), [mocks.allow([_get], [_arns("db-secret-AbCdEf")])]),
}

cases := object.union_n([
	_good,
	_not_asked,
	_special,
	{sprintf("denied: %s", [name]): denied | some name, denied in _denied},
	{sprintf("bad: %s", [name]): bad[0] | some name, bad in _bad},
	{sprintf("undecided: %s", [name]): undecided[0] | some name, undecided in _undecided},
])

_id := "containerProperties.secrets.DB_PASSWORD"

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_good if {
	every _, given in _good {
		[findings, unverified, proofs] := _judged(given)
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {[_id]}
	}
}

test_bad if {
	every _, bad in _bad {
		[findings, unverified, proofs] := _judged(bad[0])
		[unverified, proofs] == [set(), set()]
		{one.message | some one in findings} == {sprintf(
			"`DB_PASSWORD` can't be read: no statement of `ExecutionRole` allows `secretsmanager:GetSecretValue` on `%s`.",
			[bad[1]],
		)}
		{one.confidence | some one in findings} == {"certain"}
	}
}

test_undecided if {
	every _, undecided in _undecided {
		[findings, unverified, proofs] := _judged(undecided[0])
		[findings, proofs] == [set(), set()]
		{[one.cause, one.references] | some one in unverified} == {[undecided[1], [_id]]}
		every one in unverified { startswith(one.reason, "can't tell whether `") }
	}
}

test_what_is_no_question_has_no_answer if {
	every _, given in _not_asked {
		_judged(given) == [set(), set(), set()]
		answered := rule.applies with input as given
		answered == set()
	}
}

test_a_proof_shows_the_statement if {
	[_, _, proofs] := _judged(_case(_full, [mocks.statement("Allow", [_get], [_full], {"sid": "ReadSecrets", "at": 51})]))
	proofs == {{
		"rule": "secret-read-allowed",
		"at": 51,
		"because": sprintf("`ReadSecrets` allows `secretsmanager:GetSecretValue` on `%s`", [_full]),
		"references": [_id],
		"assumes": ["no-organization-policy", "no-unseen-deny", "one-deployment"],
	}}
}

# A Deny of something else takes the long way to the same decision.
test_the_short_way_to_a_proof_is_the_long_one if {
	every statements in [[mocks.allow([_get], [_declared])], [mocks.allow([_get], ["*"])]] {
		apart := mocks.statement("Deny", [_get], ["arn:aws:s3:::*"], {})
		_judged(_of_db(statements, {})) == _judged(_of_db(array.concat(statements, [apart]), {}))
	}
}

test_the_finding_says_what_to_write if {
	[findings, _, _] := _judged(cases["two of one secret"])
	findings == {{
		"rule": "secret-read-allowed",
		"severity": "error",
		"confidence": "certain",
		"message": sprintf("`DB_PASSWORD` and `DB_USER` can't be read: no statement of `ExecutionRole` allows `%s` on `%s`.", [_get, _full]),
		"remedy": {
			"text": "Allow `secretsmanager:GetSecretValue` on the secret in a policy of the execution role.",
			"edits": [],
			"add": {"actions": [_get], "resources": [_full], "at": 4},
		},
		"at": 11,
		"related": [],
		"references": ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"],
		"names": ["arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩", _full],
		"assumes": ["no-own-policy"],
	}}
}

test_the_statement_has_the_suffix_of_a_partial_arn if {
	[findings, _, _] := _judged(cases["bad: literal name without suffix"])
	{one.remedy.add.resources | some one in findings} == {[_arns("db-??????")]}
	{one.related | some one in findings} == {[{"message": sprintf("`%s` is allowed on `%s` only", [_get, _partial]), "at": 5}]}
}

test_a_role_elsewhere_has_one_cause if {
	[findings, unverified, proofs] := _judged(cases["role elsewhere"])
	[findings, proofs] == [set(), set()]
	{one.cause | some one in unverified} == {_cause("role", "arn:aws:iam::111122223333:role/jobs")}
	{id | some one in unverified; some id in one.references} == {"containerProperties.secrets.A", "containerProperties.secrets.B"}
}

test_an_incomplete_role_may_prove_a_grant if {
	[findings, unverified, proofs] := _judged(cases["incomplete role that may"])
	[findings, unverified] == [set(), set()]
	every one in proofs { "no-unseen-deny" in one.assumes }
	count(proofs) == 1
}

test_a_deny_wins if {
	all := array.concat([cases.denied, cases["denied by the secret"]], [denied | some denied in _denied])
	every given in all {
		[findings, unverified, proofs] := _judged(given)
		[unverified, proofs] == [set(), set()]
		{[one.related, one.assumes] | some one in findings} == {[[{"message": "denied here", "at": 51}], []]}
		every one in findings {
			startswith(one.message, "`DB_PASSWORD` can't be read: an explicit Deny blocks `secretsmanager:GetSecretValue` for `ExecutionRole` on `")
		}
	}
}

test_a_boundary_takes_away_what_it_does_not_allow if {
	[findings, _, _] := _judged(cases["a boundary without it"])
	{[one.message, one.remedy.add] | some one in findings} == {[
		sprintf("`DB_PASSWORD` can't be read: the permissions boundary of `ExecutionRole` does not allow `%s` on `%s`.", [_get, _full]),
		{"actions": [_get], "resources": [_full], "at": 4, "to": "boundary"},
	]}
}

test_two_accounts_need_both_sides if {
	[findings, _, _] := _judged(cases["two accounts, and the secret does not allow it"])
	{one.message | some one in findings} == {sprintf(
		"`DB_PASSWORD` can't be read: the resource policy of `%s`, in another account, does not allow `%s` to `ExecutionRole`.",
		[_full, _get],
	)}
}

test_a_role_may_be_found_here_and_not_there if {
	[_, _, proofs] := _judged(cases["one ARN that is found once and once not"])
	count(proofs) == 1
}

test_a_role_that_has_it_in_vain_is_named if {
	[findings, _, _] := _judged(cases["job role may"])
	every one in findings {
		endswith(one.message, "; `JobRole` may, but AWS Batch reads secrets with the execution role.")
	}
	count(findings) == 1
}

test_no_permission_at_all_for_something_unknown_is_likely if {
	[findings, unverified, _] := _judged(cases["nothing for a value that is not known"])
	unverified == set()
	{[one.confidence, one.message, one.remedy.add.resources] | some one in findings} == {[
		"likely",
		"`DB_PASSWORD` can't be read: no statement of `ExecutionRole` allows `secretsmanager:GetSecretValue` or `ssm:GetParameters` on `⟨*SecretArn@unit⟩`.",
		["⟨*SecretArn@unit⟩"],
	]}
}

test_what_is_known_to_be_a_secret_is_certain if {
	[findings, _, _] := _judged(cases["nothing for a secret whose name is not known"])
	{one.confidence | some one in findings} == {"certain"}
}

test_a_broken_arn_does_not_hide_that_nothing_may_be_read if {
	[findings, _, _] := _judged(cases["a broken ARN"])
	{[one.message, one.remedy] | some one in findings} == {[
		"`DB_PASSWORD` can't be read: no statement of `ExecutionRole` allows `secretsmanager:GetSecretValue` on any secret.",
		{"text": "Allow `secretsmanager:GetSecretValue` in a policy of the execution role.", "edits": [], "add": null},
	]}
}
