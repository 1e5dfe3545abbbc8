# METADATA
# title: Faults of references
# description: >-
#   What is wrong with the form of a reference's value. A piece that is not known is taken for right.
package lib.faults

import data.lib.fields
import data.lib.text

# METADATA
# description: >-
#   What is wrong with the value of a reference, null when nothing is; only the first fault. `is` goes on from the
#   reference's label, `advice` says what to write, and `replacement` is the right text, or null.
of(reference) := _fault(
	"contains a pseudo parameter, which only Fn::Sub replaces",
	"Use Fn::Sub.",
	_filled_in(value),
) if {
	value := reference.value_from.value
	contains(value, "${AWS::")
} else := _of_space(reference) if {
	trim_space(reference.value_from.value) != reference.value_from.value
} else := _fault("is an ARN of ssm; registry credentials are a secret", _write_arn, null) if {
	reference.site == "repositoryCredentials"
	startswith(reference.value_from.value, "arn:")
	reference.named.fields.service == "ssm"
} else := fields.fault(reference) if {
	startswith(reference.value_from.value, "arn:")
} else := _of_name(reference.value_from.value, reference.site)

_fault(is, advice, replacement) := {"is": is, "advice": advice, "replacement": replacement}

_of_space(reference) := _fault("has white space around it", "Write it without white space.", trimmed) if {
	trimmed := trim_space(reference.value_from.value)
	trimmed != ""
} else := _fault("is blank", _write_arn, null)

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
_filled_in(value) := filled if {
	filled := strings.replace_n(
		{
			"${AWS::Partition}": input.deployment.partition,
			"${AWS::Region}": input.deployment.region,
			"${AWS::AccountId}": input.deployment.account,
		},
		value,
	)
	not contains(filled, "${")
} else := null

_write_arn := "Write arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX, the ARN of the secret."

# A value that is no ARN names a parameter, and registry credentials a secret.
_of_name(value, site) := _fault("is empty", _write_arn, null) if {
	value == ""
} else := null if {
	_may_be_anything(value)
} else := _fault("is only the end of an ARN", "Write the complete ARN of the secret.", whole) if {
	end := trim_prefix(value, "secretsmanager:")
	startswith(end, "secret:")
	own := input.deployment
	whole := $"arn:{own.partition}:secretsmanager:{own.region}:{own.account}:{end}"
} else := _fault($"is neither an ARN nor the name of a {_named_at(site)}", _write_arn, null) if {
	not _name_at(value, site)
} else := null

_may_be_anything(value) if startswith(value, "⟨")

_may_be_anything(value) if text.wide(value)

_may_be_anything(value) if startswith(value, "{{resolve:")

_named_at(site) := "secret" if {
	site == "repositoryCredentials"
} else := "parameter"

_name_at(value, site) if {
	site == "repositoryCredentials"
	text.consists_of(text.known(value), fields.secret_characters)
}

# A name with selectors behind it names a secret all the same.
_name_at(value, site) if {
	site == "repositoryCredentials"
	pieces := split(value, ":")
	count(pieces) in {2, 3, 4}
	text.known(pieces[0]) != ""
	text.consists_of(text.known(concat("", pieces)), fields.secret_characters)
	not contains(value, "//")
}

# One colon may set off a version or a label, which has no slash.
_name_at(value, site) if {
	site != "repositoryCredentials"
	pieces := split(value, ":")
	count(pieces) < 3
	every piece in array.slice(pieces, 1, 2) { not contains(text.known(piece), "/") }
	text.consists_of(text.known(concat("", pieces)), fields.parameter_characters)
}
