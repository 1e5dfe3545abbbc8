# METADATA
# title: Names of environment variables do not start with AWS_BATCH
# description: >-
#   AWS Batch does not accept environment variables whose names start with `AWS_BATCH`. Such names are reserved for the
#   variables that AWS Batch itself sets in each container, such as `AWS_BATCH_JOB_ID`.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerEnvironmentVariable.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
#   - https://github.com/mbta/tile-server/pull/33
# custom:
#   severity: error
#   subject: job_definition
#   remedy: Give the variable another name, here and in the code that reads it.
#   notes: >-
#     AWS documents the prefix for `environment` and for `env` of jobs on Amazon EKS; for `secrets`, which set variables
#     of the same container, the finding is *likely*. Variables that `SubmitJob` adds are not visible.
package rules.job_definition["reserved-environment-names"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"confidence": _confidence(named),
	"message": $"`{named.name.value}` in `{named.site}` has a name that is reserved for AWS Batch itself.",
	"remedy": {"edits": _renamed(named.name)},
	"at": named.name.at,
	"names": [named.path, named.site, named.name.value],
}) if {
	some named in _named
	startswith(named.name.value, _reserved)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether a name in `{named.site}` is reserved for AWS Batch",
	"at": named.name.at,
	"cause": holes.cause(named.name.value),
}) if {
	some named in _named
	_may_be_reserved(split(named.name.value, "⟨"))
}

_reserved := "AWS_BATCH"

_named := [named |
	some container in references.job.containers
	some named in array.concat(
		[_at(container, _environment(container.kind), variable) | some variable in container.environment],
		[_at(container, "secrets", secret) | some secret in container.secrets; secret.name != null],
	)
	_concerns(named.name.value)
]

# Most names are known and begin otherwise.
_concerns(name) if startswith(name, _reserved)

_concerns(name) if not text.literal(name)

_at(container, site, given) := {
	"path": container.path,
	"site": site,
	"name": given.name,
	"maybe": object.get(given, "maybe", null),
}

_environment(kind) := "env" if {
	kind == "eks"
} else := "environment"

_confidence(named) := "likely" if {
	named.site == "secrets"
} else := "likely" if {
	named.maybe != null
} else := "certain"

# What is known before the first hole is the beginning of the reserved prefix, or nothing.
_may_be_reserved(pieces) if {
	count(pieces) > 1
	startswith(_reserved, pieces[0])
}

_renamed(name) := [{"at": name.at, "text": trim_prefix(name.value, "AWS_")} | text.literal(name.value)]
