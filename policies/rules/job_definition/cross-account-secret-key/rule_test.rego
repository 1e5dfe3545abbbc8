package rules.job_definition["cross-account-secret-key_test"]

import data.lib.mocks
import data.rules.job_definition["cross-account-secret-key"] as rule

_arn(account) := sprintf("arn:aws:secretsmanager:eu-west-1:%s:secret:db-AbCdEf", [account])

_role := object.union(mocks.role("ExecutionRole", []), {"arn": mocks.text("arn:aws:iam::111122223333:role/jobs", 4)})

_case(account, stored) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", _arn(account), 11, {"secret": "unit#Db"})],
		"execution_role": mocks.role_of(_role),
	})]),
	{"roles": [_role], "secrets": [mocks.secret("Db", object.union(
		{"arn": mocks.text(_arn(account), 7), "name": mocks.text("db", 7)},
		stored,
	))]},
)

_key(value) := {"key_reference": mocks.text(value, 31)}

cases := {
	"customer managed key": _case("444455556666", _key("arn:aws:kms:eu-west-1:444455556666:alias/shared")),
	"default key": _case("444455556666", {}),
	"unknown key": mocks.with_holes(_case("444455556666", _key("⟨*Key⟩")), {"Key": mocks.parameter_hole("Key")}),
	"same account": _case("111122223333", {}),
	"unknown account": _case("⟨AWS.AccountId⟩", {}),
}

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

_id := "containerProperties.secrets.DB_PASSWORD"

test_good if {
	every key in [
		_key("arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
		_key("arn:aws:kms:eu-west-1:444455556666:alias/shared"),
		object.union(_key("⟨*Key⟩"), {"key": "unit#Key"}),
	] {
		[findings, unverified, proofs] := _judged(_case("444455556666", key))
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {[_id]}
	}
}

test_bad if {
	[findings, unverified, proofs] := _judged(_case("444455556666", {}))
	[unverified, proofs] == [set(), set()]
	{[one.message, one.confidence, one.references] | some one in findings} == {[
		concat(" ", [
			"`DB_PASSWORD` can't be decrypted: `Db` of account 444455556666 has no customer managed key,",
			"and `ExecutionRole` belongs to account 111122223333.",
		]),
		"certain",
		[_id],
	]}
}

test_what_may_be_another_secret_is_likely if {
	findings := rule.findings with input as _case("444455556666", {"maybe": mocks.cause("name")})
	{one.confidence | some one in findings} == {"likely"}
}

test_undecided if {
	[findings, unverified, proofs] := _judged(mocks.with_holes(
		_case("444455556666", _key("⟨*Key⟩")),
		{"Key": mocks.parameter_hole("Key")},
	))
	[findings, proofs] == [set(), set()]
	{[one.references, one.cause.name] | some one in unverified} == {[[_id], "Key"]}
}

test_elsewhere_it_does_not_apply if {
	every given in [_case("111122223333", {}), _case("⟨AWS.AccountId⟩", {})] {
		_judged(given) == [set(), set(), set()]
	}
}
