# METADATA
# title: Jobs have a network path to the service that has their secrets
# description: >-
#   If the subnets of the jobs have neither a route out nor an endpoint, the agent waits for Secrets Manager until it
#   gives up, and the job fails before its container starts: "ResourceInitializationError: unable to pull secrets or
#   registry auth: … context deadline exceeded". A job on Fargate needs a public IP address to leave through an internet
#   gateway.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/fargate.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
#   - https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
#   - https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
#   - https://github.com/nikovirtala/cdk-github-actions-runner/pull/3
# custom:
#   severity: error
#   subject: job_definition
#   link: network
#   remedy: >-
#     Route the jobs' subnets to a NAT gateway, or add an interface endpoint for `com.amazonaws.REGION.secretsmanager`,
#     with private DNS.
#   notes: >-
#     Jobs run in the compute environments of their account and Region. A finding needs all that are in the files to lack
#     a path, and all routes of their subnets to be in the files. An internet gateway counts for the VPC that it is attached
#     to, a NAT gateway where its own subnet is in the files and leads to one.
#     What other gateways, peered networks and appliances lead to is not known. The network ACLs of the jobs' subnets and
#     of a NAT gateway's count. A VPC with interface endpoints is judged by `vpc-endpoint-present` and
#     `vpc-endpoint-usable`.
package rules.job_definition["secrets-network-path"]

import data.lib.network
import data.lib.result

_rule := rego.metadata.chain()

applies contains reader.reference if {
	some asked in _asked
	some reader in asked.readers
}

findings contains result.finding(_rule, {
	"message": _message(asked),
	"confidence": network.confidence(asked.run),
	"at": _at(asked),
	"related": [{"message": "the jobs run there", "at": asked.outcome.place.environment.at}],
	"references": [reader.reference | some reader in asked.readers],
	"names": [asked.service, asked.outcome.fault, asked.run],
	"remedy": _remedy(asked),
}) if {
	some asked in _asked
	asked.outcome.answer == "no"
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether jobs in {_subnet(asked.outcome.place)} reach {_service(asked)}",
	"at": asked.outcome.at,
	"cause": _cause(asked),
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.outcome.answer == "maybe"
}

proofs contains result.proof(_rule, {
	"because": network.because(asked.outcome),
	"at": asked.outcome.at,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.outcome.answer == "yes"
}

_asked := [object.union(asked, {"outcome": network.outcome(asked)}) |
	some asked in network.asked
	network.situation(asked.run, asked.service) == "path"
]

_message(asked) := $"{_subnet(asked.outcome.place)} has a route to an internet gateway, but {_unaddressed(asked)} no public IP address; they can't reach {_service(asked)}." if {
	asked.outcome.fault == "address"
} else := $"The network ACL of {_subnet(asked.outcome.place)} blocks HTTPS or its answers; the jobs there can't reach {_service(asked)}." if {
	asked.outcome.fault == "acl"
} else := $"{_subnet(asked.outcome.place)} has no route out of its VPC and no endpoint; the jobs there can't reach {_service(asked)}."

_at(asked) := input.job_definitions[input.subject.id].at if {
	asked.outcome.fault == "address"
	_is_fargate(asked)
} else := asked.outcome.at

_subnet(place) := $"`{input.subnets[place.subnet].address}`" if {
	place.subnet != null
} else := $"`{place.environment.address}`" if {
	place.environment != null
} else := $"`{input.networks[place.network].address}`"

_service(asked) := {"secretsmanager": "Secrets Manager", "ssm": "Systems Manager", "unknown": "the service that has their secrets"}[asked.service]

_cause(asked) := asked.outcome.cause if {
	asked.outcome.doubt != "service"
} else := {"kind": "value", "name": asked.readers[0].label, "unit": input.subject.unit}

_unaddressed(asked) := "the jobs have" if _is_fargate(asked)

_unaddressed(asked) := "the instances there have" if not _is_fargate(asked)

_is_fargate(asked) if input.runs[asked.run].platform == "FARGATE"

_remedy(asked) := {"text": $"{_addressed(asked)}, route the subnets to a NAT gateway, or add an interface endpoint for the service, with private DNS."} if {
	asked.outcome.fault == "address"
} else := _remedies[asked.outcome.fault]

_addressed(asked) := "Set `assignPublicIp` to `ENABLED` in the job's `networkConfiguration`" if _is_fargate(asked)

_addressed(asked) := "Give the instances public IP addresses, by the subnets or the launch template" if not _is_fargate(asked)

_remedies := {
	"route": {},
	"acl": {"text": "Allow TCP port 443 out and TCP ports 1024 to 65535 in, with lower numbers than rules that deny them."},
}
