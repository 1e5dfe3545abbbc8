# METADATA
# title: Jobs with secrets have an execution role
# description: >-
#   A container that reads secrets, log options or registry credentials has an execution role, at the level where AWS Batch looks for it:
#   the container itself, the ECS task, or each node range. The job role is what the code in the container assumes; secrets are never
#   read with it.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
# custom:
#   severity: error
#   subject: job_definition
#   link: role
#   remedy: Give it an execution role (executionRoleArn) that may read the secrets.
#   notes: >-
#     Jobs on Amazon EKS have no execution role. A role that an override of SubmitJob could give does not exist either. Whether a job without
#     secrets needs the role for other reasons, as on Fargate, is not asked.
package rules.job_definition["execution-role-present"]

import data.lib.references
import data.lib.result

findings contains result.finding(rego.metadata.chain(), {
	"message": sprintf("%s can't be read: %s has no execution role%s.", [
		references.labels(entries),
		_holder(container),
		_despite(container.job_role),
	]),
	"confidence": _confidence(container.execution_role),
	"at": container.role_holder,
	"references": references.ids(entries),
	"names": [_holder(container)],
}) if {
	some indexes in _without_role
	entries := [references.all[index] | some index in sort(indexes)]
	container := entries[0].container
}

# By the place of what should hold the role, since the containers of an ECS task share one.
_without_role[entry.container.role_holder] contains index if {
	some index, entry in references.all
	_missing(entry.container.execution_role)
}

_missing(null)

_missing(role) if role.arn.value == ""

# A template may set an empty default only to have it filled in.
_confidence(null) := "certain"

_confidence(role) := "likely" if role.arn.value == ""

_holder(container) := split(container.path, ".containers[")[0] if {
	container.kind == "ecs"
} else := container.path

_despite(null) := ""

_despite(role) := ", and the job role is not used to read secrets" if role != null
