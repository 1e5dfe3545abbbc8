package lib.access.resources_test

import data.lib.access.pattern
import data.lib.access.resources
import data.lib.mocks

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_piece(kind, id) := mocks.hole(id, {"origin": {"kind": kind}, "identifies": id})

_case := {
	"deployment": {"partition": "⟨AWS.Partition⟩", "region": "⟨AWS.Region⟩", "account": "⟨AWS.AccountId⟩"},
	"holes": {
		"1": _piece("attribute", "unit#A"),
		"2": _piece("attribute", "unit#B"),
		"3": _piece("lookup", "unit#data.C"),
		"5": _piece("attribute", "unit#K"),
		"6": _piece("attribute", "unit#K [\"a\"]"),
		"7": _piece("attribute", "unit#K [\"b\"]"),
	},
}

_own(service, resource) := sprintf("arn:⟨AWS.Partition⟩:%s:⟨AWS.Region⟩:⟨AWS.AccountId⟩:%s", [service, resource])

_matches(value, arn) := answer if {
	answer := resources.arn_matches(value, pattern.target(arn)) with input as _case
}

test_two_declared_resources_differ_by_their_ids if {
	_matches(_own("secretsmanager", "secret:a-⟨#1⟩"), _own("secretsmanager", "secret:b-⟨#2⟩")) == "no"
	_matches(_own("kms", "key/⟨1⟩"), _own("kms", "key/⟨2⟩")) == "no"
	_matches(_own("kms", "key/⟨1⟩"), _own("kms", "key/⟨1⟩")) == "yes"
}

test_two_instances_of_a_block_are_two_resources_when_their_keys_are_known if {
	_matches(_own("kms", "key/⟨6⟩"), _own("kms", "key/⟨7⟩")) == "no"
	_matches(_own("kms", "key/⟨6⟩"), _own("kms", "key/⟨5⟩")) == "maybe"
	_matches(_own("kms", "key/⟨5⟩"), _own("kms", "key/⟨7⟩")) == "maybe"
}

test_what_may_be_the_same_is_not_told_apart if {
	_matches(_own("kms", "key/⟨3⟩"), _own("kms", "key/⟨2⟩")) == "maybe"
	_matches(_own("kms", "key/⟨4⟩"), _own("kms", "key/⟨2⟩")) == "maybe"
	_matches(_own("kms", "key/1234"), _own("kms", "key/⟨2⟩")) == "maybe"
	_matches(_own("secretsmanager", "secret:*⟨#1⟩"), _own("secretsmanager", "secret:b-⟨#2⟩")) == "maybe"
}

test_a_written_partition_is_that_of_the_deployment if {
	declared := mocks.secret_arn("Db", "db")
	_matches("arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-*", declared) == "yes"
	_matches("arn:aws-cn:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-*", declared) == "yes"
	_matches("arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:web-*", declared) == "no"
	_matches("arn:⟨AWS.Partition⟩:secretsmanager:*:*:secret:db-*", _arn) == "yes"
	_matches("arn:⟨other⟩:secretsmanager:*:*:secret:db-*", _arn) == "maybe"
	_matches("arn:aws-cn:secretsmanager:*:*:secret:db-*", _arn) == "no"
}

_named(value, names) := answer if {
	answer := resources.matches(value, {"resource": resources.named(names), "principal": null, "context": {}}) with input as _case
}

test_any_name_decides if {
	_named(_arn, [["⟨*Arn⟩"], [_arn]]) == "yes"
	_named("arn:aws:s3:::*", [["⟨*Arn⟩"], [_arn]]) == "no"
	_named("arn:aws:s3:::*", [["⟨*Arn⟩"]]) == "maybe"
}

test_of_a_name_that_may_be_several_texts_all_must_match if {
	either := [["arn:a", "arn:ab"]]
	_named("arn:a*", either) == "yes"
	_named("arn:a", either) == "maybe"
	_named("arn:b*", either) == "no"
}

test_not_resource_is_everything_else if {
	statement := {"resources": null, "not_resources": [mocks.text("arn:a*", 0)]}
	request := {"resource": resources.named([["arn:b"]])}
	resources.includes(statement, request) == "yes"
	resources.surely_includes(statement, request)
	resources.includes({"resources": null, "not_resources": null}, request) == "no"
}

test_a_deny_without_resource_may_be_about_any if {
	request := {"resource": resources.named([[_arn]])}
	answers := {"Allow": "no", "Deny": "maybe"}
	every effect, answer in answers {
		statement := mocks.statement(effect, ["*"], [], {"resources": null})
		resources.includes(statement, request) == answer with input as _case
	}
}

_any_name(value, arn) := answer if {
	answer := resources.any_name(value, resources.named([[arn]])) with input as _case
}

test_a_wildcard_stays_in_its_field_but_for_the_last if {
	every value in [
		"*",
		"arn:aws:secretsmanager:*",
		"arn:aws:*:*:*:secret:db-*",
		"arn:aws:secretsmanager:eu-west-?:*:secret:db-??????",
		"arn:aws:secretsmanager:*:*:*db-*",
		"arn:*:secretsmanager:*:111122223333:*",
	] {
		_any_name(value, _arn) == "yes"
	}
	every value in [
		"arn:aws:secretsmanager:*:*:db-*",
		"arn:aws:*:111122223333:secret:db-AbCdEf*",
		"arn:aws:secretsmanager:eu-west-1:111122223333?secret:db-AbCdEf:*",
	] {
		_any_name(value, _arn) != "yes"
	}
}

test_a_wildcard_stays_in_its_field_beside_holes if {
	own := _own("secretsmanager", "secret:a-⟨#1⟩")
	_any_name(_own("secretsmanager", "secret:a-??????"), own) == "yes"
	_any_name("arn:⟨AWS.Partition⟩:secretsmanager:*:*:secret:a-*", own) == "yes"
	_any_name("arn:⟨AWS.Partition⟩:secretsmanager:*:*:a-*", own) == "maybe"
}
