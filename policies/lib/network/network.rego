# METADATA
# title: Networks
# description: >-
#   Whether the agent that starts a job reaches the service that has its secrets, from where the job may run. A place is
#   a subnet of a compute environment; every answer is three-valued until all places are known.
package lib.network

import data.lib.holes
import data.lib.network.acls
import data.lib.network.endpoint_policy
import data.lib.network.endpoint_regions
import data.lib.network.groups
import data.lib.network.routes
import data.lib.network.services

# METADATA
# description: >-
#   The readers of the case by where they run and what they read: `run` (its key), `service`, `endpoints` (what those say to
#   them, beside what they say to everybody), `readers`. Readers without a run are not in any network that is in the files.
asked := [{
	"run": run,
	"service": service,
	"endpoints": said,
	"readers": [input.readers[index] | some index in sort(indexes)],
} |
	some [run, service, said], indexes in _indexes
]

_indexes[[reader.run, reader.service, _said(reader)]] contains index if {
	input.runs != {}
	some index, reader in input.readers
	reader.run
}

_said(reader) := object.union(endpoint_policy.of(reader), endpoint_regions.of(reader))

# METADATA
# description: >-
#   The places of each run: `environment` and `subnet` or null, and `network`, null when it is not in the files.
#   `elsewhere` has those of environments that are not deployed with the jobs.
places[key] := [{"environment": null, "subnet": null, "network": id} | some id in run.networks] if {
	some key, run in input.runs
	run.networks != []
}

places[key] := together[key] if {
	some key, run in input.runs
	run.networks == []
}

# METADATA
# description: The places of the environments that are deployed with the jobs of a run
together[key] := _places(run.environments) if some key, run in input.runs

elsewhere[key] := _places(run.elsewhere) if some key, run in input.runs

_places(environments) := [place |
	some id in environments
	environment := input.compute_environments[id]
	some place in _of_environment(environment)
]

_of_environment(environment) := [{"environment": environment, "subnet": null, "network": null}] if {
	environment.subnet_ids == []
} else := [{"environment": environment, "subnet": subnet, "network": network} |
	some subnet in environment.subnet_ids
	network := object.get(input.subnets, [subnet, "network"], null)
]

# METADATA
# description: >-
#   How sure a finding about a run is. Where no subnet can be followed, the jobs may run outside of the networks of their
#   unit.
confidence(key) := "certain" if {
	input.runs[key].certain
	input.runs[key].networks == []
} else := "likely"

# METADATA
# description: The networks of each run, each once, in the order of its places
networks[key] := [id |
	ids := [place.network | some place in of_run; place.network != null]
	some index, id in ids
	not id in array.slice(ids, 0, index)
] if {
	some key, of_run in places
}

# METADATA
# description: >-
#   What a rule can judge of a run and a service: "usable" where a network has an endpoint for the service, "present"
#   where it has only others, "path" where subnets of it are declared or its account did not show them, else "outside"
situation(key, service) := "usable" if {
	some id in networks[key]
	services.of_service[id][named(service)] != []
} else := "present" if {
	some id in networks[key]
	services.others(id, named(service)) != []
} else := "path" if {
	some place in places[key]
	input.subnets[place.subnet].declared
} else := "path" if {
	some place in places[key]
	some part in place.environment.unseen
	part.cause.kind in {"denied", "not-answered"}
} else := "path" if {
	some id in input.runs[key].environments
	holes.are_picked([subnet.value | some subnet in input.compute_environments[id].subnets], "subnet")
} else := "outside"

# METADATA
# description: The service of a reference, Secrets Manager where that is unknown
named(service) := service if {
	service in {"secretsmanager", "ssm"}
} else := "secretsmanager"

# METADATA
# description: >-
#   Whether what is `asked` reaches the service: `answer`, `at`, `place`; of a "yes" the `endpoint` or the `gateway` that it is
#   reached by, of a "maybe" its `cause` and the `doubt` ("place", "endpoint", "route", "acl" or "service"), of a "no"
#   the `fault` and the `endpoint` that has it, or null
outcome(one) := outcomes[[one.run, one.service, one.endpoints]]

outcomes[[one.run, one.service, one.endpoints]] := _outcome(input.runs[one.run], own, others) if {
	some one in asked
	own := [_reach(one, place) | some place in places[one.run]]
	others := [_reach(one, place) | some place in elsewhere[one.run]]
}

_outcome(_, own, _) := own[0] if {
	every reach in own { reach.answer == "yes" }
}

_outcome(run, own, others) := _closed(run, own[0], others) if {
	every reach in own { reach.answer == "no" }
}

_outcome(_, own, _) := undecided[0] if {
	undecided := [reach | some reach in own; reach.answer == "maybe"]
	undecided != []
}

# Some places lead there, some don't.
_outcome(run, own, _) := _unsettled(bad[0], _open(run, good[0].place)) if {
	good := [reach | some reach in own; reach.answer == "yes"]
	bad := [reach | some reach in own; reach.answer == "no"]
	good != []
	bad != []
	not "maybe" in {reach.answer | some reach in own}
}

_closed(run, reach, others) := _unsettled(reach, run.unseen) if {
	run.unseen != null
} else := _unsettled(reach, _also(open[0].place)) if {
	open := [other | some other in others; other.answer == "yes"]
	open != []
} else := _unsettled(reach, unknown[0].cause) if {
	unknown := [other | some other in others; other.answer == "maybe"]
	unknown != []
} else := reach

_open(run, _) := run.unseen if run.unseen != null

_open(run, place) := _also(place) if run.unseen == null

# Jobs do not reach the service from one place, and may run in another.
_unsettled(reach, cause) := {"answer": "maybe", "at": reach.at, "place": reach.place, "doubt": "place", "cause": cause}

_also(place) := {"kind": "elsewhere", "name": address, "unit": unit} if {
	{"address": address, "unit": unit} := object.filter(_named(place), ["address", "unit"])
}

_named(place) := input.subnets[place.subnet] if {
	place.subnet != null
} else := place.environment if {
	place.environment != null
} else := input.networks[place.network]

_reach(one, place) := object.union({"place": place}, _passing(way, place, one.service)) if {
	way := _way(input.runs[one.run], place, one.service, one.endpoints)
}

# Network ACLs are in the way of every route.
_passing(way, place, service) := way if {
	_stays(way)
} else := _through(way, passes, place, service) if {
	passes := acls.leaves(place)
	passes.answer != "yes"
} else := object.union(way, object.union(passes, {"doubt": "acl"})) if {
	passes := acls.passes_on(place, way.through)
	passes.answer != "yes"
} else := way

_stays(way) if way.answer == "no"

_stays(way) if way.endpoint

_stays(way) if way.doubt in {"place", "endpoint"}

_through(way, passes, place, service) := {"answer": "no", "at": passes.at, "fault": "acl", "subnet": passes.subnet, "endpoint": endpoint} if {
	passes.answer == "no"
	candidates := object.get(services.of_service, [place.network, named(service)], [])
	services.unseen[place.network] == []
	every candidate in candidates { _is_apart(candidate, place) }
	endpoint := array.concat([candidate.endpoint | some candidate in candidates], [null])[0]
} else := way if {
	way.answer == "maybe"
} else := {"answer": "maybe", "at": passes.at, "doubt": "acl", "cause": passes.cause}

_is_apart(candidate, _) if candidate.faults != []

_is_apart(candidate, place) if not acls.may_be_beside(candidate.endpoint, place)

_way(_, place, _, _) := {
	"answer": "maybe",
	"at": place.environment.at,
	"doubt": "place",
	"cause": _outside(place),
} if {
	place.network == null
}

# Neither IPv4 addresses of endpoints nor routes for IPv4 are of use there.
# https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-ip-address-range
_way(_, place, _, _) := {
	"answer": "maybe",
	"at": subnet.at,
	"doubt": "place",
	"cause": {"kind": "ipv6-subnet", "name": subnet.address, "unit": subnet.unit},
} if {
	place.network != null
	subnet := input.subnets[place.subnet]
	subnet.ipv6_only
}

_way(run, place, service, said) := _decided(run, place, service, _candidates(place, service, said)) if {
	place.network != null
	not input.subnets[place.subnet].ipv6_only
	service in {"secretsmanager", "ssm"}
}

# What an unknown reference asks for is one of the two.
_way(run, place, "unknown", said) := _either(
	_decided(run, place, "secretsmanager", _candidates(place, "secretsmanager", said)),
	_decided(run, place, "ssm", _candidates(place, "ssm", said)),
) if {
	place.network != null
	not input.subnets[place.subnet].ipv6_only
}

_either(one, other) := one if {
	one.answer == other.answer
} else := object.union({"cause": null}, object.union([reach | some reach in [one, other]; reach.answer != "yes"][0], {
	"answer": "maybe",
	"doubt": "service",
}))

# Why the network of a place is not known.
_outside(place) := array.concat(
	[part.cause | some part in input.subnets[place.subnet].unseen],
	array.concat(
		array.concat(
			[part.cause | some part in place.environment.unseen; lower(part.part) in {"subnets", "computeresources", "compute_resources"}],
			[cause | some index, id in place.environment.subnet_ids; id == null; cause := holes.cause(place.environment.subnets[index].value)],
		),
		[_partly(place.environment)],
	),
)[0]

_candidates(place, service, said) := [object.union(candidate, {"faults": faults, "admits": _admits(admitted)}) |
	some candidate in services.of_service[place.network][service]
	own := object.get(said, candidate.endpoint.id, {"answer": "yes"})
	faults := array.concat(candidate.faults, [own.fault | own.fault])
	admitted := [
		object.union({"fault": "policy"}, own),
		object.union({"fault": "closed"}, groups.admits(candidate.endpoint, place)),
		acls.reaches(place, candidate.endpoint),
	]
]

# An endpoint lets jobs in when its policy, its security groups and the network ACLs all do.
_admits(all) := [one | some answer in ["no", "maybe", "yes"]; some one in all; one.answer == answer][0]

_decided(_, _, _, candidates) := {"answer": "yes", "at": good[0].endpoint.at, "endpoint": good[0].endpoint} if {
	good := [candidate | some candidate in candidates; _is_good(candidate)]
	good != []
}

# The name of the service leads to an endpoint that lets nobody in.
_decided(_, _, _, candidates) := object.union({"at": shut.endpoint.at, "endpoint": shut.endpoint}, shut.admits) if {
	not _some_good(candidates)
	shut := [candidate | some candidate in candidates; _is_shut(candidate)][0]
}

_decided(run, place, _, candidates) := _unsure(run, place, open[0]) if {
	not _some_good(candidates)
	not _some_shut(candidates)
	open := [candidate | some candidate in candidates; candidate.faults == []]
	open != []
}

_decided(run, place, service, candidates) := _by_route(routes.leave(run, place), place, service, candidates) if {
	every candidate in candidates { candidate.faults != [] }
}

_is_good(candidate) if {
	candidate.faults == []
	candidate.doubts == []
	candidate.admits.answer == "yes"
}

_some_good(candidates) if {
	some candidate in candidates
	_is_good(candidate)
}

_is_shut(candidate) if {
	candidate.faults == []
	candidate.doubts == []
	candidate.admits.answer == "no"
}

_some_shut(candidates) if {
	some candidate in candidates
	_is_shut(candidate)
}

# Whatever the endpoint is like: it lets jobs in, or they leave by a route.
_unsure(run, place, candidate) := object.union(route, {"doubt": "route"}) if {
	candidate.admits.answer == "yes"
	route := routes.leave(run, place)
	route.answer == "yes"
} else := {
	"answer": "maybe",
	"at": candidate.endpoint.at,
	"doubt": "endpoint",
	"cause": array.concat(candidate.doubts, [candidate.admits.cause])[0],
} if {
	candidate.admits.answer == "maybe"
} else := {
	"answer": "maybe",
	"at": candidate.endpoint.at,
	"doubt": "endpoint",
	"cause": candidate.doubts[0],
}

_by_route(route, _, _, _) := route if route.answer == "yes"

_by_route(route, place, _, candidates) := {"answer": "maybe", "at": at, "doubt": "endpoint", "cause": hidden[0]} if {
	route.answer != "yes"
	hidden := services.unseen[place.network]
	hidden != []
	at := array.concat([candidate.endpoint.at | some candidate in candidates], [route.at])[0]
} else := object.union(route, {"doubt": "route"}) if {
	route.answer == "maybe"
} else := {"answer": "maybe", "at": route.at, "doubt": "route", "cause": _partly(network)} if {
	route.answer == "no"
	candidates == []
	network := input.networks[place.network]
	not network.declared
} else := {"answer": "no", "at": route.at, "fault": _fault(route, candidates), "endpoint": endpoint} if {
	route.answer == "no"
	endpoint := array.concat([candidate.endpoint | some candidate in candidates], [null])[0]
}

_fault(_, candidates) := candidates[0].faults[0] if candidates != []

_fault(route, []) := {true: "address", false: "route"}[route.address]

_partly(network) := {"kind": "network", "name": network.address, "unit": network.unit}

# METADATA
# description: Why jobs reach a service, as a proof says it
because(outcome) := $"`{endpoint.address}` is an interface endpoint with private DNS that lets the jobs in" if {
	endpoint := outcome.endpoint
} else := "the jobs' subnets have a route to a NAT gateway" if {
	outcome.gateway == "nat_gateway"
} else := "the jobs have public IP addresses and a route to an internet gateway"

# METADATA
# description: The endpoints of a network for a service that its usual name may lead to
endpoints(id, service) := [candidate.endpoint |
	some candidate in services.of_service[id][named(service)]
	candidate.faults == []
	not services.is_fips(candidate.endpoint)
]
