package rules.job_definition["json-key-exists_test"]

import data.lib.mocks
import data.rules.job_definition["json-key-exists"] as rule

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

_json(keys) := object.union(mocks.content("json", 71), {"keys": keys})

_login := [_json(["username", "password"])]

_attachment := {"address": "Attachment", "keys": ["host"], "others": ["dbname"], "at": 73}

_rotation := {"address": "Rotation", "keys": [], "others": null, "at": 73}

cases := {
	"there": _asked(":password::", {"contents": _login}),
	"not there": _asked(":host::", {"contents": _login}),
	"nearly": _asked(":user::", {"contents": _login}),
	"another case": _asked(":Pass_Word::", {"contents": _login}),
	"one key": _asked(":host::", {"contents": [_json(["token"])]}),
	"no keys": _asked(":host::", {"contents": [_json([])]}),
	"more keys": _asked(":host::", {"contents": [object.union(_json(["password"]), {"open": _variable})]}),
	"there beside more keys": _asked(":password::", {"contents": [object.union(_json(["password"]), {"open": _variable})]}),
	"replaced": _asked(":password::", {"contents": [object.union(_json(["password"]), {"open": {
		"kind": "content",
		"name": "V",
		"unit": "unit",
	}})]}),
	"added": _asked(":host::", {"contents": _login, "additions": [_attachment]}),
	"perhaps added": _asked(":dbname::", {"contents": _login, "additions": [_attachment]}),
	"not added": _asked(":region::", {"contents": _login, "additions": [_attachment]}),
	"rotated": _asked(":host::", {"contents": _login, "additions": [_rotation]}),
	"in one of two values": _asked(":password::", {"contents": [_json(["password"]), _json(["token"])]}),
	"variable": _asked(":password::", {"contents": [object.union(mocks.content("string", 71), {"open": _variable})]}),
	"unknown key": mocks.with_holes(_asked(":⟨key⟩::", {"contents": _login}), {"key": mocks.variable_hole("var.key")}),
	"other version": _asked(":password:AWSPREVIOUS:", {"contents": _login}),
	"not in other version": _asked(":host:AWSPREVIOUS:", {"contents": _login}),
	"text": _asked(":password::", {"contents": [mocks.content("text", 71)]}),
	"no key": _asked("", {"contents": _login}),
	"registry": mocks.job_case(
		mocks.job([mocks.container({"registry_credentials": mocks.reference("R", _arn, 11, {"secret": "unit#Db", "name": null})})]),
		{"secrets": [_secret({"contents": [_json(["username", "token"])]})]},
	),
}

test_the_key_is_there if {
	every name in ["there", "there beside more keys", "replaced", "other version"] {
		_is(name, ["proof", 71, "`Db` has the JSON key `password`"])
	}
	_is("added", ["proof", 73, "`Db` has the JSON key `host`"])
}

_assumed(given) := {one.assumes | some one in proofs} if proofs := rule.proofs with input as given

test_a_value_that_is_replaced_keeps_its_form if {
	_assumed(cases.there) == {[]}
	_assumed(cases.replaced) == {["same-form"]}
	_assumed(cases["other version"]) == {["same-form"]}
}

_lacks(key, has) := concat("", ["`A` asks for the JSON key `", key, "`, which `Db` doesn't have; ", has, "."])

test_the_key_is_not_there if {
	_is("not there", ["finding", "certain", _lacks("host", "its keys are `username` and `password`")])
	_is("one key", ["finding", "certain", _lacks("host", "its only key is `token`")])
	_is("no keys", ["finding", "certain", _lacks("host", "its JSON has no keys")])
	_is("not added", ["finding", "likely", _lacks("region", "its keys are `username`, `password` and `host`")])
	_is("registry", [
		"finding",
		"certain",
		"`repositoryCredentials` needs the JSON key `password`, which `Db` doesn't have; its keys are `username` and `token`.",
	])
}

test_what_is_not_known if {
	_is("more keys", ["unverified", "variable", "can't tell whether `Db` has the JSON key `host`"])
	_is("perhaps added", ["unverified", "addition", "can't tell whether `Db` has the JSON key `dbname`"])
	_is("rotated", ["unverified", "addition", "can't tell whether `Db` has the JSON key `host`"])
	_is("in one of two values", ["unverified", "current-value", "can't tell whether `Db` has the JSON key `password`"])
	_is("variable", ["unverified", "variable", "can't tell whether `Db` has the JSON key `password`"])
	_is("unknown key", ["unverified", "variable", "can't tell which JSON key `A` asks for"])
	_is("not in other version", ["unverified", "versions", "can't tell whether `Db` has the JSON key `host`"])
}

test_what_it_does_not_apply_to if {
	every name in ["text", "no key"] { _is_off(name) }
}

_edits(given) := {edit.text | some one in found; some edit in one.remedy.edits} if found := rule.findings with input as given

test_the_remedy_writes_a_key_that_is_nearly_so if {
	_edits(cases.nearly) == {concat("", [_arn, ":username::"])}
	_edits(cases["another case"]) == {concat("", [_arn, ":password::"])}
	_edits(cases["not there"]) == set()
	_edits(cases.registry) == set()
}
