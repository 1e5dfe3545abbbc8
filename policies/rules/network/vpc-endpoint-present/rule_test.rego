package rules.network["vpc-endpoint-present_test"]

import data.lib.mocks
import data.rules.network["vpc-endpoint-present"] as rule

_logs := mocks.endpoint("LogsEndpoint", "logs", {})

_ecr := [mocks.endpoint("EcrApi", "ecr.api", {}), mocks.endpoint("EcrDkr", "ecr.dkr", {})]

_secrets := mocks.endpoint("SecretsEndpoint", "secretsmanager", {})

_one := {"readers": [mocks.reader("A", "secretsmanager", 91)], "reader_count": 1}

_two := {
	"readers": [mocks.reader("A", "secretsmanager", 91), mocks.reader("B", "secretsmanager", 92)],
	"reader_count": 2,
}

_maybe(condition) := mocks.unseen("existence", sprintf("the condition %s is not known", [condition]), 0)

_exit := {"kind": "nat_gateway", "at": 95}

cases := {
	"endpoint": mocks.network_case([_logs, _secrets], _one),
	"FIPS endpoint": mocks.network_case([_logs, mocks.endpoint("Fips", "secretsmanager-fips", {})], _one),
	"no endpoints": mocks.network_case([], _one),
	"gateway endpoints only": mocks.network_case([mocks.endpoint("S3", "s3", {"type": "Gateway"})], _one),
	"endpoint of another service": mocks.network_case([mocks.endpoint("Athena", "athena", {})], _one),
	"no secrets": mocks.network_case([_logs], {}),
	"parameters only": mocks.network_case([_logs], {"readers": [mocks.reader("A", "ssm", 91)], "reader_count": 1}),
	"missing": mocks.network_case(array.concat(_ecr, [_logs]), _two),
	"missing, service by its short name": mocks.network_case(
		[mocks.endpoint("Logs", "", {"service": mocks.text("logs", 10)})],
		_one,
	),
	"NAT gateway": mocks.network_case([_logs], object.union(_one, {"exits": [_exit]})),
	"VPC elsewhere": mocks.network_case([_logs], object.union(_one, {"declared": false})),
	"perhaps other network": mocks.network_case([_logs], object.union(_one, {"readers_certain": false})),
	"routes not seen": mocks.network_case([_logs], object.union(_one, {"unseen": [mocks.unseen(
		"routes",
		"the routes of Vpc are not known",
		0,
	)]})),
	"endpoints not seen": mocks.network_case([_logs], object.union(_one, {"unseen": [mocks.unseen(
		"endpoints",
		"the endpoints of module.vpc are not known",
		0,
	)]})),
	"service not known": mocks.network_case([_logs, mocks.endpoint("Each", "⟨*each.key@unit⟩", {})], _one),
	"endpoint under a condition": mocks.network_case(
		[_logs, mocks.endpoint("SecretsEndpoint", "secretsmanager", {"unseen": [_maybe("IsProd")]})],
		_one,
	),
	"all endpoints under one condition": mocks.network_case(
		[
			mocks.endpoint("LogsEndpoint", "logs", {"unseen": [_maybe("IsProd")]}),
			mocks.endpoint("SecretsEndpoint", "secretsmanager", {"unseen": [_maybe("IsProd")]}),
		],
		_one,
	),
	"missing under a condition": mocks.network_case(
		[mocks.endpoint("LogsEndpoint", "logs", {"unseen": [_maybe("IsProd")]})],
		_one,
	),
	"many": mocks.network_case([_logs], object.union(_two, {"reader_count": 300})),
}

_judged(given) := [findings, unverified] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
}

test_good if {
	every name in [
		"endpoint",
		"FIPS endpoint",
		"all endpoints under one condition",
		"no endpoints",
		"gateway endpoints only",
		"endpoint of another service",
		"no secrets",
		"parameters only",
	] {
		_judged(cases[name]) == [set(), set()]
	}
}

test_missing if {
	_judged(cases.missing) == [
		{{
			"rule": "vpc-endpoint-present",
			"severity": "error",
			"confidence": "certain",
			"message": "secretsmanager has no endpoint in Vpc, which has interface endpoints for ecr.api, ecr.dkr and logs, and 2 secrets are read there.",
			"remedy": {
				"text": "Add an interface endpoint for com.amazonaws.REGION.secretsmanager, with private DNS, in the subnets where the jobs run.",
				"replacement": null,
				"statement": null,
			},
			"at": 10,
			"related": [
				{"message": "this secret is read there", "at": 91},
				{"message": "this secret is read there", "at": 92},
			],
			"references": ["A", "B"],
			"names": ["secretsmanager"],
		}},
		set(),
	]
}

_told(given) := {[one.confidence, one.message] | some one in _judged(given)[0]}

_message(end) := concat(" ", ["secretsmanager has no endpoint in Vpc, which has interface endpoints for logs, and", end])

test_a_short_name_of_a_service if {
	_told(cases["missing, service by its short name"]) == {["certain", _message("1 secret is read there.")]}
}

test_what_is_not_certain_is_likely if {
	_told(cases["NAT gateway"]) == {["likely", _message("1 secret is read there.")]}
	_told(cases["VPC elsewhere"]) == {["likely", _message("1 secret is read there.")]}
	_told(cases["missing under a condition"]) == {["likely", _message("1 secret is read there.")]}
	_told(cases["routes not seen"]) == {["likely", _message("1 secret is read there.")]}
	_told(cases["perhaps other network"]) == {["likely", _message("1 secret may be read there.")]}
}

test_ways_out_are_shown if {
	{one.related | some one in _judged(cases["NAT gateway"])[0]} == {[
		{"message": "this secret is read there", "at": 91},
		{"message": "this NAT gateway may lead out instead", "at": 95},
	]}
}

test_an_endpoint_that_may_be_there_is_unverified if {
	reasons := {
		"endpoints not seen": "the endpoints of module.vpc are not known",
		"service not known": "the service of Each is not known from these files",
		"endpoint under a condition": "the condition IsProd is not known",
	}
	every name, reason in reasons {
		_judged(cases[name]) == [set(), {{
			"rule": "vpc-endpoint-present",
			"reason": concat("", ["whether Vpc has an endpoint for secretsmanager can't be told: ", reason]),
			"at": 10,
			"references": ["A"],
		}}]
	}
}

test_of_many_readers_the_first_are_shown if {
	_told(cases.many) == {["certain", _message("more than 2 secrets are read there.")]}
}
