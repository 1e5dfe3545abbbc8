package rules.compute_environment["launch-template-user-data_test"]

import data.lib.mocks
import data.rules.compute_environment["launch-template-user-data"] as rule

_of(forms) := mocks.environment_case(
	mocks.environment("Ec2", [mocks.launch({"user_data": mocks.user_data({}, {"form": form})}) | some form in forms]),
	[mocks.reader("A", "secretsmanager", 91)],
)

cases := {
	"multi-part": _of(["mime"]),
	"script": _of(["script"]),
	"cloud-config": _of(["cloud-config"]),
	"text": _of(["other"]),
	"Bottlerocket": _of(["toml"]),
	"unknown": _of(["unknown"]),
	"one of two": _of(["mime", "script"]),
	"none": mocks.environment_case(mocks.environment("Ec2", [mocks.launch({})]), [mocks.reader("A", "secretsmanager", 91)]),
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

test_a_multi_part_document_is_the_proof if {
	_says(cases["multi-part"], "proof")
	_judged(cases["multi-part"])[2] == {["the user data of `Ec2` is a MIME multi-part document", 83, [mocks.reader("A", "secretsmanager", 91).reference]]}
}

test_anything_else if {
	{[confidence, message, at] | some [confidence, message, at, _] in _judged(cases.script)[0]} == {[
		"certain",
		"`Ec2` can't run jobs: the user data of its launch template is a script, not a MIME multi-part document.",
		83,
	]}
	every name in ["script", "cloud-config", "text", "one of two"] { _says(cases[name], "finding") }
	{confidence | some [confidence, _, _, _] in _judged(cases.text)[0]} == {"likely"}
}

test_what_is_not_known if {
	every name in ["Bottlerocket", "unknown"] { _says(cases[name], "unverified") }
}

test_an_environment_without_user_data if _judged(cases.none) == [set(), set(), set()]
