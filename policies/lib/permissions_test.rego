package lib.permissions_test

import data.lib.mocks
import data.lib.permissions

# The rules about permissions test every message; here is what is written for each kind of thing.

_question(kind, value, arn_value) := {
	"kind": kind,
	"arn": arn_value,
	"secret": null,
	"parameter": null,
	"role": mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs"),
	"entries": [{"value": value, "label": "A"}],
}

_partial := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"

_parameter := "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/hunter2"

test_statements if {
	written := [permissions.statement(question, "x:Get").resources[0] |
		some question in [
			_question("secret", _partial, _partial),
			_question("secret", concat("", [_partial, "-AbCdEf"]), concat("", [_partial, "-AbCdEf"])),
			_question("unknown", "⟨*Arn@unit⟩:a::", "⟨*Arn@unit⟩⟨*rest⟩"),
		]
	]
	written == [concat("", [_partial, "-??????"]), concat("", [_partial, "-AbCdEf"]), "⟨*Arn@unit⟩"]
}

test_nothing_is_written_of_what_may_be_a_secret if {
	permissions.statement(_question("parameter", "hunter2", _parameter), "ssm:GetParameters") == null
	permissions.statement(_question("unknown", "⟨x@.⟩:a::", "⟨*rest⟩"), "ssm:GetParameters") == null
}

test_things if {
	permissions.thing(_question("secret", sprintf("%s:a::", [_partial]), _partial)) == _partial
	permissions.thing(_question("parameter", "hunter2", _parameter)) == "the parameter named by A"
	permissions.thing(_question("unknown", "⟨*Arn@unit⟩:a::", "⟨*Arn@unit⟩⟨*rest⟩")) == "⟨*Arn@unit⟩"
}

test_a_declared_thing_is_called_by_its_address if {
	parameter := object.union(_question("parameter", "/db", _parameter), {"parameter": "P"})
	permissions.thing(parameter) == "Db" with input as {"parameters": {"P": mocks.parameter("Db", "/db", {})}}
	secret := object.union(_question("secret", "registry", _partial), {"secret": "S"})
	permissions.thing(secret) == "Db" with input as {"secrets": {"S": mocks.secret("Db", {})}}
}

test_roles if {
	permissions.role_name(mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs")) == "arn:aws:iam::111122223333:role/jobs"
}
