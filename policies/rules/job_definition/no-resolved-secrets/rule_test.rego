package rules.job_definition["no-resolved-secrets_test"]

import data.lib.mocks
import data.rules.job_definition["no-resolved-secrets"] as rule

_case(name, value) := _of(mocks.container({"environment": [mocks.variable(name, value, 11)]}))

_marked(name, value) := _named(name, value, true)

_named(name, value, mark) := _of(mocks.container({"environment": [object.union(
	mocks.variable(name, value, 11),
	{"value": {"sensitive": mark}},
)]}))

_of(container) := mocks.job_case(mocks.job([container]), {})

_good := {
	"written out": _case("BUCKET", "data"),
	"plain parameter of Systems Manager": _case("BUCKET", "{{resolve:ssm:/prod/bucket}}"),
	"unknown": _case("BUCKET", "⟨*var.bucket@infra⟩"),
	"Region": _case("REGION", "⟨AWS.Region⟩"),
	"name of a secret": _case("DB_SECRET_NAME", "⟨*var.db_secret@infra⟩"),
	"name of a secret in a variable": _case("GITHUB_TOKEN_SECRET", "⟨*var.github_token_secret_name@infra⟩"),
	"ARN of a secret": _case(
		"DB_PASSWORD",
		"arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@a.yaml⟩-⟨#Db@a.yaml⟩",
	),
	"ARN of a secret in a variable": _case("DB_PASSWORD", "⟨*module.db.db_password_arn@infra⟩"),
	"ARN of a secret of another stack": _case("DB_PASSWORD", "⟨*ImportValue(db-PasswordSecretArn)⟩"),
	"choice of the ARN of a secret": _case("DB_PASSWORD", "⟨*If(IsProd,ProdPasswordArn,DevPasswordArn)@a.yaml⟩"),
	"stage": _case("STAGE_TOKEN", "⟨Stage@a.yaml⟩"),
	"working directory": _case("PWD", "⟨*var.home@infra⟩"),
	"number of tokens": _case("MAX_TOKENS", "⟨*var.max_tokens@infra⟩"),
	"parameter of Systems Manager": _marked("DB_NAME", "⟨*data.aws_ssm_parameter.db_name.value@infra⟩"),
	"address with a parameter of Systems Manager": _marked(
		"QUEUE_URL",
		"https://⟨*data.aws_ssm_parameter.host.value@infra⟩/⟨*var.queue@infra⟩",
	),
	"check value": _marked(
		"SECRET_VERSION",
		"⟨*sha256(data.aws_secretsmanager_secret_version.db.secret_string@infra)⟩",
	),
	"comparison with a secret": _named("HAS_TOKEN", "true", "==(var.token@infra)"),
	"check value of a secret that is written out": _named(
		"SECRET_VERSION",
		"4a5b",
		"sha256(aws_secretsmanager_secret_version.db.secret_string@infra)",
	),
	"parameter of Systems Manager that is written out": _named("DB_NAME", "reports", "aws_ssm_parameter.db_name.value@infra"),
	"absent": _of(mocks.container({"environment": [object.union(mocks.variable("X", "", 11), {"value": null})]})),
}

_bad := {
	"dynamic reference": [
		_case("DB_PASSWORD", "{{resolve:secretsmanager:prod/db:SecretString:password}}"),
		"certain",
		"a secret's value by a dynamic reference",
		" (valueFrom arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db:password::)",
	],
	"dynamic reference in a URL": [
		_case("DB_URL", "postgres://app:{{resolve:secretsmanager:⟨*DbSecret@a.yaml⟩:SecretString:password}}@⟨Db@a.yaml⟩/app"),
		"certain",
		"a secret's value by a dynamic reference",
		" (valueFrom ⟨*DbSecret@a.yaml⟩:password::)",
	],
	"dynamic reference to a host": [
		_case("DB_HOST", "{{resolve:secretsmanager:prod/db:SecretString:host}}"),
		"likely",
		"a secret's value by a dynamic reference",
		" (valueFrom arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db:host::)",
	],
	"version of a secret": [
		_marked("DB", "⟨*data.aws_secretsmanager_secret_version.db.secret_string@infra⟩"),
		"certain",
		"the value of data.aws_secretsmanager_secret_version.db.secret_string",
		" (valueFrom ⟨*data.aws_secretsmanager_secret_version.db.arn@⟩)",
	],
	"field of a secret": [
		_marked("DB", "⟨*jsondecode(data.aws_secretsmanager_secret_version.db.secret_string[\"password\"]@infra)⟩"),
		"certain",
		"the value of data.aws_secretsmanager_secret_version.db.secret_string[\"password\"]",
		" (valueFrom ⟨*data.aws_secretsmanager_secret_version.db.arn@⟩:password::)",
	],
	"field of a secret that says where it is": [
		_marked("DB", "⟨*jsondecode(data.aws_secretsmanager_secret_version.db.secret_string.port@infra)⟩"),
		"likely",
		"the value of data.aws_secretsmanager_secret_version.db.secret_string.port",
		" (valueFrom ⟨*data.aws_secretsmanager_secret_version.db.arn@⟩:port::)",
	],
	"version of a secret in another module": [
		_marked("DB", "⟨*module.db.aws_secretsmanager_secret_version.db[0].secret_string@infra⟩"),
		"certain",
		"the value of module.db.aws_secretsmanager_secret_version.db[0].secret_string",
		", with the ARN of a secret in valueFrom",
	],
	"random password in a URL": [
		_marked("DB_URL", "postgres://app:⟨*random_password.db.result@infra⟩@⟨*var.host@infra⟩/app"),
		"certain",
		"the value of random_password.db.result",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive variable": [
		_marked("LICENCE", "⟨*var.licence@infra⟩"),
		"likely",
		"the value of var.licence, which is sensitive",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive variable beside another": [
		_named("LICENCE", "⟨*var.host@infra⟩:⟨*var.licence@infra⟩", "var.licence@infra"),
		"likely",
		"the value of var.licence, which is sensitive",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive variable by way of a parameter of Systems Manager": [
		_named("LICENCE", "⟨*var.licence@infra⟩", "aws_ssm_parameter.x.value@infra,var.licence@infra"),
		"likely",
		"the value of var.licence, which is sensitive",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive variable with an empty default": [
		_named("LICENCE", "", "var.licence@infra"),
		"likely",
		"the value of var.licence, which is sensitive",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive choice by something that is not known": [
		_named("LICENCE", "⟨*if(==(var.host@infra)~1a,var.licence@infra)~2b⟩", "var.licence@infra"),
		"likely",
		"the value of var.licence, which is sensitive",
		", with the ARN of a secret in valueFrom",
	],
	"version of a secret that is written out": [
		_named("DB", "lit", "jsondecode(aws_secretsmanager_secret_version.db.secret_string.password@infra)"),
		"certain",
		"the value of aws_secretsmanager_secret_version.db.secret_string.password",
		" (valueFrom ⟨*aws_secretsmanager_secret_version.db.arn@⟩:password::)",
	],
	"sensitive variable with a default": [
		_marked("LICENCE", "none"),
		"likely",
		"a sensitive value",
		", with the ARN of a secret in valueFrom",
	],
	"parameter of Systems Manager": [
		_marked("DB_PASSWORD", "⟨*data.aws_ssm_parameter.db.value@infra⟩"),
		"likely",
		"the value of data.aws_ssm_parameter.db.value, by its name a credential",
		" (valueFrom ⟨*data.aws_ssm_parameter.db.arn@⟩)",
	],
	"parameter of Systems Manager with a telling name": [
		_marked("DB", "⟨*data.aws_ssm_parameter.db_password.value@infra⟩"),
		"likely",
		"the value of data.aws_ssm_parameter.db_password.value, by its name a credential",
		" (valueFrom ⟨*data.aws_ssm_parameter.db_password.arn@⟩)",
	],
	"credential by its name": [
		_case("AWS_SECRET_ACCESS_KEY", "⟨*var.key@infra⟩"),
		"likely",
		"the value of var.key, by its name a credential",
		", with the ARN of a secret in valueFrom",
	],
	"credential by its name in a template": [
		_case("SmtpPass", "⟨*SmtpCredential@a.yaml⟩"),
		"likely",
		"the value of SmtpCredential, by its name a credential",
		", with the ARN of a secret in valueFrom",
	],
	"credential of another stack": [
		_case("TOKEN", "⟨*ImportValue(shared-token)⟩"),
		"likely",
		"the value of shared-token, by its name a credential",
		", with the ARN of a secret in valueFrom",
	],
	"choice between a credential and something written out": [
		_case("TOKEN", "⟨*If(HasToken,GithubToken,hunter2)@a.yaml⟩"),
		"likely",
		"a value that is not known, by its name a credential",
		", with the ARN of a secret in valueFrom",
	],
	"sensitive choice": [
		_marked("LICENCE", "⟨*If(HasLicence,Licence,none)@a.yaml⟩"),
		"likely",
		"a sensitive value",
		", with the ARN of a secret in valueFrom",
	],
	"credential by the variable's name": [
		_case("DB_URL", "postgres://app:⟨*var.db[\"password\"]@infra⟩@db/app"),
		"likely",
		"the value of var.db[\"password\"], by its name a credential",
		", with the ARN of a secret in valueFrom",
	],
}

_sites := {
	"option": _of(mocks.container({"log": object.union(
		mocks.log([]),
		{"options": [mocks.variable("splunk-token", "⟨*SplunkToken@a.yaml⟩", 12)]},
	)})),
	"command": _of(mocks.container({"command": [
		mocks.text("--bucket=⟨*var.bucket@infra⟩", 11),
		mocks.text("--password=⟨*var.db_password@infra⟩", 12),
	]})),
	"parameter": mocks.job_case(
		object.union(mocks.job([mocks.container({})]), {"parameters": [mocks.variable("apiKey", "⟨*ApiKey@a.yaml⟩", 12)]}),
		{},
	),
	"EKS": _of(mocks.container({
		"kind": "eks",
		"path": "eksProperties.podProperties.containers[0]",
		"environment": [mocks.variable("API_TOKEN", "⟨*var.api_token@infra⟩", 12)],
	})),
}

_unseen := {
	"parts": mocks.job_case(
		object.union(
			mocks.job([mocks.container({"unseen": [
				mocks.unseen("environment", "var.environment has no default", 13),
				mocks.unseen("secrets", "var.secrets has no default", 14),
				mocks.unseen("command", "var.command has no default", 15),
			]})]),
			{"unseen": [mocks.unseen("parameters", "var.parameters has no default", 16)]},
		),
		{},
	),
	"word": _of(mocks.container({
		"command": [mocks.text("⟨*var.word@infra⟩", 17)],
		"unseen": [mocks.unseen("command", "var.word has no default", 17)],
	})),
}

cases := object.union(object.union(_good, _sites), object.union(_unseen, {name: bad[0] | some name, bad in _bad}))

_found(given) := found if found := rule.findings with input as given

_undecided(given) := undecided if undecided := rule.unverified with input as given

test_good if {
	every given in _good {
		_found(given) == set()
		_undecided(given) == set()
	}
}

test_bad if {
	every bad in _bad {
		found := _found(bad[0])
		[[finding.confidence, finding.message, finding.remedy.text, finding.at] | some finding in found] == [[
			bad[1],
			sprintf("%s in environment takes %s, and the job definition holds it in clear text.", [_name(bad[0]), bad[2]]),
			sprintf("Take it out of environment and give it in secrets%s.", [bad[3]]),
			11,
		]]
	}
}

test_the_place_where_the_value_stands_is_related if {
	variable := object.union(mocks.variable("LICENCE", "none", 11), {"value": {"sensitive": "var.licence@infra", "written": 21}})
	found := _found(_of(mocks.container({"environment": [variable]})))
	[[finding.at, finding.related] | some finding in found] == [[11, [{"message": "It comes from here.", "at": 21}]]]
}

_name(given) := given.job_definitions["unit#Job"].containers[0].environment[0].name.value

test_sites if {
	found := {site: [finding.message, finding.remedy.text, finding.at, finding.names] |
		some site, given in _sites
		some finding in _found(given)
	}
	found == {
		"option": [
			"splunk-token in options takes the value of SplunkToken, by its name a credential, and the job definition holds it in clear text.",
			"Take it out of options and give it in secretOptions, with the ARN of a secret in valueFrom.",
			12,
			["containerProperties", "options", "splunk-token"],
		],
		"command": [
			"A word of command takes the value of var.db_password, by its name a credential, and the job definition holds it in clear text.",
			"Give it in secrets and let the command read the environment variable, with the ARN of a secret in valueFrom.",
			12,
			["containerProperties", "command", ""],
		],
		"parameter": [
			"apiKey in parameters takes the value of ApiKey, by its name a credential, and the job definition holds it in clear text.",
			"Give it in secrets and let the command read the environment variable, with the ARN of a secret in valueFrom.",
			12,
			["parameters", "parameters", "apiKey"],
		],
		"EKS": [
			"API_TOKEN in env takes the value of var.api_token, by its name a credential, and the job definition holds it in clear text.",
			"Take it out of env and let the pod use a Kubernetes secret, or let the code read the secret by its ARN.",
			12,
			["eksProperties.podProperties.containers[0]", "env", "API_TOKEN"],
		],
	}
}

test_unseen_parts_are_unverified if {
	undecided := _undecided(_unseen.parts)
	{[one.reason, one.at, one.references] | some one in undecided} == {
		["whether a secret's value is in environment can't be told: var.environment has no default", 13, []],
		["whether a secret's value is in command can't be told: var.command has no default", 15, []],
		["whether a secret's value is in parameters can't be told: var.parameters has no default", 16, []],
	}
}

test_a_word_of_the_command_is_seen if _undecided(_unseen.word) == set()
