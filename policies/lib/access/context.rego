# METADATA
# title: The context of a request
# description: >-
#   What a request tells of itself, by condition key in lower case: the list of its values, empty for a key that the
#   request surely lacks. A key that is left out is not known from the files.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
package lib.access.context

import data.lib.arn

# METADATA
# description: The context of a request. What only its service sends is in `request.context`.
of(request) := object.union(_of_every_request(request), request.context)

# The agent calls AWS by HTTPS, with the credentials of the role. No service asks in its own name, so nothing tells for
# whom it would.
_of_every_request(request) := object.union(
	object.union(_of_principal(request.principal), _of_resource(request.resource[0][0].value)),
	{
		"aws:securetransport": ["true"],
		"aws:principaltype": ["AssumedRole"],
		"aws:principalisawsservice": ["false"],
		"aws:sourceaccount": [],
		"aws:sourcearn": [],
		"aws:username": [],
	},
)

_of_principal(null) := {}

_of_principal(principal) := {
	"aws:principalarn": [principal.arn],
	"aws:principalaccount": [account |
		account := principal.account
		account != null
	],
} if {
	principal != null
	principal.account != null
} else := {} if principal != null

_of_resource(value) := {"aws:requestedregion": [fields.region], "aws:resourceaccount": [fields.account]} if {
	fields := arn.parse(value)
} else := {}

# METADATA
# description: >-
#   A pattern with the policy variables filled in that the context knows.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
filled(value, _) := value if not contains(value, "${")

filled(value, request) := strings.replace_n(_variables(request), value) if contains(value, "${")

_policy_variables := [
	"aws:PrincipalArn",
	"aws:PrincipalAccount",
	"aws:ResourceAccount",
	"aws:RequestedRegion",
	"kms:CallerAccount",
]

_variables(request) := {spelled: values[0] |
	known := of(request)
	some key in _policy_variables
	values := known[lower(key)]
	count(values) == 1
	some spelled in [concat("", ["${", key, "}"]), concat("", ["${", lower(key), "}"])]
}
