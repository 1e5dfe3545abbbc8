package rules.job_definition["secrets-network-path_test"]

import data.lib.mocks
import data.rules.job_definition["secrets-network-path"] as rule

_readers := [mocks.reader("A", "secretsmanager", 91), mocks.reader("B", "ssm", 92)]

_with(given) := mocks.running_case(object.union({"readers": [_readers[0]]}, given))

_routes(routes) := _with({"subnet": {"routes": routes}})

_fargate(address) := {"platform": "FARGATE", "public_ip": address}

_internet := {"subnet": {"routes": [mocks.route("internet_gateway", {})]}}

_maybe := mocks.unseen("routes", "the routes of Subnet are not known", 22)

cases := {
	"no route": mocks.running_case({"readers": _readers}),
	"NAT gateway": _routes([mocks.route("nat_gateway", {})]),
	"NAT gateway without a way on": _routes([mocks.route("nat_gateway", {"onward": false})]),
	"NAT gateway elsewhere": _routes([mocks.route("nat_gateway", {"onward": null})]),
	"NAT gateway for some addresses": _routes([mocks.route("nat_gateway", {"destination": mocks.text("10.9.0.0/16", 22)})]),
	"transit gateway": _routes([mocks.route("transit_gateway", {})]),
	"route that may be there": _routes([mocks.route("nat_gateway", {"maybe": mocks.cause("IsProd")})]),
	"public address": _with(object.union(_internet, {"run": _fargate(true)})),
	"no public address": _with(object.union(_internet, {"run": _fargate(false)})),
	"instances without a public address": _with({
		"run": {"platform": "EC2"},
		"subnet": {"routes": [mocks.route("internet_gateway", {})], "public_ip": false},
	}),
	"perhaps a public address": _with(object.union(_internet, {"run": _fargate(null)})),
	"public address of the subnet": _with({
		"run": {"platform": "EC2"},
		"subnet": {"routes": [mocks.route("internet_gateway", {})], "public_ip": true},
	}),
	"public address of the launch template": _with(object.union(_internet, {
		"run": {"platform": "EC2"},
		"environment": {"public_ip": "yes"},
	})),
	"unknown launch template": _with(object.union(_internet, {
		"run": {"platform": "EC2"},
		"environment": {"public_ip": "unknown"},
	})),
	"routes not seen": _with({"subnet": {"complete": false, "unseen": [_maybe]}}),
	"subnet elsewhere": _with({"subnet": {"declared": false, "complete": false}}),
	"subnet not in the files": _with({"environment": {"subnet_ids": [null]}}),
	"other subnet not in the files": _with({"environment": {
		"subnets": [mocks.text("⟨Subnet@unit⟩", 21), mocks.text("subnet-1", 21)],
		"subnet_ids": ["unit#Subnet", null],
	}}),
	"VPC elsewhere": _with({"network": {"declared": false}}),
	"endpoints not seen": _with({"network": {"unseen": [mocks.unseen("endpoints", "module.vpc", 0)]}}),
	"only perhaps there": _with({"run": {"certain": false}}),
	"perhaps elsewhere, too": _with({"run": {"unseen": mocks.cause("var.queue")}}),
	"endpoint of another service": _with({"endpoints": [mocks.endpoint("Logs", "logs", {})]}),
	"endpoint": _with({"endpoints": [mocks.endpoint("Secrets", "secretsmanager", {})]}),
}

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_no_route if {
	[findings, unverified, proofs] := _judged(cases["no route"])
	[unverified, proofs] == [set(), set()]
	{[one.confidence, one.at, one.message, one.references] | some one in findings} == {
		["certain", 20, "`Subnet` has no route out of its VPC and no endpoint; the jobs there can't reach Secrets Manager.", ["A"]],
		["certain", 20, "`Subnet` has no route out of its VPC and no endpoint; the jobs there can't reach Systems Manager.", ["B"]],
	}
}

test_a_gateway_without_an_address if {
	[findings, unverified, proofs] := _judged(cases["no public address"])
	[unverified, proofs] == [set(), set()]
	{[one.at, one.message] | some one in findings} == {[
		1,
		"`Subnet` has a route to an internet gateway, but the jobs have no public IP address; they can't reach Secrets Manager.",
	]}
}

test_instances_have_addresses_of_their_own if {
	[findings, unverified, proofs] := _judged(cases["instances without a public address"])
	[unverified, proofs] == [set(), set()]
	{[one.message, one.remedy.text] | some one in findings} == {[
		"`Subnet` has a route to an internet gateway, but the instances there have no public IP address; they can't reach Secrets Manager.",
		"Give the instances public IP addresses, by the subnets or the launch template, route the subnets to a NAT gateway, or add an interface endpoint for the service, with private DNS.",
	]}
}

test_other_findings if {
	confidences := {"NAT gateway without a way on": "certain", "only perhaps there": "likely"}
	every name, confidence in confidences {
		[findings, unverified, proofs] := _judged(cases[name])
		[unverified, proofs] == [set(), set()]
		{one.confidence | some one in findings} == {confidence}
	}
}

test_proofs if {
	nat := "the jobs' subnets have a route to a NAT gateway"
	internet := "the jobs have public IP addresses and a route to an internet gateway"
	proven := {
		"NAT gateway": nat,
		"public address": internet,
		"public address of the subnet": internet,
		"public address of the launch template": internet,
	}
	every name, because in proven {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, unverified] == [set(), set()]
		{[one.because, one.at, one.references] | some one in proofs} == {[because, 22, ["A"]]}
	}
}

test_what_is_not_known if {
	causes := {
		"NAT gateway elsewhere": ["way-out", "Subnet"],
		"NAT gateway for some addresses": ["way-out", "Subnet"],
		"transit gateway": ["way-out", "Subnet"],
		"route that may be there": ["other", "IsProd"],
		"perhaps a public address": ["public-address", "Subnet"],
		"unknown launch template": ["public-address", "Subnet"],
		"routes not seen": ["other", "the routes of Subnet are not known"],
		"other subnet not in the files": ["network", "Environment"],
		"VPC elsewhere": ["network", "Vpc"],
		"endpoints not seen": ["other", "module.vpc"],
		"perhaps elsewhere, too": ["other", "var.queue"],
	}
	every name, cause in causes {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{[one.cause.kind, one.cause.name] | some one in unverified} == {cause}
	}
}

test_what_it_does_not_apply_to if {
	every name in ["endpoint of another service", "endpoint", "subnet elsewhere", "subnet not in the files"] {
		_judged(cases[name]) == [set(), set(), set()]
		applies := rule.applies with input as cases[name]
		applies == set()
	}
}
