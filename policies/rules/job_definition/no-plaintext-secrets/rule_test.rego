package rules.job_definition["no-plaintext-secrets_test"]

import data.lib.mocks
import data.rules.compute_environment["no-plaintext-secrets"] as of_environments
import data.rules.job_definition["no-plaintext-secrets"] as rule

_credential(given) := object.union(
	{
		"form": "token",
		"what": "a GitHub token",
		"sure": true,
		"path": "containerProperties",
		"site": "environment",
		"name": "LOGIN",
		"within": "",
		"at": 7,
	},
	given,
)

_job(credentials) := mocks.job_case(object.union(mocks.job([]), {"credentials": credentials}), {})

_environment(given) := mocks.environment_case(
	mocks.environment("Ec2", [mocks.launch({}), mocks.launch({"user_data": mocks.user_data({}, {"credentials": [_credential(given)]})})]),
	[],
)

cases := {
	"user data": _environment({"form": "login", "what": "a registry login with a password", "site": "user_data", "path": "", "name": ""}),
	"none": mocks.job_case(mocks.job([]), {}),
	"token": _job([_credential({})]),
	"name": _job([_credential({"form": "name", "what": "", "sure": false, "name": "DB_PASSWORD", "written": 9})]),
	"within": _job([_credential({"form": "name", "what": "", "sure": false, "within": "API_KEY", "site": "command", "name": ""})]),
	"id": _job([_credential({"what": "an AWS access key ID", "sure": false})]),
	"maybe": _job([_credential({"maybe": {"kind": "other", "name": "x", "unit": null}})]),
}

test_nothing_is_written_out if count(rule.findings) == 0 with input as cases.none

test_a_token_is_certain if {
	some finding in rule.findings with input as cases.token
	finding.confidence == "certain"
	finding.at == 7
	finding.message == concat(" ", [
		"`LOGIN` in `environment` contains a GitHub token;",
		"anyone who can describe the job definition can read it.",
	])
	startswith(finding.remedy.text, "Remove it from `environment` and add it to `secrets`")
}

test_a_name_is_likely if {
	some finding in rule.findings with input as cases.name
	finding.confidence == "likely"
	finding.related == [{"message": "the value is written here", "at": 9}]
	contains(finding.message, "`DB_PASSWORD` in `environment` has a literal value and the name of a credential")
}

test_a_name_within if {
	some finding in rule.findings with input as cases.within
	contains(finding.message, "The command gives a literal value to `API_KEY`")
}

test_an_id_is_likely if {
	some finding in rule.findings with input as cases.id
	finding.confidence == "likely"
}

test_what_may_not_be_there_is_likely if {
	some finding in rule.findings with input as cases.maybe
	finding.confidence == "likely"
}

test_user_data if {
	some finding in of_environments.findings with input as cases["user data"]
	finding.confidence == "certain"
	contains(finding.message, "contains a registry login with a password; anyone who can read the launch template")
	contains(finding.remedy.text, "`repositoryCredentials`")
}
