package rules.job_definition["secret-has-value_test"]

import data.lib.mocks
import data.rules.job_definition["secret-has-value"] as rule

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

_flag := {"kind": "variable", "name": "var.on", "unit": "unit"}

_maybe := object.union(mocks.content("text", 71), {"maybe": _flag})

_code := {"kind": "custom-resource", "name": "Writer", "unit": "unit"}

_current := [{"id": "one", "stages": ["AWSCURRENT"], "at": 74}]

_conditional_job := object.union(
	mocks.job([mocks.container({"secrets": [mocks.reference("A", _arn, 11, {"secret": "unit#Db"})]})]),
	{"unseen": [{"part": "existence", "cause": _flag, "at": 1}]},
)

cases := {
	"text": _asked("", {"contents": [mocks.content("text", 71)]}),
	"binary": _asked("", {"contents": [mocks.content("binary", 71)]}),
	"described": _asked("", {"contents": [], "versions": _current}),
	"nothing": _asked("", {"contents": []}),
	"empty": _asked("", {"contents": [mocks.content("empty", 71)]}),
	"condition": _asked("", {"contents": [_maybe]}),
	"condition of the job": mocks.job_case(_conditional_job, {"secrets": [_secret({"contents": [_maybe]})]}),
	"handed on": _asked("", {"contents": [], "filled_by": _code}),
	"rotated": _asked("", {"contents": [], "rotates": true}),
	"no version": _asked("", {"contents": [], "versions": []}),
	"only another version": _asked("", {"contents": [], "versions": [{"id": "one", "stages": ["AWSPREVIOUS"], "at": 74}]}),
	"another version": _asked("::AWSPREVIOUS:", {"contents": []}),
	"elsewhere": _asked("", {"contents": [], "maybe": _flag}),
	"looked up": _asked("", {"contents": [], "declared": false}),
	"deleted": _asked("", {"contents": [], "gone": {"how": "deleted", "at": 75}}),
}

test_a_value if {
	_is("text", ["proof", 71, "`Db` has a value"])
	_is("binary", ["proof", 71, "`Db` has a value"])
	_is("described", ["proof", 74, "`Db` has a value"])
	_is("condition of the job", ["proof", 71, "`Db` has a value"])
}

test_no_value if {
	every name in ["nothing", "empty", "elsewhere"] {
		_is(name, ["finding", "likely", "`A` refers to `Db`, which gets no value in these files; jobs fail until one is stored."])
	}
	_is("condition", ["finding", "likely", "`A` refers to `Db`, which gets a value only under a condition (`var.on`)."])
	every name in ["no version", "only another version"] {
		_is(name, [
			"finding",
			"certain",
			"`A` refers to `Db`, which has no version labelled `AWSCURRENT` and so no current value.",
		])
	}
}

test_what_is_not_known if {
	_is("handed on", ["unverified", "custom-resource", "can't tell whether `Db` has a value"])
	_is("rotated", ["unverified", "content", "can't tell whether `Db` has a value"])
	_is("another version", ["unverified", "content", "can't tell whether `Db` has a value"])
}

test_what_it_does_not_apply_to if {
	every name in ["looked up", "deleted"] { _is_off(name) }
}
