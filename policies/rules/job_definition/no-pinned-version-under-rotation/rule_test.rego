package rules.job_definition["no-pinned-version-under-rotation_test"]

import data.lib.mocks
import data.rules.job_definition["no-pinned-version-under-rotation"] as rule

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

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

cases := {
	"version": _asked(concat("", [":a::", _id]), {"rotates": true}),
	"previous": _asked(":a:AWSPREVIOUS:", {"rotates": true}),
	"pending": _asked("::AWSPENDING:", {"rotates": true}),
	"not rotating": _asked("::AWSPREVIOUS:", {"rotates": false}),
	"unknown": _asked("::AWSPREVIOUS:", {"rotates": null}),
	"variable": mocks.with_holes(_asked("::⟨v⟩:", {"rotates": true}), {"v": mocks.variable_hole("var.stage")}),
	"elsewhere": _asked("::AWSPREVIOUS:", {"rotates": true, "maybe": {"kind": "same-secret", "name": "Db", "unit": "other"}}),
	"current": _asked("::AWSCURRENT:", {"rotates": true}),
	"none": _asked(":a::", {"rotates": true}),
}

test_a_pinned_version if {
	_is("version", ["finding", "certain", "`A` selects a version of `Db` by its ID, but the secret rotates."])
	_is("previous", ["finding", "certain", "`A` selects the version of `Db` labelled `AWSPREVIOUS`, but the secret rotates."])
	_is("elsewhere", ["finding", "likely", "`A` selects the version of `Db` labelled `AWSPREVIOUS`, but the secret rotates."])
}

test_a_pending_version_is_an_error if {
	{one.severity | some one in rule.findings with input as cases.pending} == {"error"}
	{one.severity | some one in rule.findings with input as cases.previous} == {"warning"}
}

test_no_rotation if _is("not rotating", ["proof", 7, "`Db` does not rotate"])

test_what_is_not_known if {
	_is("unknown", ["unverified", "rotation", "can't tell whether the version that `A` selects gets out of date"])
	_is("variable", ["unverified", "variable", "can't tell which version `A` selects"])
}

test_what_it_does_not_apply_to if {
	every name in ["current", "none"] { _is_off(name) }
}

test_the_remedy_selects_the_current_version if {
	{one.remedy.edits | some one in rule.findings with input as cases.version} == {[{
		"at": 11,
		"text": concat("", [_arn, ":a:AWSCURRENT:"]),
	}]}
}
