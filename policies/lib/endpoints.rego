# METADATA
# title: Endpoints
# description: >-
#   The interface endpoints of the network of the case.
#   https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
package lib.endpoints

import data.lib.holes
import data.lib.text

_network := input.networks[input.subject.id]

_all := [input.endpoints[id] | some id in _network.endpoints]

# Other services than Secrets Manager whose endpoints show that the network is meant to do without another way out.
_services := [
	"batch",
	"ecr.api",
	"ecr.dkr",
	"ecs",
	"ecs-agent",
	"ecs-telemetry",
	"kms",
	"logs",
	"ssm",
	"ssmmessages",
]

# METADATA
# description: The interface endpoints for other services of AWS that jobs need
others := [endpoint | some endpoint in _all; endpoint.type == "Interface"; _other(endpoint.service.value)]

# METADATA
# description: The names of those services, each once
services := text.distinct([_other(endpoint.service.value) | some endpoint in others])

# Names of services differ in what is before: `com.amazonaws.eu-west-1.logs`, `cn.com.amazonaws.cn-north-1.ecr.api`.
_other(service) := [other | some other in _services; endswith($".{service}", $".{other}")][0]

# METADATA
# description: The endpoints for Secrets Manager
of_secrets := [endpoint |
	some endpoint in _all
	some name in ["secretsmanager", "secretsmanager-fips"]
	endswith($".{endpoint.service.value}", $".{name}")
]

# METADATA
# description: Those of them that are there whenever the others are, and that the name of the service leads to
usable := [endpoint | some endpoint in of_secrets; _existence(endpoint) - conditions == set(); _closed(endpoint) == []]

# METADATA
# description: >-
#   What must hold for any of the other endpoints to be there, so that an endpoint for Secrets Manager may ask as much
conditions := {cause |
	some cause in _existence(others[0])
	every endpoint in others { cause in _existence(endpoint) }
}

# Why an endpoint may not be there at all.
_existence(endpoint) := {part.cause | some part in endpoint.unseen; part.part == "existence"}

# Why jobs may not reach an endpoint by the name of the service.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
_closed(endpoint) := array.concat(
	[_value("type", endpoint) | endpoint.type != "Interface"],
	array.concat(
		[_value("private DNS", endpoint) | endpoint.private_dns != true],
		[_value("DNS support", _network) | _network.dns_support == false],
	),
)

_value(what, endpoint) := {"kind": "value", "name": $"{what} of {endpoint.address}", "unit": endpoint.unit}

# METADATA
# description: >-
#   Why there may be an endpoint for Secrets Manager all the same, or why the one that is there may not be of use
doubts := array.concat(
	array.concat(
		[cause | some endpoint in of_secrets; some cause in _existence(endpoint)],
		[cause | some endpoint in of_secrets; some cause in _closed(endpoint)],
	),
	array.concat(
		[holes.cause(endpoint.service.value) | some endpoint in _all; endswith(endpoint.service.value, "⟩")],
		[part.cause | some part in _network.unseen; contains(part.part, "endpoint")],
	),
)
