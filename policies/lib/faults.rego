# METADATA
# title: Faults of references
# description: >-
#   What is wrong with the form of a reference's value. A piece that is not known is taken for right.
package lib.faults

import data.lib.arn
import data.lib.arn_faults
import data.lib.text

# METADATA
# description: >-
#   What is wrong with a value, undefined when nothing is. `is` goes on from the value, `advice` says what to write, `replacement` is the
#   right text, or null. Only the first fault of a value is told.
of(value, site) := {"is": "has white space around it", "advice": "Write it without white space.", "replacement": trimmed} if {
	trimmed := trim_space(value)
	trimmed != value
	trimmed != ""
	not _fault_of_text(trimmed, site)
} else := _fault_of_text(value, site)

_fault_of_text(value, _) := {
	"is": "has a pseudo parameter in it, which only Fn::Sub fills in",
	"advice": "Write it with Fn::Sub.",
	"replacement": _filled_in(value),
} if {
	contains(value, "${AWS::")
}

_fault_of_text(value, site) := _fault_of_name(value, site) if {
	not startswith(value, "arn:")
	not contains(value, "${AWS::")
}

_fault_of_text(value, _) := _fault_of_arn(arn.parse(value), value) if {
	not contains(value, "${AWS::")
}

_fault_of_text(value, _) := _fault_of_incomplete_arn(split(value, ":"), value) if {
	startswith(value, "arn:")
	not arn.parse(value)
	not contains(value, "${AWS::")
}

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
_filled_in(value) := filled if {
	filled := strings.replace_n(
		{"${AWS::Partition}": "⟨AWS.Partition⟩", "${AWS::Region}": "⟨AWS.Region⟩", "${AWS::AccountId}": "⟨AWS.AccountId⟩"},
		value,
	)
	not contains(filled, "${")
} else := null

_fault_of_incomplete_arn(fields, value) := {
	"is": concat("", ["has ", format_int(count(fields), 10), " of the 6 parts of an ARN"]),
	"advice": _write_arn,
	"replacement": null,
} if {
	not text.wide(value)
}

_write_arn := "Write arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX, the ARN of the secret."

_fault_of_arn(fields, value) := fault if {
	fault := arn_faults.of(fields)
} else := {"is": "is longer than the 2048 characters that AWS accepts", "advice": _write_arn, "replacement": null} if {
	# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
	count(text.known(value)) > 2048
}

# A value that is no ARN names a parameter, and registry credentials a secret.
_fault_of_name(value, site) := {
	"is": "is a dynamic reference to the value of a secret, and AWS Batch takes the ARN",
	"advice": "Write the ARN of the secret in place of the dynamic reference.",
	"replacement": null,
} if {
	_resolves_a_secret(value)
} else := {"is": "is empty", "advice": _write_arn, "replacement": null} if {
	value == ""
} else := {
	"is": "is the placeholder of a job parameter, which AWS Batch fills in only in the command",
	"advice": "Write the ARN of the secret.",
	"replacement": null,
} if {
	startswith(value, "Ref::")
} else := {
	"is": "is not a whole ARN",
	"advice": "Write the whole ARN of the secret.",
	"replacement": concat("", ["arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:", trim_prefix(value, "secretsmanager:")]),
} if {
	startswith(trim_prefix(value, "secretsmanager:"), "secret:")
} else := {"is": concat("", ["is neither an ARN nor the name of a ", _named_at(site)]), "advice": _write_arn, "replacement": null} if {
	not startswith(value, "⟨")
	not text.wide(value)
	not startswith(value, "{{resolve:ssm:")
	not _name_at(value, site)
}

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
_resolves_a_secret(value) if contains(value, "{{resolve:secretsmanager:")

_resolves_a_secret(value) if contains(value, "{{resolve:ssm-secure:")

_named_at("repositoryCredentials") := "secret"

_named_at(site) := "parameter" if site != "repositoryCredentials"

_name_at(value, site) if {
	site == "repositoryCredentials"
	text.consists_of(text.known(value), arn_faults.secret_characters)
}

# One colon may set off a version or a label.
_name_at(value, site) if {
	site != "repositoryCredentials"
	pieces := split(value, ":")
	count(pieces) < 3
	text.consists_of(text.known(concat("", pieces)), arn_faults.parameter_characters)
}
