package rules.job_definition["vpc-endpoint-usable_test"]

import data.lib.mocks
import data.rules.job_definition["vpc-endpoint-usable"] as rule

_with(endpoint, given) := mocks.running_case(object.union(
	{
		"readers": [mocks.reader("A", "secretsmanager", 91)],
		"endpoints": [mocks.endpoint("Secrets", "secretsmanager", endpoint)],
	},
	given,
))

_behind(rules) := _with(
	{"security_groups": [{"group": mocks.text("⟨Closed@unit⟩", 10), "id": "unit#Closed"}]},
	{"groups": [
		mocks.security_group("Jobs", {}),
		mocks.security_group("Closed", {"ingress": rules}),
	]},
)

_rule(port, kind, value) := mocks.group_rule({
	"protocol": mocks.text("tcp", 24),
	"from_port": port,
	"to_port": port,
	"peers": [{"kind": kind, "value": mocks.text(value, 24)}],
})

_behind_group(known) := mocks.with_holes(
	_behind([_rule(443, "group", "⟨Other@unit⟩")]),
	{"Other@unit": mocks.hole("Other", known)},
)

_nat := {"subnet": {"routes": [mocks.route("nat_gateway", {})]}}

_fips := {"service": mocks.text("com.amazonaws.us-east-1.secretsmanager-fips", 10)}

_maybe := {"unseen": [mocks.unseen("existence", "the condition IsProd is not known", 0)]}

_statement(action, resource) := mocks.statement("Allow", [action], [resource], {"principals": _everybody})

_everybody := [{"type": "*", "values": [mocks.text("*", 41)]}]

_policy(statements) := _with({"statements": statements}, {})

# What a policy of the endpoint says of a job whose role and secret are known.
_limited(statements) := object.union(
	_with({"statements": statements}, {"readers": [mocks.reader("containerProperties.secrets.A", "secretsmanager", 91)]}),
	{
		"job_definitions": {"unit#Job": mocks.job([mocks.container({
			"secrets": [mocks.reference("A", _arn("db-AbCdEf"), 91, {})],
			"execution_role": {"arn": mocks.text(_role, 3), "role": null},
		})])},
	},
)

_role := "arn:aws:iam::111122223333:role/execution"

_arn(name) := concat("", ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:", name])

_get := "secretsmanager:GetSecretValue"

_for(principal) := object.union(mocks.allow_principal(principal, [_get]), {"at": 41})

_if(operator, key, value) := mocks.statement("Allow", [_get], ["*"], {
	"principals": _everybody,
	"conditions": [mocks.condition(operator, key, value)],
})

_deny(given) := object.union(_statement("secretsmanager:Get*", "*"), object.union({"effect": mocks.text("Deny", 41)}, given))

_open_to := {
	"role": _limited([_for(_role)]),
	"account": _limited([_for("111122223333")]),
	"root of the account": _limited([_for("arn:aws:iam::111122223333:root")]),
	"role by condition": _limited([_if("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/exec*")]),
	"account by condition": _limited([_if("StringEquals", "aws:PrincipalAccount", "111122223333")]),
	"secret": _limited([_statement(_get, _arn("db-??????"))]),
	"Deny for another role": _limited([
		_statement("*", "*"),
		_deny({"principals": [{"type": "AWS", "values": [mocks.text("arn:aws:iam::111122223333:role/other", 41)]}]}),
	]),
}

_closed_to := {
	"other role": _limited([_for("arn:aws:iam::111122223333:role/other")]),
	"other account": _limited([_for("444455556666")]),
	"other role by condition": _limited([_if("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/other")]),
	"other account by condition": _limited([_if("StringEquals", "aws:PrincipalAccount", "444455556666")]),
	"other secret": _limited([_statement(_get, _arn("other-*"))]),
	"Deny for everybody": _limited([_statement("*", "*"), _deny({})]),
	"Deny for all but another role": _limited([_statement("*", "*"), _deny({"conditions": [mocks.condition(
		"ArnNotEquals",
		"aws:PrincipalArn",
		"arn:aws:iam::111122223333:role/other",
	)]})]),
}

cases := object.union(object.union(_open_to, _closed_to), {
	"endpoint": _with({}, {}),
	"FIPS endpoint": _with(_fips, {}),
	"FIPS endpoint, and a NAT gateway": _with(_fips, _nat),
	"FIPS endpoint beside the usual one": _with({}, {"endpoints": [
		mocks.endpoint("Fips", "secretsmanager-fips", {}),
		mocks.endpoint("Secrets", "secretsmanager", {}),
	]}),
	"gateway": _with({"type": "Gateway"}, {}),
	"no private DNS": _with({"private_dns": false}, {}),
	"no private DNS, and a NAT gateway": _with({"private_dns": false}, _nat),
	"no private DNS, and routes not seen": _with({"private_dns": false}, {"subnet": {"complete": false}}),
	"no DNS": _with({}, {"network": {"dns_support": false}}),
	"no DNS host names": _with({}, {"network": {"dns_hostnames": false}}),
	"closed": _behind([]),
	"closed, and a NAT gateway": object.union(_behind([]), {"subnets": mocks.around(_nat).subnets}),
	"other port": _behind([_rule(80, "ipv4", "0.0.0.0/0")]),
	"other addresses": _behind([_rule(443, "ipv4", "192.168.0.0/16")]),
	"other group": _behind([_rule(443, "group", "sg-1")]),
	"addresses of the subnet": _behind([_rule(443, "ipv4", "10.0.0.0/20")]),
	"addresses of the VPC": _behind([_rule(443, "ipv4", "10.0.0.0/16")]),
	"addresses of the VPC's first block": object.union(
		_behind([_rule(443, "ipv4", "10.0.0.0/16")]),
		{"subnets": mocks.around({"subnet": {"cidr": mocks.text("100.64.0.0/20", 20)}}).subnets},
	),
	"group of the jobs": _behind([_rule(443, "group", "⟨Jobs@unit⟩")]),
	"group that another declares": _behind_group({"identifies": "unit#Other"}),
	"group of its own, as that of a VPC": mocks.with_holes(
		_behind([_rule(443, "group", "⟨Closed@unit⟩")]),
		{"Closed@unit": mocks.hole("Closed", {})},
	),
	"group that is looked up": _behind_group({}),
	"prefix list": _behind([_rule(443, "prefix_list", "pl-1")]),
	"groups not known": _with({"security_groups": null}, {}),
	"group elsewhere": _with({"security_groups": [{"group": mocks.text("sg-1", 10), "id": null}]}, {}),
	"perhaps there": _with(_maybe, {}),
	"perhaps there, or a NAT gateway": _with(_maybe, _nat),
	"as likely there as the others": _with(_maybe, {"endpoints": [
		mocks.endpoint("Secrets", "secretsmanager", _maybe),
		mocks.endpoint("Logs", "logs", _maybe),
	]}),
	"private DNS not known": _with({"private_dns": null}, {}),
	"type not known": _with({"type": null}, {}),
	"gateway that says so": _with({"type": "Gateway", "settings": {"type": {"at": 51}}}, {}),
	"gateway by default": _with({"type": "Gateway", "settings": {"type": {"at": 52, "key": "Type"}}}, {}),
	"private DNS off where it says so": _with({"private_dns": false, "settings": {"private_dns": {"at": 53}}}, {}),
	"private DNS off by default": _with(
		{"private_dns": false, "settings": {"private_dns": {"at": 54, "key": "Dns"}}},
		{},
	),
	"DNS off where it says so": _with({}, {"network": {
		"dns_support": false,
		"settings": {"dns_support": {"at": 55}, "dns_hostnames": {"at": 56}},
	}}),
	"only perhaps there": _with({"private_dns": false}, {"run": {"certain": false}}),
	"open policy": _policy([_statement("secretsmanager:*", "*")]),
	"policy for another service": _policy([_statement("s3:GetObject", "*")]),
	"policy for one secret": _policy([_statement("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:a-*")]),
	"policy with a Deny": _policy([_statement("*", "*"), _deny({})]),
	"policy for an organization": _limited([_if("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")]),
	"policy partly seen": _with(
		{"statements": [], "unseen": [mocks.unseen("Statement", "var.policy", 41)]},
		{},
	),
	"no endpoint": _with({"service": mocks.text("com.amazonaws.us-east-1.logs", 10)}, {}),
})

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_what_keeps_an_endpoint_from_being_of_use if {
	faults := {
		"gateway": "is not an interface endpoint, the only type that the service has",
		"no private DNS": "has private DNS off, so the name of the service leads past it",
		"no DNS": "is in a VPC with DNS support off, so its private name does not resolve",
		"no DNS host names": "is in a VPC with DNS host names off, which private DNS needs",
		"closed": "lets no jobs in on port 443",
		"closed, and a NAT gateway": "lets no jobs in on port 443",
		"other port": "lets no jobs in on port 443",
		"other addresses": "lets no jobs in on port 443",
		"addresses of the VPC's first block": "lets no jobs in on port 443",
		"other group": "lets no jobs in on port 443",
		"group of its own, as that of a VPC": "lets no jobs in on port 443",
		"group that another declares": "lets no jobs in on port 443",
	}
	every name, fault in faults {
		[findings, unverified, proofs] := _judged(cases[name])
		[unverified, proofs] == [set(), set()]
		{[one.confidence, one.at, one.message, one.references] | some one in findings} == {[
			"certain",
			10,
			concat("", ["`Secrets` ", fault, "; jobs there read secrets from it."]),
			["A"],
		]}
	}
}

test_policies_are_decided_for_the_role_and_the_secret if {
	every case in _open_to {
		[findings, unverified, proofs] := _judged(case)
		[findings, unverified] == [set(), set()]
		{one.references | some one in proofs} == {["containerProperties.secrets.A"]}
	}
	every case in _closed_to {
		[findings, unverified, proofs] := _judged(case)
		[unverified, proofs] == [set(), set()]
		{[one.message, one.references] | some one in findings} == {[
			"The policy of `Secrets` does not let the execution role of jobs there read their secrets.",
			["containerProperties.secrets.A"],
		]}
	}
	every name in ["policy for another service", "policy with a Deny"] {
		[findings, unverified, proofs] := _judged(cases[name])
		[count(findings), unverified, proofs] == [1, set(), set()]
	}
}

test_what_only_may_run_there_is_likely if {
	[findings, _, _] := _judged(cases["only perhaps there"])
	{one.confidence | some one in findings} == {"likely"}
}

test_proofs if {
	proven := {
		"endpoint": 10,
		"open policy": 10,
		"FIPS endpoint, and a NAT gateway": 22,
		"FIPS endpoint beside the usual one": 10,
		"addresses of the subnet": 10,
		"addresses of the VPC": 10,
		"group of the jobs": 10,
		"as likely there as the others": 10,
		"no private DNS, and a NAT gateway": 22,
		"perhaps there, or a NAT gateway": 22,
	}
	every name, at in proven {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, unverified] == [set(), set()]
		{[one.at, one.references] | some one in proofs} == {[at, ["A"]]}
	}
}

test_what_is_not_known if {
	causes := {
		"no private DNS, and routes not seen": "Subnet",
		"FIPS endpoint": "Secrets",
		"prefix list": "Closed",
		"group that is looked up": "Closed",
		"groups not known": "the security groups of Secrets",
		"group elsewhere": "sg-1",
		"perhaps there": "the condition IsProd is not known",
		"private DNS not known": "private DNS of Secrets",
		"type not known": "type of Secrets",
		"policy for one secret": "Secrets",
		"policy for an organization": "aws:PrincipalOrgID",
		"policy partly seen": "Secrets",
	}
	every name, cause in causes {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, proofs] == [set(), set()]
		{one.cause.name | some one in unverified} == {cause}
	}
}

test_what_it_does_not_apply_to if {
	_judged(cases["no endpoint"]) == [set(), set(), set()]
	applies := rule.applies with input as cases["no endpoint"]
	applies == set()
}

test_fixes if {
	fixes := {
		"gateway": [],
		"gateway that says so": [{"at": 51, "text": "Interface"}],
		"gateway by default": [{"at": 52, "text": "Interface", "key": "Type"}],
		"private DNS off where it says so": [{"at": 53, "text": "true", "piece": true}],
		"private DNS off by default": [{"at": 54, "text": "true", "key": "Dns"}],
		"DNS off where it says so": [{"at": 55, "text": "true", "piece": true}],
	}
	every name, edits in fixes {
		[findings, _, _] := _judged(cases[name])
		{one.remedy.edits | some one in findings} == {[object.union(edit, {"choice": true}) | some edit in edits]}
	}
}
