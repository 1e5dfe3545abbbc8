# METADATA
# title: The job definition has the shape that AWS Batch expects
# description: >-
#   A key that AWS Batch does not know is silently dropped by Terraform, so the job starts without its secret; everywhere
#   else AWS rejects the job definition when it is registered. Objects must not be written as lists, nor lists as
#   objects, keys must be spelled as the format spells them, and a secret is read only from `secrets`, `secretOptions`
#   and `repositoryCredentials`.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobdefinition.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerEnvironmentVariable.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
#   - https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/44
#   - https://github.com/ansible-collections/community.aws/issues/745
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the keys and objects as in the API reference.
#   notes: >-
#     Only keys that have to do with secrets are checked, and only in jobs that read secrets or try to. A secret's ARN in
#     a variable or a log option whose name is that of a credential is reported as *likely*, since the code may read the
#     secret itself; so is that of a parameter there, one with selectors, which only AWS Batch takes apart, and one in `env`
#     of a job on Amazon EKS.
#     In a variable with any other name, in the command and in `parameters`, an ARN is not reported.
package rules.job_definition["job-definition-shape"]

import data.lib.credentials
import data.lib.holes
import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in references.all}

findings contains result.finding(_rule, object.union(_finding(note), {
	"at": note.at,
	"references": [entry.id | some entry in references.all; _first[entry.id] == index],
	"names": [note.kind, note.key],
})) if {
	some index, note in references.job.shape
	_about_secrets(note)
}

proofs contains result.proof(_rule, {
	"because": "its keys and objects match the API",
	"at": references.job.at,
	"references": right,
}) if {
	right := [entry.id | some entry in references.all; not _first[entry.id]]
	right != []
}

# The first note that breaks each reference. A shape that AWS rejects breaks all references, a misspelled key only its
# own.
_first[entry.id] := index if {
	references.job.shape != []
	some entry in references.all
	index := min([index | some index, note in references.job.shape; _breaks(note, entry)])
}

_breaks(note, _) if note.kind in {
	"array-for-object",
	"key-case",
	"list-for-object",
	"object-for-json",
	"object-for-list",
	"missing-key",
	"empty-name",
	"misplaced-role",
	"other-for-text",
	"text-for-object",
}

_breaks(note, entry) if {
	note.means == "valueFrom"
	entry.kind == "absent"
}

_about_secrets(_) if references.all != []

_about_secrets(_) if _means_secrets

_about_secrets(note) if note.kind in {"misplaced-key", "misplaced-arn", "object-for-list", "text-for-object", "list-for-object"}

# A misspelled key leaves the job without its secrets.
_means_secrets if {
	some note in references.job.shape
	note.kind in {"dropped-key", "refused-key"}
	note.means in {"secrets", "secretOptions", "valueFrom", "repositoryCredentials", "credentialsParameter"}
}

_finding(note) := {
	"message": $"`{note.key}` is a list, but AWS Batch expects a single object.",
	"remedy": {
		"text": "Write the object itself, without a list around it.",
		"edits": [object.union(edit, {"piece": true}) | some edit in object.get(note, "edits", [])],
	},
} if {
	note.kind == "array-for-object"
}

_finding(note) := {
	"message": $"`{note.key}` is an object, but AWS Batch expects a list.",
	"remedy": {"text": $"Write a list of objects, each with a name and a `{note.expected}`."},
} if {
	note.kind == "object-for-list"
}

_finding(note) := {
	"message": $"`{note.key}` has a value that is no object; AWS Batch expects objects with a name and a `{note.expected}`.",
	"remedy": {"text": $"Write an object for each secret, with a name and a `{note.expected}`."},
} if {
	note.kind == "text-for-object"
}

_finding(note) := {
	"message": $"`{note.key}` has a list in it, but AWS Batch expects objects with a name and a `{note.expected}`.",
	"remedy": {"text": "Join the lists to one, such as with `concat` in Terraform."},
} if {
	note.kind == "list-for-object"
}

_finding(note) := {
	"message": $"`{note.key}` is not a string, but AWS Batch expects one.",
	"remedy": {"text": object.get(_as_text, note.means, "Write the ARN of the secret, or of the parameter, as a string.")},
} if {
	note.kind == "other-for-text"
}

_finding(note) := {
	"message": $"A secret has no `{note.key}`, which AWS Batch requires.",
	"remedy": {"text": $"Add `{note.expected}`, the name of the variable or option that gets the secret."},
} if {
	note.kind == "missing-key"
}

_finding(note) := {
	"confidence": "likely",
	"message": "A secret has an empty name, and no container starts with such a variable.",
	"remedy": {"text": "Write the name of the variable or option that gets the secret."},
} if {
	note.kind == "empty-name"
}

_finding(note) := {
	"message": $"AWS Batch has no key `{note.key}`, so it rejects the job definition.",
	"remedy": {"text": "Move it to `containerProperties`, or to an item of `taskProperties`."},
} if {
	note.kind == "misplaced-role"
}

_finding(note) := {
	"message": $"`{note.key}` is not a string, but Terraform expects a string of JSON.",
	"remedy": {"text": $"Write `{note.key} = jsonencode(…)`, which is neither a block nor an object or a list."},
} if {
	note.kind == "object-for-json"
}

_finding(note) := {
	"message": $"`{note.key}` is not how this format spells `{note.expected}`.",
	"remedy": _respelled(note),
} if {
	note.kind == "key-case"
}

_finding(note) := {
	"message": $"`{note.key}` is not a key that AWS Batch knows; Terraform drops it silently.",
	"remedy": _respelled(note),
} if {
	note.kind == "dropped-key"
}

_finding(note) := {
	"message": $"`{note.key}` is not a key that AWS Batch knows, so it rejects the job definition.",
	"remedy": _respelled(note),
} if {
	note.kind == "refused-key"
}

_finding(note) := {
	"message": $"AWS Batch has no key `{note.key}`, so the container gets no secret from it.",
	"remedy": _place(note),
} if {
	note.kind == "misplaced-key"
}

_finding(note) := {
	"message": $"`{note.key}` is set to the ARN of a secret, but AWS Batch reads no secret from there.",
	"remedy": {"text": _only_from},
} if {
	note.kind == "misplaced-arn"
}

_as_text := {
	"executionRoleArn": "Write the ARN of the role as a string.",
	"name": "Write the name as a string.",
}

_respelled(note) := {"text": $"Remove it: `{note.expected}` is there, too."} if {
	note.edits == []
} else := {
	"text": $"Write `{note.expected}`.",
	"edits": [{"at": note.at, "text": note.expected}],
}

_only_from := "Name the secret in `secrets`, `secretOptions` or `repositoryCredentials` of the container."

# Another key of the same object is where it belongs.
_place(note) := {"text": "Move what is in it one level higher."} if {
	note.expected == null
	lower(note.key) in {"container.containerproperties", "container.container"}
} else := {"text": _only_from} if {
	note.expected == null
} else := {
	"text": $"Use `{note.expected}`.",
	"edits": [{"at": note.at, "text": note.expected} | startswith(note.key, "logConfiguration.")],
}

# The value of a variable or an option is passed on as it is: an ARN there reads no secret, but code may do that.
findings contains result.finding(_rule, {
	"confidence": "likely",
	"message": $"`{carrier.given.name.value}` in `{carrier.site}` is set to the ARN of a {carrier.of}, and gets the ARN instead of the {carrier.of}.",
	"remedy": {"text": _instead[carrier.site]},
	"at": carrier.given.value.at,
	"names": [carrier.path, carrier.site, carrier.given.name.value],
}) if {
	some carrier in _carriers
	_gets_arn(carrier)
}

_carriers := [carrier |
	some container in references.job.containers
	some carrier in array.concat(
		[_carrier(container, _environment(container.kind), one) | some one in container.environment; _kind(one.value)],
		[_carrier(container, "options", one) | some one in container.log.options; _kind(one.value)],
	)
]

_carrier(container, site, given) := {
	"path": container.path,
	"site": site,
	"given": given,
	"of": _kind(given.value),
}

_environment(kind) := "env" if {
	kind == "eks"
} else := "environment"

# What the ARN in a value names.
_kind(given) := _kinds[split(given.value, ":")[2]] if {
	startswith(given.value, "arn:")
}

_kind(given) := origin.resource_kind if {
	startswith(given.value, "⟨")
	origin := holes.of(given.value)[0].origin
	origin.resource_kind in {"secret", "parameter"}
	origin.attribute == "arn"
}

_kinds := {"secretsmanager": "secret", "ssm": "parameter"}

_gets_arn(carrier) if {
	not credentials.refers(carrier.given.name.value)
	_for_a_credential(carrier)
}

_gets_arn(carrier) if {
	carrier.of == "secret"
	_has_selectors(carrier.given.value.value)
}

_for_a_credential(carrier) if {
	carrier.site == "env"
	carrier.of == "secret"
}

_for_a_credential(carrier) if credentials.named(carrier.given.name.value)

_has_selectors(value) if {
	startswith(value, "arn:")
	count(split(value, ":")) > 7
}

_has_selectors(value) if {
	startswith(value, "⟨")
	contains(value, "⟩:")
}

_instead := {
	"env": "Let the pod read a Kubernetes secret, or let the code read the value by its ARN.",
	"environment": "Move it to `secrets`, with the ARN in `valueFrom`.",
	"options": "Move it to `secretOptions`, with the ARN in `valueFrom`.",
}
