# METADATA
# title: The log driver of a job with secrets exists on its platform
# description: >-
#   A log driver that the platform does not have gets no secret options: AWS Batch refuses the job definition ("Log driver
#   for Fargate is not valid"), or no instance can run the job. `awsfirelens` is no driver of its own but sends logs to
#   another container of the same task, the log router, so it needs `ecsProperties` and a container with
#   `firelensConfiguration`.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_LogConfiguration.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_FirelensConfiguration.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://github.com/aws/containers-roadmap/issues/2573
# custom:
#   severity: error
#   subject: job_definition
#   link: agent
#   remedy: Choose a log driver that the platform supports, such as `awslogs`.
#   notes: >-
#     A driver that AWS does not list is reported as *likely*. Whether an instance has registered the driver is checked by
#     log-driver-enabled.
package rules.job_definition["log-driver-supported"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _entries}

findings contains result.finding(_rule, {
	"message": $"{references.labels(entries)} can't reach the container: {fault.is}.",
	"confidence": fault.confidence,
	"at": object.get(container, ["log", "driver", "at"], container.log.at),
	"references": references.ids(entries),
	"names": [container.path],
	"remedy": {"text": fault.advice},
}) if {
	some container in _containers
	fault := _fault(container)
	entries := _of(container)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether `{container.path}` has a log driver that its platform supports",
	"at": object.get(container, ["log", "driver", "at"], container.log.at),
	"references": references.ids(_of(container)),
	"cause": cause,
}) if {
	some container in _containers
	not _fault(container)
	cause := _doubt(container)
}

proofs contains result.proof(_rule, {
	"because": $"the log driver `{container.log.driver.value}` is supported",
	"at": container.log.driver.at,
	"references": references.ids(_of(container)),
}) if {
	some container in _containers
	not _fault(container)
	not _doubt(container)
}

_entries := [entry | some entry in references.all; entry.container.log != null]

_containers := [container |
	some container in references.job.containers
	container.path in {entry.container.path | some entry in _entries}
]

_of(container) := [entry | some entry in _entries; entry.container.path == container.path]

# https://docs.aws.amazon.com/batch/latest/APIReference/API_LogConfiguration.html
_on_instances := {"awslogs", "fluentd", "gelf", "journald", "json-file", "logentries", "splunk", "syslog", "awsfirelens"}

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
_on_fargate := {"awslogs", "splunk", "awsfirelens"}

_driver(container) := container.log.driver.value if text.literal(container.log.driver.value)

_fault(container) := {
	"is": "its `logConfiguration` has no `logDriver`",
	"advice": "Add `logDriver`.",
	"confidence": "certain",
} if {
	container.log.driver == null
} else := {
	"is": "the log driver `awsfirelens` works only in `ecsProperties`, with a log router beside the container",
	"advice": "Define the job with `ecsProperties` and a container with `firelensConfiguration`, or choose another log driver.",
	"confidence": "certain",
} if {
	_driver(container) == "awsfirelens"
	container.kind != "ecs"
} else := {
	"is": "the log driver `awsfirelens` has no log router: no container of the task has `firelensConfiguration`",
	"advice": "Add a container with `firelensConfiguration`, the log router.",
	"confidence": "certain",
} if {
	_driver(container) == "awsfirelens"
	not _router(container)
	not _router_doubt(container)
} else := {
	"is": $"Fargate does not support the log driver `{_driver(container)}`",
	"advice": "Choose `awslogs`, `splunk` or `awsfirelens`.",
	"confidence": "certain",
} if {
	container.platform == "FARGATE"
	_driver(container) in (_on_instances - _on_fargate)
} else := {
	"is": $"AWS Batch knows no log driver named `{_driver(container)}`",
	"advice": "Choose a log driver that AWS Batch supports, such as `awslogs`.",
	"confidence": "likely",
} if {
	not _driver(container) in _on_instances
	_driver(container)
}

_doubt(container) := holes.cause(container.log.driver.value) if {
	not text.literal(container.log.driver.value)
} else := _router_doubt(container) if {
	_driver(container) == "awsfirelens"
	not _router(container)
} else := {"kind": "value", "name": "platformCapabilities", "unit": input.subject.unit} if {
	not container.platform in {"EC2", "FARGATE"}
	not _driver(container) in _on_fargate
}

# The containers of the task, which have the beginning of their paths in common.
_task(container) := [other |
	some other in references.job.containers
	_task_path(other) == _task_path(container)
]

_task_path(container) := split(container.path, ".containers[")[0]

_router(container) if {
	some other in _task(container)
	other.log_router
}

_router_doubt(container) := array.concat(
	[part.cause |
		some other in _task(container)
		some part in other.unseen
		part.part == "firelensConfiguration"
	],
	[part.cause | some part in references.job.unseen; part.part in {"containers", "taskProperties"}],
)[0]
