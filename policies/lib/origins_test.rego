package lib.origins_test

import data.lib.origins

_version := "data.aws_secretsmanager_secret_version.db"

test_names if {
	origins.names("⟨*var.password@infra/*.tf⟩") == ["var.password"]
	origins.names("⟨Db.name@stacks/jobs.yaml⟩") == ["Db.name"]
	origins.names("⟨*try(jsondecode(var.db.password@infra/*.tf))⟩") == ["var.db.password"]
	origins.names("⟨*if(var.own@.,var.password@.,random_password.db.result@.)~1x2y⟩") == [
		"var.own",
		"var.password",
		"random_password.db.result",
	]
	origins.names("⟨AWS.Region⟩") == []
	origins.names("⟨*ImportValue(shared-token)⟩") == ["shared-token"]
	origins.names("⟨*If(HasToken,Token,hunter2)@stacks/jobs.yaml⟩") == []
}

_telling := {
	"var.db_password": "db_password",
	"var.db[\"password\"]": "password",
	"var.db.password": "password",
	"var.passwords[0]": "passwords",
	"DbPassword": "DbPassword",
	"data.aws_ssm_parameter.token.value": "token",
	"aws_ssm_parameter.each[\"token\"].value": "token",
	"random_password.db.result": "db",
	"var.value": "value",
	"aws_secretsmanager_secret.db.name": "name",
}

test_telling if {
	every name, expected in _telling {
		origins.telling(name) == expected
	}
}

test_secret_values if {
	every name in [
		concat("", [_version, ".secret_string"]),
		concat("", [_version, ".secret_string[\"password\"]"]),
		"module.db.aws_secretsmanager_secret_version.db[0].secret_binary",
		"random_password.db.result",
		"aws_iam_access_key.ses.ses_smtp_password_v4",
	] {
		origins.secret_value(name)
	}
	every name in ["random_string.db.result", concat("", [_version, ".arn"]), "var.secret_string", "data.aws_ssm_parameter.db.value"] {
		not origins.secret_value(name)
	}
}

test_parameter_values if {
	origins.parameter_value("data.aws_ssm_parameter.db.value")
	origins.parameter_value("module.db.aws_ssm_parameter.db[0].insecure_value")
	not origins.parameter_value("data.aws_ssm_parameter.db.arn")
}

test_check_values if {
	origins.digested("⟨*sha256(var.password@.)⟩")
	origins.digested("⟨*substr(md5(var.password@.))~1x⟩")
	origins.digested("⟨*!=(var.password@.)~1x⟩")
	not origins.digested("⟨*base64encode(var.password@.)⟩")
	not origins.digested("⟨*var.password@.⟩")
}

test_keys if {
	origins.json_key(concat("", [_version, ".secret_string"])) == ""
	origins.json_key(concat("", [_version, ".secret_string.password"])) == "password"
	origins.json_key(concat("", [_version, ".secret_string[\"api-key\"]"])) == "api-key"
	origins.json_key("var.password") == ""
}

_job := "module.jobs.aws_batch_job_definition.nightly"

_values := {
	concat("", [_version, ".secret_string"]): "⟨*data.aws_secretsmanager_secret_version.db.arn@⟩",
	concat("", [_version, ".secret_string[\"password\"]"]): "⟨*data.aws_secretsmanager_secret_version.db.arn@⟩:password::",
	"module.jobs.aws_secretsmanager_secret_version.db[0].secret_string": "⟨*aws_secretsmanager_secret_version.db[0].arn@⟩",
	"module.db.aws_secretsmanager_secret_version.db.secret_string": null,
	"module.jobs.data.aws_ssm_parameter.token.value": "⟨*data.aws_ssm_parameter.token.arn@⟩",
	"random_password.db.result": null,
	"var.value": null,
	"DbPassword": null,
}

test_what_to_write_instead if {
	every name, expected in _values {
		origins.value_from(name, _job) == expected
	}
}
