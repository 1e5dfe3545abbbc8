package rules.job_definition["secret-selector-format_test"]

import data.lib.mocks
import data.rules.job_definition["secret-selector-format"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

_case(value) := mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]})]), {})

_good := [
	_arn,
	sprintf("%s:password::", [_arn]),
	sprintf("%s::AWSPREVIOUS:", [_arn]),
	sprintf("%s:::%s", [_arn, _id]),
	sprintf("%s:password:my-stage:%s", [_arn, _id]),
	sprintf("%s:password::01234567890123456789012345678901", [_arn]),
	sprintf("%s:password:⟨stage@.⟩:⟨id@.⟩", [_arn]),
	"⟨*SecretArn@unit⟩",
	"⟨*SecretArn@unit⟩:password::",
	"⟨*Prefix@unit⟩-secret:password",
	"⟨*SecretArn@unit⟩:⟨*Key@unit⟩",
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name@unit⟩:password",
	"arn:aws:ssm:eu-west-1:111122223333:parameter/db:3",
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret/db:password",
]

# Selectors, the message behind the ARN, and what should stand there.
_bad := {
	":password": [" has 3 resource parts (secret, db-AbCdEf, password); AWS accepts 2 or 5.", ":password::"],
	":": [" has 3 resource parts (secret, db-AbCdEf, empty); AWS accepts 2 or 5.", ""],
	":AWSPREVIOUS": [" has 3 resource parts (secret, db-AbCdEf, AWSPREVIOUS); AWS accepts 2 or 5.", "::AWSPREVIOUS:"],
	"::9d4cb84b-ad69-40c0-a0ab-cead36b967e8": [
		" has 4 resource parts (secret, db-AbCdEf, empty, 9d4cb84b-ad69-40c0-a0ab-cead36b967e8); AWS accepts 2 or 5.",
		":::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
	],
	"::AWSPREVIOUS": [
		" has 4 resource parts (secret, db-AbCdEf, empty, AWSPREVIOUS); AWS accepts 2 or 5.",
		"::AWSPREVIOUS:",
	],
	":password:": [" has 4 resource parts (secret, db-AbCdEf, password, empty); AWS accepts 2 or 5.", ":password::"],
	":password:AWSPENDING": [
		" has 4 resource parts (secret, db-AbCdEf, password, AWSPENDING); AWS accepts 2 or 5.",
		":password:AWSPENDING:",
	],
	":password:other": [" has 4 resource parts (secret, db-AbCdEf, password, other); AWS accepts 2 or 5.", null],
	":SecretString:password": [
		" has 4 resource parts (secret, db-AbCdEf, SecretString, password); AWS accepts 2 or 5.",
		":password::",
	],
	":SecretString:password::": [
		" has 6 resource parts (secret, db-AbCdEf, SecretString, password, empty, empty); AWS accepts 2 or 5.",
		":password::",
	],
	":password:::": [
		" has 6 resource parts (secret, db-AbCdEf, password, empty, empty, empty); AWS accepts 2 or 5.",
		":password::",
	],
	":a:b:c:d": [" has 6 resource parts (secret, db-AbCdEf, a, b, c, d); AWS accepts 2 or 5.", null],
	":a:b:c:d:e": [" has 7 resource parts (secret, db-AbCdEf, a, b, c, d, e); AWS accepts 2 or 5.", null],
	":password:9d4cb84b-ad69-40c0-a0ab-cead36b967e8:": [
		" has the version id 9d4cb84b-ad69-40c0-a0ab-cead36b967e8 in the place of a version stage.",
		":password::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
	],
	"::9d4cb84b-ad69-40c0-a0ab-cead36b967e8:v2": [
		" has the version id 9d4cb84b-ad69-40c0-a0ab-cead36b967e8 in the place of a version stage.",
		null,
	],
	":password::AWSCURRENT": [
		" has the version stage AWSCURRENT in the place of a version id.",
		":password:AWSCURRENT:",
	],
	":password:AWSCURRENT:AWSCURRENT": [" has the version stage AWSCURRENT in the place of a version id.", null],
	":password::v2": [" has v2 for a version id, which has 32 to 64 characters.", null],
}

_likely := {
	"one colon": ["⟨*SecretArn@unit⟩:password", "1 colon", "⟨*SecretArn@unit⟩:password::"],
	"two colons": ["⟨*SecretArn@unit⟩::AWSPREVIOUS", "2 colons", "⟨*SecretArn@unit⟩::AWSPREVIOUS:"],
}

cases := object.union_n([
	{sprintf("good %d", [index]): _case(value) | some index, value in _good},
	{selectors: _case(concat("", [_arn, selectors])) | some selectors, _ in _bad},
	{name: _case(likely[0]) | some name, likely in _likely},
	{
		"credentials": mocks.job_case(
			mocks.job([mocks.container({"registry_credentials": mocks.reference("", sprintf("%s:password", [_arn]), 11, {})})]),
			{},
		),
		"declared": _case(concat("", [mocks.secret_arn("Db", "db"), ":password"])),
	},
])

_found(given) := answer if {
	answer := rule.findings with input as given
}

test_good if {
	every index, _ in _good { _found(cases[sprintf("good %d", [index])]) == set() }
}

test_bad if {
	every selectors, bad in _bad {
		_found(cases[selectors]) == {{
			"rule": "secret-selector-format",
			"severity": "error",
			"confidence": "certain",
			"message": concat("", [_arn, selectors, bad[0]]),
			"remedy": {"text": _advice(bad[0]), "replacement": _behind_arn(bad[1]), "statement": null},
			"at": 11,
			"related": [],
			"references": ["containerProperties.secrets.DB_PASSWORD"],
			"names": ["containerProperties", "DB_PASSWORD"],
		}}
	}
}

_advice(message) := "Write ARN:JSON-KEY:VERSION-STAGE:VERSION-ID with all three colons, whatever is left empty." if {
	contains(message, "resource parts")
} else := "Put the version where it belongs."

_behind_arn(null) := null

_behind_arn(selectors) := concat("", [_arn, selectors]) if selectors != null

test_behind_something_unknown_it_is_likely if {
	every name, likely in _likely {
		{[one.confidence, one.message, one.remedy.replacement] | some one in _found(cases[name])} == {[
			"likely",
			sprintf("%s has %s behind the ARN of a secret; AWS accepts none or 3.", [likely[0], likely[1]]),
			likely[2],
		]}
	}
}

test_credentials_are_another_rules if _found(cases.credentials) == set()

test_the_arn_of_a_declared_secret_has_no_selectors if {
	{one.remedy.replacement | some one in _found(cases.declared)} == {concat("", [mocks.secret_arn("Db", "db"), ":password::"])}
}
