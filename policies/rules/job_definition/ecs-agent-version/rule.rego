# METADATA
# title: The ECS agent of the instances can read the secrets
# description: >-
#   The agent on the instance reads the secrets, and an old one can't: a JSON key or a version of a secret needs agent
#   1.37.0 (images of 18 February 2020), log options 1.27.0, complete secrets 1.23.0, parameters 1.22.0. A compute
#   environment that names an older image never gets such a job to run: it stays in RUNNABLE. Without an image of its
#   own, an environment takes the current one.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/ami-selection-order.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-ami-versions.html
#   - https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md
#   - https://github.com/aws/amazon-ecs-agent/issues/1790
# custom:
#   severity: error
#   subject: job_definition
#   link: agent
#   remedy: >-
#     Leave the image out, so that AWS Batch takes the current one, or name an ECS-optimized image of 18 February 2020 or
#     later.
#   notes: >-
#     The agent is known by the image's name or the path of its parameter; an image id tells nothing, and neither does an
#     image that you built. An environment keeps the image that was current when it was made or last updated. Instances
#     that AWS Batch does not start are not known.
package rules.job_definition["ecs-agent-version"]

import data.lib.agent
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _entries}

findings contains result.finding(_rule, {
	"message": $"{references.labels(entries)} can't be read: {needed.words} need ECS agent {agent.words(needed.agent)}, and {_whose(answer)}.",
	"confidence": agent.confidence,
	"at": answer.image.at,
	"related": [{"message": "this needs the newer agent", "at": entries[0].at}],
	"references": references.ids(entries),
	"names": [needed.words, answer.launch.environment.address],
	"remedy": {"edits": result.choices(_edits(answer.image))},
}) if {
	some needed in _needs
	answered := _answered(needed)
	agent.verdict(answered) == "no"
	answer := answered[0]
	entries := _of(needed)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the ECS agent of the instances that run the job can read {references.labels(_of(needed))}",
	"at": array.concat(_doubtful(answered), answered)[0].image.at,
	"references": references.ids(_of(needed)),
	"cause": agent.cause(answered),
}) if {
	some needed in _needs
	answered := _answered(needed)
	agent.verdict(answered) == "maybe"
}

proofs contains result.proof(_rule, {
	"because": _because(answered[0]),
	"at": answered[0].image.at,
	"references": references.ids(_of(needed)),
}) if {
	some needed in _needs
	answered := _answered(needed)
	agent.verdict(answered) == "yes"
}

_entries := [entry | some entry in agent.entries; agent.need(entry)]

_needs := {agent.need(entry) | some entry in _entries}

_of(needed) := [entry | some entry in _entries; agent.need(entry) == needed]

# What holds for each image from which an instance may start.
_answered(needed) := [{
	"holds": _holds(image, needed),
	"cause": _cause(image),
	"image": image,
	"launch": launch,
} |
	some launch in agent.launches
	some image in launch.images
]

_doubtful(answered) := [answer | some answer in answered; answer.holds != "yes"]

_holds(image, needed) := "yes" if {
	image.agent_from != null
	image.agent_from >= needed.agent
} else := "no" if {
	image.agent_to != null
	image.agent_to < agent.least(needed, "agent")
} else := "maybe"

_cause(image) := image.cause if {
	image.cause != null
} else := {"kind": "image", "name": image.value.value, "unit": null} if {
	image.value != null
} else := null

_whose(answer) := $"that of the image of {agent.environment(answer.launch)} is {agent.words(answer.image.agent_to)}" if {
	answer.image.agent_from == answer.image.agent_to
} else := $"that of the image of {agent.environment(answer.launch)} is at most {agent.words(answer.image.agent_to)}"

_because(answer) := $"{agent.environment(answer.launch)} starts instances from the current ECS-optimized image" if {
	answer.image.value == null
} else := $"the image of {agent.environment(answer.launch)} has ECS agent {agent.words(answer.image.agent_from)} or later"

# The path of a parameter with another end is the current image of the same kind.
_edits(image) := [{"at": image.value.at, "text": concat("/", array.concat(start, ["recommended", "image_id"]))}] if {
	text.literal(image.value.value)
	contains(image.value.value, "/aws/service/ecs/optimized-ami/")
	not startswith(image.value.value, "{{")
	startswith(image.value.value, "resolve:")
	parts := split(image.value.value, "/")
	count(parts) == 8
	start := array.slice(parts, 0, 6)
} else := []
