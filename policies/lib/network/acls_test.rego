package lib.network.acls_test

import data.lib.network.acls

_rule(number, egress, allow, ports) := {
	"number": number,
	"egress": egress,
	"allow": allow,
	"protocol": {"value": "6", "at": 1},
	"from_port": ports[0],
	"to_port": ports[1],
	"block": {"value": "0.0.0.0/0", "at": 1},
	"at": 1,
}

_out := _rule(100, true, true, [443, 443])

_back := _rule(100, false, true, [1024, 65535])

_near(rule) := object.union(rule, {"block": {"value": "10.0.0.0/16", "at": 1}})

_case(entries, unseen) := {
	"subnets": {"s": {"acl": {"address": "acl", "unit": "u", "entries": entries, "unseen": unseen, "at": 7}}},
	"networks": {"v": {"cidr": {"value": "10.0.0.0/16", "at": 1}}},
}

_place := {"subnet": "s", "network": "v"}

_passes(entries, false) := decided.answer if {
	decided := acls.leaves(_place) with input as _case(entries, [])
}

_passes(entries, true) := decided.answer if {
	decided := acls.reaches(_place, {"subnet_ids": ["other"]}) with input as _case(entries, [])
}

_open := {
	"both ways": [_out, _back],
	"all protocols": [object.union(_out, {"protocol": {"value": "-1", "at": 1}}), _back],
	"all ports": [_rule(100, true, true, [null, null]), _back],
	"denied later": [_out, _back, _rule(200, true, false, [null, null])],
	"something else denied": [_rule(90, true, false, [22, 22]), _rule(90, false, false, [1024, 3389]), _out, _back],
	"another protocol denied": [object.union(_rule(90, true, false, [null, null]), {"protocol": {"value": "17", "at": 1}}), _out, _back],
}

_closed := {
	"nothing": [],
	"no answers": [_out, _rule(100, false, true, [443, 443])],
	"not out": [_back],
	"denied before": [_rule(90, true, false, [0, 65535]), _out, _back],
	"another protocol": [object.union(_out, {"protocol": {"value": "17", "at": 1}}), _back],
}

_undecided := {
	"denied in part": [_near(_rule(90, true, false, [443, 443])), _out, _back],
	"to some addresses": [_near(_out), _near(_back)],
	"some ports": [_out, _rule(100, false, true, [49152, 65535])],
	"no number": [object.union(_out, {"number": null}), _back],
	"no direction": [object.union(_out, {"egress": null}), _back],
	"no action": [object.union(_out, {"allow": null}), _back],
	"unknown protocol": [object.union(_out, {"protocol": {"value": "⟨p⟩", "at": 1}}), _back],
	"maybe": [object.union(_out, {"maybe": {"kind": "condition", "name": "c", "unit": "u"}}), _back],
}

test_open if {
	every entries in _open { _passes(entries, false) == "yes" }
}

test_closed if {
	every entries in _closed { _passes(entries, false) == "no" }
}

test_undecided if {
	every entries in _undecided { _passes(entries, false) == "maybe" }
}

test_what_is_near_needs_the_network_only if _passes([_near(_out), _near(_back)], true) == "yes"

test_no_acl_lets_everything_through if {
	acls.leaves(_place) == {"answer": "yes"} with input as {"subnets": {"s": {}}}
}

test_other_rules_that_are_not_seen_decide_nothing if {
	cause := {"kind": "network-acl", "name": "r", "unit": "u"}
	answer := acls.leaves(_place) with input as _case([], [{"part": "rules", "cause": cause, "at": 3}])
	answer == {"answer": "maybe", "at": 7, "cause": cause}
}

_in := _rule(100, false, true, [443, 443])

_answered := _rule(100, true, true, [1024, 65535])

# Jobs in a subnet without an ACL, and what they ask for in others.
_among(acls) := {
	"subnets": object.union({"s": {"cidr": {"value": "10.0.1.0/24", "at": 1}}}, {id: {"acl": acl} |
		some id, entries in acls
		acl := {"address": id, "unit": "u", "entries": entries, "unseen": [], "at": 7}
	}),
	"networks": {"v": {"cidr": {"value": "10.0.0.0/16", "at": 1}}},
}

_reaches(ids, entries) := decided if {
	decided := acls.reaches(_place, {"subnet_ids": ids}) with input as _among(entries)
}

test_the_acl_of_an_endpoint_lets_jobs_in_and_answers_out if {
	_reaches(["e"], {"e": [_in, _answered]}).answer == "yes"
	_reaches(["e"], {"e": [_near(_in), _near(_answered)]}).answer == "yes"
}

test_the_acl_of_an_endpoint_is_closed if {
	some entries in [[], [_in], [_answered], [_out, _back]]
	closed := _reaches(["e"], {"e": entries})
	object.filter(closed, ["answer", "fault", "subnet"]) == {"answer": "no", "fault": "acl_in", "subnet": "e"}
}

test_an_endpoint_has_an_address_in_each_of_its_subnets if {
	_reaches(["e", "f"], {"e": [], "f": []}).answer == "no"
	_reaches(["e", "f"], {"e": [], "f": [_in, _answered]}).answer == "maybe"
}

test_no_acl_counts_within_a_subnet if {
	acls.reaches(_place, {"subnet_ids": ["s"]}).answer == "yes" with input as _case([], [])
	acls.reaches(_place, {"subnet_ids": ["s", "other"]}).answer == "maybe" with input as _case([], [])
	acls.reaches(_place, {}).answer == "maybe" with input as _case([], [])
}

test_a_nat_gateway_passes_on_what_its_acl_lets_in_and_out if {
	open := [_near(_in), _near(_answered), object.union(_out, {"number": 90}), object.union(_back, {"number": 90})]
	acls.passes_on(_place, "n").answer == "yes" with input as _among({"n": open})
	every index in numbers.range(0, 3) {
		entries := [entry | some i, entry in open; i != index]
		acls.passes_on(_place, "n").answer == "maybe" with input as _among({"n": entries})
	}
}

test_a_nat_gateway_takes_more_ports_than_linux if {
	entries := [_in, _answered, object.union(_out, {"number": 90}), _rule(90, false, true, [32768, 60999])]
	acls.passes_on(_place, "n").answer == "maybe" with input as _among({"n": entries})
}
