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
of(request) := object.union(object.union(_of_every_request(request), _of_tags(request)), request.context)

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

# Keys are compared without their case, so two tags may have one key.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
_of_tags(request) := {key: values |
	some prefix in _tag_prefixes[request.kind]
	some tag in request.tagged.tags.given
	key := concat("", [prefix, lower(tag.key)])
	values := [other.value.value | some other in request.tagged.tags.given; lower(other.key) == lower(tag.key)]
	count(values) == 1
}

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
_tag_prefixes := {
	"secret": ["aws:resourcetag/", "secretsmanager:resourcetag/"],
	"parameter": ["aws:resourcetag/", "ssm:resourcetag/"],
	"key": ["aws:resourcetag/"],
}

# METADATA
# description: The values of a key in the context `known`, empty for a tag that the resource surely lacks; undefined when they are not known
values(key, known, _) := known[lower(key)]

values(key, known, request) := [] if {
	not known[lower(key)]
	request.tagged.tags.complete
	some prefix in _tag_prefixes[request.kind]
	startswith(lower(key), prefix)
	every tag in request.tagged.tags.given { lower(tag.key) != substring(lower(key), count(prefix), -1) }
}

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
