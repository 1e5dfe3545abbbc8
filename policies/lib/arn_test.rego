package lib.arn_test

import data.lib.arn

_fields := {
	"partition": "aws",
	"service": "secretsmanager",
	"region": "⟨AWS.Region⟩",
	"account": "111122223333",
	"resource": "secret:⟨*Name@jobs.yaml⟩:password::",
}

_text := "arn:aws:secretsmanager:⟨AWS.Region⟩:111122223333:secret:⟨*Name@jobs.yaml⟩:password::"

test_the_resource_keeps_its_colons if arn.parse(_text) == _fields

test_join_is_the_inverse_of_parse if arn.join(_fields) == _text

test_no_arn if {
	not arn.parse("arn:aws:secretsmanager:eu-west-1:111122223333")
	not arn.parse("/prod/db/password")
}

test_a_wide_hole_before_the_resource_hides_the_fields if not arn.parse("arn:aws:secretsmanager:⟨*Where@jobs.yaml⟩:secret:db:x")
