package rules.job_definition["single-version-selector_test"]

import data.lib.mocks
import data.rules.job_definition["single-version-selector"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

_case(value) := mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]})]), {})

_good := {
	_arn: "it selects no version",
	sprintf("%s:password::", [_arn]): "it selects at most one of version stage and version ID",
	sprintf("%s::AWSPREVIOUS:", [_arn]): "it selects at most one of version stage and version ID",
	sprintf("%s:::%s", [_arn, _id]): "it selects at most one of version stage and version ID",
	sprintf("%s:password:⟨stage@.⟩:", [_arn]): "it selects at most one of version stage and version ID",
}

_unknown := [
	sprintf("%s:password:⟨stage@.⟩:%s", [_arn, _id]),
	sprintf("%s:password:AWSCURRENT:⟨id@.⟩", [_arn]),
]

_elsewhere := [
	sprintf("%s:password:AWSCURRENT", [_arn]),
	"⟨*SecretArn@unit⟩",
	"arn:aws:ssm:eu-west-1:111122223333:parameter/db:3",
]

cases := object.union(
	{"both": _case(sprintf("%s:password:AWSCURRENT:%s", [_arn, _id]))},
	{value: _case(value) | some value in array.concat(array.concat([good | some good, _ in _good], _unknown), _elsewhere)},
)

test_one_selector_or_none_is_fine if {
	every value, because in _good {
		rule.findings == set() with input as cases[value]
		proofs := rule.proofs with input as cases[value]
		{proof.because | some proof in proofs} == {because}
	}
}

test_a_selector_that_is_not_known_may_be_empty if {
	every value in _unknown {
		rule.findings == set() with input as cases[value]
		undecided := rule.unverified with input as cases[value]
		{one.reason | some one in undecided} == {"can't tell whether `DB_PASSWORD` selects a version both by stage and by ID"}
	}
}

test_what_it_does_not_apply_to if {
	every value in _elsewhere {
		rule.applies == set() with input as cases[value]
	}
}

test_both_are_too_many if {
	found := rule.findings with input as cases.both
	found == {{
		"rule": "single-version-selector",
		"severity": "warning",
		"confidence": "certain",
		"message": "`DB_PASSWORD` selects a version both by its stage, `AWSCURRENT`, and by its ID.",
		"remedy": {
			"text": "Keep the version stage or the version ID, and leave the other one empty.",
			"edits": [{"at": 11, "text": concat("", [_arn, ":password:AWSCURRENT:"])}],
			"add": null,
		},
		"at": 11,
		"related": [],
		"references": ["containerProperties.secrets.DB_PASSWORD"],
		"names": ["containerProperties", "DB_PASSWORD"],
		"assumes": [],
	}}
}
