package lib.result_test

import data.lib.result

_chain := [
	{"path": ["rules", "job_definition", "some-rule", "findings"]},
	{
		"path": ["rules", "job_definition", "some-rule"],
		"annotations": {"scope": "package", "custom": {"severity": "warning", "remedy": "Do this.\n"}},
	},
]

test_a_finding_takes_the_rest_from_the_metadata if {
	edits := [{"at": 3, "text": "x"}]
	result.finding(_chain, {"message": "This is wrong.", "at": 3, "remedy": {"edits": edits}}) == {
		"rule": "some-rule",
		"severity": "warning",
		"confidence": "certain",
		"message": "This is wrong.",
		"remedy": {"text": "Do this.", "edits": edits, "add": null},
		"at": 3,
		"related": [],
		"references": [],
		"names": [],
		"assumes": [],
	}
}

test_what_is_given_wins if {
	given := {"message": "m", "at": 1, "confidence": "likely", "references": ["a"], "names": ["b"]}
	result.finding(_chain, given).confidence == "likely"
	result.finding(_chain, given).references == ["a"]
}

test_unverified if {
	cause := {"kind": "role", "name": "jobs", "unit": null}
	result.unverified(_chain, {"reason": "can't tell whether", "at": 3, "references": ["a"], "cause": cause}) == {
		"rule": "some-rule",
		"reason": "can't tell whether",
		"at": 3,
		"references": ["a"],
		"cause": cause,
	}
}

test_proof if {
	result.proof(_chain, {"at": 3, "because": "it is there", "references": ["a"]}) == {
		"rule": "some-rule",
		"at": 3,
		"because": "it is there",
		"references": ["a"],
		"assumes": [],
	}
}
