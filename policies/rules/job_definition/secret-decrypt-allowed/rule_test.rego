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
	"default key": _case(mocks.role("ExecutionRole", [_read]), mocks.secret("Db", {}), mocks.key("Key", [])),
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
	"role elsewhere": mocks.job_case(
		mocks.job([mocks.container({
			"secrets": [mocks.reference("A", _secret.arn.value, 11, {"secret": _secret.id})],
			"execution_role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs"),
		})]),
		{"secrets": [_secret], "keys": [mocks.key("Key", [])]},
	),
}

_bad := {
	"nothing": _with([], [_delegation]),
	"other key": _with([mocks.allow([_decrypt], ["arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Other@unit⟩"])], []),
	"alias": _with([mocks.allow([_decrypt], ["arn:aws:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:alias/db"])], []),
	"other action": _with([mocks.allow(["kms:Encrypt"], ["*"])], []),
	"another service": _condition("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"),
	"another secret": _condition("StringEquals", "kms:EncryptionContext:SecretARN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf"),
	"a pattern where none counts": _condition("StringEquals", "kms:ViaService", "secretsmanager.*.amazonaws.com"),
	"all services but this": _condition("StringNotLike", "kms:ViaService", "secretsmanager.*"),
	"another role": _with([], [mocks.allow_principal("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Other.name@unit⟩", [_decrypt])]),
}

_parameter := mocks.parameter("Db", "/db", {"key_reference": mocks.text(_key_arn, 71), "key": "unit#Key"})

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
	"key that is not known": _named("⟨*KeyArn@unit⟩", []),
	"denied": _with([mocks.allow(["*"], ["*"]), mocks.statement("Deny", ["kms:*"], [_key_arn], {"at": 51})], []),
	"parameter": _of_parameter("/db", "unit#Db", [_read]),
	"parameter that may be decrypted": _of_parameter("/db", "unit#Db", [_read, mocks.statement("Allow", [_decrypt], ["*"], {"conditions": [mocks.condition(
		"StringEquals",
		"kms:ViaService",
		"ssm.⟨AWS.Region⟩.amazonaws.com",
	)]})]),
	"parameter elsewhere": _of_parameter("/other", null, [_read]),
}

cases := object.union_n([_good, _bad, _special])

_judged(given) := [findings, unverified] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
}

test_good if {
	every name, _ in _good { _judged(cases[name]) == [set(), set()] }
}

test_bad if {
	every name, _ in _bad {
		_judged(cases[name]) == [
			{{
				"rule": "secret-decrypt-allowed",
				"severity": "error",
				"confidence": "certain",
				"message": "DB_PASSWORD can't be decrypted: neither ExecutionRole nor the policy of the key allows kms:Decrypt with Key, which encrypts Db.",
				"remedy": {
					"text": "Add this statement to a policy of the execution role.",
					"replacement": null,
					"statement": {"actions": [_decrypt], "resources": [_key_arn], "at": 4},
				},
				"at": 11,
				"related": [{"message": "the key, whose policy may grant it too", "at": 9}],
				"references": ["containerProperties.secrets.DB_PASSWORD"],
				"names": [_role_arn, mocks.secret_arn("Db", "db")],
			}},
			set(),
		]
	}
}

test_undecided if {
	reasons := {
		"literal Region": "it depends on the condition kms:ViaService",
		"tag": "it depends on the condition aws:ResourceTag/team",
		"key whose policy is elsewhere": "the policy of the key alias/db is not in these files",
		"key that is not known": "the key of Db is not known from these files",
	}
	every name, reason in reasons {
		_judged(cases[name]) == [set(), {{
			"rule": "secret-decrypt-allowed",
			"reason": concat("", ["whether ExecutionRole may decrypt Db can't be told: ", reason]),
			"at": 11,
			"references": ["containerProperties.secrets.DB_PASSWORD"],
		}}]
	}
}

test_a_deny_wins if {
	[findings, _] := _judged(cases.denied)
	{[one.message, one.related] | some one in findings} == {[
		"DB_PASSWORD can't be decrypted: a Deny takes kms:Decrypt with the key of Db away from ExecutionRole.",
		[{"message": "this Deny is about it", "at": 51}],
	]}
}

test_parameters_have_keys_too if {
	[findings, _] := _judged(cases.parameter)
	count(findings) == 1
	_judged(cases["parameter that may be decrypted"]) == [set(), set()]
}

test_the_key_of_a_parameter_elsewhere_is_not_known if {
	_judged(cases["parameter elsewhere"]) == [set(), {{
		"rule": "secret-decrypt-allowed",
		"reason": "the parameter named by DB_PASSWORD is not in these files, so the key that encrypts it is not known",
		"at": 11,
		"references": ["containerProperties.secrets.DB_PASSWORD"],
	}}]
}
