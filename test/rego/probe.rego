# METADATA
# title: Probe
# description: What the property tests ask the libraries, many questions in one evaluation
package probe

import data.lib.access
import data.lib.access.pattern
import data.lib.access.resources
import data.lib.access.statements
import data.lib.arn

# METADATA
# description: The answer of `pattern.match` for every pair of a pattern and a string
# entrypoint: true
matches := [answer |
	some pair in input
	answer := pattern.match(pair[0], pattern.target(pair[1]))
]

# METADATA
# description: The fields of every text that is an ARN, null for the others
# entrypoint: true
arns := [fields |
	some value in input
	fields := _fields(value)
]

_fields(value) := arn.parse(value)

_fields(value) := null if not arn.parse(value)

# METADATA
# description: >-
#   The answer of `access.decide` for a role's `statements`, those of its `boundary` (or null), an `action` and a
#   `resource`
# entrypoint: true
decisions := [decision |
	some question in input
	decision := _decision(question) with input as _case(question)
]

_case(question) := {"roles": {"role": {
	"complete": true,
	"unseen": [],
	"boundary": _boundary(question.boundary),
}}}

_boundary(null) := null

_boundary(statements) := {"statements": statements, "complete": true, "cause": null} if statements != null

_decision(question) := {"answer": decision.answer, "denied": decision.explicit_deny.answer} if {
	action := statements.action(question.action)
	decision := access.decide({
		"kind": "parameter",
		"role": {"role": "role"},
		"action": action,
		"items": statements.about(question.statements, action),
		"principal": {"arn": "arn:role", "names": [], "account": null},
		"resource": resources.named([[question.resource]]),
		"account": null,
		"owner": null,
		"resource_policy": [],
		"grants": [],
		"context": {},
		"label": question.resource,
	})
}
