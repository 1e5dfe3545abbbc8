package rules.network["vpc-endpoint-present_test"]

import data.lib.mocks
import data.rules.network["vpc-endpoint-present"] as rule

_logs := mocks.endpoint("LogsEndpoint", "logs", {})

_ecr := [mocks.endpoint("EcrApi", "ecr.api", {}), mocks.endpoint("EcrDkr", "ecr.dkr", {})]

_secrets := mocks.endpoint("SecretsEndpoint", "secretsmanager", {})

_one := {"readers": [mocks.reader("A", "secretsmanager", 91)]}

_two := {
	"readers": [mocks.reader("A", "secretsmanager", 91), mocks.reader("B", "secretsmanager", 92)],
}

_maybe(condition) := mocks.unseen("existence", sprintf("the condition %s is not known", [condition]), 0)

_exit := {"kind": "nat_gateway", "at": 95}

# The jobs run in no subnet that is known.
_elsewhere := {"run": {"environments": [], "networks": ["unit#Vpc"], "certain": false}}

cases := {
	"endpoint": mocks.network_case([_logs, _secrets], _one),
	"no endpoints": mocks.network_case([], _one),
	"gateway endpoints only": mocks.network_case([mocks.endpoint("S3", "s3", {"type": "Gateway"})], _one),
	"endpoint of another service": mocks.network_case([mocks.endpoint("Athena", "athena", {})], _one),
	"no secrets": mocks.network_case([_logs], {}),
	"parameters": mocks.network_case([_logs], {"readers": [mocks.reader("A", "ssm", 91)]}),
	"missing": mocks.network_case(array.concat(_ecr, [_logs]), _two),
	"missing, service by its short name": mocks.network_case(
		[mocks.endpoint("Logs", "", {"service": mocks.text("logs", 10)})],
		_one,
	),
	"NAT gateway": mocks.network_case([_logs], object.union(_one, {"exits": [_exit], "around": _elsewhere})),
	"route to a NAT gateway": mocks.network_case(
		[_logs],
		object.union(_one, {"exits": [_exit], "around": {"subnet": {"routes": [mocks.route("nat_gateway", {})]}}}),
	),
	"NAT gateway of other subnets": mocks.network_case([_logs], object.union(_one, {"exits": [_exit]})),
	"VPC elsewhere": mocks.network_case([_logs], object.union(_one, {"declared": false})),
	"perhaps other network": mocks.network_case([_logs], object.union(_one, {
		"readers_certain": false,
		"around": _elsewhere,
	})),
	"routes not seen": mocks.network_case([_logs], object.union(_one, {"around": {"subnet": {
		"complete": false,
		"unseen": [mocks.unseen("routes", "the routes of Vpc are not known", 0)],
	}}})),
	"endpoints not seen": mocks.network_case([_logs], object.union(_one, {"unseen": [mocks.unseen(
		"endpoints",
		"the endpoints of module.vpc are not known",
		0,
	)]})),
	"service not known": mocks.with_holes(
		mocks.network_case([_logs, mocks.endpoint("Each", "⟨*1⟩", {})], _one),
		{"1": mocks.variable_hole("each.key")},
	),
	"missing under a condition": mocks.network_case(
		[mocks.endpoint("LogsEndpoint", "logs", {"unseen": [_maybe("IsProd")]})],
		_one,
	),
	"many": mocks.network_case([_logs], object.union(_two, {"reader_count": 300})),
	"something unknown": mocks.network_case([_logs], {"readers": [
		mocks.reader("A", "secretsmanager", 91),
		mocks.reader("B", "unknown", 92),
		mocks.reader("C", "ssm", 93),
	]}),
}

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_a_way_out_makes_it_likely if {
	[findings, unverified, proofs] := _judged(cases["route to a NAT gateway"])
	[unverified, proofs] == [set(), set()]
	{[one.confidence, one.references] | some one in findings} == {["likely", ["A"]]}
}

test_what_it_does_not_apply_to if {
	every name in ["no endpoints", "gateway endpoints only", "endpoint of another service", "no secrets", "endpoint"] {
		_judged(cases[name]) == [set(), set(), set()]
		applies := rule.applies with input as cases[name]
		applies == set()
	}
}

test_missing if {
	_judged(cases.missing) == [
		{{
			"rule": "vpc-endpoint-present",
			"severity": "error",
			"confidence": "certain",
			"message": "`Vpc` has interface endpoints for `ecr.api`, `ecr.dkr` and `logs` but none for `secretsmanager`; jobs there read 2 secrets.",
			"remedy": {
				"text": "Add an interface endpoint for `com.amazonaws.REGION.secretsmanager`, with private DNS, in the subnets of the jobs.",
				"edits": [],
				"add": null,
				"copy": {"at": 10, "from": "ecr.api", "to": "secretsmanager"},
			},
			"at": 10,
			"related": [
				{"message": "this secret is read there", "at": 91},
				{"message": "this secret is read there", "at": 92},
			],
			"references": ["A", "B"],
			"names": ["secretsmanager"],
			"assumes": [],
		}},
		set(),
		set(),
	]
}

_told(given) := {[one.confidence, one.message] | some one in _judged(given)[0]}

_message(end) := concat(" ", ["`Vpc` has interface endpoints for `logs` but none for `secretsmanager`;", end])

test_a_short_name_of_a_service if {
	_told(cases["missing, service by its short name"]) == {["certain", _message("jobs there read 1 secret.")]}
}

test_what_is_not_certain_is_likely if {
	_told(cases["NAT gateway of other subnets"]) == {["certain", _message("jobs there read 1 secret.")]}
	_told(cases["NAT gateway"]) == {["likely", _message("jobs there read 1 secret.")]}
	_told(cases["VPC elsewhere"]) == {["likely", replace(_message("jobs there read 1 secret."), "`Vpc`", "Vpc")]}
	_told(cases["missing under a condition"]) == {["likely", _message("jobs there read 1 secret.")]}
	_told(cases["routes not seen"]) == {["likely", _message("jobs there read 1 secret.")]}
	_told(cases["perhaps other network"]) == {["likely", _message("jobs there may read 1 secret.")]}
}

test_ways_out_are_shown if {
	{one.related | some one in _judged(cases["NAT gateway"])[0]} == {[
		{"message": "this secret is read there", "at": 91},
		{"message": "traffic may leave through this NAT gateway instead", "at": 95},
	]}
}

test_an_endpoint_that_may_be_there_is_unverified if {
	causes := {
		"endpoints not seen": "the endpoints of module.vpc are not known",
		"service not known": "each.key",
	}
	every name, cause in causes {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{[one.reason, one.cause.name, one.references] | some one in unverified} == {[
			"can't tell whether jobs in `Vpc` reach an endpoint for `secretsmanager`",
			cause,
			["A"],
		]}
	}
}

test_of_many_readers_the_first_are_shown if {
	_told(cases.many) == {["certain", _message("jobs there read more than 2 secrets.")]}
}

test_something_unknown_may_need_the_endpoint if {
	[findings, unverified, _] := _judged(cases["something unknown"])
	{finding.references | some finding in findings} == {["A"], ["C"]}
	{[one.reason, one.references] | some one in unverified} == {[
		"can't tell whether `B` is in Secrets Manager, for which `Vpc` has no endpoint",
		["B"],
	]}
}

test_parameters_need_an_endpoint_of_their_own if {
	_told(cases.parameters) == {[
		"certain",
		"`Vpc` has interface endpoints for `logs` but none for `ssm`; jobs there read 1 secret.",
	]}
}
