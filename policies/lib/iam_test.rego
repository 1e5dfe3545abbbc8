package lib.iam_test

import data.lib.iam
import data.lib.mocks
import data.lib.pattern

_get := iam.action("secretsmanager:GetSecretValue")

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_request := {"resource": pattern.target(_arn), "principal": null, "context": {}}

_decision(statements) := iam.decide(iam.concerning(statements, _get), _request)

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
		concerned := iam.concerning([mocks.allow([action], ["*"])], _get)
		[one.action | some one in concerned] == [known | some known in [answer]; known != "no"]
	}
}

test_not_action if {
	statement := mocks.statement("Allow", [], ["*"], {"actions": null, "not_actions": [mocks.text("secretsmanager:*", 0)]})
	iam.concerning([statement], _get) == []
	[one.action | some one in iam.concerning([statement], iam.action("ssm:GetParameters"))] == ["yes"]
}

test_a_statement_without_actions_is_about_nothing if {
	iam.concerning([mocks.statement("Allow", [], ["*"], {"actions": null})], _get) == []
}

test_nothing_is_allowed_by_nothing if _decision([]).answer == "no"

test_a_deny_wins_and_is_shown if {
	deny := mocks.statement("Deny", ["*"], ["*"], {"at": 7})
	_decision([mocks.allow(["*"], ["*"]), deny]) == {"answer": "denied", "statement": deny, "why": null}
}

test_a_deny_of_what_nobody_allows_is_a_deny if {
	_decision([mocks.statement("Deny", ["*"], ["*"], {})]).answer == "denied"
}

test_a_deny_that_may_not_be_there_only_raises_a_doubt if {
	_decision([mocks.allow(["*"], ["*"]), mocks.statement("Deny", ["*"], ["*"], {"maybe": "IsProd is not known"})]) == {
		"answer": "maybe",
		"statement": null,
		"why": "a Deny may take it away, and IsProd is not known",
	}
}

test_an_effect_that_is_not_known if {
	_decision([mocks.statement("⟨*Effect@unit⟩", ["*"], ["*"], {})]) == {
		"answer": "maybe",
		"statement": null,
		"why": "a Deny may take it away, and the effect of a statement is not known",
	}
}

test_an_effect_that_is_none_allows_nothing if _decision([mocks.statement("allow", ["*"], ["*"], {})]).answer == "no"

test_a_statement_without_resources_is_about_nothing if {
	_decision([mocks.statement("Allow", ["*"], [], {"resources": null})]).answer == "no"
}

test_the_reason_for_a_negated_action if {
	statement := mocks.statement("Allow", [], ["*"], {"actions": null, "not_actions": [mocks.text("⟨*Action@unit⟩", 0)]})
	_decision([statement]).why == "it is not known whether ⟨*Action@unit⟩ includes the action"
}

_symbolic(service, resource) := sprintf("arn:⟨AWS.Partition⟩:%s:⟨AWS.Region⟩:⟨AWS.AccountId⟩:%s", [service, resource])

test_declared_resources_are_apart if {
	iam.apart(mocks.secret_arn("A", "⟨A.name@unit⟩"), mocks.secret_arn("B", "⟨B.name@unit⟩"))
	iam.apart(_symbolic("kms", "key/⟨A@unit⟩"), _symbolic("kms", "key/⟨B@unit⟩"))
	iam.apart(_symbolic("ssm", "parameter/⟨A.name@unit⟩"), _symbolic("ssm", "parameter/⟨B.name@unit⟩"))
}

test_what_may_be_one_is_not_apart if {
	not iam.apart(mocks.secret_arn("A", "a"), mocks.secret_arn("A", "a"))
	not iam.apart(mocks.secret_arn("A[0]", "a"), mocks.secret_arn("A[count.index]", "a"))
	not iam.apart(mocks.secret_arn("data.aws_secretsmanager_secret.a", "a"), mocks.secret_arn("B", "b"))
	not iam.apart(mocks.secret_arn("A", "a"), "arn:aws:secretsmanager:eu-west-1:111122223333:secret:b-AbCdEf")
	not iam.apart(_symbolic("kms", "key/⟨A@one⟩"), _symbolic("kms", "key/⟨B@other⟩"))
	not iam.apart(_symbolic("s3", "⟨A@unit⟩"), _symbolic("s3", "⟨B@unit⟩"))
}

test_a_written_partition_is_that_of_the_stack if {
	declared := pattern.target(mocks.secret_arn("Db", "db"))
	iam.resource("arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-*", declared) == "yes"
	iam.resource("arn:aws-cn:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-*", declared) == "yes"
	iam.resource("arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:web-*", declared) == "no"
	iam.resource("arn:⟨AWS.Partition⟩:secretsmanager:*:*:secret:db-*", pattern.target(_arn)) == "yes"
	iam.resource("arn:⟨other@unit⟩:secretsmanager:*:*:secret:db-*", pattern.target(_arn)) == "maybe"
}

_role := pattern.target("arn:aws:iam::111122223333:role/jobs")

test_principals if {
	answers := {
		"*": "yes",
		"arn:aws:iam::111122223333:role/jobs": "yes",
		"arn:aws:iam::111122223333:role/other": "no",
		"arn:aws:iam::111122223333:root": "no",
		"111122223333": "no",
		"⟨*Principal@unit⟩": "maybe",
	}
	every principal, answer in answers { iam.principals(mocks.allow_principal(principal, ["*"]), _role) == answer }
}

test_principals_of_other_types_are_no_role if {
	statement := mocks.statement("Allow", ["*"], ["*"], {"principals": [{
		"type": "Service",
		"values": [mocks.text("ecs-tasks.amazonaws.com", 0)],
	}]})
	iam.principals(statement, _role) == "no"
}

test_principals_that_are_left_out_are_not_known if {
	statement := mocks.statement("Allow", ["*"], ["*"], {"not_principals": [{"type": "AWS", "values": []}]})
	iam.principals(statement, _role) == "maybe"
	iam.principals(mocks.allow(["*"], ["*"]), _role) == "no"
	iam.principals(mocks.allow(["*"], ["*"]), null) == "yes"
}
