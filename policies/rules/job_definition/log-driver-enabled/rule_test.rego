package rules.job_definition["log-driver-enabled_test"]

import data.lib.mocks
import data.rules.job_definition["log-driver-enabled"] as rule

_whole := mocks.reference("A", mocks.secret_arn("Db", "db"), 11, {"secret": "unit#Db"})

_key := mocks.reference("B", concat("", [mocks.secret_arn("Db", "db"), ":password::"]), 12, {"secret": "unit#Db"})

_parameter := mocks.reference("C", "/prod/db", 13, {})

_unknown := mocks.reference("D", "⟨*1⟩", 14, {})

_name := "ECS_AVAILABLE_LOGGING_DRIVERS"

_in(driver, launches) := mocks.with_holes(
	mocks.runs_case(
		mocks.container({"secrets": [_whole], "log": object.union(mocks.log([]), {"driver": mocks.text(driver, 21)})}),
		[mocks.environment("Ec2", launches)],
		{},
	),
	{"1": mocks.variable_hole("var.x")},
)

_set(value) := [mocks.launch({"user_data": mocks.user_data({_name: value}, {})})]

cases := {
	"default": _in("awslogs", [mocks.launch({})]),
	"listed": _in("splunk", _set(`["awslogs", "splunk"]`)),
	"listed with escapes": _in("splunk", _set(`[\"awslogs\",\"splunk\"]`)),
	"not listed": _in("splunk", _set(`["awslogs"]`)),
	"default that is left out": _in("awslogs", _set(`["splunk"]`)),
	"FireLens": _in("awsfirelens", _set(`["awslogs"]`)),
	"not by default": _in("splunk", [mocks.launch({})]),
	"unknown driver": _in("⟨*1⟩", [mocks.launch({})]),
	"unknown list": _in("splunk", _set("⟨*1⟩")),
	"own image": _in("awslogs", [mocks.launch({"images": [mocks.image("ami-1", null, null)]})]),
	"no log configuration": mocks.runs_case(
		mocks.container({"secrets": [_whole]}),
		[mocks.environment("Ec2", _set(`["splunk"]`))],
		{},
	),
}

_judged(given) := [findings, unverified, proofs] if {
	findings := {[one.confidence, one.message, one.at, one.references] | some one in rule.findings} with input as given
	unverified := {[one.reason, one.cause.name, one.at] | some one in rule.unverified} with input as given
	proofs := {[one.because, one.at, one.references] | some one in rule.proofs} with input as given
}

_says(given, kind) if {
	[findings, unverified, proofs] := _judged(given)
	counts := {"finding": count(findings), "unverified": count(unverified), "proof": count(proofs)}
	every other, number in counts { number == {true: 1, false: 0}[other == kind] }
}

test_a_driver_that_is_registered_is_the_proof if {
	every name in ["default", "listed", "listed with escapes", "FireLens"] { _says(cases[name], "proof") }
	_judged(cases.listed)[2] == {["user data of `Ec2` registers `splunk`", 84, [_whole.id]]}
}

test_a_driver_that_is_left_out if {
	_judged(cases["not listed"]) == [
		{[
			"certain",
			"`A` can't be read: the job logs with `splunk`, and user data of `Ec2` sets `ECS_AVAILABLE_LOGGING_DRIVERS` without it.",
			84,
			[_whole.id],
		]},
		set(),
		set(),
	]
	_says(cases["default that is left out"], "finding")
}

test_what_is_not_known if {
	every name in ["not by default", "unknown driver", "unknown list", "own image"] { _says(cases[name], "unverified") }
}

test_the_default_driver_is_no_question if _judged(cases["no log configuration"]) == [set(), set(), set()]
