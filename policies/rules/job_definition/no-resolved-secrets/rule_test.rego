package rules.job_definition["no-resolved-secrets_test"]

import data.lib.mocks
import data.rules.job_definition["no-resolved-secrets"] as rule

_variable(name) := object.union(mocks.variable_hole(sprintf("var.%s", [name])), {"term": name})

_parameter(name) := object.union(mocks.parameter_hole(name), {"term": name})

_computed(function, of) := mocks.hole(function, {
	"width": "wide",
	"origin": {"kind": "computed", "function": function, "of": of},
	"digest": function in {"sha256", "=="},
})

_of_secret(words, given) := object.union(
	mocks.hole(words, {
		"width": "wide",
		"holds": "secret",
		"arn": "⟨*arn⟩",
		"origin": {"kind": "lookup", "resource_kind": "secret_version", "attribute": "secret_string"},
	}),
	given,
)

_of_parameter(name) := object.union(_of_secret(sprintf("data.aws_ssm_parameter.%s.value", [name]), {}), {
	"holds": "parameter",
	"term": name,
})

_version := "data.aws_secretsmanager_secret_version.db.secret_string"

_holes := {
	"bucket": _variable("bucket"),
	"encrypted": object.union(_of_parameter("app"), {"holds": "secure_parameter"}),
	"db_secret": _variable("db_secret"),
	"github_token_secret_name": _variable("github_token_secret_name"),
	"db_secret_arn": _variable("db_secret_arn"),
	"home": _variable("home"),
	"max_tokens": _variable("max_tokens"),
	"queue": _variable("queue"),
	"host": _variable("host"),
	"key": _variable("key"),
	"licence": _variable("licence"),
	"token": _variable("token"),
	"api_token": _variable("api_token"),
	"db_password": _variable("db_password"),
	"password of db": object.union(_variable("db"), {"term": "password", "words": "var.db[\"password\"]"}),
	"module": mocks.hole("module.db.db_password_arn", {"width": "wide", "term": "db_password_arn", "origin": {"kind": "module"}}),
	"import": mocks.hole("ImportValue(db-PasswordSecretArn)", {
		"width": "wide",
		"term": "db-PasswordSecretArn",
		"origin": {"kind": "import"},
	}),
	"shared-token": mocks.hole("ImportValue(shared-token)", {"width": "wide", "term": "shared-token", "origin": {"kind": "import"}}),
	"ProdPasswordArn": _parameter("ProdPasswordArn"),
	"DevPasswordArn": _parameter("DevPasswordArn"),
	"GithubToken": _parameter("GithubToken"),
	"SplunkToken": _parameter("SplunkToken"),
	"ApiKey": _parameter("ApiKey"),
	"SmtpCredential": _parameter("SmtpCredential"),
	"Home": _parameter("Home"),
	"Licence": object.union(_parameter("Licence"), {"sensitive": true}),
	"Stage": object.union(_parameter("Stage"), {"width": "narrow"}),
	"choice of ARNs": _computed("Fn::If", ["ProdPasswordArn", "DevPasswordArn"]),
	"choice": _computed("Fn::If", ["GithubToken"]),
	"choice of a licence": _computed("if", ["licence"]),
	"choice of a secret": _computed("if", ["token", "version"]),
	"choice of a secret or not": _computed("if", ["token", "version", "licence"]),
	"choice of secrets": _computed("if", ["token", "version", "version"]),
	"number of a choice": _computed("tonumber", ["choice of a secret"]),
	"map": _computed("Fn::FindInMap", []),
	"db_name": _of_parameter("db_name"),
	"parameter db_password": _of_parameter("db_password"),
	"parameter db": _of_parameter("db"),
	"version": _of_secret(_version, {}),
	"field": _of_secret(sprintf("%s[\"password\"]", [_version]), {"json_key": "password"}),
	"port": _of_secret(sprintf("%s.port", [_version]), {"json_key": "port"}),
	"decoded": _computed("jsondecode", ["field"]),
	"decoded port": _computed("jsondecode", ["port"]),
	"random": _of_secret("random_password.db.result", {"arn": null}),
	"sha256": _computed("sha256", ["version"]),
	"comparison": _computed("==", ["token"]),
	"several": _computed("join", ["db_name", "licence"]),
}

_case(name, value) := _of(mocks.container({"environment": [mocks.variable(name, value, 11)]}))

_marked(name, value) := _named(name, value, true)

_named(name, value, mark) := _of(mocks.container({"environment": [object.union(
	mocks.variable(name, value, 11),
	{"value": {"sensitive": mark}},
)]}))

_of(container) := mocks.with_holes(mocks.job_case(mocks.job([container]), {}), _holes)

_good := {
	"tag of an image with a digest": _case("IMAGE", "oci://registry/⟨*home⟩:⟨*queue⟩@sha256:0"),
	"Region in the place of a password": _case("API", "https://s3:⟨AWS.Region⟩@⟨*host⟩/"),
	"port of a URL": _case("API", "http://⟨*host⟩:⟨*queue⟩/"),
	"written out": _case("BUCKET", "data"),
	"plain parameter of Systems Manager": _case("BUCKET", "{{resolve:ssm:/prod/bucket}}"),
	"unknown": _case("BUCKET", "⟨*bucket⟩"),
	"Region": _case("REGION", "⟨AWS.Region⟩"),
	"name of a secret": _case("DB_SECRET_NAME", "⟨*db_secret⟩"),
	"name of a secret in a variable": _case("GITHUB_TOKEN_SECRET", "⟨*github_token_secret_name⟩"),
	"sensitive ARN in a variable": _named("CREDENTIALS", "⟨*db_secret_arn⟩", "⟨*db_secret_arn⟩"),
	"sensitive variable for an ARN": _named("DB_SECRET_ARN", "⟨*licence⟩", "⟨*licence⟩"),
	"sensitive ARN that is known": _named("CREDENTIALS", mocks.secret_arn("Db", "db"), true),
	"sensitive ARN with an unknown account": _named("CREDENTIALS", "arn:aws:secretsmanager:eu-west-1:⟨host⟩:secret:db", "⟨*host⟩"),
	"sensitive name that is known": _marked("DB_SECRET_NAME", "prod/db"),
	"ARN of a secret": _case("DB_PASSWORD", mocks.secret_arn("Db", "db")),
	"ARN of a secret in a variable": _case("DB_PASSWORD", "⟨*module⟩"),
	"ARN of a secret of another stack": _case("DB_PASSWORD", "⟨*import⟩"),
	"choice of the ARN of a secret": _case("DB_PASSWORD", "⟨*choice of ARNs⟩"),
	"stage": _case("STAGE_TOKEN", "⟨Stage⟩"),
	"working directory": _case("PWD", "⟨*home⟩"),
	"number of tokens": _case("MAX_TOKENS", "⟨*max_tokens⟩"),
	"parameter of Systems Manager": _named("DB_NAME", "⟨*db_name⟩", "⟨*db_name⟩"),
	"address with a parameter of Systems Manager": _named("QUEUE_URL", "https://⟨*db_name⟩/⟨*queue⟩", "⟨*db_name⟩"),
	"check value": _named("SECRET_VERSION", "⟨*sha256⟩", "⟨*sha256⟩"),
	"comparison with a secret": _named("HAS_TOKEN", "true", "⟨*comparison⟩"),
	"check value of a secret that is written out": _named("SECRET_VERSION", "4a5b", "⟨*sha256⟩"),
	"parameter of Systems Manager that is written out": _named("DB_NAME", "reports", "⟨*db_name⟩"),
	"absent": _of(mocks.container({"environment": [object.union(mocks.variable("X", "", 11), {"value": null})]})),
}

_elsewhere := ", with the ARN of a secret in `valueFrom`"

_bad := {
	"dynamic reference": [
		_case("DB_PASSWORD", "{{resolve:secretsmanager:prod/db:SecretString:password}}"),
		"certain",
		"the value of a secret through a dynamic reference",
		", with `arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db:password::` in `valueFrom`",
	],
	"dynamic reference in a URL": [
		_case("DB_URL", "postgres://app:{{resolve:secretsmanager:⟨*db_secret⟩:SecretString:password}}@⟨*host⟩/app"),
		"certain",
		"the value of a secret through a dynamic reference",
		", with `⟨*db_secret⟩:password::` in `valueFrom`",
	],
	"dynamic reference to a host": [
		_case("DB_HOST", "{{resolve:secretsmanager:prod/db:SecretString:host}}"),
		"likely",
		"the value of a secret through a dynamic reference",
		", with `arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db:host::` in `valueFrom`",
	],
	"dynamic reference to a Region": [
		_case("AWS_REGION", "{{resolve:secretsmanager:prod/app:SecretString:AWS_DEFAULT_REGION}}"),
		"likely",
		"the value of a secret through a dynamic reference",
		", with `arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/app:AWS_DEFAULT_REGION::` in `valueFrom`",
	],
	"version of a secret": [
		_named("DB", "⟨*version⟩", "⟨*version⟩"),
		"certain",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"version of a secret that is no longer marked": [
		_case("DB", "⟨*version⟩"),
		"certain",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"secret on one side of a condition, and what is written out on the other": [
		_case("DB", "⟨*choice of a secret⟩"),
		"likely",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"what is made from a secret on one side of a condition": [
		_case("DB", "⟨*number of a choice⟩"),
		"likely",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"secrets on both sides of a condition": [
		_case("DB", "⟨*choice of secrets⟩"),
		"certain",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"secret on one side of a condition": [
		_case("DB", "⟨*choice of a secret or not⟩"),
		"likely",
		sprintf("the value of `%s`", [_version]),
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"encrypted parameter": [
		_named("APP", "⟨*encrypted⟩", "⟨*encrypted⟩"),
		"likely",
		"the value of `data.aws_ssm_parameter.app.value`, which is sensitive",
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"field of a secret": [
		_named("DB", "⟨*decoded⟩", "⟨*decoded⟩"),
		"certain",
		sprintf("the value of `%s[\"password\"]`", [_version]),
		", with `⟨*arn⟩:password::` in `valueFrom`",
	],
	"field of a secret that says where it is": [
		_named("DB", "⟨*decoded port⟩", "⟨*decoded port⟩"),
		"likely",
		sprintf("the value of `%s.port`", [_version]),
		", with `⟨*arn⟩:port::` in `valueFrom`",
	],
	"random password in a URL": [
		_named("DB_URL", "postgres://app:⟨*random⟩@⟨*host⟩/app", "⟨*random⟩"),
		"certain",
		"the value of `random_password.db.result`",
		_elsewhere,
	],
	"sensitive variable": [
		_named("LICENCE", "⟨*licence⟩", "⟨*licence⟩"),
		"likely",
		"the value of `var.licence`, which is sensitive",
		_elsewhere,
	],
	"sensitive credential for an ARN": [
		_named("DB_SECRET_ARN", "⟨*db_password⟩", "⟨*db_password⟩"),
		"likely",
		"the value of `var.db_password`, which is sensitive",
		_elsewhere,
	],
	"sensitive variable beside another": [
		_named("LICENCE", "⟨*host⟩:⟨*licence⟩", "⟨*licence⟩"),
		"likely",
		"the value of `var.licence`, which is sensitive",
		_elsewhere,
	],
	"sensitive variable by way of a parameter of Systems Manager": [
		_named("LICENCE", "⟨*licence⟩", "⟨*several⟩"),
		"likely",
		"the value of `var.licence`, which is sensitive",
		_elsewhere,
	],
	"sensitive variable with an empty default": [
		_named("LICENCE", "", "⟨*licence⟩"),
		"likely",
		"the value of `var.licence`, which is sensitive",
		_elsewhere,
	],
	"sensitive choice by something that is not known": [
		_named("LICENCE", "⟨*choice of a licence⟩", "⟨*licence⟩"),
		"likely",
		"the value of `var.licence`, which is sensitive",
		_elsewhere,
	],
	"version of a secret that is written out": [
		_named("DB", "lit", "⟨*decoded⟩"),
		"certain",
		sprintf("the value of `%s[\"password\"]`", [_version]),
		", with `⟨*arn⟩:password::` in `valueFrom`",
	],
	"sensitive variable with a default": [_marked("LICENCE", "none"), "likely", "a sensitive value", _elsewhere],
	"sensitive parameter of a template": [
		_marked("LICENCE", "⟨*Licence⟩"),
		"likely",
		"the value of `Licence`, which is sensitive",
		_elsewhere,
	],
	"sensitive parameter behind one that is not": [
		_marked("LICENCE", "⟨*Home⟩:⟨*Licence⟩"),
		"likely",
		"the value of `Licence`, which is sensitive",
		_elsewhere,
	],
	"password of a URL, whatever its name": [
		_case("DB_URL", "postgres://⟨*home⟩:⟨*queue⟩@⟨*host⟩/db"),
		"likely",
		"a URL with the value of `var.queue` for a password",
		_elsewhere,
	],
	"parameter of Systems Manager": [
		_named("DB_PASSWORD", "⟨*parameter db⟩", "⟨*parameter db⟩"),
		"likely",
		"the value of `data.aws_ssm_parameter.db.value`, which looks like a credential",
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"parameter of Systems Manager with a telling name": [
		_named("DB", "⟨*parameter db_password⟩", "⟨*parameter db_password⟩"),
		"likely",
		"the value of `data.aws_ssm_parameter.db_password.value`, which looks like a credential",
		", with `⟨*arn⟩` in `valueFrom`",
	],
	"credential by its name": [
		_case("AWS_SECRET_ACCESS_KEY", "⟨*key⟩"),
		"likely",
		"the value of `var.key`, which looks like a credential",
		_elsewhere,
	],
	"credential by its name in a template": [
		_case("SmtpPass", "⟨*SmtpCredential⟩"),
		"likely",
		"the value of `SmtpCredential`, which looks like a credential",
		_elsewhere,
	],
	"credential of another stack": [
		_case("TOKEN", "⟨*shared-token⟩"),
		"likely",
		"the value of `ImportValue(shared-token)`, which looks like a credential",
		_elsewhere,
	],
	"choice between a credential and something written out": [
		_case("TOKEN", "⟨*choice⟩"),
		"likely",
		"the value of `GithubToken`, which looks like a credential",
		_elsewhere,
	],
	"result of a function of which nothing is known": [
		_case("TOKEN", "⟨*map⟩"),
		"likely",
		"an unknown value with a name that looks like a credential",
		_elsewhere,
	],
	"sensitive choice": [_marked("LICENCE", "⟨*map⟩"), "likely", "a sensitive value", _elsewhere],
	"credential by the variable's name": [
		_case("DB_URL", "postgres://app:⟨*password of db⟩@db/app"),
		"likely",
		"the value of `var.db[\"password\"]`, which looks like a credential",
		_elsewhere,
	],
}

_sites := {
	"option": _of(mocks.container({"log": object.union(
		mocks.log([]),
		{"options": [mocks.variable("splunk-token", "⟨*SplunkToken⟩", 12)]},
	)})),
	"command": _of(mocks.container({"command": [
		mocks.text("--bucket=⟨*bucket⟩", 11),
		mocks.text("--password=⟨*db_password⟩", 12),
	]})),
	"parameter": mocks.with_holes(
		mocks.job_case(
			object.union(mocks.job([mocks.container({})]), {"parameters": [mocks.variable("apiKey", "⟨*ApiKey⟩", 12)]}),
			{},
		),
		_holes,
	),
	"EKS": _of(mocks.container({
		"kind": "eks",
		"path": "eksProperties.podProperties.containers[0]",
		"environment": [mocks.variable("API_TOKEN", "⟨*api_token⟩", 12)],
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
	"argument": _of(mocks.container({
		"command": [mocks.text("⟨*bucket⟩", 17)],
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
			sprintf("`%s` in `environment` is set to %s; anyone who can describe the job definition can read it.", [_name(bad[0]), bad[2]]),
			sprintf("Remove it from `environment` and add it to `secrets`%s.", [bad[3]]),
			11,
		]]
	}
}

test_the_place_of_the_value_is_related if {
	variable := object.union(mocks.variable("LICENCE", "none", 11), {"value": {"sensitive": "⟨*licence⟩", "written": 21}})
	found := _found(_of(mocks.container({"environment": [variable]})))
	[[finding.at, finding.related] | some finding in found] == [[11, [{"message": "the value comes from here", "at": 21}]]]
}

_name(given) := given.job_definitions["unit#Job"].containers[0].environment[0].name.value

test_sites if {
	found := {site: [finding.message, finding.remedy.text, finding.at, finding.names] |
		some site, given in _sites
		some finding in _found(given)
	}
	found == {
		"option": [
			"`splunk-token` in `options` is set to the value of `SplunkToken`, which looks like a credential; anyone who can describe the job definition can read it.",
			"Remove it from `options` and add it to `secretOptions`, with the ARN of a secret in `valueFrom`.",
			12,
			["containerProperties", "options", "splunk-token"],
		],
		"command": [
			"An argument of `command` is set to the value of `var.db_password`, which looks like a credential; anyone who can describe the job definition can read it.",
			"Add it to `secrets` and let the command read the environment variable, with the ARN of a secret in `valueFrom`.",
			12,
			["containerProperties", "command", ""],
		],
		"parameter": [
			"`apiKey` in `parameters` is set to the value of `ApiKey`, which looks like a credential; anyone who can describe the job definition can read it.",
			"Add it to `secrets` and let the command read the environment variable, with the ARN of a secret in `valueFrom`.",
			12,
			["parameters", "parameters", "apiKey"],
		],
		"EKS": [
			"`API_TOKEN` in `env` is set to the value of `var.api_token`, which looks like a credential; anyone who can describe the job definition can read it.",
			"Remove it from `env` and let the pod use a Kubernetes secret, or let the code read the secret by its ARN.",
			12,
			["eksProperties.podProperties.containers[0]", "env", "API_TOKEN"],
		],
	}
}

test_unseen_parts_are_unverified if {
	undecided := _undecided(_unseen.parts)
	{[one.reason, one.cause.name, one.at, one.references] | some one in undecided} == {
		["can't tell whether the value of a secret is in environment", "var.environment has no default", 13, []],
		["can't tell whether the value of a secret is in command", "var.command has no default", 15, []],
		["can't tell whether the value of a secret is in parameters", "var.parameters has no default", 16, []],
	}
}

test_an_argument_of_the_command_is_seen if _undecided(_unseen.argument) == set()

test_fields_that_say_where_something_is_are_likely if {
	fields := {
		"likely": ["url", "REDIS_URL", "jdbcUrl", "db_name", "userName", "username", "db-host", "clientId", "key_id", "dbPort"],
		"certain": ["password", "token", "paid", "support", "private", "urlSecret", "api_key", "renamed", "curl"],
	}
	every one in {[name, confidence] | some confidence, names in fields; some name in names} {
		[name, confidence] := one
		found := rule.findings with input as _case(
			"SETTING",
			concat("", ["{{resolve:secretsmanager:prod/db:SecretString:", name, "}}"]),
		)
		{one.confidence | some one in found} == {confidence}
	}
}
