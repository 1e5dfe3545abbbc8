# METADATA
# title: Endpoints of a network
# description: >-
#   What the endpoints of a network are for, and what may keep a service's endpoint from being of use.
#   https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
package lib.network.services

import data.lib.holes
import data.lib.text

# Services whose endpoints show that a network is meant to do without another way out.
_needed := [
	"batch",
	"ecr.api",
	"ecr.dkr",
	"ecs",
	"ecs-agent",
	"ecs-telemetry",
	"kms",
	"logs",
	"secretsmanager",
	"ssm",
	"ssmmessages",
]

# METADATA
# description: The endpoints of each network of the case
endpoints := {id: [input.endpoints[endpoint] | some endpoint in network.endpoints] |
	some id, network in input.networks
}

# METADATA
# description: >-
#   For each network and service its endpoints, with what may keep them from being of use: `faults` (it surely is not
#   reached by the service's name), `doubts` (causes why it may not be)
of_service[id][service] := [candidate |
	some endpoint in endpoints[id]
	_service(endpoint) == service
	candidate := {
		"endpoint": endpoint,
		"faults": _faults(endpoint, input.networks[id], _zones(input.networks[id], service)),
		"doubts": _doubts(endpoint, id, service),
	}
] if {
	some id, _ in endpoints
	some service in ["secretsmanager", "ssm"]
}

# Names of services differ in what is before: `com.amazonaws.eu-west-1.logs`, `cn.com.amazonaws.cn-north-1.ecr.api`.
_service(endpoint) := [service |
	some service in _needed
	some ending in ["", "-fips"]
	endswith($".{endpoint.service.value}", $".{service}{ending}")
][0]

# METADATA
# description: The interface endpoints of a network for other services of AWS that jobs need
others(id, service) := [endpoint |
	some endpoint in endpoints[id]
	endpoint.type == "Interface"
	_service(endpoint) != service
]

# METADATA
# description: The names of the services of endpoints, each once
names(list) := text.distinct([_service(endpoint) | some endpoint in list])

# METADATA
# description: Whether an endpoint is not there, for all that is known, whenever those for other services are
conditions(id, service) := {cause |
	list := others(id, service)
	some cause in _existence(list[0])
	every endpoint in list { cause in _existence(endpoint) }
}

# Why an endpoint may not be there at all.
_existence(endpoint) := {part.cause | some part in endpoint.unseen; part.part == "existence"}

# Why the name of the service surely does not lead to an endpoint.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
# https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
_faults(endpoint, network, zones) := array.concat(
	["type" | endpoint.type != null; endpoint.type != "Interface"],
	array.concat(
		["private_dns" | endpoint.private_dns == false; zones == []; _hidden(network, "hosted zones") == set()],
		array.concat(
			["dns_support" | network.dns_support == false],
			["dns_hostnames" | network.dns_hostnames == false],
		),
	),
)

_doubts(endpoint, id, service) := array.concat(
	[cause | some cause in ((_existence(endpoint) - conditions(id, service)) | _hidden(input.networks[id], "DNS settings"))],
	array.concat(
		array.concat([_value("type", endpoint) | endpoint.type == null], [part.cause | some part in endpoint.unseen; part.part == "subnets"]),
		array.concat(
			[_value("private DNS", endpoint) | endpoint.private_dns == null],
			array.concat(
				_led(endpoint, input.networks[id], service),
				[{"kind": "fips-endpoint", "name": endpoint.address, "unit": endpoint.unit} | is_fips(endpoint)],
			),
		),
	),
)

# METADATA
# description: >-
#   Whether the private name of an endpoint is the FIPS name of its service. Agents ask for the usual name, unless FIPS
#   is turned on for the account or the instance.
#   https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
#   https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-fips-compliance.html
is_fips(endpoint) if endswith(endpoint.service.value, "-fips")

# Why the name of the service may lead to an endpoint with private DNS off.
_led(endpoint, network, service) := array.concat(
	[{"kind": "hosted-zone", "name": zone.address, "unit": zone.unit} | some zone in _zones(network, service)],
	[cause | some cause in _hidden(network, "hosted zones")],
) if {
	endpoint.private_dns == false
} else := []

# Why it is not known what a VPC has of this, such as the settings of DNS that private names need.
_hidden(network, name) := {part.cause | some part in network.unseen; part.part == name}

# The private hosted zones that answer the service's name in place of the endpoint's own: of the service, of the Region
# or of all services.
_zones(network, service) := [zone | some zone in network.zones; _is_for(trim_suffix(zone.name.value, "."), service)]

_is_for(name, service) if startswith(name, $"{service}.")

_is_for(name, _) if startswith(name, "⟨")

_is_for(name, _) if {
	endswith(name, "amazonaws.com")
	count(split(name, ".")) < 4
}

_value(what, endpoint) := {"kind": "value", "name": $"{what} of {endpoint.address}", "unit": endpoint.unit}

# METADATA
# description: Why a network may have an endpoint for a service that is not seen
unseen[id] := array.concat(
	[holes.cause(endpoint.service.value) | some endpoint in endpoints[id]; endswith(endpoint.service.value, "⟩")],
	[part.cause | some part in network.unseen; contains(part.part, "endpoint")],
) if {
	some id, network in input.networks
}
