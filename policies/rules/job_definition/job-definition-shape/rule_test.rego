package rules.job_definition["job-definition-shape_test"]

import data.lib.mocks
import data.rules.job_definition["job-definition-shape"] as rule

_case(notes) := mocks.job_case(
	object.union(
		mocks.job([mocks.container({"secrets": [
			mocks.reference("A", "", 11, {"value_from": null}),
			mocks.reference("B", "/b", 12, {}),
		]})]),
		{"shape": notes},
	),
	{},
)

_without_secrets(notes) := mocks.job_case(object.union(mocks.job([mocks.container({})]), {"shape": notes}), {})

_note(kind, key, expected) := {"kind": kind, "key": key, "expected": expected, "at": 81}

cases := {
	"right": _case([]),
	"array-for-object": _case([_note("array-for-object", "logConfiguration", null)]),
	"key-case": _case([_note("key-case", "valueFrom", "ValueFrom")]),
	"dropped-key": _case([_note("dropped-key", "value_from", "valueFrom")]),
	"role-without-secrets": _without_secrets([_note("dropped-key", "execution_role_arn", "executionRoleArn")]),
	"list-without-secrets": _without_secrets([_note("array-for-object", "container_properties", null)]),
	"dropped-secrets": _without_secrets([_note("dropped-key", "secret", "secrets")]),
	"dropped-secrets-and-role": _without_secrets([
		_note("dropped-key", "secret", "secrets"),
		_note("dropped-key", "execution_role_arn", "executionRoleArn"),
	]),
	"eks-secret-arn": _case([_note("eks-secret-arn", "value", null)]),
}

_found(given) := answer if {
	answer := rule.findings with input as given
}

test_right if _found(cases.right) == set()

test_a_list_for_an_object if {
	_found(cases["array-for-object"]) == {{
		"rule": "job-definition-shape",
		"severity": "error",
		"confidence": "certain",
		"message": "`logConfiguration` is a list, but AWS Batch expects a single object.",
		"remedy": {"text": "Remove the square brackets.", "edits": [], "add": null},
		"at": 81,
		"related": [],
		"references": ["containerProperties.secrets.A", "containerProperties.secrets.B"],
		"names": ["array-for-object", "logConfiguration"],
		"assumes": [],
	}}
}

_told(given) := {[one.message, one.remedy.text, one.confidence, one.references] | some one in _found(given)}

test_spelling if {
	_told(cases["key-case"]) == {[
		"`valueFrom` is not how this format spells `ValueFrom`.",
		"Write `ValueFrom`.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
}

test_a_dropped_value_concerns_the_references_without_one if {
	_told(cases["dropped-key"]) == {[
		"`value_from` is not a key that AWS Batch knows; Terraform drops it silently.",
		"Write `valueFrom`.",
		"certain",
		["containerProperties.secrets.A"],
	]}
}

test_an_arn_on_kubernetes_is_likely if {
	{one.confidence | some one in _found(cases["eks-secret-arn"])} == {"likely"}
}

test_a_job_that_reads_no_secret_is_left_alone if {
	_found(cases["role-without-secrets"]) == set()
	_found(cases["list-without-secrets"]) == set()
}

test_dropped_secrets_are_meant_to_be_read if {
	{one.message | some one in _found(cases["dropped-secrets"])} == {"`secret` is not a key that AWS Batch knows; Terraform drops it silently."}
}

test_a_key_in_the_wrong_place_is_told_in_any_job if {
	told := {[one.message, one.remedy.text, one.references] | some one in _found(_without_secrets([
		_note("misplaced-key", "logConfiguration.secrets", "secretOptions"),
		_note("misplaced-key", "container.containerProperties", null),
	]))}
	told == {
		[
			"AWS Batch has no key `logConfiguration.secrets`, so the container gets no secret from it.",
			"Use `secretOptions`.",
			[],
		],
		[
			"AWS Batch has no key `container.containerProperties`, so the container gets no secret from it.",
			"Move what is in it one level higher.",
			[],
		],
	}
}

test_all_keys_count_of_a_job_that_means_to_read_secrets if {
	count(_found(cases["dropped-secrets-and-role"])) == 2
}

test_every_reference_has_one_answer if {
	both := _case([_note("dropped-key", "value_from", "valueFrom"), _note("array-for-object", "containerProperties", null)])
	{[one.names[0], one.references] | some one in _found(both)} == {
		["dropped-key", ["containerProperties.secrets.A"]],
		["array-for-object", ["containerProperties.secrets.B"]],
	}
	proofs := rule.proofs with input as both
	proofs == set()
}

test_what_has_the_right_shape_is_proven if {
	proofs := rule.proofs with input as cases["dropped-key"]
	{[proof.because, proof.at, proof.references] | some proof in proofs} == {[
		"its keys and objects match the API",
		1,
		["containerProperties.secrets.B"],
	]}
}
