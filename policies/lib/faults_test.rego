package lib.faults_test

import data.lib.faults
import data.lib.mocks

# The rule secret-arn-format tests every fault by what it says; here is what none of its messages shows.

_of(value, site) := faults.of(reference) if {
	[reference] := _references(value)[site]
}

_references(value) := {
	"secrets": [mocks.reference("A", value, 1, {})],
	"repositoryCredentials": [mocks.container({"registry_credentials": mocks.reference("A", value, 1, {})}).registry_credentials],
}

test_only_the_first_fault_is_told if {
	_of("arn:amazon:secretmanager:nowhere:1:secret/x", "secrets").is == "is an ARN of secretmanager; only secretsmanager and ssm ARNs can be used"
}

test_a_long_value if {
	value := sprintf("arn:aws:ssm:eu-west-1:111122223333:parameter/%s", [concat("", [c | some _ in numbers.range(1, 2048); c := "x"])])
	_of(value, "secrets").is == "is longer than the 2048 characters that AWS accepts"
}

test_credentials_have_a_secrets_name if {
	_of("prod/registry", "repositoryCredentials") == null
	_of("a@b+c=d", "repositoryCredentials") == null
	_of("a b", "repositoryCredentials").is == "is neither an ARN nor the name of a secret"
	_of("secret:registry", "repositoryCredentials").replacement == "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:registry" with input as mocks.job_case(mocks.job([]), {})
}

# https://docs.aws.amazon.com/batch/latest/userguide/private-registry.html
test_credentials_are_no_parameter if {
	value := "arn:aws:ssm:eu-west-1:111122223333:parameter/registry"
	_of(value, "secrets") == null
	_of(value, "repositoryCredentials").is == "is an ARN of ssm; registry credentials are a secret"
}

test_what_is_not_known_has_no_fault if {
	every value in [
		"⟨*x⟩",
		"⟨x⟩ y",
		"a⟨*x⟩ y",
		"arn:⟨*x⟩",
		"{{resolve:ssm:/x}}",
		"arn:⟨p⟩:ssm:⟨r⟩:⟨a⟩:⟨x⟩",
		"arn:aws-moon:secretsmanager:moon-north-1:000000000000:secret:⟨*Name⟩",
		"arn:aws:⟨s⟩:eu-west-1:111122223333:anything",
		"arn:aws:secretsmanager:eu-⟨r⟩-1:1111⟨a⟩:secret:a",
		"arn:aws:secretsmanager:<region>:AWS_ACC_ID:secret:a",
		"arn:aws:secretsmanager:aws_region:************:secret:a",
	] {
		_of(value, "secrets") == null
	}
}
