package rules.job_definition["secret-arn-format_test"]

import data.lib.mocks
import data.rules.job_definition["secret-arn-format"] as rule

_case(value) := _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]}))

_of(container) := mocks.job_case(mocks.job([container]), {})

_good := {
	"whole secret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db+x=1@a_b.c-AbCdEf",
	"without suffix": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
	"with selectors": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password:AWSCURRENT:",
	"in China": "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCdEf",
	"in GovCloud": "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:db-AbCdEf",
	"in a partition of tomorrow": "arn:aws-moon:secretsmanager:moon-north-1:111122223333:secret:db-AbCdEf",
	"in a Region of tomorrow": "arn:aws:secretsmanager:aq-south-1:111122223333:secret:db-AbCdEf",
	"placeholders": "arn:⟨p@.⟩:secretsmanager:⟨region@.⟩:⟨account@.⟩:secret:⟨env@.⟩-db-AbCdEf:password::",
	"declared secret": "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#Db@unit⟩",
	"parameter": "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db.password",
	"parameter as the page of logs has it": "arn:aws:ssm:eu-west-1:111122223333:parameter:db",
	"version of a parameter": "arn:aws:ssm:eu-west-1:111122223333:parameter/db:3",
	"parameter by name": "/prod/db/password",
	"parameter by name and label": "db-password:live",
	"parameter by name with a placeholder": "/⟨env@.⟩/db",
}

_arn := "Write arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX, the ARN of the secret."

_bad := {
	"white space": [
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db\n",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db\n has white space around it.",
		"Write it without white space.",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	],
	"pseudo parameters without Fn::Sub": [
		"arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:db",
		"arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:db has a pseudo parameter in it, which only Fn::Sub fills in.",
		"Write it with Fn::Sub.",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db",
	],
	"a resource without Fn::Sub": [
		"${AWS::StackName}-${Db}",
		"The value of DB_PASSWORD has a pseudo parameter in it, which only Fn::Sub fills in.",
		"Write it with Fn::Sub.",
		null,
	],
	"too few parts": ["arn:aws:secretsmanager:db", "arn:aws:secretsmanager:db has 4 of the 6 parts of an ARN.", _arn, null],
	"other service": [
		"arn:aws:s3:::bucket/key",
		"arn:aws:s3:::bucket/key is an ARN of s3, and only secretsmanager and ssm hold secrets.",
		"Write the ARN of the secret.",
		null,
	],
	"misspelled service": [
		"arn:aws:secretmanager:eu-west-1:111122223333:secret:db-AbCdEf",
		"arn:aws:secretmanager:eu-west-1:111122223333:secret:db-AbCdEf is an ARN of secretmanager, and only secretsmanager and ssm hold secrets.",
		"Write the ARN of the secret.",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
	],
	"partition": [
		"arn:amazon:secretsmanager:eu-west-1:111122223333:secret:db",
		"arn:amazon:secretsmanager:eu-west-1:111122223333:secret:db has amazon for a partition.",
		"Write aws, or the partition of another part of AWS, such as aws-cn.",
		null,
	],
	"no account": [
		"arn:aws:secretsmanager:eu-west-1:secret:db",
		"arn:aws:secretsmanager:eu-west-1:secret:db has no account id.",
		"Write the account id between the service and the resource.",
		"arn:aws:secretsmanager:eu-west-1:⟨AWS.AccountId⟩:secret:db",
	],
	"no Region": [
		"arn:aws:secretsmanager:111122223333:secret:db:password::",
		"arn:aws:secretsmanager:111122223333:secret:db:password:: has no Region.",
		"Write the Region between the service and the resource.",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:111122223333:secret:db:password::",
	],
	"empty fields": [
		"arn:aws:secretsmanager:::secret:db",
		"arn:aws:secretsmanager:::secret:db has no Region.",
		"Write the Region between the service and the account.",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db",
	],
	"zone for a Region": [
		"arn:aws:secretsmanager:eu-west-1a:111122223333:secret:db",
		"arn:aws:secretsmanager:eu-west-1a:111122223333:secret:db has eu-west-1a for a Region.",
		"Write the code of the Region, such as eu-west-1.",
		null,
	],
	"Region of another partition": [
		"arn:aws:secretsmanager:cn-north-1:111122223333:secret:db",
		"arn:aws:secretsmanager:cn-north-1:111122223333:secret:db puts the Region cn-north-1 into the partition aws.",
		"Write the partition aws-cn, where that Region is.",
		"arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db",
	],
	"commercial Region in China": [
		"arn:aws-cn:ssm:eu-west-1:111122223333:parameter/db",
		"arn:aws-cn:ssm:eu-west-1:111122223333:parameter/db puts the Region eu-west-1 into the partition aws-cn.",
		"Write the partition aws, where that Region is.",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	],
	"account": [
		"arn:aws:secretsmanager:⟨region@.⟩:1111-2222-3333:secret:db",
		"arn:aws:secretsmanager:⟨region@.⟩:1111-2222-3333:secret:db has 1111-2222-3333 for an account id.",
		"Write the 12 digits of the account.",
		null,
	],
	"empty account": [
		"arn:aws:secretsmanager:eu-west-1::secret:db",
		"arn:aws:secretsmanager:eu-west-1::secret:db has no account id.",
		"Write the account id between the Region and the resource.",
		"arn:aws:secretsmanager:eu-west-1:⟨AWS.AccountId⟩:secret:db",
	],
	"slash": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret/db-AbCdEf:password::",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret/db-AbCdEf:password:: has a slash behind secret, where AWS has a colon.",
		"Put a colon behind secret.",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::",
	],
	"resource type": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secrets:⟨*Name@unit⟩",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secrets:⟨*Name@unit⟩ names secrets where AWS has secret:NAME.",
		"Write the ARN of the secret.",
		null,
	],
	"no name": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret: names no secret.",
		"Write the name of the secret behind secret:.",
		null,
	],
	"characters": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:d b-AbCdEf",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:d b-AbCdEf has characters in the secret's name that Secrets Manager does not allow.",
		"Write the name with letters, digits and /_+=.@- alone.",
		null,
	],
	"selectors of a parameter": [
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db:password::",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db:password:: has selectors, which Systems Manager does not know.",
		"Write the ARN without them: a parameter is read whole.",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	],
	"document": [
		"arn:aws:ssm:eu-west-1:111122223333:document/db",
		"arn:aws:ssm:eu-west-1:111122223333:document/db names document/db where AWS has parameter/NAME.",
		"Write the ARN of the parameter.",
		null,
	],
	"no parameter": [
		"arn:aws:ssm:eu-west-1:111122223333:parameter/",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/ names no parameter.",
		"Write the name of the parameter.",
		null,
	],
	"parameter's characters": [
		"arn:aws:ssm:eu-west-1:111122223333:parameter/d b",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/d b has characters in the parameter's name that Systems Manager does not allow.",
		"Write the name with letters, digits and /_.- alone.",
		null,
	],
	"pasted secret": [
		"p@ss w0rd!",
		"The value of DB_PASSWORD is neither an ARN nor the name of a parameter.",
		_arn,
		null,
	],
	"dynamic reference": [
		"{{resolve:secretsmanager:db:SecretString:password}}",
		"The value of DB_PASSWORD is a dynamic reference to the value of a secret, and AWS Batch takes the ARN.",
		"Write the ARN of the secret in place of the dynamic reference.",
		null,
	],
	"job parameter": [
		"Ref::secret",
		"The value of DB_PASSWORD is the placeholder of a job parameter, which AWS Batch fills in only in the command.",
		"Write the ARN of the secret.",
		null,
	],
}

_too_long := concat("", ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:", concat("", [c |
	some _ in numbers.range(1, 520)
	c := "x"
])])

_special := {
	"long name": _case(_too_long),
	"empty": _case(""),
	"unknown": _case("⟨*SecretArn@unit⟩:password::"),
	"unknown name": _case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name@unit⟩"),
	"unknown from the beginning": _case("⟨secret@.⟩:password::"),
	"resolved later": _case("{{resolve:ssm:/arn/of/secret}}"),
	"absent": _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", "", 11, {"value_from": null, "at": 12})]})),
	"absent credentials": _of(mocks.container({"registry_credentials": mocks.reference("", "", 11, {
		"id": "registry",
		"name": null,
		"value_from": null,
		"at": 12,
	})})),
	"credentials by name": _of(mocks.container({"registry_credentials": mocks.reference("", "prod/registry", 11, {"name": null})})),
	"misspelled": mocks.job_case(
		object.union(
			mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", "", 11, {"value_from": null})]})]),
			{"shape": [{"kind": "dropped-key", "key": "value_from", "expected": "valueFrom", "at": 13}]},
		),
		{},
	),
	"log option": _of(mocks.container({"log": mocks.log([mocks.reference("splunk-token", "arn:aws:secretsmanager", 11, {})])})),
	"unseen": mocks.job_case(
		object.union(
			mocks.job([mocks.container({"unseen": [
				mocks.unseen("secrets", "the value of var.secrets is not known", 14),
				mocks.unseen("environment", "the value of var.environment is not known", 15),
			]})]),
			{"unseen": [mocks.unseen("nodeProperties", "the value of var.nodes is not known", 16)]},
		),
		{},
	),
	"EKS": _of(mocks.container({"kind": "eks", "secrets": [mocks.reference("DB_PASSWORD", "x y", 11, {})]})),
}

cases := object.union(
	_special,
	object.union({name: _case(value) | some name, value in _good}, {name: _case(bad[0]) | some name, bad in _bad}),
)

_found(given) := answer if {
	answer := rule.findings with input as given
}

_undecided(given) := answer if {
	answer := rule.unverified with input as given
}

test_good if {
	every name, _ in _good {
		_found(cases[name]) == set()
		_undecided(cases[name]) == set()
	}
}

test_bad if {
	every name, bad in _bad {
		_found(cases[name]) == {_finding(bad)}
		_undecided(cases[name]) == set()
	}
}

_finding(bad) := {
	"rule": "secret-arn-format",
	"severity": "error",
	"confidence": "certain",
	"message": bad[1],
	"remedy": {"text": bad[2], "replacement": bad[3], "statement": null},
	"at": 11,
	"related": [],
	"references": ["containerProperties.secrets.DB_PASSWORD"],
	"names": ["containerProperties", "DB_PASSWORD"],
}

test_a_name_is_not_longer_than_512_characters if {
	found := _found(cases["long name"])
	endswith([finding.message | some finding in found][0], " has a secret's name that is longer than 512 characters.")
}

test_an_empty_value_may_be_a_default if {
	found := _found(cases.empty)
	[[finding.message, finding.confidence] | some finding in found] == [["The value of DB_PASSWORD is empty.", "likely"]]
}

test_an_absent_value_is_certain if {
	found := _found(cases.absent)
	[[finding.message, finding.confidence, finding.at] | some finding in found] == [[
		"DB_PASSWORD has no valueFrom, so it names no secret.",
		"certain",
		12,
	]]
}

test_absent_credentials if {
	found := _found(cases["absent credentials"])
	{finding.message | some finding in found} == {"repositoryCredentials has no credentialsParameter, so it names no secret."}
}

test_credentials_may_be_named if {
	_found(cases["credentials by name"]) == set()
	_undecided(cases["credentials by name"]) == set()
}

test_a_misspelled_key_is_another_rules if _found(cases.misspelled) == set()

test_log_options_are_references if {
	found := _found(cases["log option"])
	[finding.names | some finding in found] == [["containerProperties", "splunk-token"]]
}

test_unknown_values_are_unverified if {
	reasons := {
		"unknown": "the value of ⟨*SecretArn@unit⟩ is not known from these files",
		"unknown name": "the value of ⟨*Name@unit⟩ is not known from these files",
		"unknown from the beginning": "the value of ⟨secret@.⟩ is not known from these files",
		"resolved later": "the value of {{resolve:ssm:/arn/of/secret}} is not known from these files",
	}
	every name, reason in reasons {
		_found(cases[name]) == set()
		_undecided(cases[name]) == {{
			"rule": "secret-arn-format",
			"reason": reason,
			"at": 11,
			"references": ["containerProperties.secrets.DB_PASSWORD"],
		}}
	}
}

test_what_is_not_seen_is_unverified if {
	undecided := _undecided(cases.unseen)
	{[one.reason, one.at, one.references] | some one in undecided} == {
		["whether the job reads secrets can't be told: the value of var.secrets is not known", 14, []],
		["whether the job reads secrets can't be told: the value of var.nodes is not known", 16, []],
	}
}

test_kubernetes_has_no_references if _found(cases.EKS) == set()
