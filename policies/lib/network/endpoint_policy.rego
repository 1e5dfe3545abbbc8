# METADATA
# title: Policies of endpoints
# description: >-
#   Whether the policies of endpoints let jobs get their secrets. They allow nothing that the role may not do, and take
#   away what they do not allow. An endpoint without a policy of its own allows everything.
#   https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
package lib.network.endpoint_policy

import data.lib.access
import data.lib.access.questions
import data.lib.access.requests
import data.lib.causes
import data.lib.network.services

_actions := {"secretsmanager": "secretsmanager:GetSecretValue", "ssm": "ssm:GetParameters"}

# METADATA
# description: >-
#   What the endpoints that have a policy answer a reader of the case, by their ids: `answer`, and the `cause` of a
#   "maybe"
of(reader) := {id: object.filter(_term(limit, reader.reference), ["answer", "cause"]) | some id, limit in _limits}

_limits[endpoint.id] := {"endpoint": endpoint, "action": _actions[service], "unseen": _unseen(endpoint)} if {
	some service in ["secretsmanager", "ssm"]
	some id, _ in input.networks
	endpoint := services.of_service[id][service][_].endpoint
	endpoint.statements != null
}

_unseen(endpoint) := causes.of_unseen(hidden, _cause(endpoint)) if {
	hidden := [part | some part in endpoint.unseen; part.part != "existence"]
	hidden != []
} else := null

_cause(endpoint) := {"kind": "endpoint-policy", "name": endpoint.address, "unit": endpoint.unit}

# Of a reference without a role, or of another job, only a policy for everybody or for nobody is decided.
_term(limit, reference) := _passes(limit, requests.of(_questions[reference], limit.action)) if {
	_questions[reference]
} else := {"answer": term.answer, "cause": _cause(limit.endpoint)} if {
	term := _passes(limit, requests.of_anybody(limit.action))
}

_passes(limit, request) := access.passes(limit.endpoint.statements, limit.unseen, request)

_questions[entry.id] := question if {
	_limits != {}
	some question in questions.all
	some entry in question.entries
}
