# METADATA
# title: Probe
# description: What the property tests ask the libraries, many questions in one evaluation
package probe

import data.lib.arn
import data.lib.iam
import data.lib.pattern

# METADATA
# description: The answer of `pattern.match` for every pair of a pattern and a text
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
# description: The answer of `iam.decide` for every question of statements, an action and a resource
# entrypoint: true
decisions := [decision.answer |
	some question in input
	decision := iam.decide(
		iam.concerning(question.statements, iam.action(question.action)),
		{"resource": pattern.target(question.resource), "principal": null, "context": {}},
	)
]
