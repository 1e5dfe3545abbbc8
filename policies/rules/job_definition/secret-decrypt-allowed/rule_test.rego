package rules.job_definition["secret-decrypt-allowed_test"]

import data.lib.mocks
import data.rules.job_definition["secret-decrypt-allowed"] as rule

_decrypt := "kms:Decrypt"

_read := mocks.allow(["secretsmanager:GetSecretValue", "ssm:GetParameters"], ["*"])

_role_arn := "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨ExecutionRole.name@unit⟩"

_key_arn := "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Key@unit⟩"

_case(role, secret, key) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", secret.arn.value, 11, {"secret": secret.id})],
		"execution_role": mocks.role_of(role),
	})]),
	{"roles": [role], "secrets": [secret], "keys": [key]},
)

_secret := mocks.secret("Db", {"key_reference": mocks.text(_key_arn, 71), "key": "unit#Key"})

_with(statements, key_statements) := _case(
	mocks.role("ExecutionRole", array.concat([_read], statements)),
	_secret,
	mocks.key("Key", key_statements),
)

_named(reference, statements) := _case(
	mocks.role("ExecutionRole", array.concat([_read], statements)),
	mocks.secret("Db", {"key_reference": mocks.text(reference, 71)}),
	mocks.key("Key", []),
)

_condition(operator, key, value) := _with(
	[mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(operator, key, value)]})],
	[],
)

_delegation := mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:root", ["kms:*"])

_good := {
	"by the role": _with([mocks.allow([_decrypt], [_key_arn])], [_delegation]),
	"by the key": _with([], [_delegation, mocks.allow_principal(_role_arn, [_decrypt])]),
	"by the key, through Secrets Manager": _with([], [object.union(
		mocks.allow_principal(_role_arn, ["kms:Decrypt*"]),
		{"conditions": [mocks.condition("StringEquals", "kms:ViaService", "secretsmanager.⟨AWS.Region⟩.amazonaws.com")]},
	)]),
	"by the key, for everybody of the account": _with([], [object.union(
		mocks.allow_principal("*", [_decrypt]),
		{"conditions": [
			mocks.condition("StringEquals", "kms:CallerAccount", "⟨AWS.AccountId⟩"),
			mocks.condition("StringLike", "kms:ViaService", "secretsmanager.*.amazonaws.com"),
		]},
	)]),
	"for this secret": _condition("StringLike", "kms:EncryptionContext:SecretARN", mocks.secret_arn("Db", "db")),
	"key elsewhere": _named("arn:aws:kms:eu-west-1:111122223333:key/k", [mocks.allow(
		[_decrypt],
		["arn:aws:kms:eu-west-1:111122223333:key/k"],
	)]),
	"alias elsewhere": _named("alias/db", [mocks.allow([_decrypt], ["*"])]),
	"by a grant": _case(mocks.role("ExecutionRole", [_read]), _secret, object.union(
		mocks.key("Key", [_delegation]),
		{"grants": [mocks.allow_principal(_role_arn, [_decrypt])]},
	)),
	"by the role, with the default key policy": _with([mocks.allow([_decrypt], [_key_arn])], []),
	"by the alias of the key": _aliased("ForAnyValue:StringEquals", "alias/db"),
}

_aliased(operator, alias) := _case(
	mocks.role("ExecutionRole", [_read, mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(
		operator,
		"kms:ResourceAliases",
		alias,
	)]})]),
	_secret,
	object.union(mocks.key("Key", []), {"aliases": [mocks.text("alias/db", 0)]}),
)

# References that are no question of this rule.
_not_asked := {
	"default key": _case(mocks.role("ExecutionRole", [_read]), mocks.secret("Db", {}), mocks.key("Key", [])),
	"parameter elsewhere": _of_parameter("/other", null, [_read]),
	"plain parameter": object.union(_of_parameter("/db", "unit#Db", [_read]), {"parameters": {"unit#Db": object.union(
		_parameter,
		{"type": mocks.text("String", 0)},
	)}}),
	"secret elsewhere": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("A", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", 11, {})],
			"execution_role": mocks.role_of(mocks.role("ExecutionRole", [_read])),
		})]),
		{"roles": [mocks.role("ExecutionRole", [_read])]},
	),
	"no role": mocks.job_case(
		mocks.job([mocks.container({"secrets": [mocks.reference("A", _secret.arn.value, 11, {"secret": _secret.id})]})]),
		{"secrets": [_secret], "keys": [mocks.key("Key", [])]},
	),
}

_bad := {
	"nothing": _with([], [_delegation]),
	"other key": mocks.with_holes(
		_with([mocks.allow([_decrypt], ["arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Other@unit⟩"])], []),
		{"Other@unit": mocks.hole("Other", {"origin": {"kind": "attribute"}, "identifies": "unit#Other"})},
	),
	"alias": _with([mocks.allow([_decrypt], ["arn:aws:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:alias/db"])], []),
	"other action": _with([mocks.allow(["kms:Encrypt"], ["*"])], []),
	"another service": _condition("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"),
	"another secret": _condition("StringEquals", "kms:EncryptionContext:SecretARN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf"),
	"a pattern where none counts": _condition("StringEquals", "kms:ViaService", "secretsmanager.*.amazonaws.com"),
	"all services but this": _condition("StringNotLike", "kms:ViaService", "secretsmanager.*"),
	"another role": mocks.with_holes(
		_with([], [mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Other.name@unit⟩", [_decrypt])]),
		{"Other.name@unit": mocks.hole("Other", {"origin": {"kind": "attribute"}, "identifies": "unit#Other"})},
	),
	"another alias": _aliased("ForAnyValue:StringEquals", "alias/web"),
}

_parameter := mocks.parameter("Db", "/db", {"key_reference": mocks.text(_key_arn, 71), "key": "unit#Key"})

_parameter_arn := "arn:aws:ssm:eu-west-1:111122223333:parameter/db"

_of_parameter(value, parameter, statements) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", value, 11, {"parameter": parameter})],
		"execution_role": mocks.role_of(mocks.role("ExecutionRole", statements)),
	})]),
	{
		"roles": [mocks.role("ExecutionRole", statements)],
		"parameters": [_parameter],
		"keys": [mocks.key("Key", [])],
	},
)

_special := {
	"literal Region": _condition("StringEquals", "kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"),
	"tag": _condition("StringEquals", "aws:ResourceTag/team", "a"),
	"key whose policy is elsewhere": _named("alias/db", []),
	"key that is not known": mocks.with_holes(_named("⟨*KeyArn@unit⟩", []), {"KeyArn@unit": mocks.parameter_hole("KeyArn")}),
	"key policy that doesn't enable IAM policies": _with(
		[mocks.allow([_decrypt], [_key_arn])],
		[mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/admin", ["kms:*"])],
	),
	"key policy that is not seen": _case(mocks.role("ExecutionRole", [_read]), _secret, object.union(
		mocks.key("Key", []),
		{"unseen": [mocks.unseen("policy", "it is not here", 0)]},
	)),
	"role elsewhere": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("DB_PASSWORD", _secret.arn.value, 11, {"secret": _secret.id})],
			"execution_role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs"),
		})]),
		{"secrets": [_secret], "keys": [mocks.key("Key", [])]},
	),
	"denied by the key": _with([mocks.allow(["*"], ["*"])], [_delegation, object.union(
		mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:root", [_decrypt]),
		{"effect": mocks.text("Deny", 0), "at": 51, "conditions": [mocks.condition(
			"StringNotEquals",
			"kms:ViaService",
			"s3.⟨AWS.Region⟩.amazonaws.com",
		)]},
	)]),
	"denied": _with([mocks.allow(["*"], ["*"]), mocks.statement("Deny", ["kms:*"], [_key_arn], {"at": 51})], []),
	"parameter": _of_parameter("/db", "unit#Db", [_read]),
	"parameter that may be decrypted": _of_parameter("/db", "unit#Db", [_read, mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(
		"StringEquals",
		"kms:ViaService",
		"ssm.⟨AWS.Region⟩.amazonaws.com",
	)]})]),
	"parameter by its whole ARN": _of_parameter(_parameter_arn, "unit#Db", [_read, mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(
		"StringEquals",
		"kms:EncryptionContext:PARAMETER_ARN",
		_parameter_arn,
	)]})]),
	"the context of a secret": _of_parameter("/db", "unit#Db", [_read, mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(
		"StringLike",
		"kms:EncryptionContext:SecretARN",
		"*",
	)]})]),
}

cases := object.union_n([_good, _bad, _special, _not_asked])

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

test_what_is_no_question_has_no_answer if {
	every _, given in _not_asked {
		_judged(given) == [set(), set(), set()]
		answered := rule.applies with input as given
		answered == set()
	}
}

test_bad if {
	every _, given in _bad {
		_judged(given) == [
			{{
				"rule": "secret-decrypt-allowed",
				"severity": "error",
				"confidence": "certain",
				"message": "`DB_PASSWORD` can't be decrypted: neither `ExecutionRole` nor the key policy allows `kms:Decrypt` with `Key`, which encrypts `Db`.",
				"remedy": {
					"text": "Allow `kms:Decrypt` on the key in a policy of the execution role.",
					"edits": [],
					"add": {"actions": [_decrypt], "resources": [_key_arn], "at": 4},
				},
				"at": 11,
				"related": [{"message": "the policy of this key could allow it instead", "at": 9}],
				"references": [_id],
				"names": [_role_arn, mocks.secret_arn("Db", "db")],
				"assumes": [],
			}},
			set(),
			set(),
		]
	}
}

test_undecided if {
	causes := {
		"literal Region": {"kind": "iam-condition", "name": "kms:ViaService", "unit": null},
		"tag": {"kind": "iam-condition", "name": "aws:ResourceTag/team", "unit": null},
		"key whose policy is elsewhere": {"kind": "key", "name": "alias/db", "unit": null},
		"key that is not known": {"kind": "parameter", "name": "KeyArn", "unit": "unit"},
		"key policy that is not seen": {"kind": "other", "name": "it is not here", "unit": null},
		"role elsewhere": {"kind": "role", "name": "arn:aws:iam::111122223333:role/jobs", "unit": null},
	}
	every name, cause in causes {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{[one.cause, one.references] | some one in unverified} == {[cause, [_id]]}
		every one in unverified { endswith(one.reason, " may decrypt `Db`") }
	}
}

test_a_deny_wins if {
	every name in ["denied", "denied by the key"] {
		[findings, _, _] := _judged(cases[name])
		{[one.message, one.related] | some one in findings} == {[
			"`DB_PASSWORD` can't be decrypted: an explicit Deny blocks `kms:Decrypt` with the key of `Db` for `ExecutionRole`.",
			[{"message": "denied here", "at": 51}],
		]}
	}
}

test_identity_policies_count_only_where_the_key_policy_enables_them if {
	[findings, unverified, proofs] := _judged(cases["key policy that doesn't enable IAM policies"])
	[unverified, proofs] == [set(), set()]
	{one.message | some one in findings} == {"`DB_PASSWORD` can't be decrypted: `ExecutionRole` allows `kms:Decrypt`, but the policy of `Key` doesn't enable IAM policies."}
}

test_a_proof_shows_the_statement if {
	[_, _, proofs] := _judged(_named("alias/db", [mocks.allow([_decrypt], ["*"])]))
	proofs == {{
		"rule": "secret-decrypt-allowed",
		"at": 5,
		"because": "a statement of `ExecutionRole` allows `kms:Decrypt` with the key of `Db`",
		"references": [_id],
		"assumes": ["no-organization-policy", "no-unseen-deny", "no-own-policy"],
	}}
}

test_parameters_have_keys_too if {
	[findings, _, _] := _judged(cases.parameter)
	count(findings) == 1
	every name in ["parameter that may be decrypted", "parameter by its whole ARN"] {
		[none, open, proofs] := _judged(cases[name])
		[none, open] == [set(), set()]
		count(proofs) == 1
	}
}

test_systems_manager_sends_no_arn_of_a_secret if {
	[findings, _, _] := _judged(cases["the context of a secret"])
	count(findings) == 1
}
