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
		"message": "logConfiguration is written as a list, and AWS Batch takes one object.",
		"remedy": {"text": "Take the square brackets away.", "replacement": null, "statement": null},
		"at": 81,
		"related": [],
		"references": [],
		"names": ["array-for-object", "logConfiguration"],
	}}
}

_told(given) := {[one.message, one.remedy.text, one.confidence, one.references] | some one in _found(given)}

test_spelling if {
	_told(cases["key-case"]) == {[
		"valueFrom is not how this format spells ValueFrom.",
		"Write ValueFrom.",
		"certain",
		[],
	]}
}

test_a_dropped_value_concerns_the_references_without_one if {
	_told(cases["dropped-key"]) == {[
		"value_from is no key of AWS Batch, and Terraform drops it without a word.",
		"Write valueFrom.",
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
	{one.message | some one in _found(cases["dropped-secrets"])} == {"secret is no key of AWS Batch, and Terraform drops it without a word."}
}

test_all_keys_count_of_a_job_that_means_to_read_secrets if {
	count(_found(cases["dropped-secrets-and-role"])) == 2
}
