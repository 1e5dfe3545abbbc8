# METADATA
# title: Jobs with secrets have an execution role
# description: >-
#   Without an execution role, AWS Batch rejects a job definition that reads secrets: "executionRoleArn cannot be empty
#   when using secrets or secretOptions". Secrets, log options and registry credentials are all read with this role, so
#   it must be where AWS Batch looks for it: in the container properties, in the ECS task properties, or in each node
#   range. The job role does not help: it is for the code in the container.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://github.com/fabfuel/ecs-deploy/issues/87
# custom:
#   severity: error
#   subject: job_definition
#   link: role
#   remedy: Add `executionRoleArn` with a role that may read the secrets.
#   notes: >-
#     Jobs on Amazon EKS have no execution role. A job without secrets may need the role for other reasons, as on
#     Fargate; that is not checked. An empty role is reported as *likely*, since a template may set an empty default
#     that is always replaced. Whether the role exists is known only by evidence of its own account.
package rules.job_definition["execution-role-present"]

import data.lib.access.words
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

# METADATA
# description: The references that this rule answers for
applies contains entry.id if some entry in references.all

findings contains result.finding(_rule, {
	"message": $"{words.labels(entries)} can't be read: {_lack(container)}.",
	"confidence": _confidence(container.execution_role),
	"at": container.role_holder,
	"remedy": _remedy(container),
	"references": references.ids(entries),
	"names": [_holder(container)],
}) if {
	some indexes in _by_holder
	entries := [references.all[index] | some index in sort(indexes)]
	container := entries[0].container
	_is_missing(container.execution_role)
}

# The role's own account was asked.
findings contains result.finding(_rule, {
	"message": $"{words.labels(entries)} can't be read: the execution role {words.role(container.execution_role)} does not exist.",
	"at": container.execution_role.arn.at,
	"related": [{"message": "the evidence", "at": container.execution_role.gone.at}],
	"remedy": {"text": "Name a role that exists, or create this one."},
	"references": references.ids(entries),
	"names": [_holder(container), container.execution_role.arn.value],
}) if {
	some indexes in _by_holder
	entries := [references.all[index] | some index in sort(indexes)]
	container := entries[0].container
	container.execution_role.gone
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {words.code(_holder(container))} has an execution role",
	"at": container.execution_role.arn.at,
	"references": references.ids(entries),
	"cause": cause,
}) if {
	some indexes in _by_holder
	entries := [references.all[index] | some index in sort(indexes)]
	container := entries[0].container
	cause := _may_be_absent(container.execution_role)
}

# A list that is not known may hold references, which nothing could read then.
unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {words.code(_holder(container))} needs an execution role, which it does not have",
	"at": container.role_holder,
	"cause": part.cause,
}) if {
	some container in references.job.containers
	container.kind != "eks"
	_is_missing(container.execution_role)
	some part in references.hidden(container)
	not _by_holder[container.role_holder]
}

proofs contains result.proof(_rule, {
	"at": container.execution_role.arn.at,
	"because": $"the execution role of {words.code(_holder(container))} is {words.role(container.execution_role)}",
	"references": references.ids(entries),
}) if {
	some indexes in _by_holder
	entries := [references.all[index] | some index in sort(indexes)]
	container := entries[0].container
	not _is_missing(container.execution_role)
	not _may_be_absent(container.execution_role)
	not container.execution_role.gone
}

# A key that reads like it is spelled right, an empty value is filled, and else the key is added.
_remedy(container) := {"text": $"Write `{note.expected}`.", "edits": [{"at": note.at, "text": note.expected}]} if {
	[note] := [note | some note in references.job.shape; note.means == "executionRoleArn"; note.expected != null]
	count(references.job.containers) == 1
} else := {"edits": [{"at": container.execution_role.arn.at, "text": _gap}]} if {
	container.execution_role != null
} else := {"edits": [{"at": container.role_holder, "key": container.role_key, "text": _gap}]}

_gap := "<arn of the execution role>"

# By the place of what should hold the role, since the containers of an ECS task share one.
_by_holder[entry.container.role_holder] contains index if some index, entry in references.all

_is_missing(null)

_is_missing(role) if role.arn.value == ""

# Something unknown that is the complete value may also be nothing: a Terraform variable may be null, an expression may
# leave the key out.
_may_be_absent(role) := hole.cause if {
	role.role == null
	[token] := text.holes(role.arn.value)
	role.arn.value == token
	text.wide(token)
	hole := input.holes[text.inside(token)]
	hole.origin.kind in {"variable", "computed", "other"}
	hole.cause.name != ""
}

# A template may set an empty default that is always replaced.
_confidence(null) := "certain"

_confidence(role) := "likely" if role.arn.value == ""

_holder(container) := split(container.path, ".containers[")[0] if {
	container.kind == "ecs"
} else := container.path

_lack(container) := $"{words.code(_holder(container))} has no execution role{_despite(container.job_role)}"

_despite(null) := ""

_despite(role) := ", and the job role is not used to read secrets" if role != null
