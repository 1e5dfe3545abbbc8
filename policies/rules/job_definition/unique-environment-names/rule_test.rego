package rules.job_definition["unique-environment-names_test"]

import data.lib.mocks
import data.rules.job_definition["unique-environment-names"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_secret(name, index) := mocks.reference(name, _arn, 30 + index, {
	"id": sprintf("containerProperties.secrets[%d]", [index]),
	"name": mocks.text(name, 20 + index),
	"at": 40 + index,
})

_variable(name, index) := mocks.variable(name, "x", 50 + index)

_container(variables, secrets) := mocks.container({
	"environment": [_variable(name, index) | some index, name in variables],
	"secrets": [_secret(name, index) | some index, name in secrets],
})

_case(variables, secrets) := mocks.job_case(mocks.job([_container(variables, secrets)]), {})

_good := {
	"different names": _case(["HOST", "Password"], ["PASSWORD", "TOKEN"]),
	"twice in environment": _case(["HOST", "HOST"], ["PASSWORD"]),
	"two containers": mocks.job_case(
		mocks.job([
			_container(["PASSWORD"], ["TOKEN"]),
			mocks.at_path(_container(["TOKEN"], ["PASSWORD"]), "nodeProperties.nodeRangeProperties[1].container"),
		]),
		{},
	),
	"no name": mocks.job_case(
		mocks.job([mocks.container({
			"environment": [_variable("", 0)],
			"secrets": [object.union(_secret("", 0), {"name": null}), object.union(_secret("", 1), {"name": null}), _secret("", 2)],
		})]),
		{},
	),
	"unseen environment without secrets": mocks.job_case(
		mocks.job([mocks.container({"unseen": [mocks.unseen("environment", "var.environment has no default", 13)]})]),
		{},
	),
}

_maybe(item) := object.union(item, {"maybe": {"kind": "variable", "name": "var.on", "unit": "infra"}})

_sides(variables, secrets) := mocks.job_case(mocks.job([mocks.container({"environment": variables, "secrets": secrets})]), {})

_bad := {
	"in secrets, and perhaps twice": _sides([], [_secret("PASSWORD", 0), _maybe(_secret("PASSWORD", 1))]),
	"perhaps in environment too": _sides([_maybe(_variable("PASSWORD", 0))], [_secret("PASSWORD", 0)]),
	"in environment": _case(["HOST", "PASSWORD"], ["TOKEN", "PASSWORD"]),
	"twice in environment and in secrets": _case(["PASSWORD", "PASSWORD"], ["PASSWORD"]),
	"twice in secrets": _case([], ["PASSWORD", "TOKEN", "PASSWORD", "PASSWORD"]),
	"with a hole": _case(["⟨var.prefix@infra⟩_PASSWORD"], ["⟨var.prefix@infra⟩_PASSWORD"]),
}

_open := {
	"two sides of one condition": _sides([], [_maybe(_secret("PASSWORD", 0)), _maybe(_secret("PASSWORD", 1))]),
	"a variable on the other side": _sides([_maybe(_variable("PASSWORD", 0))], [_maybe(_secret("PASSWORD", 0))]),
	"names that are not known": _case(["⟨*1⟩"], ["⟨*1⟩", "⟨*1⟩"]),
	"a variable that is not known": _case(["⟨*1⟩"], ["PASSWORD"]),
	"a secret that fits": _case([], ["PASSWORD", "⟨2⟩WORD"]),
	"two containers, each with a name that is not known": mocks.job_case(
		mocks.job([
			_container(["⟨*1⟩"], ["PASSWORD"]),
			mocks.at_path(_container(["⟨3⟩_X"], ["TOKEN"]), "nodeProperties.nodeRangeProperties[1].container"),
		]),
		{},
	),
}

_unseen := mocks.job_case(
	mocks.job([object.union(
		_container([], ["PASSWORD", "TOKEN"]),
		{"unseen": [
			mocks.unseen("environment", "var.environment has no default", 13),
			mocks.unseen("secrets", "var.secrets has no default", 14),
		]},
	)]),
	{},
)

cases := object.union_n([_good, _bad, _open, {"unseen": _unseen}])

_found(given) := found if found := rule.findings with input as given

_finding(given) := {
	"rule": "unique-environment-names",
	"severity": "error",
	"confidence": "certain",
	"message": given.message,
	"remedy": {"text": given.remedy, "edits": [], "add": null},
	"at": given.at,
	"related": [{"message": "also defined here", "at": at} | some at in given.others],
	"references": [sprintf("containerProperties.secrets[%d]", [index]) | some index in given.secrets],
	"names": ["containerProperties", given.in, given.name],
	"assumes": [],
}

test_good if {
	every given in _good {
		_found(given) == set()
		rule.unverified == set() with input as given
	}
}

test_in_environment if {
	_found(_bad["in environment"]) == {_finding({
		"message": "`PASSWORD` is defined in both `secrets` and `environment` of `containerProperties`; Amazon ECS rejects duplicate names.",
		"remedy": "Remove `PASSWORD` from `environment`.",
		"at": 21,
		"others": [51],
		"secrets": [1],
		"in": "environment",
		"name": "PASSWORD",
	})}
}

test_twice_in_environment_and_in_secrets_is_one_finding if {
	[[finding.at, [one.at | some one in finding.related]] |
		some finding in _found(_bad["twice in environment and in secrets"])
	] == [[20, [50, 51]]]
}

test_what_may_not_be_there_is_likely if {
	likely := {name | some name, given in _bad; some finding in _found(given); finding.confidence == "likely"}
	likely == {"in secrets, and perhaps twice", "perhaps in environment too"}
}

test_twice_in_secrets if {
	_found(_bad["twice in secrets"]) == {_finding({
		"message": "`PASSWORD` is defined 3 times in `secrets` of `containerProperties`; Amazon ECS rejects duplicate names.",
		"remedy": "Define `PASSWORD` once.",
		"at": 22,
		"others": [20, 23],
		"secrets": [0, 2, 3],
		"in": "secrets",
		"name": "PASSWORD",
	})}
}

test_names_with_holes_are_compared if count(_found(_bad["with a hole"])) == 1

test_an_unseen_environment_is_unverified if {
	_found(_unseen) == set()
	undecided := rule.unverified with input as _unseen
	undecided == {_undecided("PASSWORD", 0), _undecided("TOKEN", 1)}
}

_undecided(name, index) := {
	"rule": "unique-environment-names",
	"reason": sprintf("can't tell whether `containerProperties` defines `%s` only once", [name]),
	"at": 13,
	"references": [sprintf("containerProperties.secrets[%d]", [index])],
	"cause": {"kind": "other", "name": "var.environment has no default", "unit": null},
}

test_a_name_with_a_hole_may_be_another if {
	undecided := {name: ids |
		some name, given in _open
		_found(given) == set()
		all := rule.unverified with input as given
		ids := {id | some one in all; some id in one.references}
	}
	undecided == {
		"names that are not known": {"containerProperties.secrets[0]", "containerProperties.secrets[1]"},
		"a variable that is not known": {"containerProperties.secrets[0]"},
		"a secret that fits": {"containerProperties.secrets[0]", "containerProperties.secrets[1]"},
		"two sides of one condition": {"containerProperties.secrets[0]", "containerProperties.secrets[1]"},
		"a variable on the other side": {"containerProperties.secrets[0]"},
		"two containers, each with a name that is not known": {"containerProperties.secrets[0]"},
	}
}

test_a_name_of_its_own_is_proven if {
	proofs := rule.proofs with input as _good["different names"]
	{[proof.because, proof.at] | some proof in proofs} == {
		["no other variable of `containerProperties` has the name `PASSWORD`", 20],
		["no other variable of `containerProperties` has the name `TOKEN`", 21],
	}
}
