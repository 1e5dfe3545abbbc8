# METADATA
# title: A network of interface endpoints has one for Secrets Manager
# description: >-
#   Where jobs read secrets in a VPC that reaches other services of AWS by interface endpoints, there is one for Secrets Manager too. In a
#   network without another way out the agent can't reach Secrets Manager otherwise, and jobs fail before their container starts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
# custom:
#   severity: error
#   subject: network
#   link: network
#   remedy: Add an interface endpoint for com.amazonaws.REGION.secretsmanager, with private DNS, in the subnets where the jobs run.
#   notes: >-
#     Certain only when the VPC is declared in the files with no gateway, peering or other way out, and the jobs are known to run in it;
#     otherwise likely. Endpoints and routes that other stacks add are not seen. Whether the endpoint can be used is another question.
#     Without any interface endpoint nothing is said.
package rules.network["vpc-endpoint-present"]

import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("secretsmanager has no endpoint in %s, which has interface endpoints for %s, and %s read there.", [
		_network.address,
		text.enumeration(sort(_services)),
		_read,
	]),
	"confidence": _confidence,
	"at": _interfaces[0].at,
	"related": array.concat(
		[{"message": "this secret is read there", "at": reader.at} | some reader in _readers],
		[{"message": concat(" ", [_ways_out[exit.kind], "may lead out instead"]), "at": exit.at} | some exit in _network.exits],
	),
	"references": [reader.reference | some reader in _readers],
	"names": ["secretsmanager"],
}) if {
	_missing
	_doubts == []
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": sprintf("whether %s has an endpoint for secretsmanager can't be told: %s", [
		_network.address,
		text.enumeration(_doubts),
	]),
	"at": _interfaces[0].at,
	"references": [reader.reference | some reader in _readers],
}) if {
	_missing
	_doubts != []
}

_network := input.networks[input.subject.id]

_endpoints := [input.endpoints[id] | some id in _network.endpoints]

_readers := [reader | some reader in _network.readers; reader.service == "secretsmanager"]

# Other services than Secrets Manager whose endpoints show that the network is meant to do without another way out.
# https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
_others := [
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

_interfaces := [endpoint |
	some endpoint in _endpoints
	endpoint.type == "Interface"
	_other(endpoint.service.value)
]

_services := text.distinct([_other(endpoint.service.value) | some endpoint in _interfaces])

# The names of services differ in what stands before: `com.amazonaws.eu-west-1.logs`, `cn.com.amazonaws.cn-north-1.ecr.api`.
_other(service) := [other |
	some other in _others
	endswith(concat("", [".", service]), concat("", [".", other]))
][0]

_missing if {
	_readers != []
	_interfaces != []
	not _present
}

_present if {
	some endpoint in _endpoints
	_for_secrets(endpoint.service.value)
	_existence(endpoint) - _conditions == set()
}

_for_secrets(service) if endswith(service, "secretsmanager")

_for_secrets(service) if endswith(service, "secretsmanager-fips")

# Why an endpoint may not be there at all.
_existence(endpoint) := {part.why | some part in endpoint.unseen; part.part == "existence"}

# What must hold for any of the other endpoints to be there: an endpoint for Secrets Manager may ask as much.
_conditions := {why |
	some why in _existence(_interfaces[0])
	every endpoint in _interfaces { why in _existence(endpoint) }
}

# Why an endpoint for Secrets Manager may be there all the same.
_doubts := array.concat(
	[concat("", ["the service of ", endpoint.address, " is not known from these files"]) |
		some endpoint in _endpoints
		endswith(endpoint.service.value, "⟩")
	],
	array.concat(
		[why | some endpoint in _endpoints; _for_secrets(endpoint.service.value); some why in _existence(endpoint)],
		[part.why | some part in _network.unseen; contains(part.part, "endpoint")],
	),
)

_confidence := "certain" if {
	_network.declared
	_network.exits == []
	_network.unseen == []
	_network.readers_certain
	_conditions == set()
} else := "likely"

_read := concat(" ", [_counted, _are]) if {
	_network.readers_certain
} else := concat(" ", [_counted, "may be"])

_are := "is" if {
	_counted == "1 secret"
} else := "are"

# The case shows the first few readers only.
_counted := "1 secret" if {
	_network.reader_count == count(_network.readers)
	count(_readers) == 1
} else := concat(" ", [format_int(count(_readers), 10), "secrets"]) if {
	_network.reader_count == count(_network.readers)
} else := concat(" ", ["more than", format_int(count(_readers), 10), "secrets"])

_ways_out := {
	"nat_gateway": "this NAT gateway",
	"internet_gateway": "this internet gateway",
	"transit_gateway": "this transit gateway",
	"vpn": "this VPN",
	"peering": "this peering connection",
	"other": "this route",
}
