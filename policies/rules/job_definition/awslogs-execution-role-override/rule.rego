# METADATA
# title: The ECS agent may use execution roles with awslogs
# description: >-
#   With `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=false` an instance can't run a job that has an execution role and logs
#   with `awslogs`, the default of AWS Batch: the job stays in RUNNABLE. ECS-optimized images set it to true since agent
#   1.16.0, but `/etc/ecs/ecs.config` takes precedence.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/troubleshooting-cant-specify-secrets.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/ecs-init/docker/docker_config.go
#   - https://github.com/aws/amazon-ecs-agent/issues/1395
# custom:
#   severity: error
#   subject: job_definition
#   link: agent
#   remedy: Set `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true` in `/etc/ecs/ecs.config`.
#   notes: >-
#     User data is read, never run: what a script takes from elsewhere is not known. An image older than agent 1.16.0 is
#     reported as *likely*, since user data that is not known to set the variable may start the agent in another way.
package rules.job_definition["awslogs-execution-role-override"]

import data.lib.agent
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _entries}

findings contains result.finding(_rule, {
	"message": $"{references.labels(_entries)} can't be read with `awslogs`: {answer.is}.",
	"confidence": _confidence(answer),
	"at": answer.at,
	"related": [{"message": "this is read with the execution role", "at": _entries[0].at}],
	"references": references.ids(_entries),
	"names": [answer.launch.environment.address],
	"remedy": {"edits": answer.edits},
}) if {
	_entries != []
	agent.verdict(_answered) == "no"
	answer := _answered[0]
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the instances that run the job let `awslogs` work with an execution role",
	"at": array.concat(_doubtful, _answered)[0].at,
	"references": references.ids(_entries),
	"cause": agent.cause(_answered),
}) if {
	_entries != []
	agent.verdict(_answered) == "maybe"
}

proofs contains result.proof(_rule, {
	"because": _answered[0].is,
	"at": _answered[0].at,
	"references": references.ids(_entries),
}) if {
	_entries != []
	agent.verdict(_answered) == "yes"
}

# Without a log configuration, AWS Batch takes awslogs:
# https://docs.aws.amazon.com/batch/latest/userguide/using_awslogs.html
_entries := [entry |
	some entry in agent.entries
	entry.container.execution_role != null
	_may_be_awslogs(entry.container.log)
]

_may_be_awslogs(null)

_may_be_awslogs(log) if log.driver == null

_may_be_awslogs(log) if log.driver.value == "awslogs"

_may_be_awslogs(log) if not text.literal(log.driver.value)

_name := "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE"

_answered := [object.union(_answer(launch), {"launch": launch}) | some launch in agent.launches]

_doubtful := [answer | some answer in _answered; answer.holds != "yes"]

_answer(launch) := _of_setting(setting, launch) if {
	setting := agent.setting(launch.user_data, _name)
} else := {"holds": "maybe", "at": launch.at, "cause": agent.hidden(launch)[0]} if {
	agent.hidden(launch) != []
} else := {
	"holds": "no",
	"at": old[0].at,
	"is": $"the image of {agent.environment(launch)} has an ECS agent older than 1.16.0, and user data does not set `{_name}`",
	"edits": [],
} if {
	old := [image | some image in launch.images; image.agent_to != null; image.agent_to < [1, 16, 0]]
	count(old) == count(launch.images)
} else := {
	"holds": "no",
	"at": launch.user_data.at,
	"is": $"user data of {agent.environment(launch)} writes `ecs.config` without `{_name}`, and its image is a custom one",
	"edits": [],
} if {
	launch.user_data.writes_config
	every image in launch.images { _is_custom(image) }
} else := {"holds": "maybe", "at": unknown[0].at, "cause": unknown[0].cause} if {
	unknown := [image | some image in launch.images; image.agent_from == null; image.cause != null]
	unknown != []
} else := {
	"holds": "yes",
	"at": launch.at,
	"is": $"the image of {agent.environment(launch)} enables `{_name}`, and user data does not change it",
}

# An image that the files name and that is none of AWS's.
_is_custom(image) if {
	image.agent_from == null
	image.agent_to == null
	text.literal(image.value.value)
}

_of_setting(setting, launch) := {
	"holds": "maybe",
	"at": setting.at,
	"cause": holes.cause(setting.value.value),
} if {
	not text.literal(setting.value.value)
} else := {
	"holds": "no",
	"at": setting.at,
	"is": $"user data of {agent.environment(launch)} sets `{_name}` to false",
	"edits": result.choices([{"at": setting.at, "text": "true", "piece": true} | setting.exact]),
} if {
	lower(setting.value.value) in {"false", "f", "0"}
} else := {
	"holds": "yes",
	"at": setting.at,
	"is": $"user data of {agent.environment(launch)} sets `{_name}` to true",
} if {
	lower(setting.value.value) in {"true", "t", "1"}
} else := {
	"holds": "maybe",
	"at": setting.at,
	"cause": {"kind": "shape", "name": $"the value of {_name}", "unit": input.subject.unit},
}

# The log driver, or what else user data does, may not be known.
_confidence(answer) := "likely" if {
	answer.edits == []
	not agent.setting(answer.launch.user_data, _name)
} else := "likely" if {
	some entry in _entries
	entry.container.log.driver != null
	not text.literal(entry.container.log.driver.value)
} else := agent.confidence
