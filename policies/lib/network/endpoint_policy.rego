# METADATA
# title: Policies of endpoints
# description: >-
#   Whether the policy of an endpoint lets everybody ask the service for secrets: "yes", "no" where it lets nobody, else
#   "maybe". An endpoint without a policy of its own allows everything.
#   https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
package lib.network.endpoint_policy

_actions := {"secretsmanager": "secretsmanager:getsecretvalue", "ssm": "ssm:getparameters"}

# METADATA
# description: The answer for an endpoint of a service
allows(endpoint, _) := "yes" if endpoint.statements == null

allows(endpoint, service) := _decided(endpoint, [[statement, _about(statement, service)] |
	some statement in endpoint.statements
]) if {
	endpoint.statements != null
}

_decided(endpoint, statements) := "maybe" if {
	some [statement, about] in statements
	statement.effect.value != "Allow"
	about != "no"
} else := "yes" if {
	some [statement, "yes"] in statements
	_for_everybody(statement)
} else := "no" if {
	every pair in statements { pair[1] == "no" }
	not _is_hidden(endpoint)
} else := "maybe"

_is_hidden(endpoint) if {
	some part in endpoint.unseen
	part.part != "existence"
}

_for_everybody(statement) if {
	statement.maybe == null
	statement.conditions == []
	some principal in statement.principals
	principal.type in {"*", "AWS"}
	some whom in principal.values
	whom.value == "*"
	some resource in statement.resources
	resource.value == "*"
}

_about(statement, service) := "yes" if {
	some action in statement.actions
	lower(action.value) in {"*", $"{service}:*", _actions[service]}
} else := "maybe" if {
	statement.actions == null
} else := "maybe" if {
	some action in statement.actions
	some start in [$"{service}:", "*", "⟨"]
	startswith(lower(action.value), start)
	_is_open(action.value)
} else := "no"

_is_open(action) if contains(action, "*")

_is_open(action) if contains(action, "?")

_is_open(action) if contains(action, "⟨")
