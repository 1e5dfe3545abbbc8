package lib.faults_test

import data.lib.faults

# The rule secret-arn-format tests every fault by what it says; here is what none of its messages shows.

test_only_the_first_fault_is_told if {
	faults.of("arn:amazon:secretmanager:nowhere:1:secret/x", "secrets").is == "is an ARN of secretmanager, and only secretsmanager and ssm hold secrets"
}

test_white_space_around_a_fault_is_not_the_fault if {
	faults.of(" arn:aws:s3:::b ", "secrets").is == "is neither an ARN nor the name of a parameter"
	faults.of("arn:aws:s3:::b ", "secrets").is == "is an ARN of s3, and only secretsmanager and ssm hold secrets"
	faults.of(" ", "secrets").is == "is neither an ARN nor the name of a parameter"
}

test_a_long_value if {
	value := sprintf("arn:aws:ssm:eu-west-1:111122223333:parameter/%s", [concat("", [c | some _ in numbers.range(1, 2048); c := "x"])])
	faults.of(value, "secrets").is == "is longer than the 2048 characters that AWS accepts"
}

test_credentials_have_a_secrets_name if {
	not faults.of("prod/registry", "repositoryCredentials")
	not faults.of("a@b+c=d", "repositoryCredentials")
	faults.of("a b", "repositoryCredentials").is == "is neither an ARN nor the name of a secret"
	faults.of("secret:registry", "repositoryCredentials") == {
		"is": "is not a whole ARN",
		"advice": "Write the whole ARN of the secret.",
		"replacement": "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:registry",
	}
}

test_what_is_not_known_has_no_fault if {
	every value in ["⟨*x⟩", "⟨x⟩ y", "a⟨*x⟩ y", "arn:⟨*x⟩", "{{resolve:ssm:/x}}"] { not faults.of(value, "secrets") }
}
