package rules.job_definition["secret-reference-is-arn_test"]

import data.lib.mocks
import data.rules.job_definition["secret-reference-is-arn"] as rule

_case(value) := _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]}))

# The files declare three secrets: db, one with a part of its name that is not known, and one in another folder.
_of(container) := mocks.job_case(mocks.job([container]), {"secrets": [
	mocks.secret("Db", {}),
	mocks.secret("Api", {
		"name": mocks.text("⟨Environment@unit⟩/api", 7),
		"arn": mocks.text(mocks.secret_arn("Api", "⟨Environment@unit⟩/api"), 7),
	}),
	mocks.secret("Shared", {"unit": "other", "name": mocks.text("shared", 8)}),
]})

_own := "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:"

_good := {
	"ARN": _case("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::"),
	"declared secret": _case(mocks.secret_arn("Db", "db")),
	"parameter": _case("/prod/db"),
	"parameter with a version": _case("prod:3"),
	"unknown": _case("⟨*DbSecret@unit⟩"),
	"unknown with selectors": _case("⟨*DbSecret@unit⟩:password::"),
	"placeholder with selectors": _case("⟨secret@.⟩:password::"),
	"some text with colons": _case("a:b:c:d"),
	"job parameter": _case("Ref::db"),
	"dynamic reference": _case("{{resolve:ssm:db}}"),
	"ARN without its beginning": _case("aws:secretsmanager::"),
	"absent": _of(mocks.container({"secrets": [mocks.reference("X", "", 11, {"value_from": null})]})),
	"parameter with the name of a secret": mocks.job_case(
		mocks.job([mocks.container({"secrets": [mocks.reference("DB", "db", 11, {"parameter": "unit#Parameter"})]})]),
		{"secrets": [mocks.secret("Db", {})], "parameters": [mocks.parameter("Parameter", "db", {})]},
	),
	"credentials": _of(mocks.container({"registry_credentials": mocks.reference("", "db", 11, {"id": "registry", "name": null})})),
}

_named := "which AWS Batch looks up as a parameter of Systems Manager"

_bad := {
	"name": ["db", "the name of Db", mocks.secret_arn("Db", "db")],
	"name with a key": ["db:password", "the name of Db", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name with selectors": ["db:password::", "the name of Db", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name with a hole": ["⟨Environment@unit⟩/api", "the name of Api", mocks.secret_arn("Api", "⟨Environment@unit⟩/api")],
	"end of an ARN": ["secret:db:password::", "the name of Db", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name behind the service": ["secretsmanager:db", "the name of Db", mocks.secret_arn("Db", "db")],
	"attribute": [
		"⟨*aws_secretsmanager_secret.all.name@unit⟩",
		"the name of a secret",
		"⟨*aws_secretsmanager_secret.all.arn@⟩",
	],
	"attribute with a key": [
		"⟨*aws_secretsmanager_secret.all.name@unit⟩:password::",
		"the name of a secret",
		"⟨*aws_secretsmanager_secret.all.arn@⟩:password::",
	],
	"end of another ARN": ["secret:mail", "the end of a secret's ARN", concat("", [_own, "mail"])],
	"end of another ARN behind the service": [
		"secretsmanager:secret:mail:token::",
		"the end of a secret's ARN",
		concat("", [_own, "mail:token::"]),
	],
	"another name with a key": ["prod/mail:token::", "the name of a secret with selectors", concat("", [_own, "prod/mail:token::"])],
	"another name with a stage": [
		"mail::AWSPREVIOUS:",
		"the name of a secret with selectors",
		concat("", [_own, "mail::AWSPREVIOUS:"]),
	],
	"another name with a version": [
		"⟨Environment@unit⟩-mail:::0f4e2b6c-1a2b-4c3d-8e9f-0a1b2c3d4e5f",
		"the name of a secret with selectors",
		concat("", [_own, "⟨Environment@unit⟩-mail:::0f4e2b6c-1a2b-4c3d-8e9f-0a1b2c3d4e5f"]),
	],
}

_versions := {
	"id of a version": [
		concat("", [mocks.secret_arn("Db", "db"), "|⟨aws_secretsmanager_secret_version.db.version_id@unit⟩"]),
		mocks.secret_arn("Db", "db"),
	],
	"id of a version with a key": [
		concat("", [mocks.secret_arn("Db", "db"), "|⟨aws_secretsmanager_secret_version.db.version_id@unit⟩:password::"]),
		concat("", [mocks.secret_arn("Db", "db"), ":password::"]),
	],
	"id of a version that is not known": [
		"⟨*aws_secretsmanager_secret_version.db.id@unit⟩:password::",
		"⟨*aws_secretsmanager_secret_version.db.arn@⟩:password::",
	],
}

_elsewhere := _case("shared:password::")

_log := _of(mocks.container({"log": mocks.log([mocks.reference("splunk-token", "db", 12, {})])}))

cases := object.union_n([
	_good,
	{name: _case(bad[0]) | some name, bad in _bad},
	{name: _case(version[0]) | some name, version in _versions},
	{"elsewhere": _elsewhere, "log option": _log},
])

_found(given) := found if found := rule.findings with input as given

_finding(is, replacement, related) := {
	"rule": "secret-reference-is-arn",
	"severity": "error",
	"confidence": "certain",
	"message": sprintf("DB_PASSWORD takes %s.", [is]),
	"remedy": {"text": "Write the ARN of the secret.", "replacement": replacement, "statement": null},
	"at": 11,
	"related": related,
	"references": ["containerProperties.secrets.DB_PASSWORD"],
	"names": ["containerProperties", "DB_PASSWORD"],
}

test_good if {
	every given in _good {
		_found(given) == set()
	}
}

test_bad if {
	every bad in _bad {
		_found(_case(bad[0])) == {_finding(sprintf("%s, %s", [bad[1], _named]), bad[2], _related(bad[1]))}
	}
}

_related(is) := [{"message": "the secret", "at": 7}] if {
	startswith(is, "the name of ")
	not startswith(is, "the name of a ")
} else := []

test_ids_of_versions if {
	every version in _versions {
		is := "the id of a secret's version (ARN|VERSION) in place of the secret's ARN"
		_found(_case(version[0])) == {_finding(is, version[1], [])}
	}
}

test_a_secret_of_another_folder_is_likely_meant if {
	[[finding.confidence, finding.remedy.replacement] | some finding in _found(_elsewhere)] == [[
		"likely",
		concat("", [_own, "shared:password::"]),
	]]
}

test_log_options_are_references if {
	[[finding.message, finding.at] | some finding in _found(_log)] == [[
		concat("", ["splunk-token takes the name of Db, ", _named, "."]),
		12,
	]]
}
