package rules.job_definition["registry-credentials-format_test"]

import data.lib.mocks
import data.rules.job_definition["registry-credentials-format"] as rule

_own := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:"

_case(value) := mocks.with_holes(
	mocks.job_case(
		mocks.job([mocks.container({"registry_credentials": mocks.reference("", value, 11, {"id": "registry", "name": null})})]),
		{},
	),
	{"1": mocks.parameter_hole("Credentials")},
)

_good := {"ARN": _case($"{_own}registry-a1B2c3"), "name": _case("prod/registry"), "declared": _case(mocks.secret_arn("Db", "db"))}

_unknown := {"unknown": _case("⟨*1⟩"), "unknown resource": _case($"{_own}⟨*1⟩")}

_elsewhere := {
	"in secrets": mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("A", $"{_own}db:password::", 11, {})]})]), {}),
	"a URL": _case("https://registry.example.com"),
	"a parameter": _case("arn:aws:ssm:eu-west-1:111122223333:parameter/db"),
	"absent": mocks.job_case(
		mocks.job([mocks.container({"registry_credentials": mocks.reference("", "", 11, {"id": "registry", "name": null, "value_from": null})})]),
		{},
	),
}

_bad := {
	"ARN with a key": [_case($"{_own}registry-a1B2c3:username::"), ":username::", $"{_own}registry-a1B2c3", "certain"],
	"ARN with a colon": [_case($"{_own}registry-a1B2c3:username"), ":username", $"{_own}registry-a1B2c3", "certain"],
	"name with a key": [_case("prod/registry:username::"), ":username::", "prod/registry", "certain"],
	"behind an unknown value": [_case("⟨*1⟩:username::"), ":username::", "⟨*1⟩", "likely"],
}

cases := object.union_n([
	{concat(" ", ["good", name]): given | some name, given in _good},
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

test_selectors if {
	every bad in _bad {
		[[one.confidence, one.message, one.remedy.edits] | some one in _answer(bad[0]).finding] == [[
			bad[3],
			$"`credentialsParameter` has `{bad[1]}` behind the secret, but only its ARN or name may be there.",
			[{"at": 11, "text": bad[2], "choice": true}],
		]]
	}
}
