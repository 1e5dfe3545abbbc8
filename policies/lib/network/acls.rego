# METADATA
# title: Network ACLs
# description: >-
#   Whether the network ACLs of subnets let HTTPS pass and its answers back: "yes", "no" or "maybe" with the cause. Of
#   the rules that are about something the one with the lowest number counts; an ACL keeps no state, and does not count
#   within its subnet.
#   https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
#   https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
package lib.network.acls

import data.lib.text

# METADATA
# description: Whether the ACL of a place where jobs run lets them leave the VPC
leaves(place) := _crosses(place.subnet, _out, ["0.0.0.0/0"])

# METADATA
# description: >-
#   Whether the ACL of a NAT gateway's subnet lets HTTPS of jobs in and on to the internet. It is never a "no", since jobs
#   may be in that subnet. NAT gateways take other ports than Linux.
#   https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
passes_on(place, subnet) := _all([
	_crosses(subnet, _in, _blocks(place, place.subnet)),
	_crosses(subnet, object.union(_out, {"surely": [_https(true), _answers(false, _any)]}), ["0.0.0.0/0"]),
])

# METADATA
# description: >-
#   Whether the ACLs of a place and of the subnets of an endpoint let jobs of the place reach it. Its name leads to an
#   address in any of its subnets.
reaches(place, endpoint) := _each([_reaches(place, id) | some id in object.get(endpoint, "subnet_ids", [null])])

# METADATA
# description: Whether an endpoint may be in the subnet of a place, so that no ACL is between them
may_be_beside(endpoint, place) if {
	some id in object.get(endpoint, "subnet_ids", [null])
	id in {null, place.subnet}
}

_reaches(place, id) := {"answer": "yes"} if {
	id == place.subnet
	id != null
} else := _all([_crosses(place.subnet, _out, _blocks(place, null))]) if {
	id == null
} else := _all([_crosses(id, _in, _blocks(place, null))]) if {
	place.subnet == null
} else := _first([
	_crosses(place.subnet, _out, _blocks(place, id)),
	object.union(_crosses(id, _in, _blocks(place, place.subnet)), {"fault": "acl_in"}),
])

# The addresses of a subnet are in its block, or in that of its VPC.
_blocks(place, subnet) := [block] if {
	block := input.subnets[subnet].cidr.value
	text.literal(block)
} else := [block] if {
	block := input.networks[place.network].cidr.value
	text.literal(block)
} else := []

# Where all have to let pass, one that does not is enough.
_first(answers) := [one | some answer in ["no", "maybe", "yes"]; some one in answers; one.answer == answer][0]

_each(answers) := {"answer": "yes"} if {
	every one in answers { one.answer == "yes" }
} else := answers[0] if {
	every one in answers { one.answer == "no" }
} else := _all(answers)

# What is not surely let pass is undecided.
_all(answers) := {"answer": "yes"} if {
	every one in answers { one.answer == "yes" }
} else := {"answer": "maybe", "at": first.at, "cause": first.cause} if {
	first := [one | some one in answers; one.answer != "yes"][0]
}

_crosses(subnet, asked, blocks) := _answer(acl, asked, blocks, subnet) if {
	acl := input.subnets[subnet].acl
} else := {"answer": "yes"}

_answer(acl, asked, blocks, subnet) := {"answer": "maybe", "at": acl.at, "cause": acl.unseen[0].cause} if {
	acl.unseen != []
} else := {"answer": "no", "at": acl.at, "fault": "acl", "cause": _cause(acl), "subnet": subnet} if {
	_is_closed(acl, asked.closed)
} else := {"answer": "yes"} if {
	every part in asked.surely { _lets(acl, part, blocks) }
} else := {"answer": "maybe", "at": acl.at, "cause": _cause(acl)}

_cause(acl) := {"kind": "network-acl", "name": acl.address, "unit": acl.unit}

# The ports that what comes back may have, and those that Linux takes.
# https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
_any := [1024, 65535]

_linux := [32768, 60999]

_https(egress) := {"egress": egress, "from": 443, "to": 443}

_answers(egress, ports) := {"egress": egress, "from": ports[0], "to": ports[1]}

# What jobs in a subnet ask for, and what is asked of one: what must surely pass, and what closes it if it can't.
_out := {"surely": [_https(true), _answers(false, _linux)], "closed": [_https(true), _answers(false, _any)]}

_in := {"surely": [_https(false), _answers(true, _linux)], "closed": [_https(false), _answers(true, _any)]}

_lets(acl, asked, blocks) if {
	some entry in acl.entries
	entry.allow == true
	_surely(entry, asked)
	_covers(entry, blocks)
	not _may_be_denied(acl, asked, entry.number)
}

_may_be_denied(acl, asked, number) if {
	some other in acl.entries
	other.allow != true
	_maybe(other, asked)
	not _is_later(other, number)
}

_is_later(entry, number) if entry.number > number

_is_closed(acl, parts) if {
	some asked in parts
	every entry in acl.entries { _is_shut(acl, entry, asked) }
}

# Nothing passes by a rule that denies, is about something else, or comes behind one that denies everything.
_is_shut(_, entry, _) if entry.allow == false

_is_shut(_, entry, asked) if not _maybe(entry, asked)

_is_shut(acl, entry, asked) if {
	some other in acl.entries
	other.allow == false
	_surely(other, asked)
	other.block.value == "0.0.0.0/0"
	other.number < entry.number
}

# Whether an entry surely is about the asked ports, and whether it may be.
_surely(entry, asked) if {
	not entry.maybe
	entry.number != null
	entry.egress == asked.egress
	_protocol(entry) == "yes"
	_contains(entry, asked)
}

_maybe(entry, asked) if {
	entry.egress in {asked.egress, null}
	_protocol(entry) != "no"
	_meets(entry, asked)
}

_protocol(entry) := "yes" if {
	lower(entry.protocol.value) in {"-1", "all", "tcp", "6"}
} else := "maybe" if {
	object.get(entry, ["protocol", "value"], "⟨") == "⟨"
} else := "maybe" if {
	contains(entry.protocol.value, "⟨")
} else := "no"

_all_ports(entry) if lower(entry.protocol.value) in {"-1", "all"}

_all_ports(entry) if {
	entry.from_port == null
	entry.to_port == null
	not entry.maybe
}

_contains(entry, _) if _all_ports(entry)

_contains(entry, asked) if {
	not _all_ports(entry)
	entry.from_port <= asked.from
	entry.to_port >= asked.to
}

_meets(entry, _) if _all_ports(entry)

_meets(entry, _) if null in {entry.from_port, entry.to_port}

_meets(entry, asked) if {
	not _all_ports(entry)
	entry.from_port <= asked.to
	entry.to_port >= asked.from
}

_covers(entry, _) if entry.block.value == "0.0.0.0/0"

_covers(entry, blocks) if {
	blocks != []
	text.literal(entry.block.value)
	every block in blocks { net.cidr_contains(entry.block.value, block) }
}
