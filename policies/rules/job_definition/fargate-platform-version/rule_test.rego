package rules.job_definition["fargate-platform-version_test"]

import data.lib.mocks
import data.rules.job_definition["fargate-platform-version"] as rule

_whole := mocks.reference("A", mocks.secret_arn("Db", "db"), 11, {"secret": "unit#Db"})

_key := mocks.reference("B", concat("", [mocks.secret_arn("Db", "db"), ":password::"]), 12, {"secret": "unit#Db"})

_parameter := mocks.reference("C", "/prod/db", 13, {})

_unknown := mocks.reference("D", "⟨*1⟩", 14, {})

_holes := {"1": mocks.variable_hole("var.x")}

_on(version, references, given) := mocks.with_holes(
	mocks.job_case(
		mocks.job([mocks.container(object.union(
			{
				"platform": "FARGATE",
				"platform_version": mocks.text(version, 21),
				"secrets": references,
			},
			given,
		))]),
		{},
	),
	_holes,
)

cases := {
	"no version": _on("", [_key], {"platform_version": null}),
	"latest": _on("LATEST", [_key], {}),
	"1.4.0": _on("1.4.0", [_key, _whole, _parameter, _unknown], {}),
	"newer": _on("2.0.0", [_key], {}),
	"1.3.0 and a key": _on("1.3.0", [_key], {}),
	"1.3.0 and all": _on("1.3.0", [_key, _whole, _parameter, _unknown], {}),
	"1.2.0 and a secret": _on("1.2.0", [_whole], {}),
	"1.2.0 and registry credentials": _on("1.2.0", [], {"registry_credentials": _whole}),
	"1.0.0 and registry credentials": _on("1.0.0", [], {"registry_credentials": _whole}),
	"Windows": _on("1.0.0", [_key], {"operating_system": mocks.text("WINDOWS_SERVER_2022_CORE", 0)}),
	"unknown version": _on("⟨*1⟩", [_key], {}),
	"no version number": _on("newest", [_key], {}),
	"EC2": _on("1.0.0", [_key], {"platform": "EC2"}),
	"unknown platform": _on("1.4.0", [_key], {"platform": null}),
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

test_a_version_that_can_read_it_is_the_proof if {
	every name in ["no version", "latest", "newer", "Windows", "unknown platform"] { _says(cases[name], "proof") }
	[_, _, proofs] := _judged(cases["1.4.0"])
	proofs == {["the Fargate platform version is 1.4.0", 21, [id]] |
		some id in [_key.id, _whole.id, _parameter.id, _unknown.id]
	}
}

test_a_version_that_is_too_old if {
	_judged(cases["1.3.0 and a key"]) == [
		{["certain", "Fargate platform version 1.3.0 can't read `B`: JSON keys and versions of secrets need 1.4.0.", 21, [_key.id]]},
		set(),
		set(),
	]
	[findings, _, _] := _judged(cases["1.0.0 and registry credentials"])
	some ["certain", message, 21, _] in findings
	contains(message, "registry credentials need 1.2.0")
}

test_a_retired_version_is_likely if {
	{confidence | some [confidence, _, _, _] in _judged(cases["1.2.0 and registry credentials"])[0]} == {"likely"}
	[findings, unverified, proofs] := _judged(cases["1.3.0 and all"])
	{[confidence, references] | some [confidence, _, _, references] in findings} == {
		["certain", [_key.id]],
		["likely", [_whole.id, _parameter.id]],
	}
	{[cause, at] | some [_, cause, at] in unverified} == {["var.x", 21]}
	proofs == set()
}

test_what_is_not_known if {
	_says(cases["unknown version"], "unverified")
	_says(cases["no version number"], "unverified")
}

test_other_platforms_have_no_version if _judged(cases.EC2) == [set(), set(), set()]
