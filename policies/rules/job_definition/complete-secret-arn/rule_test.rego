package rules.job_definition["complete-secret-arn_test"]

import data.lib.mocks
import data.rules.job_definition["complete-secret-arn"] as rule

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
	"random suffix": _case($"{_own}db-a1B2c3:password::"),
	"declared": _with(mocks.secret_arn("Db", "db"), [_db]),
}

_unknown := {"unknown name": _case($"{_own}prod-⟨1⟩"), "wide": _case($"{_own}⟨*1⟩")}

_elsewhere := {"parameter": _case("/prod/db"), "unknown value": _case("⟨*1⟩")}

_bad := {
	"name only": [_case($"{_own}db:password::"), $"{_own}db-<suffix>:password::"],
	"declared": [_with($"{_own}db:password::", [_db]), concat("", [mocks.secret_arn("Db", "db"), ":password::"])],
	"known end": [_case($"{_own}⟨1⟩/db"), $"{_own}⟨1⟩/db-<suffix>"],
}

cases := object.union_n([
	_good,
	_unknown,
	_elsewhere,
	{concat(" ", ["bad", name]): bad[0] | some name, bad in _bad},
])

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

test_unknown if every given in _unknown { count(_answer(given).unverified) == 1 }

test_elsewhere if every given in _elsewhere { _answer(given) == {"proof": set()} }

test_an_arn_without_its_suffix if {
	every bad in _bad {
		[[one.severity, one.message, one.remedy.edits] | some one in _answer(bad[0]).finding] == [[
			"info",
			"`DB` has the ARN of a secret without its random suffix.",
			[{"at": 11, "text": bad[1]}],
		]]
	}
}
