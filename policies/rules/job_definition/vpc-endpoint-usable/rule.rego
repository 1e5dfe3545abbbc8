# METADATA
# title: The endpoint that jobs read secrets through is usable
# description: >-
#   An endpoint that is no interface, has private DNS off, is in a VPC with DNS off, is for another Region than that of
#   the secret, or lets nobody in on port 443 does not help the agent: the name of the service leads past it, or into a
#   closed door. Jobs fail before their container starts: "ResourceInitializationError: unable to pull secrets or
#   registry auth: … context deadline exceeded". If the policy of the endpoint leaves the execution role or the secret
#   out, the same error ends in "AccessDeniedException".
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html
#   - https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
#   - https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
#   - https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-fips-compliance.html
#   - https://github.com/nanlabs/terraform-aws-starter/issues/18
# custom:
#   severity: error
#   subject: job_definition
#   link: network
#   remedy: Make it an interface endpoint with private DNS whose security groups and policy let the jobs in.
#   notes: >-
#     The policy of the endpoint is decided for the execution role and the secret; a condition on the organization or on
#     addresses is *unverified*. The network ACLs of the jobs' and of the endpoint's subnets count. Where the name of the
#     service leads past an endpoint, jobs may still leave by a NAT gateway; that is judged by the routes of their subnets.
#     An endpoint with private DNS off is *unverified* when a private hosted zone of Route 53 answers the
#     name of the service, since it may lead to the endpoint, and when evidence of the VPC does not tell its zones. So is
#     an endpoint for the FIPS name alone, which agents use only where FIPS is turned on.
package rules.job_definition["vpc-endpoint-usable"]

import data.lib.network
import data.lib.network.services
import data.lib.result

_rule := rego.metadata.chain()

applies contains reader.reference if {
	some asked in _asked
	some reader in asked.readers
}

findings contains result.finding(_rule, {
	"message": _message(asked.outcome),
	"confidence": network.confidence(asked.run),
	"at": _at(asked.outcome),
	"related": [{"message": "this secret is read there", "at": reader.at} | some reader in asked.readers],
	"references": [reader.reference | some reader in asked.readers],
	"names": [asked.outcome.endpoint.address, asked.outcome.fault, asked.run],
	"remedy": {"text": _remedies[asked.outcome.fault], "edits": result.choices(_edits(asked.outcome))},
}) if {
	some asked in _asked
	asked.outcome.answer == "no"
	asked.outcome.endpoint != null
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether jobs can use `{asked.endpoint.address}`",
	"at": asked.outcome.at,
	"cause": _cause(asked),
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	_undecided(asked.outcome)
}

proofs contains result.proof(_rule, {
	"because": network.because(asked.outcome),
	"at": asked.outcome.at,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.outcome.answer == "yes"
}

_asked := [object.union(asked, {"outcome": network.outcome(asked), "endpoint": endpoint}) |
	some asked in network.asked
	network.situation(asked.run, asked.service) == "usable"
	endpoint := [candidate.endpoint |
		some id in network.networks[asked.run]
		some candidate in services.of_service[id][network.named(asked.service)]
	][0]
]

_undecided(outcome) if outcome.answer == "maybe"

# Of several networks one may have no endpoint at all.
_undecided(outcome) if {
	outcome.answer == "no"
	outcome.endpoint == null
}

_at(outcome) := outcome.at if {
	outcome.fault in {"acl", "acl_in"}
} else := outcome.endpoint.at

_message(outcome) := $"The network ACL of {subnet} blocks HTTPS to `{outcome.endpoint.address}` or its answers; jobs there read secrets from it." if {
	outcome.fault in {"acl", "acl_in"}
	subnet := $"`{input.subnets[outcome.subnet].address}`"
} else := $"The policy of `{outcome.endpoint.address}` does not let the execution role of jobs there read their secrets." if {
	outcome.fault == "policy"
} else := $"`{outcome.endpoint.address}` is for another Region than that of secrets that jobs there read." if {
	outcome.fault == "region"
} else := $"`{outcome.endpoint.address}` {_faults[outcome.fault]}; jobs there read secrets from it."

_faults := {
	"type": "is not an interface endpoint, the only type that the service has",
	"private_dns": "has private DNS off, so the name of the service leads past it",
	"dns_support": "is in a VPC with DNS support off, so its private name does not resolve",
	"dns_hostnames": "is in a VPC with DNS host names off, which private DNS needs",
	"closed": "lets no jobs in on port 443",
}

_remedies := {
	"type": "Set the type of the endpoint to `Interface`; the default is `Gateway`.",
	"private_dns": "Turn private DNS of the endpoint on.",
	"dns_support": "Turn DNS support of the VPC on.",
	"dns_hostnames": "Turn DNS host names of the VPC on.",
	"policy": "Allow the execution role to read the secrets in the policy of the endpoint.",
	"acl": "Allow TCP port 443 out and TCP ports 1024 to 65535 in, with lower numbers than rules that deny them.",
	"acl_in": "Allow TCP port 443 in and TCP ports 1024 to 65535 out, with lower numbers than rules that deny them.",
	"region": "Name secrets of the endpoint's Region, such as replicas of these, or route the subnets to a NAT gateway.",
	"closed": "Let the jobs in: an inbound rule for TCP port 443 from their security group or subnets.",
}

_edits(outcome) := [object.union(_value(outcome.fault, setting), setting)] if {
	setting := _settings(outcome)[outcome.fault]
} else := []

_value("type", _) := {"text": "Interface"}

_value(fault, setting) := {"text": "true"} if {
	fault != "type"
	setting.key
}

# A truth value is written without quotes.
_value(fault, setting) := {"text": "true", "piece": true} if {
	fault != "type"
	not setting.key
}

_settings(outcome) := outcome.endpoint.settings if {
	outcome.fault in {"type", "private_dns"}
} else := input.networks[outcome.place.network].settings

_cause(asked) := asked.outcome.cause if {
	asked.outcome.answer == "maybe"
	asked.outcome.doubt != "service"
} else := {"kind": "value", "name": asked.readers[0].label, "unit": input.subject.unit} if {
	asked.outcome.answer == "maybe"
} else := {"kind": "network", "name": asked.endpoint.address, "unit": asked.endpoint.unit}
