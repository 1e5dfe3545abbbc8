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

_note(kind, key, expected) := {"kind": kind, "key": key, "expected": expected, "means": expected, "at": 81}

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_with_variables(kind, given) := mocks.with_holes(
	mocks.job_case(mocks.job([mocks.container(object.union({"kind": kind}, given))]), {}),
	{"1": mocks.hole("data.aws_secretsmanager_secret.api.arn", {
		"width": "wide",
		"origin": {"kind": "lookup", "of": [], "function": null, "resource_kind": "secret", "attribute": "arn"},
	})},
)

cases := {
	"right": _case([]),
	"array-for-object": _case([_note("array-for-object", "logConfiguration", null)]),
	"key-case": _case([object.union(_note("key-case", "valueFrom", "ValueFrom"), {"means": "valueFrom"})]),
	"twin": _case([object.union(_note("key-case", "ValueFrom", "valueFrom"), {"means": "valueFrom", "edits": []})]),
	"empty-name": _case([_note("empty-name", "name", null)]),
	"refused-key": _case([object.union(_note("refused-key", "Value", "ValueFrom"), {"means": "valueFrom"})]),
	"dropped-key": _case([_note("dropped-key", "value_from", "valueFrom")]),
	"role-without-secrets": _without_secrets([_note("dropped-key", "execution_role_arn", "executionRoleArn")]),
	"list-without-secrets": _without_secrets([_note("array-for-object", "container_properties", null)]),
	"dropped-secrets": _without_secrets([_note("dropped-key", "secret", "secrets")]),
	"dropped-secrets-and-role": _without_secrets([
		_note("dropped-key", "secret", "secrets"),
		_note("dropped-key", "execution_role_arn", "executionRoleArn"),
	]),
	"eks": _with_variables("eks", {"environment": [
		mocks.variable("DB", _arn, 71),
		mocks.variable("DB_SECRET_ARN", _arn, 72),
		mocks.variable("DB_SECRET_ID", $"{_arn}:password::", 73),
		mocks.variable("CONFIG", "arn:aws:ssm:eu-west-1:111122223333:parameter/config", 74),
	]}),
	"variables": _with_variables("container", {"environment": [
		mocks.variable("DB_SECRET", _arn, 71),
		mocks.variable("DB_PASSWORD", _arn, 72),
		mocks.variable("DB", $"{_arn}:password::", 73),
		mocks.variable("TOPIC_TOKEN", "arn:aws:sns:eu-west-1:111122223333:topic", 74),
		mocks.variable("API_TOKEN", "⟨*1⟩", 75),
		mocks.variable("API", "⟨*1⟩:key::", 76),
		mocks.variable("GIT_TOKEN", "arn:aws:ssm:eu-west-1:111122223333:parameter/git", 77),
		mocks.variable("GIT_TOKEN_PARAMETER", "arn:aws:ssm:eu-west-1:111122223333:parameter/git", 78),
		mocks.variable("CONFIG", "arn:aws:ssm:eu-west-1:111122223333:parameter/config", 79),
	]}),
	"options": _with_variables("container", {"log": object.union(
		mocks.log([]),
		{"options": [mocks.variable("splunk-token", _arn, 71), mocks.variable("splunk-index", _arn, 72)]},
	)}),
	"no string": _case([object.union(_note("other-for-text", "valueFrom", null), {"means": "valueFrom"})]),
	"no role": _case([object.union(_note("other-for-text", "executionRoleArn", null), {"means": "executionRoleArn"})]),
	"no name": _case([_note("missing-key", "name", "name")]),
	"misplaced role": _case([_note("misplaced-role", "container.executionRoleArn", null)]),
	"misplaced role without secrets": _without_secrets([_note("misplaced-role", "container.executionRoleArn", null)]),
	"no JSON": _case([_note("object-for-json", "container_properties", null)]),
	"no list": _without_secrets([_note("object-for-list", "containerProperties.secrets", "valueFrom")]),
	"strings": _without_secrets([_note("text-for-object", "containerProperties.secrets", "valueFrom")]),
	"nested list": _case([_note("list-for-object", "containerProperties.secrets", "valueFrom")]),
	"stray ARN": _without_secrets([_note("misplaced-arn", "containerProperties.arns", null)]),
	"stray key": _without_secrets([_note("misplaced-key", "containerProperties.envs.valueFrom", null)]),
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
		"remedy": {"text": "Write the object itself, without a list around it.", "edits": [], "add": null},
		"at": 81,
		"related": [],
		"references": ["containerProperties.secrets.A", "containerProperties.secrets.B"],
		"names": ["array-for-object", "logConfiguration"],
		"assumes": [],
	}}
}

test_an_object_for_json if {
	_told(cases["no JSON"]) == {[
		"`container_properties` is not a string, but Terraform expects a string of JSON.",
		"Write `container_properties = jsonencode(…)`, which is neither a block nor an object or a list.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
}

test_a_list_in_the_list if {
	_told(cases["nested list"]) == {[
		"`containerProperties.secrets` has a list in it, but AWS Batch expects objects with a name and a `valueFrom`.",
		"Join the lists to one, such as with `concat` in Terraform.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
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

test_a_key_beside_the_right_one_is_removed if {
	{edits | some one in _found(cases.twin); edits := one.remedy.edits} == {[]}
	{one.remedy.text | some one in _found(cases.twin)} == {"Remove it: `valueFrom` is there, too."}
}

test_an_empty_name if {
	{one.confidence | some one in _found(cases["empty-name"])} == {"likely"}
}

test_a_dropped_value_concerns_the_references_without_one if {
	_told(cases["dropped-key"]) == {[
		"`value_from` is not a key that AWS Batch knows; Terraform drops it silently.",
		"Write `valueFrom`.",
		"certain",
		["containerProperties.secrets.A"],
	]}
}

test_no_string_as_a_reference if {
	_told(cases["no string"]) == {[
		"`valueFrom` is not a string, but AWS Batch expects one.",
		"Write the ARN of the secret, or of the parameter, as a string.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
}

test_no_string_as_a_role if {
	[[_, remedy, _, _]] := [one | some one in _told(cases["no role"])]
	remedy == "Write the ARN of the role as a string."
}

test_no_name if {
	_told(cases["no name"]) == {[
		"A secret has no `name`, which AWS Batch requires.",
		"Add `name`, the name of the variable or option that gets the secret.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
}

test_a_role_where_no_role_is if {
	_told(cases["misplaced role without secrets"]) == set()
	_told(cases["misplaced role"]) == {[
		"AWS Batch has no key `container.executionRoleArn`, so it rejects the job definition.",
		"Move it to `containerProperties`, or to an item of `taskProperties`.",
		"certain",
		["containerProperties.secrets.A", "containerProperties.secrets.B"],
	]}
}

_places(given) := {[one.at, one.confidence] | some one in _found(given)}

test_an_arn_on_kubernetes_is_likely_unless_its_name_is_for_code if {
	_places(cases.eks) == {[71, "likely"], [73, "likely"]}
	{one.message | some one in _found(cases.eks); one.at == 71} == {"`DB` in `env` is set to the ARN of a secret, and gets the ARN instead of the secret."}
}

test_an_arn_for_a_credential_and_selectors_in_variables_are_likely if {
	_places(cases.variables) == {[72, "likely"], [73, "likely"], [75, "likely"], [76, "likely"], [77, "likely"]}
}

test_an_arn_for_a_credential_in_options_is_likely if {
	_told(cases.options) == {[
		"`splunk-token` in `options` is set to the ARN of a secret, and gets the ARN instead of the secret.",
		"Move it to `secretOptions`, with the ARN in `valueFrom`.",
		"likely",
		[],
	]}
}

test_lists_of_objects if {
	{one.message | some name in ["no list", "strings", "stray ARN", "stray key"]; some one in _found(cases[name])} == {
		"`containerProperties.secrets` is an object, but AWS Batch expects a list.",
		"`containerProperties.secrets` has a value that is no object; AWS Batch expects objects with a name and a `valueFrom`.",
		"`containerProperties.arns` is set to the ARN of a secret, but AWS Batch reads no secret from there.",
		"AWS Batch has no key `containerProperties.envs.valueFrom`, so the container gets no secret from it.",
	}
}

test_what_other_formats_refuse_concerns_the_references_without_a_value if {
	_told(cases["refused-key"]) == {[
		"`Value` is not a key that AWS Batch knows, so it rejects the job definition.",
		"Write `ValueFrom`.",
		"certain",
		["containerProperties.secrets.A"],
	]}
	{one.remedy.edits | some one in _found(cases["refused-key"])} == {[{"at": 81, "text": "ValueFrom"}]}
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
