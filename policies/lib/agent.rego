# METADATA
# title: The ECS agent
# description: >-
#   What a reference needs of the agent that reads it, and where the agent runs: on the instances of the compute
#   environments that may run the job. An answer is "yes", "no" or "maybe" for each way in which instances are started.
#   https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md
package lib.agent

import data.lib.references
import data.lib.text

_job := references.job

_none := {"environments": [], "certain": true, "more": null}

# METADATA
# description: Where the job may run (src/facts/schema.ts)
runs_in := object.get(_job, ["runs_in"], _none)

# METADATA
# description: Every way in which instances for the job are started, with the `environment`
launches := [object.union(launch, {"environment": environment}) |
	some id in runs_in.environments
	environment := input.compute_environments[id]
	some launch in environment.launches
]

# METADATA
# description: The references whose container runs on instances, or may; none where no instances are in the files
entries := [entry |
	launches != []
	some entry in references.all
	entry.container.platform in {"EC2", null}
]

# METADATA
# description: >-
#   What holds for the job by the answers for each of `launches`, "yes" or "no" where all agree and there are no others
verdict(answered) := "no" if {
	runs_in.more == null
	every answer in answered { answer.holds == "no" }
} else := "yes" if {
	runs_in.more == null
	every answer in answered { answer.holds == "yes" }
} else := "maybe"

# METADATA
# description: >-
#   Why it is not known what holds for the job: `answered` have the `cause` of each "maybe"
cause(answered) := runs_in.more if {
	runs_in.more != null
	not "maybe" in {answer.holds | some answer in answered}
} else := array.concat(
	[answer.cause | some answer in answered; answer.holds == "maybe"],
	[{"kind": "placement", "name": _job.address, "unit": input.subject.unit}],
)[0]

# METADATA
# description: A finding is certain where the job surely runs in these environments
confidence := "certain" if {
	runs_in.certain
} else := "likely"

# METADATA
# description: The last value that user data gives a setting of the agent
setting(user_data, name) := last if {
	given := [setting | some setting in user_data.settings; setting.name == name]
	last := given[count(given) - 1]
}

# METADATA
# description: What may give a setting that is not seen, in the launch template and in its user data
hidden(launch) := array.concat(
	[part.cause | some part in launch.unseen],
	[part.cause | some part in object.get(launch, ["user_data", "unseen"], [])],
)

# METADATA
# description: >-
#   What a reference needs, which is the least version of the ECS agent, of Fargate for Linux, and the words for it. Undefined for
#   one that names nothing.
#   https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
#   https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
need(entry) := _needs.registry if {
	entry.site == "repositoryCredentials"
	entry.kind in _kinds
} else := _needs.unknown if {
	entry.kind == "unknown"
	entry.service != "ssm"
} else := _needs.selectors if {
	entry.kind == "secret"
	count(entry.parts) > 2
} else := _needs.log if {
	entry.site == "secretOptions"
	entry.kind in _kinds
} else := _needs.secret if {
	entry.kind == "secret"
} else := _needs.parameter if {
	entry.kind in _kinds
}

_kinds := {"secret", "parameter", "unknown"}

_needs := {
	"registry": {"agent": [1, 19, 0], "fargate": [1, 2, 0], "words": "registry credentials"},
	"parameter": {"agent": [1, 22, 0], "fargate": [1, 3, 0], "words": "parameters"},
	"secret": {"agent": [1, 23, 0], "fargate": [1, 3, 0], "words": "secrets"},
	"log": {"agent": [1, 27, 0], "fargate": [1, 3, 0], "words": "secret log options"},
	"selectors": {"agent": [1, 37, 0], "fargate": [1, 4, 0], "words": "JSON keys and versions of secrets"},
	# Whether it has selectors is not known.
	"unknown": {"agent": [1, 37, 0], "fargate": [1, 4, 0], "words": "secrets", "least": {
		"agent": [1, 22, 0],
		"fargate": [1, 3, 0],
	}},
}

# METADATA
# description: The least that a reference surely needs, of `agent` or `fargate`
least(needed, of) := object.get(needed, ["least", of], needed[of])

# METADATA
# description: A version as people write it
words(version) := concat(".", [format_int(part, 10) | some part in version])

# METADATA
# description: The version that a literal string is; undefined when it is none
version(value) := [to_number(part) | some part in parts] if {
	parts := split(value, ".")
	count(parts) == 3
	every part in parts {
		part != ""
		text.consists_of(part, text.digits)
	}
}

# METADATA
# description: The name of an environment as messages have it
environment(launch) := $"`{launch.environment.address}`"
