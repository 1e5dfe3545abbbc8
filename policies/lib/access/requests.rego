# METADATA
# title: Requests
# description: >-
#   The requests (lib/access/access.rego) that answer a question (lib/access/questions.rego). What a role's statements
#   say is asked once for a case.
package lib.access.requests

import data.lib.access
import data.lib.access.principals
import data.lib.access.questions
import data.lib.access.resources
import data.lib.access.statements
import data.lib.arn
import data.lib.causes
import data.lib.holes
import data.lib.references
import data.lib.text

# METADATA
# description: >-
#   The decision about an action of a role, as a container names it. `asked` has what depends on the resource: `kind`,
#   `names`, `owner`, `label` and `context` (see lib/access/access.rego), or `selected`, the question that it follows
#   from.
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
} else := access.decide(_request(role, action, asked))

_request(role, action, asked) := {
	"kind": asked.kind,
	"role": role,
	"action": _actions[action],
	"items": items(role, action),
	"principal": asking,
	"resource": resources.named(asked.names),
	"account": _account(asked.names[0][0], asking),
	"owner": asked.owner,
	"tagged": object.get(asked, "tagged", null),
	"resource_policy": statements.about(object.get(asked, ["owner", "statements"], []), _actions[action]),
	"grants": statements.about(object.get(asked, ["owner", "grants"], []), _actions[action]),
	"context": _context(asked),
	"label": asked.label,
} if {
	asking := principal(role)
}

# A statement without a condition that names a resource as it is called, or everything, of a role without a Deny or a
# boundary.
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
read(role, question, action) := decide(role, action, _asked_for(question, action))

# METADATA
# description: The request by which the role of a question gets the value
of(question, action) := _request(question.role, action, _asked_for(question, action))

# METADATA
# description: The same of a role and a secret or parameter that nothing is known of
of_anybody(action) := {
	"kind": {"secretsmanager:GetSecretValue": "secret", "ssm:GetParameters": "parameter"}[action],
	"role": {"role": null, "arn": {"value": questions.anything}},
	"action": _actions[action],
	"principal": principals.role([questions.anything]),
	"resource": resources.named([[questions.anything]]),
	"tagged": null,
	"context": _of_agent,
}

_asked_for(question, "secretsmanager:GetSecretValue") := {
	"kind": "secret",
	"names": questions.names(question),
	"owner": object.get(input.secrets, question.secret, null),
	"tagged": object.get(input.secrets, question.secret, null),
	"selected": question,
	"label": question.arn,
}

_asked_for(question, "ssm:GetParameters") := {
	"kind": "parameter",
	"names": questions.names(question),
	"owner": null,
	"tagged": object.get(input.parameters, question.parameter, null),
	"context": _of_agent,
	"label": question.arn,
}

# METADATA
# description: >-
#   The decision about something that may be a secret or a parameter: whatever both are decided like. What could be
#   either must be readable as both.
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
		{"secretsmanager:secretid": [question.arn] | questions.is_complete(question.arn)},
		{"secretsmanager:versionstage": [question.stage] | question.stage != ""},
	),
	object.union(_of_agent, {"secretsmanager:versionid": [question.version | question.version != ""]}),
)

# The agent calls by itself: no other service does so for the role.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
_of_agent := {
	"aws:viaawsservice": ["false"],
	"aws:calledvia": [],
	"aws:calledviafirst": [],
	"aws:calledvialast": [],
}

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
	some question in questions.all
	question.service != "ssm"
}

_asked contains "secretsmanager:GetSecretValue" if {
	some question in questions.all
	questions.names_secret(question)
}

_asked contains "ssm:GetParameters" if {
	some question in questions.all
	question.service != "secretsmanager"
}

_asked contains "kms:Decrypt" if {
	some owners in [input.secrets, input.parameters]
	owners[_].key_reference != null
}

# METADATA
# description: The role as it asks (lib/access/principals.rego)
principal(role) := _principals[[role.role, role.arn.value]]

_principals := {[role.role, role.arn.value]: asking |
	some role in _roles
	asking := principals.role(_arns_of(role))
}

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

# Unknown fields of the ARN are those of the role's own account.
_account(value, _) := arn.parse(value).account

_account(value, asking) := asking.account if not arn.parse(value)
