# METADATA
# title: Routes
# description: >-
#   Whether traffic leaves a subnet for the internet by its routes: "yes", "no", or "maybe" with the cause.
#   https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
package lib.network.routes

# METADATA
# description: >-
#   The answer for a place (lib/network/network.rego) where jobs of a run are: `answer`, `at`, the `gateway` of a "yes",
#   the `cause` of a "maybe", and of a "no" whether there is a gateway that needs a public `address`
leave(run, place) := _best(_ways(run, place), input.subnets[place.subnet]) if {
	place.subnet != null
} else := {"answer": "no", "at": network.at, "address": false} if {
	network := input.networks[place.network]
	network.declared
	network.exits == []
	every part in network.unseen { part.part in {"DNS settings", "hosted zones"} }
} else := {"answer": "maybe", "at": network.at, "cause": _partly(network)} if {
	network := input.networks[place.network]
} else := {"answer": "maybe", "at": place.environment.at, "cause": _partly(place.environment)}

_partly(resource) := {"kind": "network", "name": resource.address, "unit": resource.unit}

_best(ways, _) := [way | some way in ways; way.answer == "yes"][0]

_best(ways, _) := undecided[0] if {
	not _any(ways, "yes")
	undecided := [way | some way in ways; way.answer == "maybe"]
	undecided != []
}

_best(ways, subnet) := {"answer": "maybe", "at": subnet.at, "cause": array.concat(causes, [_partly(subnet)])[0]} if {
	_closed(ways)
	not subnet.complete
	causes := [part.cause | some part in subnet.unseen]
}

_best(ways, subnet) := {"answer": "no", "at": subnet.at, "address": _any_address(ways)} if {
	_closed(ways)
	subnet.complete
}

_any(ways, answer) if {
	some way in ways
	way.answer == answer
}

_closed(ways) if {
	not _any(ways, "yes")
	not _any(ways, "maybe")
}

_any_address(ways) := true in {way.address | some way in ways}

_ways(run, place) := [_way(route, run, place) | some route in input.subnets[place.subnet].routes]

_way(route, run, place) := {"answer": "maybe", "at": route.at, "cause": route.maybe} if {
	route.maybe
	_through(route, run, place).answer != "no"
} else := object.union({"at": route.at}, _through(route, run, place))

_everywhere := "0.0.0.0/0"

_through(route, _, _) := {"answer": "no", "address": false} if {
	route.kind in {"nat_gateway", "internet_gateway"}
	route.onward == false
	route.destination.value == _everywhere
} else := {"answer": "yes", "gateway": "nat_gateway", "through": object.get(route, "subnet", "")} if {
	route.kind == "nat_gateway"
	route.onward == true
	route.destination.value == _everywhere
}

_through(route, run, place) := _by_address(_has_address(run, place), place) if {
	route.kind == "internet_gateway"
	route.onward != false
	route.destination.value == _everywhere
}

# What is behind other gateways is not in the files: another network may have endpoints, or a way out. A NAT gateway that
# is not in the files may be a private one, or one that failed.
# https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
_through(route, _, place) := {"answer": "maybe", "cause": {"kind": "way-out", "name": subnet.address, "unit": subnet.unit}} if {
	not _leads_out(route)
	subnet := input.subnets[place.subnet]
}

_leads_out(route) if {
	route.destination.value == _everywhere
	_is_known(route.kind, route.onward)
}

_is_known("internet_gateway", _)

_is_known("nat_gateway", onward) if onward != null

_by_address("yes", _) := {"answer": "yes", "gateway": "internet_gateway"}

_by_address("no", _) := {"answer": "no", "address": true}

_by_address("maybe", place) := {"answer": "maybe", "cause": {
	"kind": "public-address",
	"name": input.subnets[place.subnet].address,
	"unit": input.subnets[place.subnet].unit,
}}

# An internet gateway is of use only with a public address: that of the job on Fargate, else that of its instance.
# https://docs.aws.amazon.com/batch/latest/userguide/fargate.html
# https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
_has_address(run, place) := _answer(run.public_ip) if {
	_on_fargate(run, place)
} else := "maybe" if {
	run.platform == null
} else := _answer(input.subnets[place.subnet].public_ip) if {
	place.environment.public_ip == "subnet"
} else := {"yes": "yes", "no": "no", "unknown": "maybe"}[place.environment.public_ip]

_on_fargate(run, _) if run.platform == "FARGATE"

_on_fargate(run, place) if {
	run.platform == null
	place.environment.platform == "FARGATE"
}

_answer(true) := "yes"

_answer(false) := "no"

_answer(null) := "maybe"
