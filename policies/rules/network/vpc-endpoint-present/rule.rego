# METADATA
# title: A VPC with interface endpoints has one for Secrets Manager
# description: >-
#   If a VPC reaches AWS through interface endpoints but has none for Secrets Manager, and no other way out, jobs that
#   read secrets there fail before their container starts: "ResourceInitializationError: unable to pull secrets or
#   registry auth". The agent needs a network path to Secrets Manager: an endpoint, or a route to the internet.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
# custom:
#   severity: error
#   subject: network
#   link: network
#   remedy: >-
#     Add an interface endpoint for `com.amazonaws.REGION.secretsmanager`, with private DNS, in the subnets of the jobs.
#   notes: >-
#     The finding is certain only when the VPC is declared in the files with no gateway, peering or other way out, and
#     the jobs are known to run in it; otherwise it is *likely*. Endpoints and routes in other stacks are not visible. A
#     VPC without any interface endpoint is not checked, and neither are the security groups and the policy of an
#     endpoint.
package rules.network["vpc-endpoint-present"]

import data.lib.endpoints
import data.lib.result
import data.lib.text

applies := {reader.reference | some reader in _readers}

findings contains result.finding(rego.metadata.chain(), {
	"message": $"{_vpc} has interface endpoints for {_others} but none for `secretsmanager`; {_reads}.",
	"confidence": _confidence,
	"at": endpoints.others[0].at,
	"related": array.concat(
		[{"message": "this secret is read there", "at": reader.at} | some reader in _surely],
		_exits,
	),
	"references": [reader.reference | some reader in _surely],
	"names": ["secretsmanager"],
}) if {
	_missing
	_surely != []
}

# An unknown reference needs the endpoint only if it is a secret.
unverified contains result.unverified(rego.metadata.chain(), {
	"reason": $"can't tell whether `{reader.label}` is in Secrets Manager, for which {_vpc} has no endpoint",
	"at": reader.at,
	"cause": {"kind": "value", "name": reader.label, "unit": input.subject.unit},
	"references": [reader.reference],
}) if {
	_missing
	some reader in _readers
	reader.service == "unknown"
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": $"can't tell whether jobs in {_vpc} reach an endpoint for `secretsmanager`",
	"at": array.concat(endpoints.of_secrets, endpoints.others)[0].at,
	"cause": endpoints.doubts[0],
	"references": [reader.reference | some reader in _readers],
}) if {
	_readers != []
	endpoints.usable == []
	endpoints.doubts != []
}

proofs contains result.proof(rego.metadata.chain(), {
	"because": $"{_vpc} has an interface endpoint for `secretsmanager` with private DNS",
	"at": endpoints.usable[0].at,
	"references": [reader.reference | some reader in _readers],
}) if {
	_readers != []
	endpoints.usable != []
}

_network := input.networks[input.subject.id]

# A VPC without interface endpoints reaches Secrets Manager in some other way, or not at all.
_readers := [reader |
	array.concat(endpoints.of_secrets, endpoints.others) != []
	some reader in input.readers
	reader.service in {"secretsmanager", "unknown"}
]

_surely := [reader | some reader in _readers; reader.service == "secretsmanager"]

_missing if {
	endpoints.usable == []
	endpoints.doubts == []
}

_confidence := "certain" if {
	_network.declared
	_network.exits == []
	_network.unseen == []
	_network.readers_certain
	endpoints.conditions == set()
} else := "likely"

# A network that is not declared has no name, only a description.
_vpc := _network.address if {
	not _network.declared
} else := $"`{_network.address}`"

_others := text.enumeration([$"`{service}`" | some service in sort(endpoints.services)])

_reads := $"jobs there read {_count}" if {
	_network.readers_certain
} else := $"jobs there may read {_count}"

# The case shows the first readers only.
_count := $"more than {count(_surely)} secrets" if {
	_network.reader_count > count(input.readers)
} else := "1 secret" if {
	count(_surely) == 1
} else := $"{count(_surely)} secrets"

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
