package main_test

import data.lib.mocks
import data.main

_case := mocks.job_case(
	mocks.job([mocks.container({"secrets": [
		mocks.reference("A", "arn:aws:secretsmanager:eu-west-1:secret:a", 11, {}),
		mocks.reference("B", "⟨*B@unit⟩", 12, {}),
	]})]),
	{},
)

test_every_rule_of_the_kind_is_asked if {
	report := main.report with input as _case
	{["execution-role-present", 2], ["secret-arn-format", 11]} - {[finding.rule, finding.at] |
		some finding in report.findings
	} == set()
	{[undecided.rule, undecided.at] |
		some undecided in report.unverified
		undecided.rule in {"secret-arn-format", "secret-reference-is-arn"}
	} == {["secret-arn-format", 12], ["secret-reference-is-arn", 12]}
	{proof.references | some proof in report.proofs; proof.rule == "job-definition-shape"} == {[
		"containerProperties.secrets.A",
		"containerProperties.secrets.B",
	]}
}

test_a_reference_that_may_not_be_there_is_at_most_likely_broken if {
	cause := {"kind": "variable", "name": "var.on", "unit": "infra"}
	job := mocks.job([mocks.container({"secrets": [
		mocks.reference("A", "arn:aws:secretsmanager:eu-west-1:secret:a", 11, {}),
		mocks.reference("B", "arn:aws:secretsmanager:eu-west-1:secret:a", 12, {"maybe": cause}),
	]})])
	report := main.report with input as mocks.job_case(job, {})
	{[finding.at, finding.confidence] | some finding in report.findings; finding.rule == "secret-arn-format"} == {
		[11, "certain"],
		[12, "likely"],
	}
}

test_no_rule_of_another_kind_is_asked if {
	report := main.report with input as mocks.policy_case([], {})
	report == {"findings": [], "unverified": [], "proofs": []}
}
