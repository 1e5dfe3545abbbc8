package rules.job_definition["reserved-environment-names_test"]

import data.lib.mocks
import data.rules.job_definition["reserved-environment-names"] as rule

_case(given) := mocks.with_holes(
	mocks.job_case(mocks.job([mocks.container(given)]), {}),
	{"1": mocks.parameter_hole("Prefix")},
)

_variables(names) := [mocks.variable(name, "x", index + 1) | some index, name in names]

_maybe := object.union(mocks.variable("AWS_BATCH_A", "x", 1), {"maybe": mocks.cause("?")})

cases := {
	"own": _case({"environment": _variables(["STAGE", "BATCH_SIZE", "AWS_REGION", "aws_batch_stage", "⟨*1⟩X", "MY_⟨*1⟩"])}),
	"reserved": _case({"environment": _variables(["AWS_BATCH_STAGE", "STAGE"])}),
	"unknown behind": _case({"environment": _variables(["AWS_BATCH_⟨*1⟩"])}),
	"may not be there": _case({"environment": [_maybe]}),
	"secrets": _case({"secrets": [
		object.union(mocks.reference("A", "/a", 11, {}), {"name": mocks.text("AWS_BATCH_TOKEN", 12)}),
		object.union(mocks.reference("B", "/b", 13, {}), {"name": null}),
	]}),
	"eks": _case({"kind": "eks", "environment": _variables(["AWS_BATCH_STAGE"])}),
}

_found(name) := {[one.confidence, one.message, one.remedy.edits] | some one in found} if {
	found := rule.findings with input as cases[name]
}

_open(name) := {[one.reason, one.at] | some one in open} if {
	open := rule.unverified with input as cases[name]
}

test_own if {
	_found("own") == set()
	_open("own") == {["can't tell whether a name in `environment` is reserved for AWS Batch", 5]}
}

test_reserved if {
	_found("reserved") == {[
		"certain",
		"`AWS_BATCH_STAGE` in `environment` has a name that is reserved for AWS Batch itself.",
		[{"at": 1, "text": "BATCH_STAGE"}],
	]}
	{row[1] | some row in _found("eks")} == {"`AWS_BATCH_STAGE` in `env` has a name that is reserved for AWS Batch itself."}
}

test_the_beginning_decides if {
	{[row[0], row[2]] | some row in _found("unknown behind")} == {["certain", []]}
	_open("unknown behind") == set()
}

test_likely if {
	{row[0] | some row in _found("may not be there")} == {"likely"}
	{[row[0], row[1]] | some row in _found("secrets")} == {[
		"likely",
		"`AWS_BATCH_TOKEN` in `secrets` has a name that is reserved for AWS Batch itself.",
	]}
}
