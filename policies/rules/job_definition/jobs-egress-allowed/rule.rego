# METADATA
# title: Security groups let jobs out to the service that has their secrets
# description: >-
#   If no security group of the jobs lets HTTPS out, the agent can't reach Secrets Manager, and the job fails before its
#   container starts: "ResourceInitializationError: unable to pull secrets or registry auth: … context deadline
#   exceeded". A group without outbound rules lets nothing out; Terraform takes the rule away that AWS gives to a new
#   group.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
#   - https://github.com/Releem/releem-agent/issues/195
# custom:
#   severity: error
#   subject: job_definition
#   link: network
#   remedy: Add an outbound rule for TCP port 443 to a security group of the compute environment.
#   notes: >-
#     A finding needs all security groups of the compute environments to be in the files. A rule for a part of the
#     addresses, or for a prefix list, is not decided, unless the service has an endpoint whose subnets are in the
#     files: then the rule is for their addresses or not.
package rules.job_definition["jobs-egress-allowed"]

import data.lib.network
import data.lib.network.groups
import data.lib.result

_rule := rego.metadata.chain()

applies contains reader.reference if {
	some asked in _asked
	some reader in asked.readers
}

findings contains result.finding(_rule, {
	"message": $"No security group of `{asked.answer.environment.address}` lets jobs out on port 443{_others(asked.answer)}; they can't reach {_services[asked.service]}.",
	"confidence": {true: "certain", false: "likely"}[input.runs[asked.run].certain],
	"at": _group(asked.answer.environment).at,
	"related": array.concat(
		[{"message": "the jobs run there", "at": asked.answer.environment.at}],
		[{"message": "this rule is for other addresses", "at": at} | some at in asked.answer.others],
	),
	"references": [reader.reference | some reader in asked.readers],
	"names": [asked.service, asked.run],
}) if {
	some asked in _asked
	asked.answer.answer == "no"
}

_others(answer) := {true: "", false: " to the endpoint"}[answer.others == []]

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the security groups of `{asked.answer.environment.address}` let jobs out to {_services[asked.service]}",
	"at": asked.answer.environment.at,
	"cause": asked.answer.cause,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.answer.answer == "maybe"
}

proofs contains result.proof(_rule, {
	"because": $"a security group of `{asked.answer.environment.address}` lets HTTPS out",
	"at": asked.answer.at,
	"references": [reader.reference | some reader in asked.readers],
}) if {
	some asked in _asked
	asked.answer.answer == "yes"
}

_services := {"secretsmanager": "Secrets Manager", "ssm": "Systems Manager", "unknown": "the service that has their secrets"}

_asked := [object.union(asked, {"answer": answer}) |
	some asked in network.asked
	_is_seen(input.runs[asked.run])
	answer := _answer(input.runs[asked.run], network.together[asked.run], network.elsewhere[asked.run], asked.service)
	_counts(answer, asked)
]

# Where no path is in the files, groups that let jobs out prove nothing about it.
_counts(answer, _) if answer.answer == "no"

_counts(answer, asked) if {
	answer.answer != "no"
	network.situation(asked.run, asked.service) != "outside"
}

_counts(answer, _) if {
	answer.answer == "maybe"
	groups.are_picked(answer.environment)
}

# Groups that are not in the files at all are somebody else's.
_is_seen(run) if {
	some id in run.environments
	groups.are_picked(input.compute_environments[id])
}

_is_seen(run) if {
	some id in run.environments
	some reference in input.compute_environments[id].security_groups
	reference.id != null
}

_group(environment) := [group |
	some reference in environment.security_groups
	group := input.security_groups[reference.id]
][0]

_answer(run, own, others, service) := _combined(run, _of(own, service), _of(others, service))

_of(places, service) := [_lets_out(place, service) | some place in places]

_combined(_, own, _) := own[0] if {
	every one in own { one.answer == "yes" }
}

_combined(_, own, _) := undecided[0] if {
	undecided := [one | some one in own; one.answer == "maybe"]
	undecided != []
}

_combined(_, own, _) := object.union(shut[0], {"answer": "maybe", "cause": _also(open[0].environment)}) if {
	open := [one | some one in own; one.answer == "yes"]
	shut := [one | some one in own; one.answer == "no"]
	open != []
	shut != []
	not "maybe" in {one.answer | some one in own}
}

_combined(run, own, others) := _closed(run, own[0], others) if {
	every one in own { one.answer == "no" }
}

_closed(run, answer, others) := object.union(answer, {"answer": "maybe", "cause": run.unseen}) if {
	run.unseen != null
} else := object.union(answer, {"answer": "maybe", "cause": _also(open[0].environment)}) if {
	open := [other | some other in others; other.answer != "no"]
	open != []
} else := answer

_also(environment) := {"kind": "elsewhere", "name": environment.address, "unit": environment.unit}

_lets_out(place, service) := object.union({"environment": place.environment}, groups.lets_out(place, _endpoints(place, service)))

# Where the service has an endpoint, a rule for the VPC is enough.
_endpoints(place, service) := network.endpoints(place.network, service) if {
	place.network != null
} else := []
