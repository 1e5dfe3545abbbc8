package lib.dynamic_test

import data.lib.dynamic
import data.lib.mocks

_own := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db"

_declared := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@jobs.yaml⟩-⟨#Db@jobs.yaml⟩"

_secrets := {
	"{{resolve:secretsmanager:db}}": ["", _own],
	"{{resolve:secretsmanager:db:SecretString}}": ["", _own],
	"{{resolve:secretsmanager:db:SecretString:::}}": ["", _own],
	"{{resolve:secretsmanager:db:SecretString:password}}": ["password", concat("", [_own, ":password::"])],
	"postgres://app:{{resolve:secretsmanager:db:SecretString:password::}}@db": ["password", concat("", [_own, ":password::"])],
	"{{resolve:secretsmanager:db:SecretString:password:AWSPREVIOUS}}": ["password", concat("", [_own, ":password:AWSPREVIOUS:"])],
	"{{resolve:secretsmanager:db:SecretString:::0f4e2b6c-1a2b-4c3d-8e9f-0a1b2c3d4e5f}}": [
		"",
		concat("", [_own, ":::0f4e2b6c-1a2b-4c3d-8e9f-0a1b2c3d4e5f"]),
	],
	"{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:SecretString:user}}": [
		"user",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:user::",
	],
	concat("", ["{{resolve:secretsmanager:", _declared, ":SecretString:password::}}"]): [
		"password",
		concat("", [_declared, ":password::"]),
	],
	"{{resolve:secretsmanager:⟨*DbSecret@jobs.yaml⟩:SecretString:password}}": ["password", "⟨*DbSecret@jobs.yaml⟩:password::"],
	"{{resolve:ssm-secure:/prod/token:3}}": ["", "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/prod/token"],
}

test_secrets if {
	every value, expected in _secrets {
		dynamic.secret(value) == {"key": expected[0], "value_from": expected[1]} with input as mocks.job_case(mocks.job([]), {})
	}
}

test_others_are_no_secrets if {
	every value in ["{{resolve:ssm:/prod/bucket:1}}", "db", "", "{{ secretsmanager }}"] {
		not dynamic.secret(value)
	}
}
