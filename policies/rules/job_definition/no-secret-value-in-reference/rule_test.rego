package rules.job_definition["no-secret-value-in-reference_test"]

import data.lib.mocks
import data.rules.job_definition["no-secret-value-in-reference"] as rule

_holes := {
	"value": mocks.hole("data.aws_secretsmanager_secret_version.db.secret_string", {
		"width": "wide",
		"term": "secret_string",
		"holds": "secret",
		"arn": "⟨*arn⟩",
		"origin": {"kind": "lookup", "of": [], "function": null, "resource_kind": "secret_version", "attribute": "secret_string"},
	}),
	"field": mocks.hole("jsondecode(…)[password]", {"width": "wide", "holds": "secret", "arn": "⟨*arn⟩", "json_key": "password"}),
	"arn field": mocks.hole("jsondecode(…)[arn]", {"width": "wide", "holds": "secret", "arn": "⟨*arn⟩", "json_key": "arn"}),
	"parameter": mocks.hole("data.aws_ssm_parameter.p.value", {"width": "wide", "term": "p", "holds": "parameter"}),
	"written": mocks.hole("aws_ssm_parameter.w.value", {"width": "wide", "holds": "parameter", "arn": "⟨*arn⟩"}),
	"password": object.union(mocks.variable_hole("var.db_password"), {"term": "db_password", "sensitive": true}),
	"password arn": object.union(mocks.variable_hole("var.db_password_arn"), {"term": "db_password_arn", "sensitive": true}),
	"secret": object.union(mocks.variable_hole("var.source"), {"term": "source", "sensitive": true}),
	"open": object.union(mocks.variable_hole("var.db_password"), {"term": "db_password"}),
}

_with(value, given) := object.union(
	mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, given)]})]), {}),
	{"holes": _holes},
)

_case(value) := _with(value, {})

_own := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:"

_bad := {
	"dynamic reference": [
		_case("{{resolve:secretsmanager:db:SecretString:password}}"),
		"`DB_PASSWORD` is a dynamic reference, which CloudFormation replaces by the value of the secret.",
		"certain",
		[concat("", [_own, "db:password::"])],
	],
	"part of a text": [
		_case("x{{resolve:secretsmanager:db}}"),
		"`DB_PASSWORD` is a dynamic reference, which CloudFormation replaces by the value of the secret.",
		"certain",
		[],
	],
	"job parameter": [
		_case("Ref::db"),
		"`DB_PASSWORD` is a placeholder of a job parameter, which AWS Batch replaces only in the command.",
		"certain",
		[],
	],
	"marked": [
		_with("correct horse", {"value_from": {"value": "correct horse", "at": 11, "sensitive": true}}),
		"`DB_PASSWORD` is set to a sensitive value, not to a reference to it.",
		"certain",
		[],
	],
	"value of a parameter": [
		_with("correct", {"value_from": {"value": "correct", "at": 11, "sensitive": "⟨*written⟩"}}),
		"`DB_PASSWORD` is set to the value of `aws_ssm_parameter.w.value`, not to a reference to it.",
		"likely",
		["⟨*arn⟩"],
	],
	"value of a secret": [
		_with("correct", {"value_from": {"value": "correct", "at": 11, "sensitive": "⟨*field⟩"}}),
		"`DB_PASSWORD` is set to the value of `jsondecode(…)[password]`, not to a reference to it.",
		"certain",
		["⟨*arn⟩:password::"],
	],
	"value": [
		_case("⟨*value⟩"),
		"`DB_PASSWORD` is set to the value of `data.aws_secretsmanager_secret_version.db.secret_string`, not to a reference to it.",
		"certain",
		["⟨*arn⟩"],
	],
	"field": [
		_case("⟨*field⟩"),
		"`DB_PASSWORD` is set to the value of `jsondecode(…)[password]`, not to a reference to it.",
		"certain",
		["⟨*arn⟩:password::"],
	],
	"sensitive variable": [
		_case("⟨*password⟩"),
		"`DB_PASSWORD` is set to the value of `var.db_password`, which looks like a credential and not like a reference to one.",
		"likely",
		[],
	],
	"token": [
		_with("token", {"credential": "a GitHub token"}),
		"`DB_PASSWORD` contains a GitHub token, not a reference to it.",
		"certain",
		[],
	],
}

_elsewhere := {
	"ARN": _case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::"),
	"name": _case("/prod/db"),
	"plain parameter": _case("{{resolve:ssm:/prod/db/arn}}"),
	"field of a secret that is an ARN": _case("{{resolve:secretsmanager:db:SecretString:masterarn}}"),
	"parameter's value": _case("⟨*parameter⟩"),
	"ARN in a secret": _case("⟨*arn field⟩"),
	"variable named like an ARN": _case("⟨*password arn⟩"),
	"variable named otherwise": _case("⟨*secret⟩"),
	"variable that is shown": _case("⟨*open⟩"),
	"ARN that is marked": _with("arn:aws:s:::x", {"value_from": {"value": "arn:aws:s:::x", "at": 11, "sensitive": "⟨*written⟩"}}),
	"with selectors": _case("⟨*password⟩:password::"),
}

cases := object.union({name: bad[0] | some name, bad in _bad}, _elsewhere)

test_bad if {
	every bad in _bad {
		some finding in rule.findings with input as bad[0]
		finding.message == bad[1]
		finding.confidence == bad[2]
		finding.references == ["containerProperties.secrets.DB_PASSWORD"]
		[edit.text | some edit in finding.remedy.edits] == bad[3]
	}
}

test_elsewhere if {
	every case in _elsewhere {
		count(rule.applies) == 0 with input as case
		count(rule.findings) == 0 with input as case
	}
}
