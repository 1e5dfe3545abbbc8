package lib.access.statements_test

import data.lib.access.statements
import data.lib.mocks

_get := statements.action("secretsmanager:GetSecretValue")

_actions := {
	"secretsmanager:GetSecretValue": "yes",
	"SecretsManager:getsecretvalue": "yes",
	"secretsmanager:*": "yes",
	"*": "yes",
	"secretsmanager:Get*": "yes",
	"secretsmanager:?etSecretValue": "yes",
	"secretsmanager:DescribeSecret": "no",
	"secretsmanager:Put*": "no",
	"ssm:*": "no",
	"⟨*Action@unit⟩": "maybe",
}

test_actions if {
	every action, answer in _actions {
		about := statements.about([mocks.allow([action], ["*"])], _get)
		[one.action | some one in about] == [known | some known in [answer]; known != "no"]
	}
}

test_not_action if {
	statement := mocks.statement("Allow", [], ["*"], {"actions": null, "not_actions": [mocks.text("secretsmanager:*", 0)]})
	statements.about([statement], _get) == []
	[one.action | some one in statements.about([statement], statements.action("ssm:GetParameters"))] == ["yes"]
}

test_a_statement_without_actions_is_about_nothing if {
	statements.about([mocks.statement("Allow", [], ["*"], {"actions": null})], _get) == []
}

test_effects if {
	answers := {"Allow": "yes", "Deny": "no", "allow": "no", "⟨*Effect@unit⟩": "maybe"}
	every effect, answer in answers { statements.has_effect(mocks.statement(effect, ["*"], ["*"], {}), "Allow") == answer }
	denies := {"Allow": "no", "Deny": "yes", "deny": "maybe", "Denied": "maybe", "⟨*Effect@unit⟩": "maybe"}
	every effect, answer in denies { statements.has_effect(mocks.statement(effect, ["*"], ["*"], {}), "Deny") == answer }
	statements.has_effect(mocks.statement("Allow", ["*"], ["*"], {"maybe": mocks.cause("IsProd is not known")}), "Allow") == "maybe"
}
