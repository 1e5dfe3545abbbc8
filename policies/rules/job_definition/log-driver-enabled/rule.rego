# METADATA
# title: Instances register the log driver of jobs with secrets
# description: >-
#   An instance runs only jobs whose log driver its ECS agent has registered. Images of AWS register `json-file`,
#   `syslog`, `awslogs` and `fluentd`; if user data sets `ECS_AVAILABLE_LOGGING_DRIVERS` to a list without the driver of
#   the job, the job stays in RUNNABLE.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_LogConfiguration.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/ecs-init/docker/docker.go
#   - https://github.com/aws/amazon-ecs-agent/issues/454
#   - https://github.com/aws/amazon-ecs-init/pull/253
# custom:
#   severity: warning
#   subject: job_definition
#   link: agent
#   remedy: Add the log driver to `ECS_AVAILABLE_LOGGING_DRIVERS`.
#   notes: >-
#     A driver that images of AWS don't register, such as `splunk`, is *unverified* when no user data lists it: AWS does not
#     say what AWS Batch adds by itself. `awsfirelens` needs no registration.
package rules.job_definition["log-driver-enabled"]

import data.lib.agent
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _entries}

findings contains result.finding(_rule, {
	"message": $"{references.labels(_of(driver))} can't be read: the job logs with `{driver}`, and {answer.is}.",
	"confidence": agent.confidence,
	"at": answer.at,
	"related": [{"message": "the job logs with this driver", "at": _of(driver)[0].container.log.driver.at}],
	"references": references.ids(_of(driver)),
	"names": [driver, answer.launch.environment.address],
	"remedy": {"text": $"Add `{driver}` to `{_name}`."},
}) if {
	some driver in _drivers
	answered := _answered(driver)
	agent.verdict(answered) == "no"
	answer := answered[0]
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the instances that run the job register its log driver",
	"at": array.concat([answer | some answer in answered; answer.holds != "yes"], answered)[0].at,
	"references": references.ids(_of(driver)),
	"cause": agent.cause(answered),
}) if {
	some driver in _drivers
	answered := _answered(driver)
	agent.verdict(answered) == "maybe"
}

proofs contains result.proof(_rule, {
	"because": answered[0].is,
	"at": answered[0].at,
	"references": references.ids(_of(driver)),
}) if {
	some driver in _drivers
	answered := _answered(driver)
	agent.verdict(answered) == "yes"
}

_entries := [entry | some entry in agent.entries; entry.container.log.driver != null]

_drivers := {entry.container.log.driver.value | some entry in _entries}

_of(driver) := [entry | some entry in _entries; entry.container.log.driver.value == driver]

_name := "ECS_AVAILABLE_LOGGING_DRIVERS"

# https://github.com/aws/amazon-ecs-agent/blob/master/ecs-init/docker/docker.go
_registered := {"json-file", "syslog", "awslogs", "fluentd", "none"}

_answered(driver) := [object.union(_answer(driver, launch), {"launch": launch}) | some launch in agent.launches]

_answer(driver, launch) := {"holds": "maybe", "at": launch.at, "cause": holes.cause(driver)} if {
	not text.literal(driver)
} else := {
	"holds": "yes",
	"at": launch.at,
	"is": "every ECS agent that knows `awsfirelens` registers it",
} if {
	driver == "awsfirelens"
} else := _of_setting(driver, setting, launch) if {
	setting := agent.setting(launch.user_data, _name)
} else := {"holds": "maybe", "at": launch.at, "cause": hidden[0]} if {
	hidden := array.concat(agent.hidden(launch), _of_images(launch))
	hidden != []
} else := {
	"holds": "yes",
	"at": launch.at,
	"is": $"images of AWS register `{driver}`, and user data of {agent.environment(launch)} does not change it",
} if {
	driver in _registered
} else := {
	"holds": "maybe",
	"at": launch.at,
	"cause": {"kind": "log-driver", "name": driver, "unit": null},
}

_of_images(launch) := [image.cause | some image in launch.images; image.cause != null]

_of_setting(driver, setting, launch) := {
	"holds": "maybe",
	"at": setting.at,
	"cause": holes.cause(setting.value.value),
} if {
	not text.literal(setting.value.value)
} else := {
	"holds": "yes",
	"at": setting.at,
	"is": $"user data of {agent.environment(launch)} registers `{driver}`",
} if {
	driver in _listed(setting.value.value)
} else := {
	"holds": "no",
	"at": setting.at,
	"is": $"user data of {agent.environment(launch)} sets `{_name}` without it",
}

_listed(value) := {trim(item, " \"'\\") | some item in split(trim(value, "[] "), ",")}
