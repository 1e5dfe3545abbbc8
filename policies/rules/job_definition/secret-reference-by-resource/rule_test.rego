package rules.job_definition["secret-reference-by-resource_test"]

import data.lib.mocks
import data.rules.job_definition["secret-reference-by-resource"] as rule

_own := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:"

_case(value) := _with(value, [])

_with(value, secrets) := mocks.with_holes(
	mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB", value, 11, _named(secrets))]})]), {"secrets": secrets}),
	{"1": mocks.parameter_hole("Name")},
)

_named([]) := {}

_named(secrets) := {"secret": secrets[0].id} if secrets != []

_db := mocks.secret("Db", {})

_good := {
	"referred": _with(concat("", [mocks.secret_arn("Db", "db"), ":password::"]), [_db]),
	"partial": _with($"{_own}db", [_db]),
	"known ARN": _with($"{_own}db-a1B2c3", [mocks.secret("Db", {"arn": mocks.text($"{_own}db-a1B2c3", 7)})]),
}

_literal := _with($"{_own}db-a1B2c3:password::", [_db])

_elsewhere := {
	"not declared": _case($"{_own}db-a1B2c3"),
	"of another unit": _with($"{_own}db-a1B2c3", [object.union(_db, {"unit": "other"})]),
	"raw": object.union(_literal, {"subject": {"raw": true}}),
	"in another Region": _with(
		$"{_own}db-a1B2c3",
		[mocks.secret("Db", {"arn": mocks.text("arn:aws:secretsmanager:us-east-1:111122223333:secret:db-⟨#Db@unit⟩", 7)})],
	),
	"parameter": _case("/prod/db"),
}

cases := object.union_n([_good, _elsewhere, {"literal": _literal}])

_answer(given) := {"finding": found} if {
	found := rule.findings with input as given
	found != set()
} else := {"unverified": open} if {
	open := rule.unverified with input as given
	open != set()
} else := {"proof": proofs} if {
	proofs := rule.proofs with input as given
}

test_good if every given in _good { count(_answer(given).proof) == 1 }

test_elsewhere if every given in _elsewhere { _answer(given) == {"proof": set()} }

test_a_literal_arn_of_a_declared_secret if {
	[[one.confidence, one.severity, one.message, one.remedy.edits] | some one in _answer(_literal).finding] == [[
		"certain",
		"info",
		"`DB` has the ARN of `Db` written out with its random suffix, which changes when the secret is made again.",
		[{"at": 11, "text": concat("", [mocks.secret_arn("Db", "db"), ":password::"])}],
	]]
}
