# METADATA
# title: Environment variable names are unique in a container
# description: >-
#   If a name in `secrets` also appears in `environment`, or twice in `secrets`, Amazon ECS rejects each job: "The
#   secret name must be unique and not shared with any new or existing environment variables". AWS Batch registers such
#   a job definition without complaint.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
#   - https://github.com/dagster-io/dagster/issues/11622
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Define the variable once, in `secrets`.
#   notes: >-
#     AWS accepts a name that appears twice in `environment` only; the last value counts. Each container is checked by
#     itself. Variables that `SubmitJob` adds are not visible.
package rules.job_definition["unique-environment-names"]

import data.lib.holes
import data.lib.references
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

applies := {reference.id | some container in references.job.containers; some reference in _judged(container)}

findings contains result.finding(_rule, answer.finding) if some answer in _answers

unverified contains result.unverified(_rule, answer.unverified) if some answer in _answers

proofs contains result.proof(_rule, answer.proof) if some answer in _answers

_judged(container) := [reference |
	container.kind != "eks"
	some reference in container.secrets
	object.get(reference, ["name", "value"], "") != ""
]

# All references with the same name in a container are one question.
_answers := [_answer(at, container, name, same, variables) |
	some at, container in references.job.containers
	some name, indexes in _secrets[at]
	same := [container.secrets[index] | some index in sort(indexes)]
	variables := [container.environment[index] | some index in sort(object.get(_environment, [at, name], set()))]
]

# By the index of a container and a name: where it stands in a list. A job may have thousands, so they are sorted once.
_secrets[at][name] contains index if {
	some at, container in references.job.containers
	container.kind != "eks"
	some index, reference in container.secrets
	name := reference.name.value
	name != ""
}

_environment[at][name] contains index if {
	some at, container in references.job.containers
	some index, variable in container.environment
	name := variable.name.value
}

_answer(at, container, name, same, variables) := {"unverified": object.union(
	_unverified(container, name, same),
	{"cause": holes.cause(name)},
)} if {
	# A name that nothing is known about may be several names.
	text.known(name) == ""
} else := {"finding": {
	"confidence": _confidence([same, variables]),
	"message": $"`{name}` is defined in both `secrets` and `environment` of {_path(container)}; {_rejected}.",
	"remedy": {"text": $"Remove `{name}` from `environment`."},
	"at": same[0].name.at,
	"related": [{"message": "also defined here", "at": at} | some at in _others(same, 0, variables)],
	"references": [reference.id | some reference in same],
	"names": [container.path, "environment", name],
}} if {
	variables != []
	not _exclusive(array.concat(same, variables))
} else := {"finding": {
	"confidence": _confidence([[one] | some one in array.slice(_sure_first(same), 0, 2)]),
	"message": $"`{name}` is defined {count(same)} times in `secrets` of {_path(container)}; {_rejected}.",
	"remedy": {"text": $"Define `{name}` once."},
	"at": same[1].name.at,
	"related": [{"message": "also defined here", "at": at} | some at in _others(same, 1, [])],
	"references": [reference.id | some reference in same],
	"names": [container.path, "secrets", name],
}} if {
	count(same) > 1
	not _exclusive(same)
} else := {"unverified": object.union(
	_unverified(container, name, same),
	{"cause": _open_ones(array.concat(same, variables))[0].maybe},
)} if {
	_exclusive(array.concat(same, variables))
} else := {"unverified": object.union(
	_unverified(container, name, same),
	{"at": _hidden(container)[0].at, "cause": _hidden(container)[0].cause},
)} if {
	_hidden(container) != []
} else := {"unverified": object.union(
	_unverified(container, name, same),
	{"cause": _alike(at, container, name)[0]},
)} if {
	_alike(at, container, name) != []
} else := {"proof": {
	"because": $"no other variable of {_path(container)} has the name `{name}`",
	"at": same[0].name.at,
	"references": [same[0].id],
}}

# Two that are surely there clash, one of each list.
_confidence(lists) := "certain" if {
	every listed in lists { count(_open_ones(listed)) < count(listed) }
} else := "likely"

_sure_first(same) := array.concat([one | some one in same; not one.maybe], _open_ones(same))

# What may not be there may be what takes the place of another that may not.
_exclusive(listed) if count(_open_ones(listed)) > 1

_open_ones(listed) := [one | some one in listed; one.maybe]

_unverified(container, name, same) := {
	"reason": $"can't tell whether {_path(container)} defines `{name}` only once",
	"at": same[0].name.at,
	"references": [reference.id | some reference in same],
}

_path(container) := $"`{container.path}`"

_rejected := "Amazon ECS rejects duplicate names"

_others(same, main, variables) := array.concat(
	[variable.name.at | some variable in variables],
	[other.name.at | some index, other in same; index != main],
)

_hidden(container) := [part | some part in container.unseen; part.part in {"environment", "secrets"}]

# Why another name may be this one: a hole is in one of them, and what is known fits.
_alike(at, container, name) := [holes.cause($"{other}{name}") |
	some other in _comparable(at, container, name)
	other != name
	text.may_equal(other, name)
]

_comparable(at, container, name) := _names(container) if {
	contains(name, "⟨")
} else := _open_names[at]

_names(container) := [named.name.value | some named in array.concat(container.environment, container.secrets)]

# By the index of a container: its names with holes, which are few.
_open_names[at] := [name | some name in _names(container); contains(name, "⟨")] if {
	some at, container in references.job.containers
}
