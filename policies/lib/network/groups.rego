# METADATA
# title: Security groups
# description: >-
#   Whether rules of security groups let HTTPS pass: "yes", "no" or "maybe" with the cause. Groups keep state, so what
#   is let out may come back.
#   https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
package lib.network.groups

import data.lib.answers
import data.lib.holes
import data.lib.text

# METADATA
# description: >-
#   Whether an endpoint lets jobs of a place in. Security groups that are not in the files may have any rules.
admits(endpoint, place) := {"answer": "maybe", "cause": _hidden(endpoint)} if {
	endpoint.security_groups == null
} else := _any(rules, endpoint.security_groups) if {
	rules := [_rule(rule, group, {"direction": "ingress", "place": place}) |
		some reference in endpoint.security_groups
		group := input.security_groups[reference.id]
		some rule in group.ingress
	]
}

# METADATA
# description: >-
#   Whether the groups of a place's environment let jobs out to HTTPS: to the `endpoints`, or to everywhere when these are
#   none
lets_out(place, endpoints) := {"answer": "maybe", "cause": _hidden(place.environment)} if {
	place.environment.security_groups in [null, []]
} else := {"answer": "yes", "at": covering[0].at} if {
	covering := _covering(place.environment, endpoints)
	covering != []
} else := _any(rules, place.environment.security_groups) if {
	rules := [_rule(rule, group, {"direction": "egress", "place": place, "endpoints": endpoints}) |
		some reference in place.environment.security_groups
		group := input.security_groups[reference.id]
		some rule in group.egress
	]
}

# METADATA
# description: Whether something unknown picks the groups of an environment from such as are in the files
are_picked(environment) if {
	unseen := [reference.group.value | some reference in environment.security_groups; reference.id == null]
	holes.are_picked(unseen, "security_group")
}

# Rules that are together for all addresses that endpoints may have.
_covering(environment, endpoints) := rules if {
	blocks := {block.value | some endpoint in endpoints; some block in endpoint.blocks}
	blocks != set()
	every endpoint in endpoints { endpoint.blocks }
	rules := [rule |
		some reference in environment.security_groups
		some rule in input.security_groups[reference.id].egress
		not rule.maybe
		_ports(rule) == "yes"
	]
	every block in blocks { _is_covered(block, rules) }
} else := []

_is_covered(block, rules) if {
	some rule in rules
	some peer in rule.peers
	peer.kind == "ipv4"
	_holds(peer.value.value, block)
}

_holds(block, block)

_holds(outer, inner) if {
	outer != inner
	net.cidr_contains(_block(outer), _block(inner))
}

_any(rules, _) := open[0] if {
	open := [rule | some rule in rules; rule.answer == "yes"]
	open != []
}

_any(rules, _) := undecided[0] if {
	not _has(rules, "yes")
	undecided := [rule | some rule in rules; rule.answer == "maybe"]
	undecided != []
}

_any(rules, references) := _closed(references, [rule.at | some rule in rules; rule.passes]) if {
	not _has(rules, "yes")
	not _has(rules, "maybe")
}

_has(rules, answer) if {
	some rule in rules
	rule.answer == answer
}

# Rules for HTTPS to `others` let nobody pass who is meant.
_closed(references, _) := {"answer": "maybe", "cause": causes[0]} if {
	causes := [cause | some reference in references; cause := _incomplete(reference)]
	causes != []
}

_closed(references, others) := {"answer": "no", "others": others} if {
	every reference in references { not _incomplete(reference) }
}

_incomplete(reference) := holes.cause(reference.group.value) if {
	reference.id == null
} else := {"kind": "security-group", "name": reference.group.value, "unit": null} if {
	reference.id == null
} else := _group_cause(input.security_groups[reference.id]) if {
	not input.security_groups[reference.id].complete
}

_group_cause(group) := array.concat(
	[part.cause | some part in group.unseen],
	[{"kind": "network", "name": group.address, "unit": group.unit}],
)[0]

_hidden(resource) := {"kind": "value", "name": $"the security groups of {resource.address}", "unit": resource.unit}

# What is asked of a rule is its direction, the place of the jobs, and of an outbound rule the endpoints.
_rule(rule, group, asked) := {"answer": answer, "at": rule.at, "cause": _cause(rule, group), "passes": _is_open(rule)} if {
	answer := _passes(rule, asked)
}

# Whether it lets HTTPS pass, wherever that may go.
_is_open(rule) if {
	rule.peers != []
	_ports(rule) != "no"
} else := false

_cause(rule, _) := rule.maybe

_cause(rule, group) := {"kind": "rule-peers", "name": group.address, "unit": group.unit} if not rule.maybe

_passes(rule, asked) := "no" if {
	_ports(rule) == "no"
} else := "no" if {
	rule.peers == []
} else := "maybe" if {
	rule.maybe
} else := "maybe" if {
	_ports(rule) == "maybe"
} else := answers.any_of([_peer(peer, asked) | some peer in rule.peers])

# Ports count only for TCP and UDP; -1 and all other numbers are all protocols.
_ports(rule) := "yes" if {
	rule.protocol.value in {"-1", "all"}
} else := "maybe" if {
	contains(rule.protocol.value, "⟨")
} else := "no" if {
	not rule.protocol.value in {"tcp", "6", "TCP"}
} else := "yes" if {
	rule.from_port == null
	rule.to_port == null
} else := "yes" if {
	rule.from_port == -1
} else := "yes" if {
	rule.from_port <= 443
	rule.to_port >= 443
} else := "no"

_peer(peer, asked) := _addresses(peer.value.value, asked) if {
	peer.kind == "ipv4"
	not text.wide(peer.value.value)
} else := _group(peer.value.value, asked) if {
	peer.kind == "group"
	not text.wide(peer.value.value)
} else := "maybe"

_group(name, asked) := "yes" if {
	asked.direction == "ingress"
	some reference in asked.place.environment.security_groups
	reference.group.value == name
} else := "no" if {
	asked.direction == "ingress"
	_is_one(name)
	_groups_known(asked.place.environment)
} else := "yes" if {
	asked.direction == "egress"
	some endpoint in asked.endpoints
	some reference in endpoint.security_groups
	reference.group.value == name
} else := "no" if {
	asked.direction == "egress"
	_is_one(name)
	_are_met(asked.endpoints)
	every endpoint in asked.endpoints { _groups_known(endpoint) }
} else := "maybe"

# What is looked up or handed in may be any group, by another name.
_is_one(name) if text.literal(name)

_is_one(name) if {
	[hole] := holes.of(name)
	hole.identifies != null
}

# The default group of a VPC is declared with it.
_is_one(name) if {
	some group in input.security_groups
	group.group.value == name
}

# The name of the service leads to these endpoints and nowhere else.
_are_met(endpoints) if {
	endpoints != []
	every endpoint in endpoints {
		endpoint.private_dns == true
		endpoint.unseen == []
	}
}

# A group that is named in one way where it is declared may be named in another elsewhere.
_groups_known(holder) if {
	holder.security_groups != null
	every reference in holder.security_groups { reference.id != null }
}

_addresses("0.0.0.0/0", _) := "yes"

_addresses(block, asked) := _from(block, asked.place) if {
	block != "0.0.0.0/0"
	asked.direction == "ingress"
}

_addresses(block, asked) := _to(block, asked.place, asked.endpoints) if {
	block != "0.0.0.0/0"
	asked.direction == "egress"
}

# Where both blocks are known, they decide: a subnet may be in another block than the first of its VPC.
_from(block, place) := "yes" if {
	net.cidr_contains(_block(block), _block(input.subnets[place.subnet].cidr.value))
} else := "no" if {
	net.cidr_intersects(_block(block), _block(input.subnets[place.subnet].cidr.value)) == false
} else := "yes" if {
	block in {input.networks[place.network].cidr.value, object.get(input.subnets, [place.subnet, "cidr", "value"], "")}
} else := "maybe"

# Endpoints are somewhere in the VPC.
_to(block, place, endpoints) := "no" if {
	_are_met(endpoints)
	every endpoint in endpoints { _is_apart(block, endpoint.blocks) }
} else := "yes" if {
	endpoints != []
	block == input.networks[place.network].cidr.value
} else := "yes" if {
	endpoints != []
	net.cidr_contains(_block(block), _block(input.networks[place.network].cidr.value))
} else := "maybe"

_is_apart(block, blocks) if {
	every other in blocks { net.cidr_intersects(_block(block), _block(other.value)) == false }
}

_block(value) := value if text.literal(value)
