package lib.arn_faults_test

import data.lib.arn
import data.lib.arn_faults

# The rule secret-arn-format tests every fault by what it says; here are the fields that may be anything.

_good := {
	"arn:⟨p⟩:ssm:⟨r⟩:⟨a⟩:⟨x⟩",
	"arn:aws-moon:secretsmanager:moon-north-1:000000000000:secret:⟨*Name@unit⟩",
	"arn:aws:⟨s⟩:eu-west-1:111122223333:anything",
	"arn:aws:secretsmanager:eu-⟨r⟩-1:1111⟨a⟩:secret:a",
}

test_what_is_not_known_has_no_fault if {
	every value in _good { not arn_faults.of(arn.parse(value)) }
}

test_the_service_comes_first if {
	arn_faults.of(arn.parse("arn:x:s3:x:x:x")).is == "is an ARN of s3, and only secretsmanager and ssm hold secrets"
}
