package lib.access.context_test

import data.lib.access.context
import data.lib.access.principals
import data.lib.access.resources

_request := {
	"principal": principals.role(["arn:aws:iam::111122223333:role/jobs"]),
	"resource": resources.named([["arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-AbCdEf"]]),
	"context": {"secretsmanager:versionid": []},
}

test_what_a_request_tells_of_itself if {
	known := context.of(_request)
	[known["aws:requestedregion"], known["aws:resourceaccount"]] == [["eu-west-1"], ["444455556666"]]
	[known["aws:principalarn"], known["aws:principalaccount"]] == [["arn:aws:iam::111122223333:role/jobs"], ["111122223333"]]
	known["aws:securetransport"] == ["true"]
	known["secretsmanager:versionid"] == []
	not known["aws:sourcevpce"]
}

test_policy_variables_are_filled_in_where_they_are_known if {
	context.filled("arn:aws:s3:::${aws:PrincipalAccount}/*", _request) == "arn:aws:s3:::111122223333/*"
	context.filled("${aws:requestedregion}-${aws:PrincipalTag/team}", _request) == "eu-west-1-${aws:PrincipalTag/team}"
	context.filled("plain", _request) == "plain"
}

_tagged(tags, complete) := object.union(_request, {"kind": "secret", "tagged": {"tags": {
	"given": [{"key": key, "value": {"value": value, "at": 0}} | some [key, value] in tags],
	"complete": complete,
}}})

_of_tag(key, request) := context.values(key, context.of(request), request)

test_tags_of_what_is_read if {
	known := _tagged([["team", "data"]], false)
	_of_tag("secretsmanager:ResourceTag/team", known) == ["data"]
	_of_tag("aws:ResourceTag/Team", known) == ["data"]
	not _of_tag("ssm:ResourceTag/team", known)
	not _of_tag("aws:ResourceTag/stage", known)
	_of_tag("aws:ResourceTag/stage", _tagged([["team", "data"]], true)) == []
	not _of_tag("aws:PrincipalTag/stage", _tagged([], true))
	not _of_tag("aws:ResourceTag/team", _tagged([["team", "a"], ["Team", "b"]], true))
	not _of_tag("aws:ResourceTag/team", object.union(_request, {"kind": "secret", "tagged": null}))
}

_of_role := object.union(_request, {"kind": "secret", "role": {"role": "unit#Role"}})

_roles := {"unit#Role": {"tags": {"given": [{"key": "team", "value": {"value": "data", "at": 0}}], "complete": true}}}

test_tags_of_the_role if {
	values := context.values("aws:PrincipalTag/Team", context.of(_of_role), _of_role) with input.roles as _roles
	values == ["data"]
	context.filled_resource("arn:aws:s3:::${aws:PrincipalTag/team}/*", _of_role) == "arn:aws:s3:::data/*" with input.roles as _roles
	context.filled("${aws:PrincipalTag/stage, 'dev'}", _of_role) == "dev" with input.roles as _roles
	context.lacks_variable(context.filled("${aws:PrincipalTag/stage}", _of_role)) with input.roles as _roles
}

test_a_request_has_no_keys_of_another_service_and_gives_no_tags if {
	secret := object.union(_request, {"kind": "secret"})
	_of_tag("aws:TagKeys", secret) == []
	_of_tag("aws:RequestTag/team", secret) == []
	_of_tag("kms:ViaService", secret) == []
	not _of_tag("secretsmanager:Name", secret)
	not _of_tag("kms:CallerAccount", object.union(_request, {"kind": "key"}))
	_of_tag("secretsmanager:SecretId", object.union(_request, {"kind": "parameter"})) == []
	_of_tag("secretsmanager:SecretId", object.union(_request, {"kind": "key"})) == []
}

test_a_variable_is_filled_in_only_in_the_last_part_of_an_arn if {
	value := "arn:aws:s3::${aws:PrincipalAccount}:x"
	context.filled_resource(value, _request) == value
}

test_an_escaped_star_is_no_wildcard if {
	not contains(context.filled("a${*}", _request), "*")
}

test_a_dollar_before_a_brace_begins_no_variable if {
	filled := context.filled_resource("arn:aws:s3:::${$}{aws:PrincipalAccount}/${aws:PrincipalAccount}", _request)
	not contains(filled, "${")
	endswith(filled, "{aws:PrincipalAccount}/111122223333")
}
