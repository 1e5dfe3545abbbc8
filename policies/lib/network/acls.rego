# METADATA
# title: Network ACLs
# description: >-
#   Whether the network ACL of a subnet lets HTTPS out and its answers in: "yes", "no" or "maybe" with the cause. Of the
#   rules that are about something the one with the lowest number counts; an ACL keeps no state.
#   https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
package lib.network.acls

import data.lib.text

# METADATA
# description: >-
#   The answer for a place where jobs run. `near` says that what they reach is in their own VPC.
passes(place, near) := _answer(acl, _of(acl, place, near)) if {
	acl := input.subnets[place.subnet].acl
} else := {"answer": "yes"}

_answer(acl, _) := {"answer": "maybe", "at": acl.at, "cause": acl.unseen[0].cause} if {
	acl.unseen != []
} else := {"answer": "no", "at": acl.at, "acl": acl.address} if {
	_is_closed(acl)
}

_answer(acl, answers) := {"answer": "yes"} if {
	acl.unseen == []
	answers == {"yes"}
}

_answer(acl, answers) := {"answer": "maybe", "at": acl.at, "cause": _cause(acl)} if {
	acl.unseen == []
	not _is_closed(acl)
	answers != {"yes"}
}

_cause(acl) := {"kind": "network-acl", "name": acl.address, "unit": acl.unit}

_https := {"egress": true, "from": 443, "to": 443}

# The ports that what comes back may have, and those that Linux takes.
# https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
_any_answer := {"egress": false, "from": 1024, "to": 65535}

_answers := {"egress": false, "from": 32768, "to": 60999}

_of(acl, place, near) := {_lets(acl, asked, place, near) | some asked in [_https, _answers]}

_lets(acl, asked, place, near) := "yes" if {
	some entry in acl.entries
	entry.allow == true
	_surely(entry, asked)
	_covers(entry, place, near)
	not _may_be_denied(acl, asked, entry.number)
} else := "maybe"

_may_be_denied(acl, asked, number) if {
	some other in acl.entries
	other.allow != true
	_maybe(other, asked)
	not _is_later(other, number)
}

_is_later(entry, number) if entry.number > number

_is_closed(acl) if {
	some asked in [_https, _any_answer]
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

_covers(entry, _, _) if entry.block.value == "0.0.0.0/0"

_covers(entry, place, true) if {
	block := input.networks[place.network].cidr.value
	text.literal(block)
	text.literal(entry.block.value)
	net.cidr_contains(entry.block.value, block)
}
