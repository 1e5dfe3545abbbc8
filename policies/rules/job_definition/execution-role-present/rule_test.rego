package rules.job_definition["execution-role-present_test"]

import data.lib.mocks
import data.rules.job_definition["execution-role-present"] as rule

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_secrets := [mocks.reference("DB_PASSWORD", _arn, 11, {}), mocks.reference("DB_USER", _arn, 12, {})]

_role := mocks.role_elsewhere("arn:aws:iam::111122223333:role/jobs")

_of(containers) := mocks.job_case(mocks.job(containers), {})

_task(path, given) := mocks.container(object.union({"kind": "ecs", "path": path, "role_holder": 21}, given))

_range(index, given) := mocks.container(object.union(
	{
		"path": sprintf("nodeProperties.nodeRangeProperties[%d].container", [index]),
		"role_holder": 30 + index,
		"secrets": [object.union(secret, {"id": concat("", [format_int(index, 10), secret.id])}) | some secret in _secrets],
	},
	given,
))

_with_role(origin) := mocks.with_holes(
	_of([mocks.container({"secrets": _secrets, "execution_role": mocks.role_elsewhere("⟨*Role@unit⟩")})]),
	{"Role@unit": mocks.hole("Role", {"width": "wide", "origin": {"kind": origin}})},
)

cases := {
	"role": _of([mocks.container({"secrets": _secrets, "execution_role": _role})]),
	"role that does not exist": _of([mocks.container({
		"secrets": _secrets,
		"execution_role": object.union(_role, {"gone": {"how": "missing", "at": 41}}),
	})]),
	"role that is a parameter": _with_role("parameter"),
	"role that may be null": _with_role("variable"),
	"no secrets": _of([mocks.container({})]),
	"EKS": _of([mocks.container({"kind": "eks"})]),
	"none": _of([mocks.container({"secrets": _secrets})]),
	"job role only": _of([mocks.container({"secrets": _secrets, "job_role": _role})]),
	"empty": _of([mocks.container({"secrets": _secrets, "execution_role": mocks.role_elsewhere("")})]),
	"log option": _of([mocks.container({"log": mocks.log([mocks.reference("splunk-token", _arn, 11, {})])})]),
	"credentials": _of([mocks.container({"registry_credentials": mocks.reference("", "registry", 11, {"name": null})})]),
	"value that is not known": _of([mocks.container({"secrets": [mocks.reference("A", "⟨*A@unit⟩", 11, {})]})]),
	"list that is not known": _of([mocks.container({"unseen": [_hidden("secrets")]})]),
	"mount points that are not known": _of([mocks.container({"unseen": [_hidden("mountPoints")]})]),
	"role and a list that is not known": _of([mocks.container({"execution_role": _role, "unseen": [_hidden("secrets")]})]),
	"none and more that are not known": _of([mocks.container({"secrets": _secrets, "unseen": [_hidden("secrets")]})]),
	"task": _of([
		_task("ecsProperties.taskProperties[0].containers[0]", {"secrets": [_secrets[0]]}),
		_task("ecsProperties.taskProperties[0].containers[1]", {"secrets": [_secrets[1]]}),
	]),
	"one of two ranges": _of([mocks.at_path(_range(0, {"execution_role": _role}), "nodeProperties.nodeRangeProperties[0].container"), _range(1, {})]),
}

_hidden(part) := {"part": part, "cause": {"kind": "variable", "name": "var.list", "unit": "unit"}, "at": 12}

_found(given) := answer if {
	answer := rule.findings with input as given
}

_told(given) := {[one.message, one.at, one.names] | some one in _found(given)}

_ids := ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"]

_judged(given) := [findings, unverified, proofs] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
	proofs := rule.proofs with input as given
}

test_good if {
	every name in ["role", "role that is a parameter"] {
		[findings, unverified, proofs] := _judged(cases[name])
		[findings, unverified] == [set(), set()]
		{[one.references, one.at] | some one in proofs} == {[_ids, 3]}
	}
}

test_the_proof_names_the_role if {
	[_, _, proofs] := _judged(cases.role)
	{one.because | some one in proofs} == {"the execution role of `containerProperties` is `arn:aws:iam::111122223333:role/jobs`"}
}

test_nothing_is_asked_where_there_are_no_references if {
	every name in ["no secrets", "EKS"] { _judged(cases[name]) == [set(), set(), set()] }
}

test_a_list_that_is_not_known_may_need_a_role if {
	_judged(cases["list that is not known"]) == [
		set(),
		{{
			"rule": "execution-role-present",
			"reason": "can't tell whether `containerProperties` needs an execution role, which it does not have",
			"at": 2,
			"references": [],
			"cause": {"kind": "variable", "name": "var.list", "unit": "unit"},
		}},
		set(),
	]
	every name in ["mount points that are not known", "role and a list that is not known", "none and more that are not known"] {
		_judged(cases[name])[1] == set()
	}
}

test_what_may_be_null_is_open if {
	_judged(cases["role that may be null"]) == [
		set(),
		{{
			"rule": "execution-role-present",
			"reason": "can't tell whether `containerProperties` has an execution role",
			"at": 3,
			"references": _ids,
			"cause": {"kind": "value", "name": "Role", "unit": "unit"},
		}},
		set(),
	]
}

test_each_reference_has_one_answer if {
	_judged(cases.none)[1] == set()
	_judged(cases.none)[2] == set()
	answered := rule.applies with input as cases.none
	answered == {id | some id in _ids}
}

test_none if {
	_found(cases.none) == {{
		"rule": "execution-role-present",
		"severity": "error",
		"confidence": "certain",
		"message": "`DB_PASSWORD` and `DB_USER` can't be read: `containerProperties` has no execution role.",
		"remedy": {
			"text": "Add `executionRoleArn` with a role that may read the secrets.",
			"edits": [{"at": 2, "key": "executionRoleArn", "text": "<arn of the execution role>"}],
			"add": null,
		},
		"at": 2,
		"related": [],
		"references": ["containerProperties.secrets.DB_PASSWORD", "containerProperties.secrets.DB_USER"],
		"names": ["containerProperties"],
		"assumes": [],
	}}
}

test_a_key_that_is_misspelled_is_respelled if {
	note := {"kind": "dropped-key", "key": "execution_role", "expected": "executionRoleArn", "means": "executionRoleArn", "at": 81}
	given := object.union(cases.none, {"job_definitions": {"unit#Job": {"shape": [note]}}})
	{one.remedy.edits | some one in _found(given)} == {[{"at": 81, "text": "executionRoleArn"}]}
}

test_the_job_role_does_not_count if {
	_told(cases["job role only"]) == {[
		"`DB_PASSWORD` and `DB_USER` can't be read: `containerProperties` has no execution role, and the job role is not used to read secrets.",
		2,
		["containerProperties"],
	]}
}

test_an_empty_role_may_be_a_default if {
	{one.confidence | some one in _found(cases.empty)} == {"likely"}
}

test_every_kind_of_reference_needs_it if {
	{message | some [message, _, _] in _told(cases["log option"])} == {"`splunk-token` can't be read: `containerProperties` has no execution role."}
	{message | some [message, _, _] in _told(cases.credentials)} == {"`repositoryCredentials` can't be read: `containerProperties` has no execution role."}
	{message | some [message, _, _] in _told(cases["value that is not known"])} == {"`A` can't be read: `containerProperties` has no execution role."}
}

test_the_containers_of_a_task_share_it if {
	_told(cases.task) == {[
		"`DB_PASSWORD` and `DB_USER` can't be read: `ecsProperties.taskProperties[0]` has no execution role.",
		21,
		["ecsProperties.taskProperties[0]"],
	]}
}

test_every_node_range_has_its_own if {
	{names | some [_, 31, names] in _told(cases["one of two ranges"])} == {["nodeProperties.nodeRangeProperties[1].container"]}
}

test_role_that_does_not_exist if {
	given := cases["role that does not exist"]
	{[one.message, one.names] | some one in _found(given)} == {[
		"`DB_PASSWORD` and `DB_USER` can't be read: the execution role `arn:aws:iam::111122223333:role/jobs` does not exist.",
		["containerProperties", "arn:aws:iam::111122223333:role/jobs"],
	]}
	proofs := rule.proofs with input as given
	count(proofs) == 0
}
