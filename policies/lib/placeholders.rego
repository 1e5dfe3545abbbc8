# METADATA
# title: Placeholders
# description: Words in the fields of an ARN that somebody has yet to replace
package lib.placeholders

import data.lib.text

# METADATA
# description: >-
#   The word in the Region or account of an ARN that somebody has yet to replace, such as `AWS_ACC_ID`, `<region>` and
#   `************`; undefined when there is none. No Region and no account ID is without a digit.
of(fields) := fields.region if {
	_to_replace(fields.region)
} else := fields.account if {
	_to_replace(fields.account)
}

# METADATA
# description: An ARN with the Region and account of the deployment where it has such words
filled(arn, fields) := replace(
	replace(arn, $":{fields.account}:", $":{_or(fields.account, input.deployment.account)}:"),
	$":{fields.region}:",
	$":{_or(fields.region, input.deployment.region)}:",
)

_or(field, own) := own if {
	_to_replace(field)
} else := field

# METADATA
# description: Whether a field is known and is no such word
none(field) if {
	text.literal(field)
	not _to_replace(field)
}

_to_replace(field) if {
	field != ""
	text.literal(field)
	not _has_digit(field)
	not _begins_a_region(field)
}

# Regions and account IDs end in one.
_has_digit(field) if {
	trim_right(field, text.digits) != field
} else if {
	some digit in split(text.digits, "")
	contains(field, digit)
}

# `us-east` lacks only its end.
_begins_a_region(field) if {
	text.consists_of(field, "abcdefghijklmnopqrstuvwxyz-")
	contains(field, "-")
	not contains(field, "region")
	not contains(field, "account")
}
