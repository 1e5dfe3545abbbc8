package rules.job_definition["secret-version-exists_test"]

import data.lib.mocks
import data.rules.job_definition["secret-version-exists"] as rule

_arn := mocks.secret_arn("Db", "db")

_secret(given) := mocks.secret("Db", given)

_asked(selectors, given) := mocks.job_case(
	mocks.job([mocks.container({"secrets": [mocks.reference("A", concat("", [_arn, selectors]), 11, {"secret": "unit#Db"})]})]),
	{"secrets": [_secret(given)]},
)

_answers(given) := (findings | unverified) | proofs if {
	findings := {["finding", one.confidence, one.message] | some one in rule.findings with input as given}
	unverified := {["unverified", one.cause.kind, one.reason] | some one in rule.unverified with input as given}
	proofs := {["proof", one.at, one.because] | some one in rule.proofs with input as given}
}

_is(name, answer) if _answers(cases[name]) == {answer}

_is_off(name) if _answers(cases[name]) == set()

_id := "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"

_versions := [
	{"id": _id, "stages": ["AWSPREVIOUS"], "at": 74},
	{"id": "4f0f4b0e-3c5d-4b7a-9d0e-6a2f1c8e7b55", "stages": ["AWSCURRENT"], "at": 75},
]

_of(selectors) := _asked(selectors, {"versions": _versions})

_made := mocks.hole("aws_secretsmanager_secret_version.db.version_id", {"origin": {
	"kind": "attribute",
	"of": [],
	"function": null,
	"resource_kind": "secret_version",
	"attribute": "version_id",
}})

cases := {
	"stage": _of(":a:AWSPREVIOUS:"),
	"version": _of(concat("", [":::", _id])),
	"no stage": _of(":a:blue:"),
	"no version": _of(":a::00000000-0000-0000-0000-000000000000"),
	"no current version": _asked("::blue:", {"versions": [_versions[0]]}),
	"no evidence": _asked("::AWSPREVIOUS:", {}),
	"labelled": _asked("::blue:", {"contents": [object.union(mocks.content("text", 71), {"stages": ["blue"]})]}),
	"made here": mocks.with_holes(_asked(":::⟨v⟩", {}), {"v": _made}),
	"variable": mocks.with_holes(_asked("::⟨v⟩:", {}), {"v": mocks.variable_hole("var.stage")}),
	"elsewhere": _asked("::blue:", {"versions": _versions, "maybe": {"kind": "same-secret", "name": "Db", "unit": "other"}}),
	"current": _of("::AWSCURRENT:"),
	"none": _of(""),
}

test_it_is_there if {
	_is("stage", ["proof", 74, "`Db` has the version that it selects"])
	_is("version", ["proof", 74, "`Db` has the version that it selects"])
	_is("labelled", ["proof", 71, "`Db` has the version that it selects"])
	_is("made here", ["proof", 11, "the version that it selects is made in these files"])
}

_no_label := "`A` selects the version labelled `blue` of `Db`, but the secret has no version with this label."

test_it_is_not_there if {
	_is("no stage", ["finding", "certain", _no_label])
	_is("elsewhere", ["finding", "likely", _no_label])
	_is("no version", [
		"finding",
		"certain",
		"`A` selects the version `00000000-0000-0000-0000-000000000000` of `Db`, but no labelled version of the secret has this ID.",
	])
}

test_what_is_not_known if {
	_is("no evidence", ["unverified", "versions", "can't tell whether `Db` has the version that `A` selects"])
	_is("variable", ["unverified", "variable", "can't tell whether `Db` has the version that `A` selects"])
}

test_what_it_does_not_apply_to if {
	every name in ["current", "none"] { _is_off(name) }
}

_edits(given) := {edit.text | some one in found; some edit in one.remedy.edits} if found := rule.findings with input as given

test_the_remedy_selects_the_current_version_if_there_is_one if {
	_edits(cases["no stage"]) == {concat("", [_arn, ":a:AWSCURRENT:"])}
	_edits(cases["no current version"]) == set()
}
