# METADATA
# title: Grants
# description: >-
#   Whether the execution role of each container may read what the container names. References to one secret by one role are one question.
#   Made once for a case, for all rules.
package lib.grants

import data.lib.arn
import data.lib.iam
import data.lib.pattern
import data.lib.references
import data.lib.text

# METADATA
# description: >-
#   The questions: `entries` (the references), `role` (as the container names it), `arn` (of the secret or parameter, as far as it is known),
#   `kind` and `service` as the references have them, and `secret` and `parameter`, the ids of what is in the files.
questions := [object.union(
	{key: first[key] | some key in ["kind", "arn", "secret", "parameter"]},
	{"entries": entries, "role": first.container.execution_role, "service": _service(first), "container": first.container},
) |
	some indexes in _members
	entries := [references.all[index] | some index in sort(indexes)]
	first := entries[0]
]

_members[key] contains index if {
	some index, entry in references.all
	entry.kind in {"secret", "parameter", "unknown"}
	entry.container.execution_role.arn.value != ""
	key := concat("\n", [entry.container.execution_role.arn.value, entry.kind, entry.arn])
}

_service(entry) := {"secret": "secretsmanager", "parameter": "ssm"}[entry.kind]

_service(entry) := entry.service if entry.kind == "unknown"

# METADATA
# description: >-
#   The questions of what may be read, each with its `answer`: "yes", "no", "denied" (by `statement`), or "maybe" (`why` says what is not
#   known). What nobody knows the service of is not granted only if no service's read is.
reads := [object.union(question, answer) |
	some question in questions
	answer := _in_all([_read(question, action) | some action in _read_actions[question.service]])
]

_read_actions := {
	"secretsmanager": ["secretsmanager:GetSecretValue"],
	"ssm": ["ssm:GetParameters"],
	"unknown": ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
}

_in_all([only]) := only

_in_all([one, other]) := one if {
	one.answer == other.answer
} else := {"answer": "maybe", "why": "the service is not known", "statement": null} if {
	one.answer != other.answer
}

_read(question, action) := role_may(question.role, asked(question, action))

# METADATA
# description: What is asked of a role to know whether it may read
asked(question, action) := {
	"action": action,
	"aliases": aliases(question),
	"carrier": object.get(input.secrets, question.secret, null),
	"context": {},
}

# METADATA
# description: >-
#   The texts that all are the ARN of what a question is about: as the reference has it and, when it is declared in the files, as that is
#   known. An alias is a list of texts, one of which it is.
aliases(question) := array.concat(_candidates(question), _declared(question))

_declared(question) := [[input.secrets[question.secret].arn.value]] if {
	question.secret != null
} else := [[input.parameters[question.parameter].arn.value]] if {
	question.parameter != null
} else := []

# Secrets Manager puts a hyphen and six characters behind a secret's name, which a reference may leave out. A name may look as if it had
# them. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
_candidates(question) := [[question.arn]] if {
	question.kind != "secret"
} else := [[question.arn]] if {
	_has_suffix(question.arn)
} else := [[_with_suffix(question.arn)]] if {
	not may_have_suffix(question.arn)
} else := [[_with_suffix(question.arn)]] if {
	endswith(question.arn, concat("", [":secret:", input.secrets[question.secret].name.value]))
} else := [[question.arn, _with_suffix(question.arn)]]

_with_suffix(value) := concat("", [value, "-⟨#⟩"])

_has_suffix(value) if {
	endswith(value, "⟩")
	pieces := split(value, "⟨")
	startswith(pieces[count(pieces) - 1], "#")
}

# METADATA
# description: Whether the ARN of a secret may end in the characters that Secrets Manager puts there
may_have_suffix(value) if endswith(value, "⟩")

may_have_suffix(value) if {
	tail := substring(value, count(value) - 7, -1)
	startswith(tail, "-")
	text.consists_of(substring(tail, 1, -1), text.alphanumeric)
}

# METADATA
# description: >-
#   Whether a role, as a container names it, may do something. `question` has the `action`, the `aliases` of what it is done to, the `carrier`
#   (the secret or key whose own policy may grant it too, or null), and the `context` of conditions as far as this one action has its own.
#   Answers as `reads` does.
role_may(reference, question) := decision if {
	# The first text is most often enough for a yes, and nothing that is known of the others can change it.
	decision := _decide(reference, question, question.aliases[0][0])
	decision.answer == "yes"
} else := _first_of(
	["denied", "yes", "no", "maybe"],
	[_in_candidates([_decide(reference, question, value) | some value in alias]) | some alias in question.aliases],
)

_first_of(priorities, decisions) := [decision |
	some answer in priorities
	some decision in decisions
	decision.answer == answer
][0]

_in_candidates(decisions) := decisions[0] if {
	count(decisions) == 1
} else := _first_of(["yes"], decisions) if {
	"yes" in {decision.answer | some decision in decisions}
} else := decisions[0] if {
	count({decision.answer | some decision in decisions}) == 1
} else := _maybe("it is not known whether the ARN has its random characters already")

_maybe(why) := {"answer": "maybe", "why": why, "statement": null}

# Either policy is enough within one account.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
_decide(reference, question, value) := _first_of(["denied", "yes", "maybe", "no"], [
	_by_role(reference, question.action, request),
	_by_carrier(question.carrier, question.action, reference, request),
]) if {
	request := {
		"resource": pattern.target(value),
		"principal": null,
		"context": _context(reference, question, value),
	}
}

_by_role(reference, action, request) := _maybe(_unknown_role(reference.arn.value)) if {
	reference.role == null
} else := _maybe(_unseen(role)) if {
	role := input.roles[reference.role]
	not role.complete
	iam.decide(_about(reference.role, action), request).answer == "no"
} else := iam.decide(_about(reference.role, action), request)

_unknown_role(arn_value) := concat("", ["the execution role ", arn_value, " is not known from these files"]) if {
	text.wide(arn_value)
} else := concat("", ["the execution role ", arn_value, " is not in these files"])

_unseen(resource) := text.enumeration(text.distinct([part.why | some part in resource.unseen]))

_by_carrier(carrier, action, reference, request) := {"answer": "no", "why": null, "statement": null} if {
	carrier == null
} else := decision if {
	decision := _by_policy(carrier, action, reference, request)
	_whole(carrier, decision)
} else := _maybe(_unseen(carrier))

# What is not seen of a policy may grant what the rest does not. That the whole may not be there makes no difference to its policy.
_whole(carrier, _) if {
	every part in carrier.unseen { part.part == "existence" }
}

_whole(_, decision) if decision.answer != "no"

_by_policy(carrier, action, reference, request) := {"answer": "no", "why": null, "statement": null} if {
	carrier.statements == []
} else := iam.decide(
	iam.concerning(carrier.statements, iam.action(action)),
	object.union(request, {"principal": pattern.target(_role_arn(reference))}),
)

_role_arn(reference) := input.roles[reference.role].arn.value if {
	reference.role != null
} else := reference.arn.value

# What a role's statements say of an action is the same for everything that it reads.
_concerning := {key: iam.concerning(input.roles[key[0]].statements, iam.action(key[1])) | some key in _needed}

_about(role, action) := _concerning[[role, action]]

_about(role, action) := iam.concerning(input.roles[role].statements, iam.action(action)) if {
	not _concerning[[role, action]]
}

_needed contains [question.role.role, action] if {
	some question in questions
	question.role.role != null
	some action in array.concat(_read_actions[question.service], _decrypt_actions(question))
}

# METADATA
# description: The id of the customer managed key of what a question is about, when the files declare it
key_of(question) := key if {
	key := input.secrets[question.secret].key
	key != null
}

key_of(question) := key if {
	key := input.parameters[question.parameter].key
	key != null
}

_decrypt_actions(question) := ["kms:Decrypt"] if {
	key_of(question)
} else := []

# What every request tells of itself. Most grants have no conditions, and then nobody asks.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_context(reference, question, resource) := object.union(
	question.context,
	object.union(_context_of_resource(resource), _context_of_role(_role_arn(reference))),
) if {
	_conditional(reference, question)
} else := {}

_conditional(reference, question) if {
	some item in _about(reference.role, question.action)
	item.statement.conditions != []
} else if {
	some statement in question.carrier.statements
	statement.conditions != []
}

_context_of_resource(resource) := {"aws:requestedregion": fields.region, "aws:resourceaccount": fields.account} if {
	fields := arn.parse(resource)
} else := {}

_context_of_role(role) := {
	"aws:principalarn": role,
	"aws:principalaccount": fields.account,
	"kms:calleraccount": fields.account,
} if {
	fields := arn.parse(role)
} else := {}
