package rules.job_definition["no-binary-secrets_test"]

import data.lib.mocks
import data.rules.job_definition["no-binary-secrets"] as rule

_cert(given) := mocks.secret("Cert", given)

_case(references, secret) := mocks.job_case(
	mocks.job([mocks.container({"secrets": references})]),
	{"secrets": [secret]},
)

_linked(at, name) := mocks.reference(name, mocks.secret_arn("Cert", "cert"), at, {"secret": "unit#Cert"})

_of(contents) := _case([_linked(11, "TLS_CERT"), _linked(12, "TLS_KEY")], _cert({"contents": contents}))

_unknown := mocks.reference("A", "⟨*SecretArn@unit⟩", 11, {})

cases := {
	"text": _of([mocks.content("text", 71)]),
	"JSON": _of([mocks.content("json", 71)]),
	"binary": _of([mocks.content("binary", 71)]),
	"binary and text": _of([mocks.content("text", 70), mocks.content("binary", 71)]),
	"binary and nobody knows": _of([mocks.content("unknown", 70), mocks.content("binary", 71)]),
	"nothing": _of([]),
	"empty": _of([mocks.content("empty", 71)]),
	"unknown": _of([mocks.content("unknown", 71)]),
	"rotated": _case([_linked(11, "TLS_CERT")], _cert({"contents": [], "rotates": true})),
	"elsewhere": _case(
		[
			mocks.reference("A", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db:a::", 11, {}),
			mocks.reference("B", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db:b::", 12, {}),
		],
		_cert({}),
	),
	"parameter": _case([mocks.reference("A", "/prod/db", 11, {})], _cert({"contents": [mocks.content("binary", 71)]})),
	"unknown beside binary": _case([_unknown], _cert({"contents": [mocks.content("binary", 71)]})),
	"unknown beside text": _case([_unknown], _cert({})),
	"unknown beside binary of another unit": _case([_unknown], _cert({"unit": "other", "contents": [mocks.content("binary", 71)]})),
	"unknown beside binary that is named": _case(
		[_unknown, _linked(12, "TLS_CERT")],
		_cert({"contents": [mocks.content("binary", 71)]}),
	),
}

_judged(given) := [findings, proofs] if {
	findings := rule.findings with input as given
	proofs := rule.proofs with input as given
}

_both := ["containerProperties.secrets.TLS_CERT", "containerProperties.secrets.TLS_KEY"]

test_text_is_the_proof if {
	every name in ["text", "JSON"] {
		[findings, proofs] := _judged(cases[name])
		findings == set()
		{[proof.because, proof.at, proof.references] | some proof in proofs} == {["the value of `Cert` is text", 71, _both]}
	}
}

test_what_it_does_not_apply_to if {
	every name in [
		"nothing",
		"empty",
		"unknown",
		"rotated",
		"elsewhere",
		"parameter",
		"unknown beside text",
		"unknown beside binary of another unit",
	] {
		_judged(cases[name]) == [set(), set()]
		applies := rule.applies with input as cases[name]
		applies == set()
	}
}

_remedy := concat(" ", [
	"Store the secret with `SecretString`, in base64 if it isn't text,",
	"or let the code in the job read it with the AWS SDK.",
])

test_binary if {
	_judged(cases.binary) == [
		{{
			"rule": "no-binary-secrets",
			"severity": "error",
			"confidence": "certain",
			"message": "`TLS_CERT` and `TLS_KEY` refer to `Cert`, which is stored as `SecretBinary`; AWS Batch can only inject `SecretString`.",
			"remedy": {"text": _remedy, "edits": [], "add": null},
			"at": 11,
			"related": [{"message": "the binary value", "at": 71}],
			"references": _both,
			"names": ["Cert"],
			"assumes": [],
		}},
		set(),
	]
}

_confidences(given) := {one.confidence | some one in _judged(given)[0]}

test_which_of_two_values_is_current_is_not_known if {
	_confidences(cases["binary and text"]) == {"likely"}
	_confidences(cases["binary and nobody knows"]) == {"certain"}
}

test_a_binary_secret_beside_something_unknown_is_likely if {
	[findings, _] := _judged(cases["unknown beside binary"])
	{[one.confidence, one.message, one.at, one.references] | some one in findings} == {[
		"likely",
		"`Cert` is stored as `SecretBinary`, and `A` may refer to it; AWS Batch can only inject `SecretString`.",
		71,
		[],
	]}
}

test_a_secret_that_is_named_is_said_once if {
	[findings, _] := _judged(cases["unknown beside binary that is named"])
	{one.confidence | some one in findings} == {"certain"}
}
