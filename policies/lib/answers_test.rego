package lib.answers_test

import data.lib.answers

test_any_of if {
	answers.any_of(["no", "maybe", "yes"]) == "yes"
	answers.any_of(["no", "maybe"]) == "maybe"
	answers.any_of(["no"]) == "no"
	answers.any_of([]) == "no"
}

test_all_of if {
	answers.all_of(["no", "maybe", "yes"]) == "no"
	answers.all_of(["maybe", "yes"]) == "maybe"
	answers.all_of(["yes"]) == "yes"
	answers.all_of([]) == "yes"
}

test_negated if [answers.negated(answer) | some answer in ["yes", "maybe", "no"]] == ["no", "maybe", "yes"]
