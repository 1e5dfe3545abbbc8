# METADATA
# title: The Fargate platform version can read the secrets
# description: >-
#   An old platform version doesn't know the secrets that the job names: a JSON key or a version of a secret needs 1.4.0,
#   a complete secret 1.3.0, registry credentials 1.2.0. The job then fails before its container starts. AWS has also
#   retired everything before 1.4.0, so that no new job starts there. Without a platform version, or with LATEST, a job
#   runs on 1.4.0.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-linux-fargate.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-versions-retired.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_FargatePlatformConfiguration.html
#   - https://github.com/aws/aws-cdk/issues/7272
# custom:
#   severity: error
#   subject: job_definition
#   link: agent
#   remedy: Set the platform version to `1.4.0`, or leave it out.
#   notes: >-
#     Jobs on EC2 have no platform version. Windows has versions of its own, of which the first can read all secrets. A
#     version that could read the secret but is retired is reported as *likely*, since AWS may postpone its end.
package rules.job_definition["fargate-platform-version"]

import data.lib.agent
import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _entries}

findings contains result.finding(_rule, {
	"message": message,
	"confidence": confidence,
	"at": version.at,
	"references": references.ids(entries),
	"names": [version.value],
	"remedy": {"edits": result.choices([{"at": version.at, "text": "1.4.0"}])},
}) if {
	some [version, confidence] in {[one.container.platform_version, _state(one)] | some one in _entries}
	confidence in {"certain", "likely"}
	entries := [one | some one in _entries; one.container.platform_version == version; _state(one) == confidence]
	message := _message(version.value, entries, confidence)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {references.labels([entry])} can be read on its Fargate platform version",
	"at": entry.container.platform_version.at,
	"references": [entry.id],
	"cause": _cause(entry),
}) if {
	some entry in _entries
	_state(entry) == "maybe"
}

proofs contains result.proof(_rule, {
	"because": _because(entry.container),
	"at": object.get(entry.container, ["platform_version", "at"], entry.container.at),
	"references": [entry.id],
}) if {
	some entry in _entries
	_state(entry) == "yes"
}

_entries := [entry |
	some entry in references.all
	entry.container.platform in {"FARGATE", null}
	agent.need(entry)
]

_state(entry) := "yes" if {
	_current(entry.container)
} else := "maybe" if {
	not _version(entry.container)
} else := "certain" if {
	_version(entry.container) < agent.least(agent.need(entry), "fargate")
} else := "yes" if {
	_version(entry.container) >= [1, 4, 0]
} else := "maybe" if {
	_version(entry.container) < agent.need(entry).fargate
} else := "likely"

_current(container) if container.platform_version == null

_current(container) if container.platform_version.value == "LATEST"

_current(container) if startswith(container.operating_system.value, "WINDOWS")

_version(container) := agent.version(container.platform_version.value)

_message(value, entries, "certain") := $"Fargate platform version {value} can't read {_labels(entries)}: {agent.need(entries[0]).words} need {agent.words(agent.need(entries[0]).fargate)}."

_message(value, entries, "likely") := $"{_labels(entries)} can't be read on Fargate platform version {value}: AWS has retired it, and no new job starts there."

_labels(entries) := references.labels(entries)

_cause(entry) := holes.cause(entry.container.platform_version.value) if {
	not text.literal(entry.container.platform_version.value)
} else := entry.cause if {
	entry.cause
	agent.version(entry.container.platform_version.value)
} else := {"kind": "shape", "name": entry.container.platform_version.value, "unit": input.subject.unit}

_because(container) := "Windows on Fargate can read all secrets" if {
	startswith(container.operating_system.value, "WINDOWS")
} else := $"the Fargate platform version is {container.platform_version.value}" if {
	container.platform_version != null
} else := "without a platform version, Fargate takes the latest"
