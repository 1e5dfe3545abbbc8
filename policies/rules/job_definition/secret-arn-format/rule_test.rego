package rules.job_definition["secret-arn-format_test"]

import data.lib.mocks
import data.rules.job_definition["secret-arn-format"] as rule

_case(value) := _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]}))

_of(container) := mocks.job_case(mocks.job([container]), {})

_with_holes(given) := object.union(given, {"holes": {
	"1": mocks.variable_hole("var.secret_arn"),
	"2": mocks.hole("{{ secret }}", {"width": "narrow", "cause": {"kind": "placeholder", "name": "{{ secret }}", "unit": null}}),
}})

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
	"secret that RDS manages": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-0f1e-AbCdEf:password::",
}

_arn := "Write arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX, the ARN of the secret."

_bad := {
	"white space": ["arn:aws:ssm:eu-west-1:111122223333:parameter/db\n", "`DB_PASSWORD` has white space around it.", "Write it without white space.", "arn:aws:ssm:eu-west-1:111122223333:parameter/db"],
	"pseudo parameters without Fn::Sub": ["arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:db", "`DB_PASSWORD` contains a pseudo parameter, which only Fn::Sub replaces.", "Use Fn::Sub.", "arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db"],
	"a resource without Fn::Sub": ["${AWS::StackName}-${Db}", "`DB_PASSWORD` contains a pseudo parameter, which only Fn::Sub replaces.", "Use Fn::Sub.", null],
	"too few parts": ["arn:aws:secretsmanager:db", "`DB_PASSWORD` has only 4 of the 6 parts of an ARN.", _arn, null],
	"other service": ["arn:aws:s3:::bucket/key", "`DB_PASSWORD` is an ARN of s3; only secretsmanager and ssm ARNs can be used.", "Write the ARN of the secret.", null],
	"misspelled service": ["arn:aws:secretmanager:eu-west-1:111122223333:secret:db-AbCdEf", "`DB_PASSWORD` is an ARN of secretmanager; only secretsmanager and ssm ARNs can be used.", "Write the ARN of the secret.", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"],
	"partition": ["arn:amazon:secretsmanager:eu-west-1:111122223333:secret:db", "`DB_PASSWORD` has an invalid partition, amazon.", "Write aws, or the partition of another part of AWS, such as aws-cn.", null],
	"no account": ["arn:aws:secretsmanager:eu-west-1:secret:db", "`DB_PASSWORD` has no account ID.", "Write the account ID between the Region and the resource.", "arn:aws:secretsmanager:eu-west-1:⟨AWS.AccountId⟩:secret:db"],
	"no Region": ["arn:aws:secretsmanager:111122223333:secret:db:password::", "`DB_PASSWORD` has no Region.", "Write the Region between the service and the account.", "arn:aws:secretsmanager:⟨AWS.Region⟩:111122223333:secret:db:password::"],
	"empty fields": ["arn:aws:secretsmanager:::secret:db", "`DB_PASSWORD` has no Region.", "Write the Region between the service and the account.", "arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db"],
	"zone for a Region": ["arn:aws:secretsmanager:eu-west-1a:111122223333:secret:db", "`DB_PASSWORD` has an invalid Region, eu-west-1a.", "Write the code of the Region, such as eu-west-1.", null],
	"Region of another partition": ["arn:aws:secretsmanager:cn-north-1:111122223333:secret:db", "`DB_PASSWORD` has the Region cn-north-1, which is not in the partition aws.", "Write the partition aws-cn.", "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db"],
	"commercial Region in China": ["arn:aws-cn:ssm:eu-west-1:111122223333:parameter/db", "`DB_PASSWORD` has the Region eu-west-1, which is not in the partition aws-cn.", "Write the partition aws.", "arn:aws:ssm:eu-west-1:111122223333:parameter/db"],
	"account": ["arn:aws:secretsmanager:⟨region@.⟩:1111-2222-3333:secret:db", "`DB_PASSWORD` has an invalid account ID, 1111-2222-3333.", "Write the 12 digits of the account ID.", null],
	"empty account": ["arn:aws:secretsmanager:eu-west-1::secret:db", "`DB_PASSWORD` has no account ID.", "Write the account ID between the Region and the resource.", "arn:aws:secretsmanager:eu-west-1:⟨AWS.AccountId⟩:secret:db"],
	"slash": ["arn:aws:secretsmanager:eu-west-1:111122223333:secret/db-AbCdEf:password::", "`DB_PASSWORD` has a slash behind secret instead of a colon.", "Write a colon behind secret.", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::"],
	"resource type": ["arn:aws:secretsmanager:eu-west-1:111122223333:secrets:⟨*Name@unit⟩", "`DB_PASSWORD` has secrets where AWS expects secret:NAME.", "Write the ARN of the secret.", null],
	"no name": ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:", "`DB_PASSWORD` names no secret.", "Write the name of the secret behind secret:.", null],
	"characters": ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:d b-AbCdEf", "`DB_PASSWORD` has characters in the secret's name that Secrets Manager does not allow.", "Write the name with letters, digits and /_+=.@- only.", null],
	"selectors of a parameter": ["arn:aws:ssm:eu-west-1:111122223333:parameter/db:password::", "`DB_PASSWORD` has selectors, which only secrets have.", "Write the ARN without them: a parameter is read as a whole.", "arn:aws:ssm:eu-west-1:111122223333:parameter/db"],
	"document": ["arn:aws:ssm:eu-west-1:111122223333:document/db", "`DB_PASSWORD` has document/db where AWS expects parameter/NAME.", "Write the ARN of the parameter.", null],
	"no parameter": ["arn:aws:ssm:eu-west-1:111122223333:parameter/", "`DB_PASSWORD` names no parameter.", "Write the name of the parameter.", null],
	"parameter's characters": ["arn:aws:ssm:eu-west-1:111122223333:parameter/d b", "`DB_PASSWORD` has characters in the parameter's name that Systems Manager does not allow.", "Write the name with letters, digits and /_.- only.", null],
	"pasted secret": ["p@ss w0rd!", "`DB_PASSWORD` is neither an ARN nor the name of a parameter.", _arn, null],
	"address of another tool": ["vault://secret/db", "`DB_PASSWORD` is neither an ARN nor the name of a parameter.", _arn, null],
	"doubled colon": [
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret::db-AbCdEf:password::",
		"`DB_PASSWORD` has a doubled colon.",
		"Remove one of the two colons.",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::",
	],
	"doubled colon before the Region": [
		"arn:aws:ssm::eu-west-1:111122223333:parameter/db",
		"`DB_PASSWORD` has a doubled colon.",
		"Remove one of the two colons.",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	],
	"doubled colon before a word to replace": [
		"arn:aws:secretsmanager:eu-west-1::MY_ACCOUNT:secret:db",
		"`DB_PASSWORD` has a doubled colon.",
		"Remove one of the two colons.",
		"arn:aws:secretsmanager:eu-west-1:MY_ACCOUNT:secret:db",
	],
	"doubled colon between words to replace": [
		"arn:aws:ssm:<region>::<account>:parameter/db",
		"`DB_PASSWORD` has a doubled colon.",
		"Remove one of the two colons.",
		"arn:aws:ssm:<region>:<account>:parameter/db",
	],
	"doubled colon between holes": [
		"arn:aws:secretsmanager:⟨AWS.Region⟩::⟨AWS.AccountId⟩:secret:db",
		"`DB_PASSWORD` has a doubled colon.",
		"Remove one of the two colons.",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db",
	],
	"doubled slash": [
		"arn:aws:ssm:eu-west-1:111122223333:parameter//prod/db",
		"`DB_PASSWORD` has two slashes behind parameter.",
		"Write one slash: the name begins with it.",
		"arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db",
	],
	"Region without its end": [
		"arn:aws:secretsmanager:us-east:111122223333:secret:db",
		"`DB_PASSWORD` has an invalid Region, us-east.",
		"Write the code of the Region, such as eu-west-1.",
		null,
	],
	"11 digits": [
		"arn:aws:secretsmanager:us-east-1:11112222333:secret:db",
		"`DB_PASSWORD` has an invalid account ID, 11112222333.",
		"Write the 12 digits of the account ID.",
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
	"unknown": _with_holes(_case("⟨*1⟩:password::")),
	"unknown name": _with_holes(_case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨2⟩⟨*1⟩")),
	"unknown from the beginning": _with_holes(_case("⟨2⟩:password::")),
	"resolved later": _case("{{resolve:ssm:/arn/of/secret}}"),
	"account to fill in": _case("arn:aws:secretsmanager:eu-west-1:AWS_ACC_ID:secret:db"),
	"Region to fill in": _case("arn:aws:ssm:<region>:************:parameter/db"),
	"absent": _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", "", 11, {"value_from": null, "at": 12})]})),
	"absent credentials": _of(mocks.container({"registry_credentials": mocks.reference("", "", 11, {
		"id": "registry",
		"name": null,
		"value_from": null,
		"at": 12,
	})})),
	"credentials by name": _of(mocks.container({"registry_credentials": mocks.reference("", "prod/registry", 11, {"name": null})})),
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

_found(given) := answer if answer := rule.findings with input as given

_undecided(given) := answer if answer := rule.unverified with input as given

_proven(given) := answer if answer := rule.proofs with input as given

test_good if {
	every name, _ in _good {
		_found(cases[name]) == set()
		_undecided(cases[name]) == set()
		{[proof.at, proof.references] | some proof in _proven(cases[name])} == {[11, ["containerProperties.secrets.DB_PASSWORD"]]}
	}
}

test_a_proof_says_what_is_named if {
	becauses := {name: because |
		some name in ["whole secret", "parameter", "parameter by name", "credentials by name"]
		some proof in _proven(cases[name])
		because := proof.because
	}
	becauses == {
		"whole secret": "it is a well-formed ARN of a secret",
		"parameter": "it is a well-formed ARN of a parameter",
		"parameter by name": "it is the name of a parameter",
		"credentials by name": "it is the name of a secret",
	}
}

test_bad if {
	every name, bad in _bad {
		_found(cases[name]) == {_finding(bad)}
		_undecided(cases[name]) == set()
		_proven(cases[name]) == set()
	}
}

_finding(bad) := {
	"rule": "secret-arn-format",
	"severity": "error",
	"confidence": "certain",
	"message": bad[1],
	"remedy": {"text": bad[2], "edits": [{"at": 11, "text": text} | some text in [bad[3]]; text != null], "add": null},
	"at": 11,
	"related": [],
	"references": ["containerProperties.secrets.DB_PASSWORD"],
	"names": ["containerProperties", "DB_PASSWORD"],
	"assumes": [],
}

test_a_name_is_not_longer_than_512_characters if {
	found := _found(cases["long name"])
	{finding.message | some finding in found} == {"`DB_PASSWORD` has a secret name longer than 512 characters."}
}

test_an_empty_value_names_nothing if {
	found := _found(cases.empty)
	{[finding.message, finding.confidence] | some finding in found} == {["`DB_PASSWORD` is empty.", "certain"]}
}

test_an_absent_value_is_certain if {
	found := _found(cases.absent)
	{[finding.message, finding.confidence, finding.at] | some finding in found} == {[
		"`DB_PASSWORD` has no `valueFrom`, so it refers to nothing.",
		"certain",
		12,
	]}
}

test_absent_credentials if {
	found := _found(cases["absent credentials"])
	{finding.message | some finding in found} == {"`repositoryCredentials` has no `credentialsParameter`, so it refers to nothing."}
}

test_credentials_may_be_named if {
	_found(cases["credentials by name"]) == set()
	_undecided(cases["credentials by name"]) == set()
}

test_log_options_are_references if {
	found := _found(cases["log option"])
	{finding.names | some finding in found} == {["containerProperties", "splunk-token"]}
}

_reason := "can't tell which secret or parameter `DB_PASSWORD` names"

test_unknown_values_are_unverified if {
	causes := {
		"unknown": {"kind": "variable", "name": "var.secret_arn", "unit": "unit"},
		"unknown name": {"kind": "variable", "name": "var.secret_arn", "unit": "unit"},
		"unknown from the beginning": {"kind": "placeholder", "name": "{{ secret }}", "unit": null},
		"resolved later": {"kind": "lookup", "name": "{{resolve:ssm:/arn/of/secret}}", "unit": null},
		"account to fill in": {"kind": "placeholder", "name": "AWS_ACC_ID", "unit": null},
		"Region to fill in": {"kind": "placeholder", "name": "<region>", "unit": null},
	}
	every name, cause in causes {
		_found(cases[name]) == set()
		_proven(cases[name]) == set()
		_undecided(cases[name]) == {{
			"rule": "secret-arn-format",
			"reason": _reason,
			"at": 11,
			"references": ["containerProperties.secrets.DB_PASSWORD"],
			"cause": cause,
		}}
	}
}

test_what_is_not_seen_is_unverified if {
	undecided := _undecided(cases.unseen)
	{[one.reason, one.cause.name, one.at, one.references] | some one in undecided} == {
		["can't tell whether the job reads more secrets", "the value of var.secrets is not known", 14, []],
		["can't tell whether the job reads more secrets", "the value of var.nodes is not known", 16, []],
	}
}

test_kubernetes_has_no_references if {
	applies := rule.applies with input as cases.EKS
	applies == set()
}
