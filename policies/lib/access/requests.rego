# METADATA
# title: Requests
# description: >-
#   What the job's containers ask of AWS to get their secrets: one question for all references of a container's role to one thing, and the
#   requests (lib/access/access.rego) that answer it. Made once for a case, for all rules.
package lib.access.requests

import data.lib.access
import data.lib.access.principals
import data.lib.access.resources
import data.lib.access.statements
import data.lib.arn
import data.lib.causes
import data.lib.holes
import data.lib.references
import data.lib.text

# METADATA
# description: >-
#   The questions: `entries` (the references), `container`, `role` (as the container names it), `service` ("secretsmanager", "ssm" or "unknown"),
#   `arn` (of what is named, as far as it is known), `stage` and `version` (the selectors, "" for none), and `secret` and `parameter`, the ids of
#   what is in the files. A container without an execution role asks nothing.
questions := [question |
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
} else := {"service": "ssm", "arn": entry.arn, "stage": "", "version": ""} if {
	entry.kind == "parameter"
} else := {"service": entry.service, "arn": _as_far_as_known(entry.value), "stage": "", "version": ""} if {
	entry.kind == "unknown"
} else := {"service": service, "arn": _anything, "stage": "", "version": ""} if {
	# Whatever the right ARN is, a role without any grant can't read it.
	entry.kind == "broken"
	service := entry.named.service
	entry.named.form != "name"
	service in {"secretsmanager", "ssm"}
}

_selectors([_, _, _, stage, version]) := [stage, version]

_selectors(parts) := ["", ""] if count(parts) != 5

# A hole of which nothing is known.
_anything := "⟨*⟩"

_as_far_as_known(value) := concat("", [before, "⟨*", split(after, "⟩")[0], "⟩", _anything]) if {
	[before, after] := array.slice(split(value, "⟨*"), 0, 2)
} else := _anything

# METADATA
# description: >-
#   The questions about secrets: those of the references to secrets, and of references to parameters through which Systems Manager reads a
#   secret with the rights of the role.
#   https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
of_secrets := array.concat(
	[question | some question in questions; question.service != "ssm"],
	[object.union(question, {"service": "secretsmanager", "arn": secret_arn, "secret": null, "parameter": null}) |
		some question in questions
		_names_secret(question)
		fields := arn.parse(question.arn)
		secret_arn := arn.join(object.union(fields, {
			"service": "secretsmanager",
			"resource": concat(":", ["secret", trim_prefix(fields.resource, _through_ssm)]),
		}))
	],
)

_through_ssm := "parameter/aws/reference/secretsmanager/"

_names_secret(question) if {
	question.service == "ssm"
	startswith(arn.parse(question.arn).resource, _through_ssm)
}

# The ARN of a reference may look complete and not be that of the secret which has this name.
_surely(id, value) := id if {
	id != null
	not _complete(value)
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
#   Whether AWS takes the ARN of a secret for complete: it ends in a hyphen and six letters or digits, whatever the name was.
#   https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
_complete(value) if _ends_in_suffix_hole(value)

_complete(value) if {
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
#   What IAM matches for the ARN of a secret as it is written: the ARN with the characters that Secrets Manager puts behind the name
complete(value) := value if {
	_complete(value)
} else := concat("", [value, "-⟨#⟩"])

# METADATA
# description: >-
#   All names of what a question is about: as the reference has it and, when it is declared in the files, as that is known. Each is a list of
#   the texts that it may be.
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
	_complete(question.arn)
} else := [complete(question.arn)] if {
	not endswith(question.arn, "⟩")
} else := [complete(question.arn)] if {
	endswith(question.arn, concat("", [":secret:", input.secrets[question.secret].name.value]))
} else := [question.arn, complete(question.arn)]

# METADATA
# description: >-
#   The decision about an action of a role, as a container names it. `asked` has what depends on the resource: `kind`, `names`, `owner`, `label` and
#   `context` (see lib/access/access.rego), or `selected`, the question that it follows from.
decide(role, action, asked) := access.outright(statement, {
	"kind": asked.kind,
	"role": role,
	"principal": asking,
	"account": asking.account,
	"owner": asked.owner,
}) if {
	asked.kind != "key"
	statement := _outright_grant(role, action, asked.names[0])
	object.get(asked, ["owner", "statements"], []) == []
	asking := principal(role)
	split(asked.names[0][0], ":")[4] == asking.account
} else := access.decide({
	"kind": asked.kind,
	"role": role,
	"action": _actions[action],
	"items": items(role, action),
	"principal": asking,
	"resource": resources.named(asked.names),
	"account": _account(asked.names[0][0], asking),
	"owner": asked.owner,
	"resource_policy": statements.about(object.get(asked, ["owner", "statements"], []), _actions[action]),
	"grants": statements.about(object.get(asked, ["owner", "grants"], []), _actions[action]),
	"context": _context(asked),
	"label": asked.label,
}) if {
	asking := principal(role)
}

# A statement without a condition that names a resource as it is called, or everything, of a role without a Deny or a boundary.
_outright_grant(role, action, [name]) := items(role, action)[min(found)].statement if {
	input.roles[role.role].boundary == null
	not _denied[role.role][action]
	found := {index | some value in ["*", name]; some index in _plain[role.role][action][value]}
	found != set()
}

_denied[id] contains action if {
	some id, actions in _about
	some action, items in actions
	some item in items
	item.statement.effect.value != "Allow"
}

_plain[id][action][resource.value] contains index if {
	some id, actions in _about
	some action, items in actions
	some index, item in items
	item.action == "yes"
	item.statement.maybe == null
	item.statement.conditions == []
	some resource in item.statement.resources
}

_context(asked) := asked.context

_context(asked) := _context_of_secret(asked.selected)

# METADATA
# description: The decision whether a role may get the value of the secret or parameter of a question
read(role, question, "secretsmanager:GetSecretValue") := decide(role, "secretsmanager:GetSecretValue", {
	"kind": "secret",
	"names": names(question),
	"owner": object.get(input.secrets, question.secret, null),
	"selected": question,
	"label": question.arn,
})

read(role, question, "ssm:GetParameters") := decide(role, "ssm:GetParameters", {
	"kind": "parameter",
	"names": names(question),
	"owner": null,
	"context": {"aws:viaawsservice": ["false"]},
	"label": question.arn,
})

# METADATA
# description: >-
#   The decision about something that may be a secret or a parameter: whatever both are decided like. What could be either must be readable as both.
either(question) := secret if {
	secret := read(question.role, question, "secretsmanager:GetSecretValue")
	parameter := read(question.role, question, "ssm:GetParameters")
	secret.answer == parameter.answer
	secret.answer != "maybe"
} else := object.union(
	read(question.role, question, "secretsmanager:GetSecretValue"),
	{"answer": "maybe", "cause": _unknown_service(question)},
)

_unknown_service(question) := holes.cause(question.arn)

_unknown_service(question) := causes.of("value", question.entries[0].label) if not holes.cause(question.arn)

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html#awssecretsmanager-policy-keys
_context_of_secret(question) := object.union(
	object.union(
		{"secretsmanager:secretid": [question.arn] | _complete(question.arn)},
		# Whether the agent sends AWSCURRENT where no stage is selected is not documented.
		{"secretsmanager:versionstage": [question.stage] | question.stage != ""},
	),
	{"secretsmanager:versionid": [question.version | question.version != ""], "aws:viaawsservice": ["false"]},
)

_actions := {name: statements.action(name) | some name in ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"]}

# METADATA
# description: >-
#   What a role's statements say of an action: the same for everything that it reads, so it is asked once
items(role, action) := _about[role.role][action] if {
	role.role != null
} else := []

_about := {id: {action: items |
	some action in _asked
	items := statements.about(role.statements, _actions[action])
} |
	some id, role in input.roles
}

_asked contains "secretsmanager:GetSecretValue" if {
	some question in questions
	question.service != "ssm"
}

_asked contains "secretsmanager:GetSecretValue" if {
	some question in questions
	_names_secret(question)
}

_asked contains "ssm:GetParameters" if {
	some question in questions
	question.service != "secretsmanager"
}

_asked contains "kms:Decrypt" if {
	some owners in [input.secrets, input.parameters]
	owners[_].key_reference != null
}

# METADATA
# description: The role as it asks (lib/access/principals.rego)
principal(role) := _principals[role.arn.value]

_principals := {role.arn.value: principals.role(_arns_of(role)) | some role in _roles}

_arns_of(role) := text.distinct([input.roles[role.role].arn.value, role.arn.value]) if {
	role.role != null
} else := [role.arn.value]

_roles contains role if {
	some container in references.job.containers
	some role in [container.execution_role, container.job_role]
	role != null
}

_roles contains environment.instance_role if {
	some environment in input.compute_environments
	environment.instance_role != null
}

# What of the ARN can't be told is of the role's own account.
_account(value, _) := arn.parse(value).account

_account(value, asking) := asking.account if not arn.parse(value)
