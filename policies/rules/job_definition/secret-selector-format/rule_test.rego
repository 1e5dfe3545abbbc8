package rules.job_definition["secret-selector-format_test"]

import data.lib.mocks
import data.rules.job_definition["secret-selector-format"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

_case(value) := object.union(
	mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]})]), {}),
	{"holes": {"made": _made}},
)

_good := {
	_arn: "it has no selectors",
	sprintf("%s:password::", [_arn]): "its selectors have all three colons",
	sprintf("%s::AWSPREVIOUS:", [_arn]): "its selectors have all three colons",
	sprintf("%s:::%s", [_arn, _id]): "its selectors have all three colons",
	sprintf("%s:password:my-stage:%s", [_arn, _id]): "its selectors have all three colons",
	sprintf("%s:password::01234567890123456789012345678901", [_arn]): "its selectors have all three colons",
}

_unknown := [
	sprintf("%s:password:⟨stage@.⟩:⟨id@.⟩", [_arn]),
	"⟨*SecretArn@unit⟩",
	"⟨*SecretArn@unit⟩:password::",
	"⟨*Prefix@unit⟩-secret:password",
	"⟨*SecretArn@unit⟩:⟨*Key@unit⟩",
	"⟨secret@.⟩:password",
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name@unit⟩:password",
]

# Parameters have no selectors, and what is broken in another way has no ARN in front of them.
_elsewhere := [
	"arn:aws:ssm:eu-west-1:111122223333:parameter/db:3",
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret/db:password",
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret::db:password",
	"arn:aws:secretsmanager:",
	"db:password::",
]

# Selectors, the message behind the label, and what should be there.
_bad := {
	":password": ["two colons are missing behind the JSON key", ":password::"],
	":": ["there is a colon too many behind the ARN", ""],
	"::": ["there are two colons too many behind the ARN", ""],
	":AWSPREVIOUS": ["a colon is missing on each side of the version stage", "::AWSPREVIOUS:"],
	":9d4cb84b-ad69-40c0-a0ab-cead36b967e8": [
		"two colons are missing before the version ID",
		":::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
	],
	"::9d4cb84b-ad69-40c0-a0ab-cead36b967e8": [
		"a colon is missing before the version ID",
		":::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
	],
	"::AWSPREVIOUS": ["a colon is missing behind the version stage", "::AWSPREVIOUS:"],
	":password:": ["a colon is missing behind the JSON key", ":password::"],
	":password:AWSPENDING": ["a colon is missing behind the version stage", ":password:AWSPENDING:"],
	"::password": ["the JSON key is in the place of the version stage", ":password::"],
	":password:other": ["there are 2 colons behind the ARN of the secret, but AWS accepts none or 3", null],
	":SecretString:password": [
		"SecretString belongs in a dynamic reference, not in the selectors of a secret",
		":password::",
	],
	":SecretString:password::": [
		"SecretString belongs in a dynamic reference, not in the selectors of a secret",
		":password::",
	],
	":password:::": ["there is one colon too many at the end", ":password::"],
	":a:b:c:d": ["there are 4 colons behind the ARN of the secret, but AWS accepts none or 3", null],
	":a:b:c:d:e": ["there are 5 colons behind the ARN of the secret, but AWS accepts none or 3", null],
	":password:9d4cb84b-ad69-40c0-a0ab-cead36b967e8:": [
		"the version ID 9d4cb84b-ad69-40c0-a0ab-cead36b967e8 is in the place of the version stage",
		":password::9d4cb84b-ad69-40c0-a0ab-cead36b967e8",
	],
	"::9d4cb84b-ad69-40c0-a0ab-cead36b967e8:v2": [
		"the version ID 9d4cb84b-ad69-40c0-a0ab-cead36b967e8 is in the place of the version stage",
		null,
	],
	":password::AWSCURRENT": [
		"the version stage AWSCURRENT is in the place of the version ID",
		":password:AWSCURRENT:",
	],
	":password:AWSCURRENT:AWSCURRENT": ["the version stage AWSCURRENT is in the place of the version ID", null],
	":password::v2": ["v2 is not a version ID, which has 32 to 64 characters", null],
	"::⟨made⟩": ["a colon is missing before the version ID", ":::⟨made⟩"],
	"::⟨made⟩:": ["the version ID ⟨made⟩ is in the place of the version stage", ":::⟨made⟩"],
}

# The ID of a version that the files make.
_made := mocks.hole("aws_secretsmanager_secret_version.db.version_id", {"origin": {
	"kind": "attribute",
	"of": [],
	"function": null,
	"resource_kind": "secret_version",
	"attribute": "version_id",
}})

_likely := {
	"one colon": ["⟨*SecretArn@unit⟩:password", "two colons are missing behind the JSON key", "⟨*SecretArn@unit⟩:password::"],
	"two colons": ["⟨*SecretArn@unit⟩::AWSPREVIOUS", "a colon is missing behind the version stage", "⟨*SecretArn@unit⟩::AWSPREVIOUS:"],
}

cases := object.union_n([
	{value: _case(value) | some value, _ in _good},
	{value: _case(value) | some value in array.concat(_unknown, _elsewhere)},
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

_found(given) := answer if answer := rule.findings with input as given

_id_of_reference := "containerProperties.secrets.DB_PASSWORD"

test_good if {
	every value, because in _good {
		_found(cases[value]) == set()
		proofs := rule.proofs with input as cases[value]
		{[proof.because, proof.references, proof.at] | some proof in proofs} == {[because, [_id_of_reference], 11]}
	}
}

test_unknown if {
	every value in _unknown {
		_found(cases[value]) == set()
		undecided := rule.unverified with input as cases[value]
		[one.references | some one in undecided] == [[_id_of_reference]]
	}
}

test_what_it_does_not_apply_to if {
	every value in _elsewhere {
		applies := rule.applies with input as cases[value]
		applies == set()
		_found(cases[value]) == set()
	}
}

test_bad if {
	every selectors, bad in _bad {
		_found(cases[selectors]) == {{
			"rule": "secret-selector-format",
			"severity": "error",
			"confidence": "certain",
			"message": sprintf("`DB_PASSWORD`: %s.", [bad[0]]),
			"remedy": {"text": _advice(bad[1]), "edits": _edits(bad[1]), "add": null},
			"at": 11,
			"related": [],
			"references": [_id_of_reference],
			"names": ["containerProperties", "DB_PASSWORD"],
			"assumes": [],
		}}
	}
}

_advice(null) := "Write `ARN:JSON-KEY:VERSION-STAGE:VERSION-ID` with all three colons, even if a selector is empty."

_advice("") := "End the reference behind the ARN."

_advice(selectors) := sprintf("Write `%s` behind the ARN.", [selectors]) if not selectors in {null, ""}

_edits(null) := []

_edits(selectors) := [{"at": 11, "text": concat("", [_arn, selectors])}] if selectors != null

test_behind_something_unknown_it_is_likely if {
	every name, likely in _likely {
		{[one.confidence, one.message, one.remedy.edits] | some one in _found(cases[name])} == {[
			"likely",
			sprintf("`DB_PASSWORD`: %s.", [likely[1]]),
			[{"at": 11, "text": likely[2]}],
		]}
	}
}

test_credentials_are_another_rules if _found(cases.credentials) == set()

test_the_arn_of_a_declared_secret_has_no_selectors if {
	{one.remedy.edits[0].text | some one in _found(cases.declared)} == {concat("", [mocks.secret_arn("Db", "db"), ":password::"])}
}
