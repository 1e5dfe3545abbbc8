package rules.job_definition["log-driver-supported_test"]

import data.lib.mocks
import data.rules.job_definition["log-driver-supported"] as rule

_whole := mocks.reference("A", mocks.secret_arn("Db", "db"), 11, {"secret": "unit#Db"})

_key := mocks.reference("B", concat("", [mocks.secret_arn("Db", "db"), ":password::"]), 12, {"secret": "unit#Db"})

_parameter := mocks.reference("C", "/prod/db", 13, {})

_unknown := mocks.reference("D", "⟨*1⟩", 14, {})

_log(driver) := object.union(mocks.log([]), {"driver": driver})

_on(platform, driver, given) := mocks.with_holes(
	mocks.job_case(
		mocks.job([mocks.container(object.union(
			{"platform": platform, "log": _log(mocks.text(driver, 21)), "secrets": [_whole]},
			given,
		))]),
		{},
	),
	{"1": mocks.variable_hole("var.driver")},
)

_task(others, given) := mocks.job_case(
	object.union(
		mocks.job(array.concat(
			[mocks.container({
				"path": "ecsProperties.taskProperties[0].containers[0]",
				"kind": "ecs",
				"log": _log(mocks.text("awsfirelens", 21)),
				"secrets": [_whole],
			})],
			[object.union(mocks.container({"kind": "ecs"}), other) | some other in others],
		)),
		given,
	),
	{},
)

_router := {"path": "ecsProperties.taskProperties[0].containers[1]", "log_router": true}

cases := {
	"no log configuration": _on("FARGATE", "", {"log": null}),
	"awslogs": _on("FARGATE", "awslogs", {}),
	"gelf on EC2": _on("EC2", "gelf", {}),
	"gelf on Fargate": _on("FARGATE", "gelf", {}),
	"gelf somewhere": _on(null, "gelf", {}),
	"splunk somewhere": _on(null, "splunk", {}),
	"nothing of AWS": _on("EC2", "loki", {}),
	"no driver": _on("EC2", "", {"log": _log(null)}),
	"unknown driver": _on("EC2", "⟨*1⟩", {}),
	"FireLens outside": _on("EC2", "awsfirelens", {}),
	"FireLens": _task([_router], {}),
	"FireLens without a router": _task([{"path": _router.path}], {}),
	"FireLens with the router of another task": _task(
		[{"path": "ecsProperties.taskProperties[1].containers[0]", "log_router": true}],
		{},
	),
	"FireLens, router unknown": _task(
		[{"path": _router.path, "unseen": [mocks.unseen("firelensConfiguration", "x is not known", 0)]}],
		{},
	),
	"FireLens, containers unknown": _task([], {"unseen": [mocks.unseen("containers", "x is not known", 0)]}),
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

test_a_driver_of_the_platform_is_the_proof if {
	_judged(cases.awslogs) == [set(), set(), {["the log driver `awslogs` is supported", 21, [_whole.id]]}]
	every name in ["gelf on EC2", "splunk somewhere", "FireLens"] { _says(cases[name], "proof") }
}

test_a_driver_that_the_platform_lacks if {
	_judged(cases["gelf on Fargate"]) == [
		{["certain", "`A` can't reach the container: Fargate does not support the log driver `gelf`.", 21, [_whole.id]]},
		set(),
		set(),
	]
	every name in ["no driver", "FireLens outside", "FireLens without a router", "FireLens with the router of another task"] {
		[findings, _, _] := _judged(cases[name])
		{confidence | some [confidence, _, _, _] in findings} == {"certain"}
	}
	{confidence | some [confidence, _, _, _] in _judged(cases["nothing of AWS"])[0]} == {"likely"}
}

test_what_is_not_known if {
	every name in ["unknown driver", "gelf somewhere", "FireLens, router unknown", "FireLens, containers unknown"] {
		_says(cases[name], "unverified")
	}
}

test_the_default_driver_is_everywhere if _judged(cases["no log configuration"]) == [set(), set(), set()]
