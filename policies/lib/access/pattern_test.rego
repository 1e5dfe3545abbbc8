package lib.access.pattern_test

import data.lib.access.pattern

_declared := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#Db@jobs.yaml⟩"

_literal := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_partial := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-⟨#⟩"

_parameterized := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Env@jobs.yaml⟩/db-⟨#⟩"

_answers := {
	_literal: {
		"*": "yes",
		"arn:aws:secretsmanager:*": "yes",
		"arn:*:secretsmanager:*:*:secret:db-*": "yes",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????": "yes",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:d?-AbCdEf": "yes",
		"a*n*aws*secret*db*E?": "yes",
		"a*n*aws*s?cret*db*E?": "yes",
		"a*n*aws*s?cret*db*db*": "no",
		"*a*a*a*a*a*a*a*": "maybe",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:DB-*": "no",
		"arn:aws:secretsmanager:us-east-1:*:secret:db-*": "no",
		"arn:aws:secretsmanager:⟨region@.⟩:111122223333:secret:db-AbCdEf": "maybe",
		"arn:aws:secretsmanager:⟨region@.⟩:111122223333:secret:web-*": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:${aws:PrincipalTag/team}-*": "maybe",
		"arn:aws:s3:::${aws:PrincipalTag/team}/*": "no",
		"⟨*Arn@jobs.yaml⟩": "maybe",
	},
	_partial: {
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db*": "yes",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????": "yes",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-?????": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf": "maybe",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-Ab-dEf": "no",
		"arn:*:secretsmanager:*:*:secret:web-*": "no",
	},
	_declared: {
		_declared: "yes",
		"*:secret:db-⟨#Db@jobs.yaml⟩": "yes",
		"arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-??????": "yes",
		"arn:⟨AWS.Partition⟩:secretsmanager:*:*:secret:d*": "yes",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-??????": "maybe",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:web-??????": "no",
		"arn:*:secretsmanager:*:*:secret:*-?????????": "no",
		"*AccountId*": "maybe",
		"arn:aws:kms:*": "no",
	},
	_parameterized: {
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Env@jobs.yaml⟩/*": "yes",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Env@jobs.yaml⟩/web-*": "no",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Other@jobs.yaml⟩/db-*": "maybe",
		"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/*": "maybe",
		"arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/*": "no",
	},
}

test_answers if {
	wrong := {value: {pattern_text: answer |
		some pattern_text, expected in patterns
		answer := pattern.match(pattern_text, pattern.target(value))
		answer != expected
	} |
		some value, patterns in _answers
	}
	every _, answers in wrong { answers == {} }
}

test_a_question_mark_may_be_a_colon if {
	pattern.match("a?b:-", pattern.target("a:b⟨*w⟩")) == "maybe"
}

test_more_holes_than_stand_ins_are_told_apart_no_more if {
	holes := concat("-", [concat("", ["⟨h", format_int(n, 10), "⟩"]) | some n in numbers.range(1, 12)])
	pattern.match(holes, pattern.target(holes)) == "yes"
	pattern.match("a*", pattern.target(holes)) == "maybe"
}
