package rules.job_definition["secret-reference-is-arn_test"]

import data.lib.mocks
import data.rules.job_definition["secret-reference-is-arn"] as rule

_case(value) := _of(mocks.container({"secrets": [mocks.reference("DB_PASSWORD", value, 11, {})]}))

_attribute(kind, attribute) := mocks.hole("x", {
	"width": "wide",
	"arn": "⟨*2⟩",
	"origin": {"kind": "attribute", "of": [], "function": null, "resource_kind": kind, "attribute": attribute},
})

# The files declare three secrets: db, one with a part of its name that is not known, and one in another folder.
_of(container) := object.union(_in_these_files(container), {"holes": {
	"1": _attribute("secret", "name"),
	"2": _attribute("secret", "arn"),
	"3": _attribute("secret_version", "id"),
	"4": _attribute("secret_version", "version_id"),
}})

_in_these_files(container) := mocks.job_case(mocks.job([container]), {"secrets": [
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
	"parameter with the name of a secret": mocks.job_case(
		mocks.job([mocks.container({"secrets": [mocks.reference("DB", "db", 11, {"parameter": "unit#Parameter"})]})]),
		{"secrets": [mocks.secret("Db", {})], "parameters": [mocks.parameter("Parameter", "db", {})]},
	),
}

_unknown := {
	"unknown": _case("⟨*DbSecret@unit⟩"),
	"unknown with selectors": _case("⟨*DbSecret@unit⟩:password::"),
	"placeholder with selectors": _case("⟨secret@.⟩:password::"),
	"dynamic reference": _case("{{resolve:ssm:db}}"),
}

_elsewhere := {
	"some text with colons": _case("a:b:c:d"),
	"job parameter": _case("Ref::db"),
	"ARN without its beginning": _case("aws:secretsmanager::"),
	"absent": _of(mocks.container({"secrets": [mocks.reference("X", "", 11, {"value_from": null})]})),
	"credentials": _of(mocks.container({"registry_credentials": mocks.reference("", "db", 11, {"id": "registry", "name": null})})),
}

_named := "which AWS Batch looks up as a parameter of Systems Manager"

_bad := {
	"name": ["db", "the name of `Db`", mocks.secret_arn("Db", "db")],
	"name with a key": ["db:password", "the name of `Db`", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name with selectors": ["db:password::", "the name of `Db`", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name with a hole": ["⟨Environment@unit⟩/api", "the name of `Api`", mocks.secret_arn("Api", "⟨Environment@unit⟩/api")],
	"name with the suffix of the ARN": ["db-⟨#Db@unit⟩", "the name of `Db`", mocks.secret_arn("Db", "db")],
	"end of an ARN": ["secret:db:password::", "the name of `Db`", concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"name behind the service": ["secretsmanager:db", "the name of `Db`", mocks.secret_arn("Db", "db")],
	"attribute": ["⟨*1⟩", "the name of a secret", "⟨*2⟩"],
	"attribute with a key": ["⟨*1⟩:password::", "the name of a secret", "⟨*2⟩:password::"],
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
	"id of a version that is not known": ["⟨*3⟩:password::", "⟨*2⟩:password::"],
}

_of_another_folder := _case("shared:password::")

_log := _of(mocks.container({"log": mocks.log([mocks.reference("splunk-token", "db", 12, {})])}))

cases := object.union_n([
	_good,
	_unknown,
	_elsewhere,
	{name: _case(bad[0]) | some name, bad in _bad},
	{name: _case(version[0]) | some name, version in _versions},
	{"elsewhere": _of_another_folder, "log option": _log},
])

_found(given) := found if found := rule.findings with input as given

_finding(is, replacement, related) := {
	"rule": "secret-reference-is-arn",
	"severity": "error",
	"confidence": "certain",
	"message": sprintf("`DB_PASSWORD` is set to %s.", [is]),
	"remedy": {"text": "Write the ARN of the secret.", "edits": [{"at": 11, "text": replacement}], "add": null},
	"at": 11,
	"related": related,
	"references": ["containerProperties.secrets.DB_PASSWORD"],
	"names": ["containerProperties", "DB_PASSWORD"],
	"assumes": [],
}

test_good if {
	becauses := {name: because |
		some name, given in _good
		_found(given) == set()
		proofs := rule.proofs with input as given
		some proof in proofs
		because := proof.because
	}
	name := "it is the name of a parameter, and no secret in these files has that name"
	becauses == {
		"ARN": "it is an ARN, not a name",
		"declared secret": "it is an ARN, not a name",
		"parameter": name,
		"parameter with a version": name,
		"parameter with the name of a secret": "it is the name of a parameter in these files",
	}
}

test_unknown if {
	every given in _unknown {
		_found(given) == set()
		undecided := rule.unverified with input as given
		{one.reason | some one in undecided} == {"can't tell whether `DB_PASSWORD` is the ARN of a secret"}
	}
}

test_what_it_does_not_apply_to if {
	every given in _elsewhere {
		rule.applies == set() with input as given
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
		is := "the ID of a secret version (ARN|VERSION) instead of the ARN of the secret"
		_found(_case(version[0])) == {_finding(is, version[1], [])}
	}
}

test_version_ids_alone if {
	is := "the ID of a version instead of the ARN of the secret"
	_found(_case("⟨4⟩")) == {_finding(is, "⟨*2⟩", [])}
}

test_a_secret_of_another_folder_is_likely_meant if {
	[[finding.confidence, finding.remedy.edits[0].text] | some finding in _found(_of_another_folder)] == [[
		"likely",
		concat("", [_own, "shared:password::"]),
	]]
}

test_log_options_are_references if {
	[[finding.message, finding.at] | some finding in _found(_log)] == [[
		concat("", ["`splunk-token` is set to the name of `Db`, ", _named, "."]),
		12,
	]]
}

# Pieces of the name and suffix of a secret, in the order in which Fn::Split and Fn::Select take them out.
_pieces(kind) := {
	"name": object.union(_attribute(kind, "name"), {"identifies": "unit#Db"}),
	"id": object.union(_attribute(kind, "id"), {"identifies": "unit#Db"}),
	"all": _computed("Fn::Split", ["name", "id"]),
	"one": _computed("Fn::Select", ["all"]),
	"two": _computed("Fn::Select", ["all"]),
}

_computed(function, sources) := mocks.hole("x", {"origin": {
	"kind": "computed",
	"of": sources,
	"function": function,
	"resource_kind": null,
	"attribute": null,
}})

test_pieces_of_a_name_are_a_name if {
	given := object.union(_case("⟨one⟩-⟨two⟩"), {"holes": _pieces("secret")})
	{[one.message, one.remedy.edits] | some one in _found(given)} == {[
		sprintf("`DB_PASSWORD` is set to pieces of the name of a secret, %s.", [_named]),
		[{"at": 11, "text": concat("", [_own, "⟨name⟩-⟨id⟩"])}],
	]}
	_found(object.union(_case("⟨one⟩-⟨two⟩"), {"holes": _pieces("parameter")})) == set()
}
