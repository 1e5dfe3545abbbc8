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
		"aws:principalservicename": [],
		"aws:principalservicenameslist": [],
		"aws:federatedprovider": [],
		"aws:multifactorauthage": [],
		"aws:sourceaccount": [],
		"aws:sourcearn": [],
		"aws:tagkeys": [],
		"aws:username": [],
	},
)

_of_principal(null) := {}

_of_principal(principal) := {
	"aws:principalarn": [principal.arn],
	"aws:principalaccount": [principal.account],
} if {
	principal != null
}

_of_resource(value) := {"aws:requestedregion": [fields.region], "aws:resourceaccount": [fields.account]} if {
	fields := arn.parse(value)
} else := {}

# Keys are compared without their case, so two tags may have one key.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
_of_tags(request) := {key: values |
	some prefix, tags in _tags(request)
	some tag in tags.given
	key := concat("", [prefix, lower(tag.key)])
	values := [other.value.value | some other in tags.given; lower(other.key) == lower(tag.key)]
	count(values) == 1
}

# The tags that a request tells of, by what their keys begin with. Amazon ECS gives its sessions no tags, so those of
# the principal are the role's.
_tags(request) := object.union(
	{prefix: request.tagged.tags | some prefix in _tag_prefixes[request.kind]},
	{"aws:principaltag/": input.roles[request.role.role].tags | request.role.role != null},
)

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
_tag_prefixes := {
	"secret": ["aws:resourcetag/", "secretsmanager:resourcetag/"],
	"parameter": ["aws:resourcetag/", "ssm:resourcetag/"],
	"key": ["aws:resourcetag/"],
}

# METADATA
# description: The values of a key in the context `known`, empty for a tag that the resource or role surely lacks; undefined when they are not known
values(key, known, _) := known[lower(key)]

values(key, known, request) := [] if {
	not known[lower(key)]
	some prefix, tags in _tags(request)
	startswith(lower(key), prefix)
	tags.complete
	every tag in tags.given { lower(tag.key) != substring(lower(key), count(prefix), -1) }
}

values(key, known, request) := [] if {
	not known[lower(key)]
	some prefix in _of_other_requests[request.kind]
	startswith(lower(key), prefix)
}

# What keys begin with that only requests of another service have, or those that give something tags: the first pages
# above list the keys of each action. A statement about several services often has a condition for one of them.
_of_other_requests := {
	"secret": ["aws:requesttag/", "kms:"],
	"parameter": ["aws:requesttag/", "kms:", "secretsmanager:"],
	"key": ["aws:requesttag/", "secretsmanager:"],
}

# METADATA
# description: The values that a key may have where one of a few is known to be the one
alternatives(key, request) := [[], ["AWSCURRENT"]] if {
	lower(key) == "secretsmanager:versionstage"

	# Whether the agent sends AWSCURRENT where no stage is selected is not documented.
	request.kind == "secret"
}

# A service that assumes a role has no second factor. Whether the key is then left out depends on whether the
# credentials could have one.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
alternatives(key, _) := [[], ["false"]] if lower(key) == "aws:multifactorauthpresent"

# METADATA
# description: >-
#   The keys that are the time of a request, or the time at which its credentials were issued: those of a role last for
#   hours at most.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
times := {"aws:currenttime", "aws:epochtime", "aws:tokenissuetime"}

# METADATA
# description: >-
#   A value of a condition with the policy variables filled in that the context knows.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
filled(value, _) := value if not contains(value, "${")

filled(value, request) := concat("", array.concat([pieces[0]], [_filled(piece, known, request) |
	some index, piece in pieces
	index > 0
])) if {
	contains(value, "${")
	pieces := split(value, "${")
	known := of(request)
}

# METADATA
# description: >-
#   A resource of a statement with the policy variables filled in. They are only told to work in the last part of an ARN:
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
filled_resource(value, _) := value if not contains(value, "${")

filled_resource(value, request) := filled(value, request) if {
	contains(value, "${")
	count(split(split(value, "${")[0], ":")) > 5
} else := value if contains(value, "${")

# METADATA
# description: >-
#   Whether a filled text has a variable that the request lacks, so that no resource has it. What a condition is then,
#   is not told.
lacks_variable(value) if contains(value, _nothing)

# Characters that no name has.
_nothing := "\ue1f0"

_escaped := {"*": "\ue1f1", "?": "\ue1f2", "$": "$"}

# A dollar before a brace, which begins no variable then.
_filled(piece, _, _) := concat("", ["\ue1f3", substring(piece, 2, -1)]) if startswith(piece, "$}{")

_filled(piece, known, request) := concat("", [text, substring(piece, end + 1, -1)]) if {
	not startswith(piece, "$}{")
	end := indexof(piece, "}")
	text := _variable(substring(piece, 0, end), known, request)
} else := concat("", ["${", piece]) if not startswith(piece, "$}{")

_variable(inside, _, _) := _escaped[inside]

_variable(inside, known, request) := found if {
	not _escaped[inside]
	[name, otherwise] := _named(split(inside, ","))
	found := array.concat(values(trim_space(name), known, request), [otherwise])[0]
	count(values(trim_space(name), known, request)) < 2
}

_named([name]) := [name, _nothing]

_named([name, otherwise]) := [name, trim(trim_space(otherwise), "'")]
