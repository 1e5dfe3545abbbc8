package lib.access.conditions_test

import data.lib.access.conditions
import data.lib.mocks

_context := {
	"aws:requestedregion": ["eu-west-1"],
	"aws:principalaccount": ["⟨AWS.AccountId⟩"],
	"aws:principalarn": ["arn:aws:iam::111122223333:role/jobs"],
	"aws:securetransport": ["true"],
	"aws:username": [],
	"kms:viaservice": ["secretsmanager.⟨AWS.Region⟩.amazonaws.com"],
	"kms:resourcealiases": ["alias/db", "alias/web"],
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
	["StringEqualsIgnoreCase", "aws:RequestedRegion", "EU-WEST-1", "yes"],
	["StringNotEqualsIgnoreCase", "aws:RequestedRegion", "EU-WEST-1", "no"],
	["StringEquals", "aws:PrincipalAccount", "⟨AWS.AccountId⟩", "yes"],
	["StringEquals", "aws:PrincipalAccount", "111122223333", "maybe"],
	["ArnLike", "aws:PrincipalArn", "arn:⟨AWS.Partition⟩:iam::*:role/jobs", "yes"],
	["ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/admin", "yes"],
	["StringEquals", "kms:ViaService", "secretsmanager.⟨AWS.Region⟩.amazonaws.com", "yes"],
	["StringEquals", "kms:ViaService", "secretsmanager.⟨AWS.Region⟩.amazonaws.com.cn", "yes"],
	["StringEquals", "kms:ViaService", "ssm.⟨AWS.Region⟩.amazonaws.com", "no"],
	["Bool", "aws:SecureTransport", "true", "yes"],
	["Bool", "aws:SecureTransport", "false", "no"],
	["Null", "aws:username", "true", "yes"],
	["Null", "aws:username", "false", "no"],
	["Null", "aws:RequestedRegion", "true", "no"],
	["Null", "aws:RequestedRegion", "false", "yes"],
	["Null", "aws:ResourceTag/team", "true", "maybe"],
	# A key that the request lacks.
	["StringEquals", "aws:username", "a", "no"],
	["StringNotEquals", "aws:username", "a", "yes"],
	["StringEqualsIfExists", "aws:username", "a", "yes"],
	["ForAllValues:StringEquals", "aws:username", "a", "yes"],
	["ForAnyValue:StringNotEquals", "aws:username", "a", "no"],
	# A key with several values.
	["ForAnyValue:StringEquals", "kms:ResourceAliases", "alias/db", "yes"],
	["ForAllValues:StringEquals", "kms:ResourceAliases", "alias/db", "no"],
	["ForAllValues:StringLike", "kms:ResourceAliases", "alias/*", "yes"],
	["StringEquals", "kms:ResourceAliases", "alias/db", "maybe"],
	# What is not known is never dropped.
	["StringEquals", "aws:ResourceTag/team", "a", "maybe"],
	["IpAddress", "aws:RequestedRegion", "eu-west-1", "maybe"],
	["⟨*Operator@unit⟩", "aws:RequestedRegion", "eu-west-1", "maybe"],
	["StringEquals", "⟨*Key@unit⟩", "eu-west-1", "maybe"],
]

_case := {"deployment": {"partition": "⟨AWS.Partition⟩", "region": "⟨AWS.Region⟩", "account": "⟨AWS.AccountId⟩"}, "holes": {}}

_holds(one) := answer if {
	answer := conditions.holds(mocks.condition(one[0], one[1], one[2]), _context, {}) with input as _case
}

test_holds if {
	wrong := [[one, _holds(one)] | some one in _conditions; _holds(one) != one[3]]
	wrong == []
}

test_one_of_several_values_is_enough if {
	condition := {"operator": "StringEquals", "key": "aws:RequestedRegion", "at": 0, "values": [
		mocks.text("us-east-1", 0),
		mocks.text("eu-west-1", 0),
	]}
	conditions.holds(condition, _context, {}) == "yes"
}

test_values_that_are_not_known if {
	condition := {"operator": "StringEquals", "key": "aws:RequestedRegion", "at": 0, "values": null}
	conditions.holds(condition, _context, {}) == "maybe"
}
