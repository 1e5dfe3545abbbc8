package rules.job_definition["no-binary-secrets_test"]

import data.lib.mocks
import data.rules.job_definition["no-binary-secrets"] as rule

_content(kind, at) := {"kind": kind, "keys": null, "at": at}

_cert(given) := mocks.secret("Cert", given)

_case(references, secret) := mocks.job_case(
	mocks.job([mocks.container({"secrets": references})]),
	{"secrets": [secret]},
)

_linked(at, name) := mocks.reference(name, mocks.secret_arn("Cert", "cert"), at, {"secret": "unit#Cert"})

_of(contents) := _case([_linked(11, "TLS_CERT"), _linked(12, "TLS_KEY")], _cert({"contents": contents}))

_unknown := mocks.reference("A", "⟨*SecretArn@unit⟩", 11, {})

cases := {
	"text": _of([_content("text", 71)]),
	"JSON": _of([_content("json", 71)]),
	"binary": _of([_content("binary", 71)]),
	"binary and text": _of([_content("text", 70), _content("binary", 71)]),
	"binary and nobody knows": _of([_content("unknown", 70), _content("binary", 71)]),
	"nothing": _of([]),
	"empty": _of([_content("empty", 71)]),
	"unknown": _of([_content("unknown", 71)]),
	"extended": _case([_linked(11, "TLS_CERT")], _cert({"contents": [], "extended": true})),
	"elsewhere": _case(
		[
			mocks.reference("A", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db:a::", 11, {}),
			mocks.reference("B", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db:b::", 12, {}),
		],
		_cert({}),
	),
	"parameter": _case([mocks.reference("A", "/prod/db", 11, {})], _cert({"contents": [_content("binary", 71)]})),
	"unknown beside binary": _case([_unknown], _cert({"contents": [_content("binary", 71)]})),
	"unknown beside text": _case([_unknown], _cert({})),
	"unknown beside binary of another unit": _case([_unknown], _cert({"unit": "other", "contents": [_content("binary", 71)]})),
	"unknown beside binary that is named": _case(
		[_unknown, _linked(12, "TLS_CERT")],
		_cert({"contents": [_content("binary", 71)]}),
	),
}

_judged(given) := [findings, unverified] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
}

test_good if {
	every name in ["text", "JSON", "extended", "parameter", "unknown beside text", "unknown beside binary of another unit"] {
		_judged(cases[name]) == [set(), set()]
	}
}

_remedy := "Store the secret with SecretString, its content encoded in base64 if it isn't text, or read it in the job with the AWS SDK."

test_binary if {
	_judged(cases.binary) == [
		{{
			"rule": "no-binary-secrets",
			"severity": "error",
			"confidence": "certain",
			"message": "Cert, named by TLS_CERT and TLS_KEY, is stored as binary, and a job gets text only.",
			"remedy": {"text": _remedy, "replacement": null, "statement": null},
			"at": 11,
			"related": [{"message": "the binary value", "at": 71}],
			"references": ["containerProperties.secrets.TLS_CERT", "containerProperties.secrets.TLS_KEY"],
			"names": ["Cert"],
		}},
		set(),
	]
}

_confidences(given) := {one.confidence | some one in _judged(given)[0]}

test_which_of_two_values_is_current_is_not_known if {
	_confidences(cases["binary and text"]) == {"likely"}
	_confidences(cases["binary and nobody knows"]) == {"certain"}
}

test_a_value_that_is_set_elsewhere_is_taken_to_be_text if {
	every name in ["nothing", "empty", "unknown"] {
		_judged(cases[name]) == [set(), set()]
	}
}

test_a_secret_elsewhere_is_said_once if {
	_judged(cases.elsewhere) == [set(), {{
		"rule": "no-binary-secrets",
		"reason": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db is not in these files, so neither its content nor its key is known",
		"at": 11,
		"references": ["containerProperties.secrets.A", "containerProperties.secrets.B"],
	}}]
}

test_a_binary_secret_beside_something_unknown_is_likely if {
	[findings, unverified] := _judged(cases["unknown beside binary"])
	unverified == set()
	{[one.confidence, one.message, one.at, one.references] | some one in findings} == {[
		"likely",
		"Cert is stored as binary, and may be named by A; a job gets text only.",
		71,
		[],
	]}
}

test_a_secret_that_is_named_is_said_once if {
	[findings, _] := _judged(cases["unknown beside binary that is named"])
	{one.confidence | some one in findings} == {"certain"}
}
