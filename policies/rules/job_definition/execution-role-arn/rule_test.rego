package rules.job_definition["execution-role-arn_test"]

import data.lib.mocks
import data.rules.job_definition["execution-role-arn"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_role := mocks.role("ExecutionRole", [])

_with(reference, roles) := mocks.job_case(
	mocks.job([mocks.container({
		"secrets": [mocks.reference("DB_PASSWORD", _arn, 11, {}), mocks.reference("DB_USER", _arn, 12, {})],
		"execution_role": reference,
	})]),
	{"roles": roles},
)

_given(value) := _with(mocks.role_elsewhere(value), [])

_attribute(kind, name) := mocks.with_holes(_given("⟨*x⟩"), {"x": mocks.hole("x", {"origin": {
	"kind": "lookup",
	"of": [],
	"function": null,
	"resource_kind": kind,
	"attribute": name,
}})})

_good := {
	"of the files": _with(mocks.role_of(_role), [_role]),
	"ARN": _given("arn:aws:iam::111122223333:role/batch/jobs"),
	"ARN in an account that is not known": _given("arn:aws:iam::⟨*Account⟩:role/jobs"),
	"ARN with a name that is not known": _given("arn:aws:iam::111122223333:role/⟨Name⟩"),
	"ARN of what is looked up": _attribute("role", "arn"),
}

# Values and what they are.
_certain := {
	"arn:aws:iam::111122223333:instance-profile/jobs": "the ARN of an instance profile, not of a role",
	"arn:aws:iam::111122223333:user/jobs": "the ARN of a user, not of a role",
	"arn:aws:iam::111122223333:policy/⟨Name⟩": "the ARN of a policy, not of a role",
	"arn:aws:sts::111122223333:assumed-role/jobs/x": "the ARN of a session of a role, not of a role",
	"arn:aws:batch:eu-west-1:111122223333:job-queue/x": "the ARN of something of the service batch, not of a role",
	"arn:aws:iam::role/jobs": "only a part of an ARN",
	"arn:aws:iam::${AWS::AccountId}:role/jobs": "a reference that nothing replaces",
	"aws_iam_role.jobs.arn": "a reference that nothing replaces",
	"Ref::role": "a reference that nothing replaces",
	"arn:aws:iam:eu-west-1:111122223333:role/jobs": "an ARN with the Region eu-west-1, and ARNs of IAM have none",
}

_likely := {
	"jobs": "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/jobs",
	"⟨Env⟩-jobs": "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Env⟩-jobs",
}

cases := object.union_n([
	_good,
	{value: _given(value) | some value, _ in _certain},
	{value: _given(value) | some value, _ in _likely},
	{"unknown": _given("⟨*Role⟩"), "none": _with(null, [])},
])

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

_both := ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"]

test_good if {
	every _, given in _good {
		[findings, unverified, proofs] := _judged(given)
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {_both}
	}
}

test_certain if {
	every value, is in _certain {
		[findings, unverified, proofs] := _judged(_given(value))
		[unverified, proofs] == [set(), set()]
		{[one.message, one.confidence, one.references] | some one in findings} == {[
			sprintf("The execution role of `DB_PASSWORD` and `DB_USER`, `%s`, is %s.", [value, is]),
			"certain",
			_both,
		]}
	}
}

test_likely if {
	every value, right in _likely {
		[findings, unverified, proofs] := _judged(_given(value))
		[unverified, proofs] == [set(), set()]
		{[one.confidence, [edit.text | some edit in one.remedy.edits]] | some one in findings} == {["likely", [right]]}
	}
}

test_the_name_of_a_role_of_the_files_is_likely if {
	reference := object.union(mocks.role_of(_role), {"arn": mocks.text("⟨ExecutionRole.name@unit⟩", 21)})
	[findings, unverified, proofs] := _judged(_with(reference, [_role]))
	[unverified, proofs] == [set(), set()]
	{[one.confidence, [edit.text | some edit in one.remedy.edits]] | some one in findings} == {["likely", [_role.arn.value]]}
}

test_undecided if {
	every given in [_given("⟨*Role⟩"), _attribute("other", "arn")] {
		[findings, unverified, proofs] := _judged(given)
		[findings, proofs] == [set(), set()]
		{one.references | some one in unverified} == {_both}
	}
}

test_without_a_role_it_does_not_apply if {
	every given in [_with(null, []), _given("")] {
		_judged(given) == [set(), set(), set()]
	}
}
