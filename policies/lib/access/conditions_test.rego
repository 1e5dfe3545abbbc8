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
	# Nobody used a second factor, and whether the key says so or is left out is the same to these.
	["BoolIfExists", "aws:MultiFactorAuthPresent", "false", "yes"],
	["Bool", "aws:MultiFactorAuthPresent", "true", "no"],
	["Bool", "aws:MultiFactorAuthPresent", "false", "maybe"],
	["BoolIfExists", "aws:MultiFactorAuthPresent", "true", "maybe"],
	["Null", "aws:MultiFactorAuthPresent", "true", "maybe"],
	# Operators whose values are not compared, where there is none to compare.
	["NumericLessThan", "aws:username", "3600", "no"],
	["NumericLessThanIfExists", "aws:username", "3600", "yes"],
	["NotIpAddress", "aws:username", "10.0.0.0/8", "yes"],
	["NumericLessThan", "aws:RequestedRegion", "3600", "maybe"],
	["⟨*Operator@unit⟩", "aws:username", "a", "maybe"],
	# Times that are past for good, and those that are not yet.
	["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", "yes"],
	["DateGreaterThanEquals", "aws:CurrentTime", "2020-01-01", "yes"],
	["DateLessThan", "aws:CurrentTime", "2020-06-30T23:59:59Z", "no"],
	["DateLessThanEquals", "aws:currenttime", "2020-06-30T23:59:59+02:00", "no"],
	["DateEquals", "aws:CurrentTime", "2020-01-01", "no"],
	["DateNotEquals", "aws:CurrentTime", "2020-01-01", "yes"],
	["DateLessThanIfExists", "aws:CurrentTime", "2020-01-01", "no"],
	["DateLessThan", "aws:EpochTime", "1577836800", "no"],
	["NumericGreaterThan", "aws:EpochTime", "1577836800", "yes"],
	["NumericLessThan", "aws:EpochTime", "4102444800", "maybe"],
	["DateLessThan", "aws:TokenIssueTime", "2024-05-06T07:08:09.123Z", "no"],
	["DateLessThan", "aws:CurrentTime", "2099-01-01T00:00:00Z", "maybe"],
	["DateGreaterThan", "aws:CurrentTime", "2099-01-01T00:00:00Z", "maybe"],
	["DateGreaterThan", "aws:CurrentTime", "last year", "maybe"],
	["DateGreaterThan", "aws:CurrentTime", "⟨*Day@unit⟩", "maybe"],
	["DateLessThan", "aws:PrincipalTag/until", "2020-01-01", "maybe"],
	["StringLike", "aws:CurrentTime", "2020-*", "maybe"],
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

test_of_several_times_one_is_enough if {
	_of_times("DateLessThan", ["2020-01-01", "2021-01-01"]) == "no"
	_of_times("DateLessThan", ["2020-01-01", "2099-01-01"]) == "maybe"
	_of_times("DateGreaterThan", ["2020-01-01", "2099-01-01"]) == "yes"
	_of_times("DateNotEquals", ["2020-01-01", "2099-01-01"]) == "maybe"
}

_of_times(operator, values) := conditions.holds(
	{"operator": operator, "key": "aws:CurrentTime", "at": 0, "values": [mocks.text(value, 0) | some value in values]},
	_context,
	{},
)

test_values_that_are_not_known if {
	condition := {"operator": "StringEquals", "key": "aws:RequestedRegion", "at": 0, "values": null}
	conditions.holds(condition, _context, {}) == "maybe"
}
