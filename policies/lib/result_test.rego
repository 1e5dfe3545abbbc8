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
	result.finding(_chain, {"message": "This is wrong.", "at": 3, "remedy": {"replacement": "x"}}) == {
		"rule": "some-rule",
		"severity": "warning",
		"confidence": "certain",
		"message": "This is wrong.",
		"remedy": {"text": "Do this.", "replacement": "x", "statement": null},
		"at": 3,
		"related": [],
		"references": [],
		"names": [],
	}
}

test_what_is_given_wins if {
	given := {"message": "m", "at": 1, "confidence": "likely", "references": ["a"], "names": ["b"]}
	result.finding(_chain, given).confidence == "likely"
	result.finding(_chain, given).references == ["a"]
}

test_unverified if {
	result.unverified(_chain, {"reason": "it is not here", "at": 3}) == {
		"rule": "some-rule",
		"reason": "it is not here",
		"at": 3,
		"references": [],
	}
}
