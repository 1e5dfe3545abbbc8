package rules.job_definition["jobs-egress-allowed_test"]

import data.lib.mocks
import data.rules.job_definition["jobs-egress-allowed"] as rule

_with(given) := mocks.running_case(object.union({"readers": [mocks.reader("A", "secretsmanager", 91)]}, given))

_group(rules, given) := {"groups": [mocks.security_group("Jobs", object.union({"egress": rules}, given))]}

_rule(port, kind, value) := mocks.group_rule({
	"protocol": mocks.text("tcp", 24),
	"from_port": port,
	"to_port": port,
	"peers": [{"kind": kind, "value": mocks.text(value, 24)}],
})

_endpoint := {"endpoints": [mocks.endpoint("Secrets", "secretsmanager", {})]}

_placed(given) := {"endpoints": [mocks.endpoint("Secrets", "secretsmanager", object.union(
	{"blocks": [mocks.text("10.0.1.0/24", 10), mocks.text("10.0.2.0/24", 10)]},
	given,
))]}

_to(blocks) := _group([_rule(443, "ipv4", block) | some block in blocks], {})

_to_group := _with(object.union(_group([_rule(443, "group", "⟨Database@unit⟩")], {}), _endpoint))

_vpc := _group([_rule(443, "ipv4", "10.0.0.0/16")], {})

_jobs := {"group": mocks.text("⟨Jobs@unit⟩", 21), "id": "unit#Jobs"}

_other := {"group": mocks.text("sg-1", 21), "id": null}

cases := {
	"everything": _with({}),
	"nothing": _with(_group([], {})),
	"nothing, only perhaps there": _with(object.union(_group([], {}), {"run": {"certain": false}})),
	"nothing, or elsewhere": _with(object.union(_group([], {}), {"run": {"unseen": mocks.cause("var.queue")}})),
	"other port": _with(_group([_rule(5432, "ipv4", "0.0.0.0/0")], {})),
	"HTTPS": _with(_group([_rule(443, "ipv4", "0.0.0.0/0")], {})),
	"HTTPS to the VPC": _with(_vpc),
	"HTTPS to the VPC, which has an endpoint": _with(object.union(_vpc, _endpoint)),
	"HTTPS to the endpoint": _with(object.union(_group([_rule(443, "group", "⟨Jobs@unit⟩")], {}), _endpoint)),
	"HTTPS to the subnets of the endpoint": _with(object.union(_to(["10.0.1.0/24", "10.0.2.0/23"]), _placed({}))),
	"HTTPS to one of its subnets": _with(object.union(_to(["10.0.1.0/24"]), _placed({}))),
	"HTTPS to other subnets": _with(object.union(_to(["10.0.3.0/24", "192.168.0.0/16"]), _placed({}))),
	"HTTPS to other subnets, private DNS perhaps off": _with(object.union(
		_to(["10.0.3.0/24"]),
		_placed({"private_dns": null}),
	)),
	"HTTPS to other subnets, those of the endpoint not known": _with(object.union(_to(["10.0.3.0/24"]), _endpoint)),
	"HTTPS to another group": mocks.with_holes(_to_group, {"Database@unit": mocks.hole(
		"Database",
		{"identifies": "unit#Database"},
	)}),
	"HTTPS to a group that is looked up": mocks.with_holes(_to_group, {"Database@unit": mocks.hole("Database", {})}),
	"HTTPS to a group, those of the endpoint not known": _with(object.union(
		_group([_rule(443, "group", "⟨Database@unit⟩")], {}),
		{"endpoints": [mocks.endpoint("Secrets", "secretsmanager", {"security_groups": null})]},
	)),
	"HTTPS to a prefix list": _with(_group([_rule(443, "prefix_list", "pl-1")], {})),
	"rules not seen": _with(_group([], {"complete": false, "unseen": [mocks.unseen("rules", "module.x", 0)]})),
	"perhaps a rule": _with(_group([mocks.group_rule({"maybe": mocks.cause("IsProd")})], {})),
	"another group": _with(object.union(_group([], {}), {"environment": {"security_groups": [_jobs, _other]}})),
	"another group besides": _with({"environment": {"security_groups": [_jobs, _other]}}),
	"nothing, in subnets elsewhere": _with(object.union(_group([], {}), {"environment": {"subnet_ids": [null]}})),
	"everything, in subnets elsewhere": _with({"environment": {"subnet_ids": [null]}}),
	"only another group": _with({"environment": {"security_groups": [_other]}}),
	"groups not known": _with({"environment": {"security_groups": null}}),
}

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_nothing_gets_out if {
	confidences := {"nothing": "certain", "other port": "certain", "nothing, in subnets elsewhere": "certain", "nothing, only perhaps there": "likely"}
	every name, confidence in confidences {
		[findings, unverified, proofs] := _judged(cases[name])
		[unverified, proofs] == [set(), set()]
		{[one.confidence, one.at, one.message, one.references] | some one in findings} == {[
			confidence,
			23,
			"No security group of `Environment` lets jobs out on port 443; they can't reach Secrets Manager.",
			["A"],
		]}
	}
}

test_only_others_are_reached if {
	every name, rules in {"HTTPS to other subnets": 2, "HTTPS to another group": 1} {
		[findings, unverified, proofs] := _judged(cases[name])
		[unverified, proofs] == [set(), set()]
		{[one.confidence, one.message, count(one.related)] | some one in findings} == {[
			"certain",
			"No security group of `Environment` lets jobs out on port 443 to the endpoint; they can't reach Secrets Manager.",
			1 + rules,
		]}
	}
}

test_proofs if {
	proven := [
		"everything",
		"HTTPS",
		"HTTPS to the VPC, which has an endpoint",
		"HTTPS to the endpoint",
		"HTTPS to the subnets of the endpoint",
		"another group besides",
	]
	every name in proven {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, unverified] == [set(), set()]
		{[one.because, one.at, one.references] | some one in proofs} == {[
			"a security group of `Environment` lets HTTPS out",
			24,
			["A"],
		]}
	}
}

test_what_is_not_known if {
	causes := {
		"nothing, or elsewhere": "var.queue",
		"HTTPS to the VPC": "Jobs",
		"HTTPS to one of its subnets": "Jobs",
		"HTTPS to other subnets, private DNS perhaps off": "Jobs",
		"HTTPS to other subnets, those of the endpoint not known": "Jobs",
		"HTTPS to a group that is looked up": "Jobs",
		"HTTPS to a group, those of the endpoint not known": "Jobs",
		"HTTPS to a prefix list": "Jobs",
		"rules not seen": "module.x",
		"perhaps a rule": "IsProd",
		"another group": "sg-1",
	}
	every name, cause in causes {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{one.cause.name | some one in unverified} == {cause}
	}
}

test_what_it_does_not_apply_to if {
	every name in ["only another group", "groups not known", "everything, in subnets elsewhere"] {
		_judged(cases[name]) == [set(), set(), set()]
		applies := rule.applies with input as cases[name]
		applies == set()
	}
}
