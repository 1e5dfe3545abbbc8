package rules.job_definition["single-version-selector_test"]

import data.lib.mocks
import data.rules.job_definition["single-version-selector"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

_case(value) := mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]})]), {})

_good := [
	_arn,
	sprintf("%s:password::", [_arn]),
	sprintf("%s::AWSPREVIOUS:", [_arn]),
	sprintf("%s:::%s", [_arn, _id]),
	sprintf("%s:password:⟨stage@.⟩:%s", [_arn, _id]),
	sprintf("%s:password:AWSCURRENT:⟨id@.⟩", [_arn]),
	sprintf("%s:password:AWSCURRENT", [_arn]),
	"⟨*SecretArn@unit⟩",
	"arn:aws:ssm:eu-west-1:111122223333:parameter/db:3",
]

cases[value] := _case(value) if some value in _good

cases["both"] := _case(sprintf("%s:password:AWSCURRENT:%s", [_arn, _id]))

test_one_selector_or_none_is_fine if {
	every value in _good {
		rule.findings == set() with input as cases[value]
	}
}

test_both_are_too_many if {
	found := rule.findings with input as cases.both
	found == {{
		"rule": "single-version-selector",
		"severity": "warning",
		"confidence": "certain",
		"message": concat("", [_arn, ":password:AWSCURRENT:", _id, " selects a version by its stage, AWSCURRENT, and by its id."]),
		"remedy": {
			"text": "Keep the version stage, or the version id, and leave the other empty.",
			"replacement": concat("", [_arn, ":password:AWSCURRENT:"]),
			"statement": null,
		},
		"at": 11,
		"related": [],
		"references": ["containerProperties.secrets.DB_PASSWORD"],
		"names": ["containerProperties", "DB_PASSWORD"],
	}}
}
