# METADATA
# title: Amazon Resource Names
# description: Splitting ARNs, as src/facts/arn.ts does it
package lib.arn

import data.lib.text

# METADATA
# description: >-
#   The fields of an ARN: undefined when the text isn't one, or has a wide hole before its resource.
#   Source of the form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
parse(value) := {
	"partition": parts[1],
	"service": parts[2],
	"region": parts[3],
	"account": parts[4],
	"resource": concat(":", array.slice(parts, 5, count(parts))),
} if {
	startswith(value, "arn:")
	parts := split(value, ":")
	count(parts) > 5
	not contains(concat("", array.slice(parts, 1, 5)), "⟨*")
}

# METADATA
# description: The text of an ARN, the inverse of `parse`
join(fields) := concat(":", ["arn", fields.partition, fields.service, fields.region, fields.account, fields.resource])

# METADATA
# description: Whether it is the number of an account
is_account(value) if {
	count(value) == 12
	text.consists_of(value, text.digits)
}

# METADATA
# description: Whether two accounts surely are not the same. Only those that are written out are.
other_accounts(one, other) if {
	one != other
	is_account(one)
	is_account(other)
}
