package lib.references_test

import data.lib.mocks
import data.lib.references

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_case := mocks.job_case(
	mocks.job([
		mocks.container({
			"secrets": [
				mocks.reference("A", _arn, 11, {"id": "a"}),
				mocks.reference("", "hunter2", 12, {"id": "b", "name": null}),
			],
			"log": mocks.log([mocks.reference("splunk-token", "secret:x", 13, {"id": "c"})]),
			"registry_credentials": mocks.reference("", "", 14, {"id": "d", "name": null, "value_from": null, "at": 15}),
		}),
		mocks.container({"kind": "eks", "secrets": [mocks.reference("E", _arn, 16, {"id": "e"})]}),
	]),
	{},
)

_entries := answer if {
	answer := references.all with input as _case
}

test_every_site_of_every_container_but_kubernetes if {
	[[entry.id, entry.site, entry.label, entry.at] | some entry in _entries] == [
		["a", "secrets", "A", 11],
		["b", "secrets", "an unnamed secret", 12],
		["c", "secretOptions", "splunk-token", 13],
		["d", "repositoryCredentials", "repositoryCredentials", 15],
	]
}

test_only_what_looks_like_an_arn_is_quoted if {
	[references.subject(entry) | some entry in array.slice(_entries, 0, 3)] == [
		_arn,
		"The value of an unnamed secret",
		"secret:x",
	]
}

test_labels_and_names if {
	references.ids(_entries) == ["a", "b", "c", "d"]
	references.labels([_entries[0], _entries[0], _entries[2]]) == "A and splunk-token"
	references.names(_entries[0]) == ["containerProperties", "A"]
}
