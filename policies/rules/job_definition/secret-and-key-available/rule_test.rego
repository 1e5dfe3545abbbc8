package rules.job_definition["secret-and-key-available_test"]

import data.lib.mocks
import data.rules.job_definition["secret-and-key-available"] as rule

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

_key(state) := object.union(mocks.key("Key", []), {"state": state})

_with_key(state) := mocks.job_case(
	mocks.job([mocks.container({"secrets": [mocks.reference("A", _arn, 11, {"secret": "unit#Db"})]})]),
	{
		"secrets": [_secret({"key": "unit#Key", "key_reference": mocks.text("⟨Key@unit⟩", 7)})],
		"keys": [_key(state)],
	},
)

_parameter(given) := mocks.job_case(
	mocks.job([mocks.container({"secrets": [mocks.reference("A", "/prod/db", 11, {"parameter": "unit#P"})]})]),
	{"parameters": [mocks.parameter("P", "/prod/db", given)]},
)

cases := {
	"default key": _asked("", {}),
	"deleted": _asked("", {"gone": {"how": "deleted", "at": 75}}),
	"missing": _asked("", {"gone": {"how": "missing", "at": 75}}),
	"deleted elsewhere": _asked("", {
		"gone": {"how": "deleted", "at": 75},
		"maybe": {"kind": "same-secret", "name": "Db", "unit": "other"},
	}),
	"enabled": _with_key(mocks.text("Enabled", 91)),
	"disabled": _with_key(mocks.text("Disabled", 91)),
	"pending": _with_key(mocks.text("PendingDeletion", 91)),
	"variable": mocks.with_holes(_with_key(mocks.text("⟨*on⟩", 91)), {"on": mocks.variable_hole("var.on")}),
	"no state": _with_key(null),
	"missing key": mocks.job_case(
		mocks.job([mocks.container({"secrets": [mocks.reference("A", _arn, 11, {"secret": "unit#Db"})]})]),
		{
			"secrets": [_secret({"key": "unit#Key", "key_reference": mocks.text("⟨Key@unit⟩", 7)})],
			"keys": [object.union(_key(null), {
				"gone": {"how": "missing", "at": 92},
				"arn": mocks.text("arn:aws:kms:eu-west-1:111122223333:key/1", 90),
			})],
		},
	),
	"key elsewhere": _asked("", {"key_reference": mocks.text("alias/db", 7)}),
	"looked up": _asked("", {"declared": false}),
	"parameter": _parameter({}),
	"missing parameter": _parameter({"gone": {"how": "missing", "at": 76}}),
}

test_available if {
	_is("default key", ["proof", 7, "`Db` is not scheduled for deletion"])
	_is("parameter", ["proof", 8, "`P` is not scheduled for deletion"])
	_is("enabled", ["proof", 91, "`Key`, which encrypts `Db`, is enabled"])
}

test_gone if {
	_is("deleted", ["finding", "certain", "`A` refers to `Db`, which is scheduled for deletion."])
	_is("deleted elsewhere", ["finding", "likely", "`A` refers to `Db`, which is scheduled for deletion."])
	_is("missing", ["finding", "certain", "`A` refers to `Db`, which does not exist."])
	_is("missing key", ["finding", "certain", "`A` refers to `Db`, whose key `arn:aws:kms:eu-west-1:111122223333:key/1` does not exist."])
	_is("missing parameter", ["finding", "certain", "`A` refers to `P`, which does not exist."])
	_is("disabled", ["finding", "certain", "`A` refers to `Db`, whose key `Key` is disabled."])
	_is("pending", ["finding", "certain", "`A` refers to `Db`, whose key `Key` is in the state `PendingDeletion`."])
}

test_what_is_not_known if _is("variable", ["unverified", "variable", "can't tell whether `Key` is enabled"])

test_what_it_does_not_apply_to if {
	every name in ["no state", "key elsewhere", "looked up"] { _is_off(name) }
}
