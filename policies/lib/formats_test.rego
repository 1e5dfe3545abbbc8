package lib.formats_test

import data.lib.formats

_own_secret := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:registry"

_own_parameter := "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/prod/db"

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_read := {
	_arn: {"kind": "secret", "arn": _arn, "parts": ["secret", "db-AbCdEf"]},
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::": {
		"kind": "secret",
		"arn": _arn,
		"parts": ["secret", "db-AbCdEf", "password", "", ""],
	},
	"arn:aws:ssm:eu-west-1:111122223333:parameter/db:3": {
		"kind": "parameter",
		"arn": "arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	},
	"arn:aws:ssm:eu-west-1:111122223333:parameter:/db": {
		"kind": "parameter",
		"arn": "arn:aws:ssm:eu-west-1:111122223333:parameter/db",
	},
	"/prod/db": {"kind": "parameter", "arn": _own_parameter},
	"prod/db:live": {"kind": "parameter", "arn": _own_parameter},
	"⟨*SecretArn@unit⟩:password::": {"kind": "unknown", "service": "unknown", "arn": "⟨*SecretArn@unit⟩⟨*rest⟩"},
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name@unit⟩:password::": {
		"kind": "unknown",
		"service": "secretsmanager",
		"arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name@unit⟩⟨*rest⟩",
	},
	"arn:aws:ssm:eu-west-1:111122223333:parameter/⟨*Name@unit⟩": {
		"kind": "unknown",
		"service": "ssm",
		"arn": "arn:aws:ssm:eu-west-1:111122223333:parameter/⟨*Name@unit⟩⟨*rest⟩",
	},
	"arn:aws:⟨service@.⟩:eu-west-1:111122223333:secret:db": {"kind": "unknown", "service": "unknown", "arn": "⟨*rest⟩"},
	"⟨secret@.⟩:password::": {"kind": "unknown", "service": "unknown", "arn": "⟨*rest⟩"},
	"{{resolve:ssm:/arn}}": {"kind": "unknown", "service": "unknown", "arn": "⟨*rest⟩"},
}

test_read if {
	every value, meaning in _read { formats.read(value, "secrets") == meaning }
}

test_credentials_may_be_a_secrets_name if {
	formats.read("registry", "repositoryCredentials") == {"kind": "secret", "arn": _own_secret, "parts": ["secret", "registry"]}
}

test_what_has_a_fault_is_broken if {
	formats.read("a b", "secrets").kind == "broken"
	formats.read("a b", "secrets").fault.is == "is neither an ARN nor the name of a parameter"
}
