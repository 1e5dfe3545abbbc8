package lib.access.questions_test

import data.lib.access.questions
import data.lib.mocks

_arn(name) := sprintf("arn:aws:secretsmanager:eu-west-1:111122223333:secret:%s", [name])

_role := mocks.role("ExecutionRole", [])

_case := mocks.job_case(
	mocks.job([
		mocks.container({
			"execution_role": mocks.role_of(_role),
			"secrets": [
				mocks.reference("A", sprintf("%s:a::", [_arn("db-AbCdEf")]), 11, {"id": "a"}),
				mocks.reference("B", "/prod/db", 12, {"id": "b"}),
				mocks.reference("C", sprintf("%s:c::", [_arn("db-AbCdEf")]), 13, {"id": "c"}),
				mocks.reference("D", sprintf("%s:c:AWSPREVIOUS:", [_arn("db-AbCdEf")]), 14, {"id": "d"}),
				mocks.reference("E", "/aws/reference/secretsmanager/web", 14, {"id": "e"}),
			],
		}),
		mocks.container({
			"execution_role": mocks.role_elsewhere("jobs"),
			"secrets": [mocks.reference("F", _arn("db-AbCdEf"), 15, {"id": "f"})],
		}),
		mocks.container({"secrets": [mocks.reference("G", _arn("db-AbCdEf"), 16, {"id": "g"})]}),
	]),
	{"roles": [_role]},
)

_asked := answer if {
	answer := questions.all with input as _case
}

_asked_of_secrets := answer if {
	answer := questions.of_secrets with input as _case
}

test_references_of_one_role_to_one_version_of_one_secret_are_one_question if {
	{[[entry.id | some entry in question.entries], question.service] | some question in _asked} == {
		[["a", "c"], "secretsmanager"],
		[["b"], "ssm"],
		[["d"], "secretsmanager"],
		[["e"], "ssm"],
		[["f"], "secretsmanager"],
	}
}

test_a_secret_that_systems_manager_reads_is_asked_for_as_well if {
	{question.arn | some question in _asked_of_secrets; some entry in question.entries; entry.id == "e"} == {"arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:web"}
}

_names(question) := answer if {
	answer := questions.names(question) with input as {"secrets": {"Db": mocks.secret("Db", {"name": mocks.text("db-secret", 0)})}, "parameters": {}}
}

_question(value, secret) := {"service": "secretsmanager", "arn": value, "secret": secret, "parameter": null}

test_a_partial_arn_has_a_suffix_behind_it if {
	_names(_question(_arn("db"), null)) == [[concat("", [_arn("db"), "-⟨#⟩"])]]
}

test_an_arn_that_ends_in_a_hyphen_and_six_characters_is_complete if {
	_names(_question(_arn("db-secret"), null)) == [[_arn("db-secret")]]
}

test_an_arn_that_ends_in_something_unknown_may_be_complete_or_not if {
	_names(_question(_arn("⟨env@.⟩"), null)) == [[_arn("⟨env@.⟩"), concat("", [_arn("⟨env@.⟩"), "-⟨#⟩"])]]
}

test_a_declared_secret_has_its_own_name_first if {
	_names(_question(_arn("db"), "Db")) == [[mocks.secret_arn("Db", "db")], [concat("", [_arn("db"), "-⟨#⟩"])]]
	_names(_question(mocks.secret_arn("Db", "db"), null)) == [[mocks.secret_arn("Db", "db")]]
}
