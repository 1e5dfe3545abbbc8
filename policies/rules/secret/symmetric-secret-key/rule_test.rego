package rules.secret["symmetric-secret-key_test"]

import data.lib.mocks
import data.rules.secret["symmetric-secret-key"] as rule

_reader := {
	"reference": "r",
	"job_definition": "unit#Job",
	"job": "Job",
	"label": "DB_PASSWORD",
	"service": "secretsmanager",
	"at": 0,
}

_key(given) := object.union(mocks.key("Key", []), given)

_secret(given) := mocks.secret("Db", object.union(
	{"key_reference": mocks.text(mocks.key("Key", []).arn.value, 31), "key": "unit#Key"},
	given,
))

_case(given) := object.union(
	mocks.secret_case(_secret({})),
	{"readers": [_reader], "keys": {"unit#Key": _key(given)}},
)

_spec(value) := {"spec": mocks.text(value, 41)}

_usage(value) := {"usage": mocks.text(value, 42)}

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_good if {
	every given in [{}, _spec("SYMMETRIC_DEFAULT"), object.union(_spec("SYMMETRIC_DEFAULT"), _usage("ENCRYPT_DECRYPT"))] {
		[findings, unverified, proofs] := _judged(_case(given))
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {["r"]}
	}
}

# What the key has, what is wrong and where, and how many edits right it.
_bad := [
	[_spec("RSA_2048"), "has the spec `RSA_2048`", 41, 1],
	[_usage("SIGN_VERIFY"), "is for `SIGN_VERIFY`", 42, 1],
	[object.union(_spec("HMAC_256"), _usage("GENERATE_VERIFY_MAC")), "has the spec `HMAC_256`", 41, 2],
	[object.union(_spec("⟨*Spec⟩"), _usage("SIGN_VERIFY")), "is for `SIGN_VERIFY`", 42, 1],
]

cases := object.union(
	{sprintf("bad %d", [index]): _case(bad[0]) | some index, bad in _bad},
	{
		"default": _case({}),
		"symmetric": _case(_spec("SYMMETRIC_DEFAULT")),
		"unknown": mocks.with_holes(_case(_spec("⟨*Spec⟩")), {"Spec": mocks.parameter_hole("Spec")}),
		"no key": mocks.secret_case(_secret({"key_reference": null, "key": null})),
	},
)

test_bad if {
	every bad in _bad {
		[findings, unverified, proofs] := _judged(_case(bad[0]))
		[unverified, proofs] == [set(), set()]
		{[one.message, one.at, count(one.remedy.edits), one.references, one.confidence] | some one in findings} == {[
			sprintf("The key of `Db`, `Key`, %s; Secrets Manager needs a symmetric one.", [bad[1]]),
			bad[2],
			bad[3],
			["r"],
			"certain",
		]}
	}
}

test_what_may_be_another_secret_is_likely if {
	given := object.union(_case(_spec("RSA_2048")), {"secrets": {"unit#Db": _secret({"maybe": mocks.cause("name")})}})
	findings := rule.findings with input as given
	{one.confidence | some one in findings} == {"likely"}
}

test_undecided if {
	[findings, unverified, proofs] := _judged(mocks.with_holes(
		_case(_spec("⟨*Spec⟩")),
		{"Spec": mocks.parameter_hole("Spec")},
	))
	[findings, proofs] == [set(), set()]
	{[one.references, one.cause.name] | some one in unverified} == {[["r"], "Spec"]}
}

test_without_a_key_it_does_not_apply if {
	_judged(mocks.secret_case(_secret({"key_reference": null, "key": null}))) == [set(), set(), set()]
}
