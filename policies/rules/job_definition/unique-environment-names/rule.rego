# METADATA
# title: A container gets each environment variable once
# description: >-
#   No name in the secrets of a container stands in its environment, or in its secrets again. AWS Batch registers such a job definition, and
#   Amazon ECS then refuses each job: the secret name must be unique and not shared with any environment variable.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Give the variable once, in secrets.
#   notes: >-
#     A name twice in environment alone is accepted by AWS, and the last one counts. Containers are looked at one by one. Variables that an
#     override of SubmitJob adds are not seen, and names that are not known are not compared.
package rules.job_definition["unique-environment-names"]

import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s stands in secrets and in environment of %s; Amazon ECS takes a name once.", [name, container.path]),
	"remedy": {"text": sprintf("Take %s out of environment.", [name])},
	"at": reference.name.at,
	"related": [{"message": "it is given here too", "at": variable.name.at} |
		some variable in container.environment
		variable.name.value == name
	],
	"references": [one.id | some one in container.secrets; one.name.value == name],
	"names": [container.path, "environment", name],
}) if {
	some container in references.job.containers
	some name, references_of_name in _by_name(container)
	reference := references_of_name[0]
	name in {variable.name.value | some variable in container.environment}
}

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s stands in secrets of %s %s times; Amazon ECS takes a name once.", [
		name,
		container.path,
		format_int(count(same), 10),
	]),
	"remedy": {"text": sprintf("Give %s once.", [name])},
	"at": same[1].name.at,
	"related": [{"message": "it is given here too", "at": other.name.at} | some index, other in same; index != 1],
	"references": [one.id | some one in same],
	"names": [container.path, "secrets", name],
}) if {
	some container in references.job.containers
	some name, same in _by_name(container)
	count(same) > 1
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": sprintf("whether environment of %s gives a name of secrets again can't be told: %s", [container.path, part.why]),
	"at": part.at,
	"references": [reference.id | some reference in container.secrets],
}) if {
	some container in references.job.containers
	container.secrets != []
	some part in container.unseen
	part.part == "environment"
}

# The references of a container to which a name is known, by it.
_by_name(container) := {name: same |
	some name in {reference.name.value | some reference in container.secrets}
	_known(name)
	same := [reference | some reference in container.secrets; reference.name.value == name]
}

# A name may have holes: equal holes are equal values. One that is nothing but a hole may stand for several.
_known(name) if text.known(name) != ""
