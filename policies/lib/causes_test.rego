package lib.causes_test

import data.lib.causes
import data.lib.mocks

_case := {"holes": {
	"1": mocks.hole("AWS::Region", {"origin": {"kind": "pseudo"}, "cause": {"kind": "deployment", "name": "AWS::Region", "unit": null}}),
	"2": mocks.parameter_hole("Name"),
}}

_of(value) := cause if {
	cause := causes.of_text(value) with input as _case
}

test_the_first_hole_is_the_cause_and_the_deployment_the_last if {
	_of("⟨1⟩-⟨*2⟩") == {"kind": "parameter", "name": "Name", "unit": "unit"}
	_of("⟨1⟩") == {"kind": "deployment", "name": "AWS::Region", "unit": null}
	not _of("plain")
	not _of("⟨3⟩")
}

test_of_unseen_parts_the_first_cause_counts if {
	role := causes.of("role", "jobs")
	causes.of_unseen([{"part": "policies"}, {"part": "policies", "cause": role}], null) == role
	causes.of_unseen([{"part": "policies"}], role) == role
}
