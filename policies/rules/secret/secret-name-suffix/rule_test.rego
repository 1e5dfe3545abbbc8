package rules.secret["secret-name-suffix_test"]

import data.lib.mocks
import data.rules.secret["secret-name-suffix"] as rule

cases := {name: mocks.secret_case(mocks.secret("Db", {"name": mocks.text(name, 12)})) |
	some name in [
		"prod/db-secret",
		"⟨stage⟩-config",
		"prod/db-AbC123",
		"prod/db",
		"prod-db-secrets",
		"secret",
		"prod-db_pass",
		"db-⟨stage⟩",
	]
}

_messages(given) := {one.message | some one in rule.findings with input as given}

_says(ending) := {$"The name of `Db` ends with `-{ending}`, which looks like the random suffix of an ARN."}

test_a_name_with_such_an_ending if {
	_messages(cases["prod/db-secret"]) == _says("secret")
	_messages(cases["⟨stage⟩-config"]) == _says("config")
	_messages(cases["prod/db-AbC123"]) == _says("AbC123")
}

test_other_names if {
	every name in ["prod/db", "prod-db-secrets", "secret", "prod-db_pass", "db-⟨stage⟩"] {
		_messages(cases[name]) == set()
	}
}

test_what_exists_already_or_has_no_name if {
	arn := mocks.text("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-secret-AbCdEf", 12)
	name := mocks.text("db-secret", 12)
	every given in [{"name": null}, {"name": name, "arn": arn}, {"name": name, "declared": false}] {
		_messages(mocks.secret_case(mocks.secret("Db", given))) == set()
	}
}
