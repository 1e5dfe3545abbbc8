package rules.job_definition["awslogs-execution-role-override_test"]

import data.lib.mocks
import data.rules.job_definition["awslogs-execution-role-override"] as rule

_whole := mocks.reference("A", mocks.secret_arn("Db", "db"), 11, {"secret": "unit#Db"})

_key := mocks.reference("B", concat("", [mocks.secret_arn("Db", "db"), ":password::"]), 12, {"secret": "unit#Db"})

_parameter := mocks.reference("C", "/prod/db", 13, {})

_unknown := mocks.reference("D", "⟨*1⟩", 14, {})

_name := "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE"

_role := {"execution_role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/execution")}

_in(container, launches) := mocks.with_holes(
	mocks.runs_case(
		mocks.container(object.union(object.union({"secrets": [_whole]}, _role), container)),
		[mocks.environment("Ec2", launches)],
		{},
	),
	{"1": mocks.variable_hole("var.x")},
)

_set(value) := [mocks.launch({"user_data": mocks.user_data({_name: value}, {})})]

_driver(value) := {"log": object.union(mocks.log([]), {"driver": mocks.text(value, 21)})}

_old := mocks.image("amzn-ami-2017.03.g-amazon-ecs-optimized", null, [1, 15, 2])

cases := {
	"default": _in({}, [mocks.launch({})]),
	"true": _in({}, _set("true")),
	"false": _in({}, _set("false")),
	"false with awslogs": _in(_driver("awslogs"), _set("false")),
	"false with splunk": _in(_driver("splunk"), _set("false")),
	"false with some driver": _in(_driver("⟨*1⟩"), _set("false")),
	"false without a role": _in({"execution_role": null}, _set("false")),
	"a variable": _in({}, _set("⟨*1⟩")),
	"a word": _in({}, _set("yes")),
	"one of two": _in({}, array.concat(_set("false"), [mocks.launch({})])),
	"settings from elsewhere": _in({}, [mocks.launch({"user_data": mocks.user_data({}, {"unseen": [mocks.unseen("settings", "x", 0)]})})]),
	"template elsewhere": _in({}, [mocks.launch({"unseen": [mocks.unseen("launch template", "x", 0)]})]),
	"own image": _in({}, [mocks.launch({"images": [mocks.image("ami-1", null, null)]})]),
	"own image, other settings": _in({}, [mocks.launch({
		"images": [mocks.image("ami-1", null, null)],
		"user_data": mocks.user_data({"ECS_CLUSTER": "x"}, {}),
	})]),
	"unknown image, other settings": _in({}, [mocks.launch({
		"images": [mocks.image("⟨*1⟩", null, null)],
		"user_data": mocks.user_data({"ECS_CLUSTER": "x"}, {}),
	})]),
	"own image that is told": _in({}, [object.union(_set("true")[0], {"images": [mocks.image("ami-1", null, null)]})]),
	"old image": _in({}, [mocks.launch({"images": [_old]})]),
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

test_what_turns_it_on_is_the_proof if {
	_judged(cases["true"])[2] == {["user data of `Ec2` sets `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE` to true", 84, [_whole.id]]}
	every name in ["default", "true", "own image that is told"] { _says(cases[name], "proof") }
}

test_what_turns_it_off if {
	_judged(cases["false"]) == [
		{[
			"certain",
			"`A` can't be read with `awslogs`: user data of `Ec2` sets `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE` to false.",
			84,
			[_whole.id],
		]},
		set(),
		set(),
	]
	_says(cases["false with awslogs"], "finding")
	every name in ["old image", "own image, other settings", "false with some driver"] {
		{confidence | some [confidence, _, _, _] in _judged(cases[name])[0]} == {"likely"}
	}
}

test_what_is_not_known if {
	every name in ["a variable", "a word", "one of two", "settings from elsewhere", "template elsewhere", "own image", "unknown image, other settings"] {
		_says(cases[name], "unverified")
	}
}

test_it_is_about_awslogs_with_a_role if {
	every name in ["false with splunk", "false without a role"] { _judged(cases[name]) == [set(), set(), set()] }
}

test_the_fix_is_the_other_word if {
	edits := {edit | some one in rule.findings; some edit in one.remedy.edits} with input as cases["false"]
	edits == {{"at": 84, "text": "true", "piece": true, "choice": true}}
}
