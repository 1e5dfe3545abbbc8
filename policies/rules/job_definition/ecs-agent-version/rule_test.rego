package rules.job_definition["ecs-agent-version_test"]

import data.lib.mocks
import data.rules.job_definition["ecs-agent-version"] as rule

_whole := mocks.reference("A", mocks.secret_arn("Db", "db"), 11, {"secret": "unit#Db"})

_key := mocks.reference("B", concat("", [mocks.secret_arn("Db", "db"), ":password::"]), 12, {"secret": "unit#Db"})

_parameter := mocks.reference("C", "/prod/db", 13, {})

_unknown := mocks.reference("D", "⟨*1⟩", 14, {})

_in(references, environments, given) := mocks.with_holes(
	mocks.runs_case(mocks.container({"secrets": references}), environments, given),
	{"1": mocks.variable_hole("var.x")},
)

_current := mocks.environment("Current", [mocks.launch({})])

_of(address, image) := mocks.environment(address, [mocks.launch({"images": [image]})])

_old := _of("Old", mocks.image("amzn2-ami-ecs-hvm-2.0.20190402-x86_64-ebs", [1, 27, 0], [1, 27, 0]))

_own := _of("Own", mocks.image("ami-1", null, null))

cases := {
	"no environment": _in([_key], [], {}),
	"current": _in([_key, _whole, _parameter, _unknown], [_current], {}),
	"old and a key": _in([_key], [_old], {}),
	"old and no key": _in([_whole, _parameter], [_old], {}),
	"old and unknown": _in([_unknown], [_old], {}),
	"very old": _in([_unknown], [_of("VeryOld", mocks.image("x", null, [1, 15, 2]))], {}),
	"own": _in([_key], [_own], {}),
	"old or current": _in([_key], [_old, _current], {}),
	"old or unseen": _in([_key], [_old], {"more": mocks.cause("Other is not known")}),
	"current or unseen": _in([_key], [_current], {"more": mocks.cause("Other is not known")}),
	"old, perhaps": _in([_key], [_old], {"certain": false}),
	"two images": _in(
		[_key],
		[mocks.environment("Two", [mocks.launch({"images": [
			mocks.image(null, [1, 51, 0], null),
			mocks.image("ami-1", null, null),
		]})])],
		{},
	),
	"Fargate": mocks.runs_case(mocks.container({"secrets": [_key], "platform": "FARGATE"}), [_old], {}),
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

test_a_new_agent_is_the_proof if {
	[_, _, proofs] := _judged(cases.current)
	{because | some [because, _, _] in proofs} == {"`Current` starts instances from the current ECS-optimized image"}
	{id | some [_, _, references] in proofs; some id in references} == {_key.id, _whole.id, _parameter.id, _unknown.id}
	[_, _, older] := _judged(cases["old and no key"])
	{because | some [because, _, _] in older} == {"the image of `Old` has ECS agent 1.27.0 or later"}
}

test_an_old_agent if {
	_judged(cases["old and a key"]) == [
		{[
			"certain",
			"`B` can't be read: JSON keys and versions of secrets need ECS agent 1.37.0, and that of the image of `Old` is 1.27.0.",
			82,
			[_key.id],
		]},
		set(),
		set(),
	]
	_says(cases["very old"], "finding")
	{confidence | some [confidence, _, _, _] in _judged(cases["old, perhaps"])[0]} == {"likely"}
}

test_what_is_not_known if {
	every name in ["old and unknown", "own", "old or current", "old or unseen", "current or unseen", "two images"] {
		_says(cases[name], "unverified")
	}
	{cause | some [_, cause, _] in _judged(cases.own)[1]} == {"ami-1"}
	{cause | some [_, cause, _] in _judged(cases["old or current"])[1]} == {"Job"}
}

test_it_is_about_instances_in_the_files if {
	every name in ["no environment", "Fargate"] { _judged(cases[name]) == [set(), set(), set()] }
}
