# METADATA
# title: Secret values are not embedded in the job definition
# description: >-
#   When a template copies the value of a secret into the environment, the command, the log options or the parameters of
#   a job, anyone who can describe the job definition can read it. The value becomes part of the job definition at
#   deployment, and a rotated secret never reaches the job. A secret that is referenced in `secrets` is read when the
#   container starts, and only the container receives it.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
#   - https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   - https://github.com/aws/containers-roadmap/issues/250
# custom:
#   severity: error
#   subject: job_definition
#   remedy: Reference the secret in `secrets`, with its ARN in `valueFrom`.
#   notes: >-
#     Secrets written out in the template are not checked by this rule. Values that the template marks as sensitive,
#     those of parameters that the template declares as `SecureString`, unknown values with the name of a credential, and fields of a secret that say where something is or who asks for
#     it (`host`, `url`, `username`) are reported as *likely*. An ARN or a name that says where a secret is, is none
#     itself, sensitive or not. Neither a plain parameter of Systems Manager (`{{resolve:ssm:…}}`) nor a variable is a
#     secret when its name is an ordinary one.
package rules.job_definition["no-resolved-secrets"]

import data.lib.leaks
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"confidence": _confidence(carrier, leak),
	"message": $"{_label(carrier)} is set to {leak.what}; anyone who can describe the job definition can read it.",
	"remedy": {"text": _instead(carrier.site, leak.value_from)},
	"at": carrier.text.at,
	"related": [{"message": "the value comes from here", "at": carrier.text.written} | carrier.text.written != null],
	"names": [carrier.path, carrier.site, carrier.name],
}) if {
	some carrier in _carriers
	leak := leaks.of(carrier.name, carrier.text)
}

_confidence(carrier, leak) := "likely" if {
	object.get(carrier, "maybe", null) != null
} else := leak.confidence

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the value of a secret is in {part.part}",
	"at": part.at,
	"cause": part.cause,
}) if {
	some part in _unseen
}

# What the definition gives to containers as it is and may be a secret: not what is plainly written out.
_carriers := [carrier |
	some carrier in array.concat(
		[_carrier("parameters", "parameters", parameter) | some parameter in references.job.parameters],
		[carrier | some container in references.job.containers; some carrier in _carriers_of(container)],
	)
	_computed(carrier.text)
]

_carriers_of(container) := array.concat(
	array.concat(
		[_carrier(container.path, _environment(container.kind), variable) | some variable in container.environment],
		[_carrier(container.path, "options", option) | some option in container.log.options],
	),
	[{"path": container.path, "site": "command", "name": "", "text": argument} | some argument in container.command],
)

_environment(kind) := "env" if {
	kind == "eks"
} else := "environment"

_carrier(path, site, given) := {
	"path": path,
	"site": site,
	"name": given.name.value,
	"text": given.value,
	"maybe": object.get(given, "maybe", null),
}

_computed(given) if given.sensitive

_computed(given) if contains(given.value, "⟨")

_computed(given) if contains(given.value, "{{resolve:")

_label(carrier) := $"`{carrier.name}` in `{carrier.site}`" if {
	carrier.name != ""
} else := $"An argument of `{carrier.site}`"

# https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html
_instead(site, value_from) := _on_kubernetes if {
	site == "env"
} else := $"{_moves[site]}, with the ARN of a secret in `valueFrom`." if {
	value_from == null
} else := $"{_moves[site]}, with `{value_from}` in `valueFrom`."

_on_kubernetes := concat(" ", [
	"Remove it from `env` and let the pod use a Kubernetes secret,",
	"or let the code read the secret by its ARN.",
])

_moves := {
	"environment": "Remove it from `environment` and add it to `secrets`",
	"options": "Remove it from `options` and add it to `secretOptions`",
	"command": "Add it to `secrets` and let the command read the environment variable",
	"parameters": "Add it to `secrets` and let the command read the environment variable",
}

_unseen contains part if {
	some part in references.job.unseen
	part.part == "parameters"
}

_unseen contains part if {
	some container in references.job.containers
	some part in container.unseen
	part.part in {"environment", "options"}
}

# An argument of the command that is not known is seen: only its value is not.
_unseen contains part if {
	some container in references.job.containers
	container.command == []
	some part in container.unseen
	part.part == "command"
}
