# METADATA
# title: Words about permissions
# description: >-
#   What the rules about permissions say of a question (lib/grants.rego): who may not do what, who else may, and what would allow it.
package lib.permissions

import data.lib.grants
import data.lib.iam
import data.lib.references
import data.lib.text

# METADATA
# description: What a finding says of a question that is answered "no"
missing(question, action) := {
	"message": sprintf("%s can't be read: no statement of %s allows %s on %s%s.", [
		references.labels(question.entries),
		role_name(question.role),
		_actions(question, action),
		thing(question),
		_in_vain(question, grants.asked(question, action)),
	]),
	"confidence": _confidence(question),
	"remedy": {"statement": statement(question, action)},
	"at": question.entries[0].at,
	"related": allowed_elsewhere(question.role, action),
	"references": references.ids(question.entries),
	"names": [question.role.arn.value, question.arn],
}

# METADATA
# description: What a finding says of a question that is answered "denied"
forbidden(question, action) := {
	"message": sprintf("%s can't be read: a Deny takes %s on %s away from %s.", [
		references.labels(question.entries),
		action,
		thing(question),
		role_name(question.role),
	]),
	"remedy": {"text": concat("", ["Take it out of the Deny, or take ", action, " out."])},
	"at": question.entries[0].at,
	"related": [{"message": "this Deny is about it", "at": question.statement.at}],
	"references": references.ids(question.entries),
	"names": ["Deny", question.role.arn.value, question.arn],
}

# METADATA
# description: What is to be said of the questions that are answered "maybe". A role that can't be seen is said once.
undecided(questions) := array.concat(
	[{"reason": open[0].why, "at": open[0].role.arn.at, "references": [id |
		some question in open
		some id in references.ids(question.entries)
	]} |
		some arn in {question.role.arn.value | some question in questions; question.role.role == null}
		open := [question | some question in questions; question.role.arn.value == arn; question.answer == "maybe"]
		open != []
	],
	[{"reason": reason, "at": question.entries[0].at, "references": references.ids(question.entries)} |
		some question in questions
		question.role.role != null
		question.answer == "maybe"
		reason := concat("", [
			"whether ",
			role_name(question.role),
			" may read ",
			thing(question),
			" can't be told: ",
			question.why,
		])
	],
)

_confidence(question) := "likely" if {
	question.service == "unknown"
} else := "certain"

_actions(question, action) := concat("", [action, " or ssm:GetParameters"]) if {
	question.service == "unknown"
} else := action

# METADATA
# description: How people call a role
role_name(reference) := input.roles[reference.role].address if {
	reference.role != null
} else := reference.arn.value

# METADATA
# description: >-
#   How a message calls what is read. The name of a parameter may be a secret that somebody pasted, so it is not quoted unless it is declared.
thing(question) := question.arn if {
	startswith(question.entries[0].value, "arn:")
} else := input.parameters[question.parameter].address if {
	question.parameter != null
} else := input.secrets[question.secret].address if {
	question.secret != null
} else := trim_suffix(question.arn, "⟨*rest⟩") if {
	question.kind == "unknown"
	not startswith(question.arn, "⟨*rest⟩")
} else := concat("", ["the parameter named by ", references.labels(question.entries)])

# METADATA
# description: The statement that would allow an action, or null when what it is on can't be written
statement(question, action) := object.union(for_role(question.role), {"actions": [action], "resources": [resource]}) if {
	resource := _resource(question)
} else := null

# METADATA
# description: Where a statement has to stand that is for a role, as far as that is known
for_role(reference) := {"at": input.roles[reference.role].at} if {
	reference.role != null
} else := {}

# A secret's name and six characters, in place of an ARN that goes without.
_resource(question) := question.arn if {
	question.kind == "secret"
	grants.may_have_suffix(question.arn)
} else := concat("", [question.arn, "-??????"]) if {
	question.kind == "secret"
} else := question.arn if {
	question.kind == "parameter"
	_shown(question)
} else := trim_suffix(question.arn, "⟨*rest⟩") if {
	question.kind == "unknown"
	question.arn != "⟨*rest⟩"
}

# A name with a leading slash is a path, and no secret looks like that.
_shown(question) if question.parameter != null

_shown(question) if startswith(question.entries[0].value, "arn:")

_shown(question) if startswith(question.entries[0].value, "/")

# The role that has in vain what the execution role lacks, if there is one.
_in_vain(question, asked) := concat("", ["; ", name, " may, but AWS Batch reads secrets with the execution role"]) if {
	name := [role_name(reference) |
		some reference in _other_roles(question)
		grants.role_may(reference, asked).answer == "yes"
	][0]
} else := ""

_other_roles(question) := array.concat(
	[question.container.job_role | question.container.job_role.role != null],
	[environment.instance_role | some environment in input.compute_environments; environment.instance_role.role != null],
)

# METADATA
# description: The statements of a role that allow an action, but on something else
allowed_elsewhere(reference, action) := [{"message": message, "at": statement.at} |
	some item in iam.concerning(input.roles[reference.role].statements, iam.action(action))
	statement := item.statement
	statement.effect.value == "Allow"
	statement.resources != null
	message := sprintf("%s is allowed on %s only", [action, text.enumeration([r.value | some r in statement.resources])])
]
