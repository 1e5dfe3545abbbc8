# METADATA
# title: Terms
# description: >-
#   The terms of a decision: `answer` (see lib/answers.rego), the `statement` that gives it, if one does, and for
#   "maybe" the `cause`.
package lib.access.terms

import data.lib.answers

# METADATA
# description: A term that no statement gives
of(answer, cause) := {"answer": answer, "statement": null, "cause": cause}

# METADATA
# description: A term that a statement gives
by(answer, statement, cause) := {"answer": answer, "statement": statement, "cause": cause}

# METADATA
# description: Whether one holds. Of no terms, "no".
any_of(terms) := array.concat(_first(["yes", "maybe", "no"], terms), [of("no", null)])[0]

# METADATA
# description: Whether all hold. Of no terms, "yes".
all_of(terms) := array.concat(_first(["no", "maybe", "yes"], terms), [of("yes", null)])[0]

# METADATA
# description: The term that its opposite holds
negated(term) := object.union(term, {"answer": answers.negated(term.answer)})

_first(priorities, terms) := [term |
	some answer in priorities
	some term in terms
	term.answer == answer
]
