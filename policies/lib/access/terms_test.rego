package lib.access.terms_test

import data.lib.access.terms

_yes := terms.by("yes", "statement", null)

_no := terms.of("no", null)

_maybe := terms.of("maybe", "cause")

test_any_of if {
	terms.any_of([_no, _maybe, _yes]) == _yes
	terms.any_of([_no, _maybe]) == _maybe
	terms.any_of([]) == _no
}

test_all_of if {
	terms.all_of([_yes, _maybe, _no]) == _no
	terms.all_of([_yes, _maybe]) == _maybe
	terms.all_of([_yes, terms.of("yes", null)]) == _yes
	terms.all_of([]).answer == "yes"
}
