# METADATA
# title: Questions about access
# description: >-
#   What the job's containers ask of AWS to get their secrets: one question for all references of a container's role to
#   one thing. Made once for a case, for all rules.
package lib.access.questions

import data.lib.arn
import data.lib.references
import data.lib.text

# METADATA
# description: >-
#   The questions: `entries` (the references), `container`, `role` (as the container names it), `service`
#   ("secretsmanager", "ssm" or "unknown"), `arn` (of what is named, as far as it is known), `stage` and `version` (the
#   selectors, "" for none), and `secret` and `parameter`, the ids of what is in the files. A container without an
#   execution role asks nothing.
all := [question |
	some indexes in _members
	entries := [_entries[index] | some index in sort(indexes)]
	first := entries[0]
	question := {
		"entries": entries,
		"container": first.container,
		"role": first.container.execution_role,
		"service": first.service,
		"arn": first.arn,
		"stage": first.stage,
		"version": first.version,
		"secret": _surely(first.secret, first.arn),
		"parameter": first.parameter,
	}
]

_members[key] contains index if {
	some index, entry in _entries
	role := entry.container.execution_role.arn.value
	role != ""
	key := concat("\n", [role, entry.service, entry.arn, entry.stage, entry.version])
}

_entries := [object.union(entry, _named(entry)) | some entry in references.all]

_named(entry) := {"service": "secretsmanager", "arn": entry.arn, "stage": stage, "version": version} if {
	entry.kind == "secret"
	[stage, version] := _selectors(entry.parts)
} else := {"service": entry.service, "arn": entry.arn, "stage": anything, "version": anything} if {
	entry.kind == "unknown"
	entry.arn
} else := {"service": "ssm", "arn": entry.arn, "stage": "", "version": ""} if {
	entry.kind == "parameter"
} else := {"service": entry.service, "arn": _as_far_as_known(entry.value), "stage": "", "version": ""} if {
	entry.kind == "unknown"
} else := {"service": service, "arn": anything, "stage": "", "version": ""} if {
	# Whatever the right ARN is, a role without any grant can't read it.
	entry.kind == "broken"
	service := entry.named.service
	entry.named.form != "name"
	service in {"secretsmanager", "ssm"}
}

_selectors([_, _, _, stage, version]) := [stage, version]

_selectors(parts) := ["", ""] if count(parts) != 5

# METADATA
# description: A hole that nothing is known about
anything := "⟨*⟩"

_as_far_as_known(value) := concat("", [before, "⟨*", split(after, "⟩")[0], "⟩", anything]) if {
	[before, after] := array.slice(split(value, "⟨*"), 0, 2)
} else := anything

# METADATA
# description: >-
#   The questions about secrets: those of the references to secrets, and of references to parameters through which
#   Systems Manager reads a secret with the rights of the role.
#   https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
of_secrets := array.concat(
	[question | some question in all; question.service != "ssm"],
	[object.union(question, {"service": "secretsmanager", "arn": secret_arn, "secret": null, "parameter": null}) |
		some question in all
		names_secret(question)
		fields := arn.parse(question.arn)
		secret_arn := arn.join(object.union(fields, {
			"service": "secretsmanager",
			"resource": concat(":", ["secret", trim_prefix(fields.resource, _through_ssm)]),
		}))
	],
)

_through_ssm := "parameter/aws/reference/secretsmanager/"

# METADATA
# description: Whether Systems Manager reads a secret where a question is about a parameter
names_secret(question) if {
	question.service == "ssm"
	startswith(arn.parse(question.arn).resource, _through_ssm)
}

# The ARN of a reference may look complete and not be that of the secret which has this name.
_surely(id, value) := id if {
	id != null
	not is_complete(value)
} else := id if {
	secret := input.secrets[id]
	tail := substring(value, count(value) - 7, -1)
	endswith(value, concat("", [":secret:", secret.name.value, tail]))
} else := id if {
	input.secrets[id].arn.value == value
} else := id if {
	not text.literal(input.secrets[id].name.value)
} else := id if {
	input.secrets[id].name == null
} else := null

# METADATA
# description: >-
#   Whether AWS takes the ARN of a secret for complete: it ends in a hyphen and six letters or digits, whatever the name
#   was.
#   https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
is_complete(value) if _ends_in_suffix_hole(value)

is_complete(value) if {
	tail := substring(value, count(value) - 7, -1)
	startswith(tail, "-")
	text.consists_of(substring(tail, 1, -1), text.alphanumeric)
}

_ends_in_suffix_hole(value) if {
	endswith(value, "⟩")
	pieces := split(value, "⟨")
	startswith(pieces[count(pieces) - 1], "#")
}

# METADATA
# description: >-
#   What IAM matches for the ARN of a secret as it is written: the ARN with the characters that Secrets Manager puts
#   behind the name
complete(value) := value if {
	is_complete(value)
} else := concat("", [value, "-⟨#⟩"])

# METADATA
# description: >-
#   All names of what a question is about: as the reference has it and, when it is declared in the files, as that is
#   known. Each is a list of the texts that it may be.
names(question) := declared if {
	declared := _declared(question)
	[[question.arn]] == declared
} else := array.concat(_declared(question), [_candidates(question)])

_declared(question) := [[input.secrets[question.secret].arn.value]] if {
	question.secret != null
} else := [[input.parameters[question.parameter].arn.value]] if {
	question.parameter != null
} else := []

_candidates(question) := [question.arn] if {
	question.service != "secretsmanager"
} else := [question.arn] if {
	text.wide(question.arn)
} else := [question.arn] if {
	is_complete(question.arn)
} else := [complete(question.arn)] if {
	not endswith(question.arn, "⟩")
} else := [complete(question.arn)] if {
	endswith(question.arn, concat("", [":secret:", input.secrets[question.secret].name.value]))
} else := [question.arn, complete(question.arn)]
