package rules.job_definition["unambiguous-secret-arn_test"]

import data.lib.mocks
import data.rules.job_definition["unambiguous-secret-arn"] as rule

_own := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:"

_case(value) := _with(value, [])

_with(value, secrets) := mocks.with_holes(
	mocks.job_case(mocks.job([mocks.container({"secrets": [mocks.reference("DB", value, 11, _named(secrets))]})]), {"secrets": secrets}),
	{"1": mocks.parameter_hole("Name")},
)

_named([]) := {}

_named(secrets) := {"secret": secrets[0].id} if secrets != []

_export := mocks.secret("Export", {
	"name": mocks.text("billing-export", 7),
	"arn": mocks.text(mocks.secret_arn("Export", "billing-export"), 7),
})

_raw(given) := object.union(given, {"subject": {"raw": true}})

_good := {
	"random suffix": _case($"{_own}db-a1B2c3:password::"),
	"letters that are no word": _case($"{_own}db-xkcdqw"),
	"no hyphen": _case($"{_own}database"),
	"seven letters": _case($"{_own}app-configs"),
	"known end": _case($"{_own}⟨1⟩/db"),
	"declared": _with(mocks.secret_arn("Export", "billing-export"), [_export]),
	"the ARN that the files show": _with(
		$"{_own}billing-export",
		[mocks.secret("Shown", {"arn": mocks.text($"{_own}billing-export", 7), "name": mocks.text("billing", 7)})],
	),
}

_declared := _with($"{_own}billing-export:password::", [_export])

_bad := {
	"declared": _declared,
	"raw": _raw(_declared),
	"of another unit": _with($"{_own}billing-export", [object.union(_export, {"unit": "other"})]),
	"of a unit that may be another": _with($"{_own}billing-export", [object.union(_export, {"maybe": mocks.cause("?")})]),
	"word": _case($"{_own}prod/app-config:password::"),
	"word with a capital": _case($"{_own}MyApp-Secret"),
}

_unknown := {
	"unknown name": _case($"{_own}⟨1⟩:password::"),
	"unknown before six letters": _case($"{_own}⟨1⟩config"),
	"wide": _case($"{_own}⟨*1⟩"),
}

_elsewhere := {"parameter": _case("/prod/db"), "unknown value": _case("⟨*1⟩"), "broken": _case("arn:aws:secretsmanager:eu-west-1")}

cases := object.union_n([
	{concat(" ", ["good", name]): given | some name, given in _good},
	{concat(" ", ["bad", name]): given | some name, given in _bad},
	_unknown,
	_elsewhere,
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

test_good if every given in _good { _answer(given).proof }

test_unknown if every given in _unknown { count(_answer(given).unverified) == 1 }

test_only_arns_of_secrets if every given in _elsewhere { _answer(given) == {"proof": set()} }

_told(name) := [[one.confidence, one.message, one.remedy.edits] | some one in _answer(_bad[name]).finding]

test_certain_when_the_files_declare_exactly_that_name if {
	_told("declared") == [[
		"certain",
		"`DB` has the ARN of `Export` without its suffix: AWS takes `-export` at its end for the random suffix.",
		[{"at": 11, "text": concat("", [mocks.secret_arn("Export", "billing-export"), ":password::"])}],
	]]
}

test_raw_files_refer_to_nothing if {
	_told("raw")[0][2] == [{"at": 11, "text": $"{_own}billing-export-<suffix>:password::"}]
}

test_likely_otherwise if {
	every name in ["of another unit", "of a unit that may be another", "word", "word with a capital"] {
		_told(name)[0][0] == "likely"
	}
	_told("word")[0][1] == "`DB` seems to have an ARN without its suffix: AWS takes `-config` at its end for the random suffix."
}
