package lib.conditions_test

import data.lib.conditions
import data.lib.mocks

_context := {
	"aws:requestedregion": "eu-west-1",
	"aws:principalaccount": "⟨AWS.AccountId⟩",
	"kms:viaservice": "secretsmanager.⟨AWS.Region⟩.amazonaws.com",
}

# Operator, key, value and the answer.
_conditions := [
	["StringEquals", "aws:RequestedRegion", "eu-west-1", "yes"],
	["stringequals", "AWS:requestedregion", "eu-west-1", "yes"],
	["StringEquals", "aws:RequestedRegion", "us-east-1", "no"],
	["StringEquals", "aws:RequestedRegion", "eu-*", "no"],
	["StringLike", "aws:RequestedRegion", "eu-*", "yes"],
	["StringNotEquals", "aws:RequestedRegion", "us-east-1", "yes"],
	["StringNotLike", "aws:RequestedRegion", "eu-*", "no"],
	["ForAnyValue:StringEqualsIfExists", "aws:RequestedRegion", "eu-west-1", "yes"],
	["StringEquals", "aws:RequestedRegion", "⟨*Region@unit⟩", "maybe"],
	["StringEquals", "aws:PrincipalAccount", "⟨AWS.AccountId⟩", "yes"],
	["StringEquals", "aws:PrincipalAccount", "111122223333", "maybe"],
	["StringEquals", "kms:ViaService", "secretsmanager.⟨AWS.Region⟩.amazonaws.com", "yes"],
	["StringEquals", "kms:ViaService", "secretsmanager.⟨AWS.Region⟩.amazonaws.com.cn", "yes"],
	["StringEquals", "kms:ViaService", "ssm.⟨AWS.Region⟩.amazonaws.com", "no"],
	["StringEquals", "aws:ResourceTag/team", "a", "maybe"],
	["StringEqualsIgnoreCase", "aws:RequestedRegion", "EU-WEST-1", "maybe"],
	["Bool", "aws:SecureTransport", "true", "yes"],
	["Bool", "aws:SecureTransport", "false", "maybe"],
	["⟨*Operator@unit⟩", "aws:RequestedRegion", "eu-west-1", "maybe"],
]

test_holds if {
	every one in _conditions { conditions.holds(mocks.condition(one[0], one[1], one[2]), _context) == one[3] }
}

test_one_of_several_values_is_enough if {
	condition := {"operator": "StringEquals", "key": "aws:RequestedRegion", "at": 0, "values": [
		mocks.text("us-east-1", 0),
		mocks.text("eu-west-1", 0),
	]}
	conditions.holds(condition, _context) == "yes"
}

test_values_that_are_not_known if {
	condition := {"operator": "StringEquals", "key": "aws:RequestedRegion", "at": 0, "values": null}
	conditions.holds(condition, _context) == "maybe"
}

test_all_of_a_statement_hold if {
	yes := mocks.condition("StringEquals", "aws:RequestedRegion", "eu-west-1")
	maybe := mocks.condition("StringEquals", "aws:ResourceTag/team", "a")
	conditions.all_hold({"conditions": []}, _context) == "yes"
	conditions.all_hold({"conditions": [yes]}, _context) == "yes"
	conditions.all_hold({"conditions": [yes, maybe]}, _context) == "maybe"
}
