# METADATA
# title: No secret's value is resolved into the job definition
# description: >-
#   Environment variables, commands, log options and parameters don't take a secret's value when the template is deployed. It then stands in
#   the job definition in clear text, where everyone who may describe job definitions reads it, and a new value of the secret never reaches
#   the job. A secret that is named in secrets goes to the container alone, when it starts.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
#   - https://developer.hashicorp.com/terraform/language/manage-sensitive-data
# custom:
#   severity: error
#   subject: job_definition
#   remedy: Name the secret in secrets, with its ARN in valueFrom.
#   notes: >-
#     A secret that is written out is another rule's subject. Values that the template marks as sensitive, unknown values with the name of a
#     credential, and fields of a secret such as host and port are only called likely to be wrong. A plain parameter of Systems Manager
#     ({{resolve:ssm:…}}) is no secret. A variable whose name tells nothing is taken for no secret either.
package rules.job_definition["no-resolved-secrets"]

import data.lib.credentials
import data.lib.dynamic
import data.lib.origins
import data.lib.references
import data.lib.result
import data.lib.text

findings contains result.finding(rego.metadata.chain(), {
	"confidence": leak.confidence,
	"message": sprintf("%s takes %s, and the job definition holds it in clear text.", [_label(carrier), leak.what]),
	"remedy": {"text": _instead(carrier.site, leak.value_from)},
	"at": carrier.text.at,
	"related": [{"message": "It comes from here.", "at": carrier.text.written} | carrier.text.written != null],
	"names": [carrier.path, carrier.site, carrier.name],
}) if {
	some carrier in _carriers
	leak := _leak(carrier)
}

unverified contains result.unverified(rego.metadata.chain(), {
	"reason": sprintf("whether a secret's value is in %s can't be told: %s", [part.part, part.why]),
	"at": part.at,
}) if {
	some part in _unseen
}

# https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html
_instead("env", _) := "Take it out of env and let the pod use a Kubernetes secret, or let the code read the secret by its ARN."

_instead(site, value_from) := sprintf("%s%s.", [_moves[site], _value_from(value_from)])

_moves := {
	"environment": "Take it out of environment and give it in secrets",
	"options": "Take it out of options and give it in secretOptions",
	"command": "Give it in secrets and let the command read the environment variable",
	"parameters": "Give it in secrets and let the command read the environment variable",
}

_value_from(null) := ", with the ARN of a secret in valueFrom"

_value_from(value) := sprintf(" (valueFrom %s)", [value]) if value != null

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
	[{"path": container.path, "site": "command", "name": "", "text": word} | some word in container.command],
)

_environment(kind) := "env" if {
	kind == "eks"
} else := "environment"

_carrier(path, site, given) := {"path": path, "site": site, "name": given.name.value, "text": given.value}

_computed(given) if given.sensitive

_computed(given) if contains(given.value, "⟨")

_computed(given) if contains(given.value, "{{resolve:")

_label(carrier) := sprintf("%s in %s", [carrier.name, carrier.site]) if {
	carrier.name != ""
} else := concat(" ", ["A word of", carrier.site])

# What a carrier takes that it should not, undefined when that is nothing: the surest that can be said.
_leak(carrier) := {
	"what": "a secret's value by a dynamic reference",
	"confidence": _confidence(found.key),
	"value_from": found.value_from,
} if {
	found := dynamic.secret(carrier.text.value)
} else := {
	"what": concat("", ["the value of ", name]),
	"confidence": _confidence(origins.json_key(name)),
	"value_from": origins.value_from(name, references.job.address),
} if {
	carrier.text.sensitive
	name := [name | some name in _names(carrier.text); origins.secret_value(name)][0]
} else := {"what": what, "confidence": "likely", "value_from": null} if {
	carrier.text.sensitive
	what := _sensitive(carrier.text)
} else := {
	"what": sprintf("the value of %s, by its name a credential", [name]),
	"confidence": "likely",
	"value_from": origins.value_from(name, references.job.address),
} if {
	not credentials.refers(carrier.name)
	name := [name | some name in _names(carrier.text); _by_name(carrier, name)][0]
} else := {"what": "a value that is not known, by its name a credential", "confidence": "likely", "value_from": null} if {
	credentials.named(carrier.name)
	_computed_of_nothing_known(carrier.text.value)
}

# The names of what can be read from a text: in its holes, and in its mark where that has a name.
_names(given) := [name |
	some part in array.concat(text.holes(given.value), [given.sensitive | is_string(given.sensitive)])
	not origins.digested(part)
	some name in origins.names(part)
]

# Fields of a secret for a database that tell where it is.
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
_confidence(key) := "likely" if {
	key in {"host", "port", "dbname", "engine", "dbInstanceIdentifier", "dbClusterIdentifier", "masterarn"}
} else := "certain"

_sensitive(given) := _of_mark(given.sensitive) if is_string(given.sensitive)

_sensitive(given) := _without_name(given) if given.sensitive == true

_without_name(given) := "a sensitive value" if {
	text.literal(given.value)
} else := "a sensitive value" if {
	_computed_of_nothing_known(given.value)
} else := _which_is_sensitive(_names(given))

_of_mark(mark) := _which_is_sensitive([name]) if {
	not origins.digested(mark)
	name := [name | some name in origins.names(mark); not origins.parameter_value(name)][0]
} else := "a sensitive value" if {
	not origins.digested(mark)
	origins.names(mark) == []
}

_which_is_sensitive(names) := sprintf("the value of %s, which is sensitive", [names[0]]) if {
	# Terraform marks every parameter of Systems Manager as sensitive.
	every name in names {
		not origins.parameter_value(name)
	}
}

_by_name(carrier, name) if {
	origins.parameter_value(name)
	credentials.named(carrier.name)
}

_by_name(carrier, name) if {
	# A narrow hole is a stage, a Region or a name.
	startswith(carrier.text.value, "⟨*")
	_alone(carrier.text.value)
	credentials.named(carrier.name)
	not credentials.refers(origins.telling(name))
}

_by_name(carrier, name) if {
	credentials.named(origins.telling(name))
	not startswith(carrier.text.value, "arn:")
}

# What a function chooses, and not between references.
_computed_of_nothing_known(value) if {
	_alone(value)
	contains(value, "(")
	not origins.digested(value)
	origins.names(value) == []
	every word in origins.words(value) {
		not credentials.refers(trim_suffix(split(word, "@")[0], ")"))
	}
}

# Nothing is written around the hole.
_alone(value) if {
	startswith(value, "⟨")
	endswith(value, "⟩")
	count(text.holes(value)) == 1
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

# A word of the command that is not known is seen: only its value is not.
_unseen contains part if {
	some container in references.job.containers
	container.command == []
	some part in container.unseen
	part.part == "command"
}
