# METADATA
# title: A VPC with interface endpoints has one for each service that secrets are read from
# description: >-
#   If a VPC reaches AWS through interface endpoints but has none for Secrets Manager, and no other way out, jobs that
#   read secrets there fail before their container starts: "ResourceInitializationError: unable to pull secrets or
#   registry auth". The agent needs a network path to Secrets Manager: an endpoint, or a route to the internet. Secrets
#   that are parameters of Systems Manager need the same for `ssm`.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
#   - https://github.com/hotosm/underpass/pull/125
# custom:
#   severity: error
#   subject: network
#   link: network
#   needs: missing-endpoint
#   remedy: >-
#     Add an interface endpoint for `com.amazonaws.REGION.secretsmanager`, with private DNS, in the subnets of the jobs.
#   notes: >-
#     The finding is certain only when the routes of the jobs' subnets are in the files and lead nowhere else, and the
#     jobs are known to run there; otherwise it is *likely*, also where the jobs have another way out, such as a NAT
#     gateway. Endpoints and routes in other stacks are not visible. A VPC without any interface endpoint is judged by
#     `secrets-network-path`, one that has the endpoint by `vpc-endpoint-usable`.
package rules.network["vpc-endpoint-present"]

import data.lib.network
import data.lib.network.services
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies contains reader.reference if {
	some asked in _asked
	some reader in asked.readers
}

findings contains result.finding(_rule, {
	"message": $"{_vpc} has interface endpoints for {_names(lack.others)} but none for `{service}`; {_reads(lack)}.",
	"confidence": lack.confidence,
	"at": lack.others[0].at,
	"related": array.concat(
		[{"message": "this secret is read there", "at": reader.at} | some reader in lack.readers],
		[exit | lack.confidence == "likely"; some exit in _exits],
	),
	"references": [reader.reference | some reader in lack.readers],
	"names": [service],
	"remedy": {
		"text": $"Add an interface endpoint for `com.amazonaws.REGION.{service}`, with private DNS, in the subnets of the jobs.",
		"copy": {"at": model.at, "from": _name(model), "to": service},
	},
}) if {
	some [service, _], lack in _lacks
	model := _model(lack.others)
}

# The endpoint to be copied for another service.
_model(endpoints) := [endpoint | some endpoint in endpoints; endpoint.private_dns == true][0]

_model(endpoints) := endpoints[0] if {
	every endpoint in endpoints { endpoint.private_dns != true }
}

_name(endpoint) := [name | some name in services.names([endpoint])][0]

# An unknown reference needs the endpoint only if it is a secret.
unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether `{reader.label}` is in Secrets Manager, for which {_vpc} has no endpoint",
	"at": reader.at,
	"cause": {"kind": "value", "name": reader.label, "unit": input.subject.unit},
	"references": [reader.reference],
}) if {
	some asked in _asked
	asked.service == "unknown"
	asked.outcome.answer != "yes"
	some reader in asked.readers
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether jobs in {_vpc} reach an endpoint for `{asked.service}`",
	"at": asked.others[0].at,
	"cause": asked.outcome.cause,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.service != "unknown"
	not _lacking(asked)
	asked.outcome.answer == "maybe"
}

proofs contains result.proof(_rule, {
	"because": network.because(asked.outcome),
	"at": asked.outcome.at,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.outcome.answer == "yes"
	not _lacking(asked)
}

_network := input.networks[input.subject.id]

# A reader of several networks is answered for by the first.
_asked := [object.union(asked, {"outcome": network.outcome(asked), "others": others}) |
	some asked in network.asked
	network.networks[asked.run][0] == input.subject.id
	network.situation(asked.run, asked.service) == "present"
	others := [endpoint |
		some id in network.networks[asked.run]
		some endpoint in services.others(id, asked.service)
	]
]

_lacking(asked) if asked.outcome.answer == "no"

# The endpoint is missing, and a way out that nothing shows is no reason to leave it out.
_lacking(asked) if {
	asked.outcome.answer == "maybe"
	asked.outcome.doubt == "route"
}

# Whoever has endpoints for other services meant to keep traffic inside: the way out may be for something else.
_lacking(asked) if {
	asked.outcome.answer == "yes"
	asked.service != "unknown"
}

_lacks[[asked.service, confidence]] := {
	"confidence": confidence,
	"others": asked.others,
	"readers": [reader |
		some other in _asked
		other.service == asked.service
		_lacking(other)
		_confidence(other) == confidence
		some reader in other.readers
	],
} if {
	some asked in _asked
	asked.service != "unknown"
	_lacking(asked)
	confidence := _confidence(asked)
}

_confidence(asked) := "certain" if {
	asked.outcome.answer == "no"
	network.confidence(asked.run) == "certain"
	services.conditions(input.subject.id, asked.service) == set()
} else := "likely"

# A network that is not declared has no name, only a description.
_vpc := _network.address if {
	not _network.declared
} else := $"`{_network.address}`"

_names(endpoints) := text.enumeration([$"`{service}`" | some service in sort(services.names(endpoints))])

_reads(lack) := $"jobs there read {_count(lack.readers)}" if {
	_network.readers_certain
} else := $"jobs there may read {_count(lack.readers)}"

# The case shows the first readers only.
_count(readers) := $"more than {count(readers)} secrets" if {
	_network.reader_count > count(input.readers)
} else := "1 secret" if {
	count(readers) == 1
} else := $"{count(readers)} secrets"

_exits := [{"message": message, "at": exit.at} |
	some exit in _network.exits
	message := $"traffic may leave through {_ways_out[exit.kind]} instead"
]

_ways_out := {
	"nat_gateway": "this NAT gateway",
	"internet_gateway": "this internet gateway",
	"transit_gateway": "this transit gateway",
	"vpn": "this VPN",
	"peering": "this peering connection",
	"other": "this route",
}
