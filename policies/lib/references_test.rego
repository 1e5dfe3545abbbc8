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

_meant(value) := [entry.kind, object.get(entry, "service", object.get(entry, "arn", null))] if {
	[entry] := references.all with input as mocks.job_case(
		mocks.job([mocks.container({"secrets": [mocks.reference("A", value, 11, {})]})]),
		{},
	)
}

_own := "⟨AWS.Region⟩:⟨AWS.AccountId⟩"

_meanings := {
	_arn: ["secret", _arn],
	concat("", [_arn, ":password::"]): ["secret", _arn],
	"/prod/db:3": ["parameter", concat("", ["arn:⟨AWS.Partition⟩:ssm:", _own, ":parameter/prod/db"])],
	"arn:aws:ssm:eu-west-1:111122223333:parameter:/db": ["parameter", "arn:aws:ssm:eu-west-1:111122223333:parameter/db"],
	"⟨*SecretArn⟩:password::": ["unknown", "unknown"],
	"arn:aws:secretsmanager:eu-west-1:111122223333:secret:⟨*Name⟩:password::": ["unknown", "secretsmanager"],
	"arn:aws:⟨service⟩:eu-west-1:111122223333:secret:db": ["unknown", "unknown"],
	"⟨secret⟩:password::": ["unknown", "unknown"],
	"{{resolve:ssm:/arn}}": ["unknown", "unknown"],
	"arn:aws:secretsmanager:<region>:AWS_ACC_ID:secret:db-AbCdEf:a::": [
		"secret",
		"arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-AbCdEf",
	],
	"db:password::": ["misnamed", null],
	"p@ss w0rd": ["broken", null],
	"arn:aws:secretsmanager:": ["broken", null],
}

test_what_is_meant if {
	every value, meaning in _meanings { _meant(value) == meaning }
}

test_labels_and_names if {
	references.ids(_entries) == ["a", "b", "c", "d"]
	references.labels([_entries[0], _entries[0], _entries[2]]) == "`A` and `splunk-token`"
	references.names(_entries[0]) == ["containerProperties", "A"]
}
