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
