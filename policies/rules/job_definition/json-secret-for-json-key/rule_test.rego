package rules.job_definition["json-secret-for-json-key_test"]

import data.lib.mocks
import data.rules.job_definition["json-secret-for-json-key"] as rule

_arn := mocks.secret_arn("Db", "db")

_secret(given) := mocks.secret("Db", given)

_asked(selectors, given) := mocks.job_case(
	mocks.job([mocks.container({"secrets": [mocks.reference("A", concat("", [_arn, selectors]), 11, {"secret": "unit#Db"})]})]),
	{"secrets": [_secret(given)]},
)

_answers(given) := (findings | unverified) | proofs if {
	findings := {["finding", one.confidence, one.message] | some one in rule.findings with input as given}
	unverified := {["unverified", one.cause.kind, one.reason] | some one in rule.unverified with input as given}
	proofs := {["proof", one.at, one.because] | some one in rule.proofs with input as given}
}

_is(name, answer) if _answers(cases[name]) == {answer}

_is_off(name) if _answers(cases[name]) == set()

_variable := {"kind": "variable", "name": "var.x", "unit": "unit"}

_json := object.union(mocks.content("json", 71), {"keys": ["password"]})

cases := {
	"text": _asked(":password::", {"contents": [mocks.content("text", 71)]}),
	"JSON": _asked(":password::", {"contents": [_json]}),
	"variable": _asked(":password::", {"contents": [object.union(mocks.content("string", 71), {"open": _variable})]}),
	"both": _asked(":password::", {"contents": [_json, mocks.content("text", 72)]}),
	"conditional": _asked(":password::", {"contents": [object.union(mocks.content("text", 71), {"maybe": _variable})]}),
	"rotated": _asked(":password::", {
		"contents": [mocks.content("text", 71)],
		"additions": [{"address": "Rotation", "keys": [], "others": null, "at": 73}],
	}),
	"other version": _asked(":password:AWSPREVIOUS:", {"contents": [mocks.content("text", 71)]}),
	"other version of JSON": _asked(":password:AWSPREVIOUS:", {"contents": [_json]}),
	"other label": _asked(":password::", {"contents": [
		object.union(mocks.content("text", 72), {"stages": ["blue"]}),
		_json,
	]}),
	"no key": _asked("", {"contents": [mocks.content("text", 71)]}),
	"binary": _asked(":password::", {"contents": [mocks.content("binary", 71)]}),
	"no value": _asked(":password::", {"contents": [mocks.content("empty", 71)]}),
	"looked up": _asked(":password::", {"contents": [mocks.content("text", 71)], "declared": false}),
	"registry": mocks.job_case(
		mocks.job([mocks.container({"registry_credentials": mocks.reference("R", _arn, 11, {"secret": "unit#Db", "name": null})})]),
		{"secrets": [_secret({"contents": [mocks.content("text", 71)]})]},
	),
}

test_plain_text if {
	_is("text", ["finding", "certain", "`A` asks for the JSON key `password`, but `Db` holds plain text."])
	_is("conditional", ["finding", "likely", "`A` asks for the JSON key `password`, but `Db` holds plain text."])
	_is("rotated", ["finding", "likely", "`A` asks for the JSON key `password`, but `Db` holds plain text."])
	_is("registry", [
		"finding",
		"certain",
		"`repositoryCredentials` needs JSON with `username` and `password`, but `Db` holds plain text.",
	])
}

test_json if {
	every name in ["JSON", "other version of JSON", "other label"] {
		_is(name, ["proof", 71, "the value of `Db` is JSON"])
	}
}

test_a_proof_about_another_version_assumes_its_form if {
	{one.assumes | some one in rule.proofs with input as cases.JSON} == {[]}
	{one.assumes | some one in rule.proofs with input as cases["other version of JSON"]} == {["same-form"]}
}

test_what_is_not_known if {
	_is("variable", ["unverified", "variable", "can't tell whether the value of `Db` is JSON"])
	_is("both", ["unverified", "current-value", "can't tell whether the value of `Db` is JSON"])
	_is("other version", ["unverified", "versions", "can't tell whether the value of `Db` is JSON"])
}

test_what_it_does_not_apply_to if {
	every name in ["no key", "binary", "no value", "looked up"] { _is_off(name) }
}

test_the_remedy_leaves_the_key_out if {
	{one.remedy.edits | some one in rule.findings with input as cases.text} == {[{"at": 11, "text": _arn}]}
}
