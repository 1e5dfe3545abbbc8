package lib.grants_test

import data.lib.grants
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
				mocks.reference("D", "p@ss w0rd", 14, {"id": "d"}),
			],
		}),
		mocks.container({
			"execution_role": mocks.role_elsewhere("jobs"),
			"secrets": [mocks.reference("E", _arn("db-AbCdEf"), 15, {"id": "e"})],
		}),
		mocks.container({"secrets": [mocks.reference("F", _arn("db-AbCdEf"), 16, {"id": "f"})]}),
	]),
	{"roles": [_role]},
)

_asked := answer if {
	answer := grants.questions with input as _case
}

test_references_of_one_role_to_one_secret_are_one_question if {
	{[[entry.id | some entry in question.entries], question.service] | some question in _asked} == {
		[["a", "c"], "secretsmanager"],
		[["b"], "ssm"],
		[["e"], "secretsmanager"],
	}
}

_aliases(question) := answer if {
	answer := grants.aliases(question) with input as {"secrets": {"Db": mocks.secret("Db", {"name": mocks.text("db-secret", 0)})}, "parameters": {}}
}

_question(value, secret) := {"kind": "secret", "arn": value, "secret": secret, "parameter": null}

test_a_partial_arn_has_a_suffix_behind_it if {
	_aliases(_question(_arn("db"), null)) == [[concat("", [_arn("db"), "-⟨#⟩"])]]
}

test_an_arn_that_looks_whole_may_be_partial if {
	_aliases(_question(_arn("db-secret"), null)) == [[_arn("db-secret"), concat("", [_arn("db-secret"), "-⟨#⟩"])]]
	_aliases(_question(_arn("⟨env@.⟩"), null)) == [[_arn("⟨env@.⟩"), concat("", [_arn("⟨env@.⟩"), "-⟨#⟩"])]]
}

test_a_declared_name_tells_that_it_is_partial if {
	_aliases(_question(_arn("db-secret"), "Db")) == [
		[concat("", [_arn("db-secret"), "-⟨#⟩"])],
		[mocks.secret_arn("Db", "db")],
	]
}

test_a_declared_secret_is_whole if {
	_aliases(_question(mocks.secret_arn("Db", "db"), null)) == [[mocks.secret_arn("Db", "db")]]
}
