# METADATA
# title: Words about access
# description: >-
#   How the rules about access call roles, secrets and statements, and what they say of a decision
#   (lib/access/access.rego)
package lib.access.words

import data.lib.access.questions
import data.lib.access.requests
import data.lib.causes
import data.lib.references
import data.lib.text

# METADATA
# description: A name of the files as messages have it
code(name) := $"`{name}`"

# METADATA
# description: The names of the variables of references
labels(entries) := text.enumeration(text.distinct([code(entry.label) | some entry in entries]))

# METADATA
# description: The name of a role
role(reference) := code(input.roles[reference.role].address) if {
	reference.role != null
} else := code(reference.arn.value)

# METADATA
# description: >-
#   How a message calls what is read. The name of a parameter may be a secret that somebody pasted, so it is not quoted
#   unless it is declared.
thing(question) := code(input.secrets[question.secret].address) if {
	question.secret != null
	not startswith(question.entries[0].value, "arn:")
} else := code(input.parameters[question.parameter].address) if {
	question.parameter != null
	not startswith(question.entries[0].value, "arn:")
} else := code(known(question)) if {
	known(question) != ""
	_shown(question)
} else := "any secret" if {
	question.service != "ssm"
} else := $"the parameter of {labels(question.entries)}"

# METADATA
# description: The ARN of what a question is about, as far as it is known
known(question) := trim_suffix(question.arn, "⟨*⟩")

_shown(question) if startswith(question.entries[0].value, "arn:")

_shown(question) if startswith(known(question), "⟨")

_shown(question) if question.service == "secretsmanager"

# METADATA
# description: The name of a statement
statement(given, reference) := code(given.sid) if {
	given.sid != null
} else := $"a statement of {role(reference)}" if {
	given.principals == null
} else := "a statement of the resource policy"

# METADATA
# description: The statement that would allow an action, null when what it is on can't be written or must not be shown
add(question, action) := {"actions": [action], "resources": [resource], "at": place(question.role)} if {
	resource := _resource(question)
} else := null

# METADATA
# description: Where a statement for a role goes, null when the role is not in the files
place(reference) := input.roles[reference.role].at if {
	reference.role != null
} else := null

_resource(question) := input.parameters[question.parameter].arn.value if {
	question.parameter != null
	not startswith(question.entries[0].value, "arn:")
} else := known(question) if {
	question.service == "ssm"
	known(question) != ""
	_writable(question)
} else := known(question) if {
	known(question) != question.arn
	known(question) != ""
} else := question.arn if {
	question.service == "secretsmanager"
	question.arn != "⟨*⟩"
	endswith(question.arn, "⟩")
} else := replace(questions.complete(question.arn), "⟨#⟩", "??????") if {
	question.service == "secretsmanager"
	question.arn != "⟨*⟩"
}

# A name with a leading slash is a path, and no secret looks like that.
_writable(question) if startswith(question.entries[0].value, "arn:")

_writable(question) if startswith(question.entries[0].value, "/")

# METADATA
# description: >-
#   What a finding says of a question (with its `action`) whose `decision` is "no". `actions`: how a message calls what
#   was asked.
finding(question, actions) := {
	"message": $"{labels(question.entries)} can't be read: {_why(question, actions)}.",
	"confidence": "certain",
	"remedy": _remedy(question),
	"at": question.entries[0].at,
	"related": _related(question),
	"references": references.ids(question.entries),
	"names": array.concat(_kind_of(question), [question.role.arn.value, question.arn]),
	"assumes": question.decision.assumes,
}

_kind_of(question) := ["Deny"] if {
	question.decision.explicit_deny.answer == "yes"
} else := ["Boundary"] if {
	question.decision.boundary.answer == "no"
	question.decision.allow.answer != "no"
} else := []

_why(question, actions) := $"an explicit Deny blocks {actions} for {role(question.role)} on {thing(question)}" if {
	question.decision.explicit_deny.answer == "yes"
} else := $"the permissions boundary of {role(question.role)} does not allow {actions} on {thing(question)}" if {
	question.decision.allow.answer != "no"
} else := $"the resource policy of {thing(question)}, in another account, does not allow {actions} to {role(question.role)}" if {
	question.decision.identity.answer == "yes"
} else := $"no statement of {role(question.role)} allows {actions} on {thing(question)}{_in_vain(question)}"

_remedy(question) := {"text": $"Remove {code(question.action)}, or the resource, from the Deny."} if {
	question.decision.explicit_deny.answer == "yes"
} else := {
	"text": $"Allow {code(question.action)} in the permissions boundary, too.",
	"add": _to(add(question, question.action), {"to": "boundary"}),
} if {
	question.decision.allow.answer != "no"
} else := {
	"text": $"Allow {code(question.action)} to the role in the resource policy, too.",
	"add": {
		"actions": [question.action],
		"resources": ["*"],
		"principal": {"type": "AWS", "value": question.role.arn.value},
		"at": input.secrets[question.secret].at,
		"to": "resource",
	},
} if {
	question.decision.identity.answer == "yes"
	question.secret != null
} else := {"text": $"Allow {code(question.action)} to the role in the resource policy, too."} if {
	question.decision.identity.answer == "yes"
} else := {"text": $"Allow {code(question.action)} in a policy of the execution role."} if {
	add(question, question.action) == null
} else := {"add": add(question, question.action)}

_related(question) := [{"message": "denied here", "at": deny.statement.at}] if {
	deny := question.decision.explicit_deny
	deny.answer == "yes"
} else := [{"message": "the role with this boundary", "at": input.roles[question.role.role].at}] if {
	question.decision.allow.answer != "no"
} else := [{"message": "the secret", "at": input.secrets[question.secret].at} | question.secret != null] if {
	question.decision.identity.answer == "yes"
} else := [{"message": message, "at": statement.at} |
	some item in requests.items(question.role, question.action)
	statement := item.statement
	statement.effect.value == "Allow"
	statement.resources != null
	resources := [code(replace(resource.value, _dollar, "$")) | some resource in statement.resources]
	allowed := $"{code(question.action)} is allowed on {text.enumeration(resources)} only{_conditioned(statement)}"
	message := concat("", [allowed, _unfilled(statement)])
]

_conditioned(statement) := $", under the condition on {text.enumeration(keys)}" if {
	keys := text.distinct([code(condition.key) | some condition in statement.conditions])
	keys != []
} else := ""

# A dollar that begins no variable, as in all of a policy in the older language.
_dollar := "${$}"

_unfilled(statement) := ", where `${` begins no variable: it does with `Version` 2012-10-17 only" if {
	values := array.concat(statement.resources, [value | some value in statement.conditions[_].values])
	some value in values
	contains(value.value, concat("", [_dollar, "{"]))
} else := ""

_to(null, _) := null

_to(addition, policy) := object.union(addition, policy) if addition != null

# The role that has the permission in vain, if there is one.
_in_vain(question) := $"; {name} may, but AWS Batch reads secrets with the execution role" if {
	name := [role(reference) |
		some reference in _other_roles(question)
		requests.read(reference, question, question.action).answer == "yes"
	][0]
} else := ""

_other_roles(question) := array.concat(
	[question.container.job_role | question.container.job_role.role != null],
	[environment.instance_role |
		some environment in input.compute_environments
		environment.instance_role.role != null
	],
)

# METADATA
# description: The answer about a question whose `decision` is "maybe"
undecided(question) := {
	"reason": $"can't tell whether {role(question.role)} may read {thing(question)}{_place_of(question)}",
	"at": question.entries[0].at,
	"references": references.ids(question.entries),
	"cause": _cause(question),
}

# What a statement names is no doubt where the reference names nothing.
_cause(question) := causes.of("broken-reference", code(question.entries[0].label)) if {
	question.entries[0].kind == "broken"
	startswith(question.decision.cause.kind, "same-")
} else := question.decision.cause

# Only then does it matter that the policy of what is not in the files can't be seen.
_place_of(question) := ", which is in another account" if {
	question.secret == null
	question.decision.cause.kind == "secret-policy"
} else := ""

# METADATA
# description: The answer about a question whose `decision` is "yes", and which statement allows it
proven(question) := {
	"at": allow.at,
	"because": $"{statement(allow, question.role)} allows {code(question.action)} on {thing(question)}",
	"references": references.ids(question.entries),
	"assumes": question.decision.assumes,
} if {
	allow := question.decision.allow.statement
}
