package rules.policy["kms-resource-present_test"]

import data.lib.mocks
import data.rules.policy["kms-resource-present"] as rule

_decrypt(resources) := mocks.allow(["kms:Decrypt"], resources)

_key := "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

_alias := "arn:aws:kms:eu-west-1:111122223333:alias/db"

_arn(key) := $"arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨{key}@unit⟩"

_secret := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"

_policy(statement) := mocks.policy_case([statement], {})

_used(resources) := _of_batch(_decrypt(resources))

_of_batch(statement) := mocks.policy_case([statement], {"batch": true, "roles": ["unit#Role"]})

_with_key(statement) := object.union(_of_batch(statement), {"keys": {"unit#Key": mocks.key("Key", [])}})

_both := ["secretsmanager:GetSecretValue", "kms:Decrypt"]

_alone(statement) := mocks.policy_case([statement], {"alone": true})

_under(operator, key, value) := _of_batch(mocks.statement("Allow", ["kms:Decrypt"], ["*"], {"conditions": [mocks.condition(
	operator,
	key,
	value,
)]}))

_good := {
	"key": _of_batch(_decrypt([_key])),
	"key among others": _of_batch(mocks.allow(["secretsmanager:GetSecretValue", "kms:Decrypt"], [_secret, _key])),
	"every key of an account": _of_batch(_decrypt(["arn:aws:kms:eu-west-1:111122223333:key/*"])),
	"placeholders": _of_batch(_decrypt(["arn:aws:kms:⟨region@.⟩:⟨account@.⟩:key/⟨key-id@.⟩"])),
	"declared key": _of_batch(_decrypt(["arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Key@unit⟩"])),
	"through the service": _under("StringLike", "kms:ViaService", "secretsmanager.*.amazonaws.com"),
	"of one secret": _under("StringEquals", "kms:EncryptionContext:SecretARN", _secret),
	"by alias": _under("StringEquals", "kms:ResourceAliases", "alias/db"),
	"star of somebody else": _policy(_decrypt(["*"])),
	"Deny": _of_batch(mocks.statement("Deny", ["kms:Decrypt"], [_alias], {})),
	"all actions": _of_batch(mocks.allow(["*"], ["arn:aws:s3:::bucket/*"])),
	"all actions on everything": _of_batch(mocks.allow(["*"], ["*"])),
	"other action": _of_batch(mocks.allow(["kms:CreateAlias"], [_alias])),
	"managing aliases": _of_batch(mocks.allow(["kms:*"], [_alias])),
	"unknown, for jobs without secrets": mocks.policy_case(
		[_decrypt(["⟨*KeyArn@unit⟩"])],
		{"batch": true, "roles": ["unit#Role"], "for_secrets": false},
	),
	"key policy": mocks.policy_case([_decrypt(["*"])], {"kind": "key", "batch": true}),
	"policy of a resource": mocks.policy_case([mocks.allow_principal("*", ["kms:Decrypt"])], {"alone": true, "kind": "other"}),
	"NotResource": _of_batch(mocks.statement("Allow", ["kms:Decrypt"], [], {
		"resources": null,
		"not_resources": [mocks.text(_alias, 0)],
	})),
}

# Resources and what the message calls them.
_bad := {
	"alias": [[_alias], sprintf("`%s` is not the ARN of a KMS key", [_alias])],
	"alias by name": [["alias/db"], "`alias/db` is not the ARN of a KMS key"],
	"key id": [["1234abcd-12ab-34cd-56ef-1234567890ab"], "`1234abcd-12ab-34cd-56ef-1234567890ab` is not the ARN of a KMS key"],
	"secret": [[_secret], sprintf("`%s` is not the ARN of a KMS key", [_secret])],
	"pattern of secrets and an alias": [
		["arn:aws:secretsmanager:*:*:secret:db-*", _alias],
		sprintf("`arn:aws:secretsmanager:*:*:secret:db-*` and `%s` are not ARNs of KMS keys", [_alias]),
	],
}

_edits := {"key id": [{
	"at": 6,
	"text": "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/1234abcd-12ab-34cd-56ef-1234567890ab",
}]}

cases := object.union_n([
	_good,
	{name: _used(bad[0]) | some name, bad in _bad},
	{
		"beside other actions": _of_batch(mocks.allow(["secretsmanager:GetSecretValue", "KMS:Decrypt*"], [_secret])),
		"beside other actions, a key known": _with_key(mocks.allow(_both, [_secret])),
		"star beside other actions": _with_key(mocks.allow(_both, ["*"])),
		"beside other actions, with a condition": _with_key(mocks.statement("Allow", _both, [_secret], {"conditions": [mocks.condition(
			"StringEquals",
			"aws:RequestedRegion",
			"eu-west-1",
		)]})),
		"with a name": _of_batch(mocks.statement("Allow", ["kms:Decrypt"], [_alias], {"sid": "Decrypt"})),
		"that may not be there": _of_batch(mocks.statement("Allow", ["kms:Decrypt"], [_alias], {"maybe": mocks.cause("IsProd is not known")})),
		"of a role that no job uses": _policy(_decrypt([_alias])),
		"AWS's own key": _used(["arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager"]),
		"star": _of_batch(_decrypt(["*"])),
		"star alone": _alone(mocks.allow(["kms:*"], ["*"])),
		"star with a tag of the caller": _under("StringEquals", "aws:PrincipalTag/team", "a"),
		"star, keys known": _with_key(_decrypt(["*"])),
		"alias of one of two keys": object.union(
			_of_batch(_decrypt([$"arn:aws:kms:{region}:⟨AWS.AccountId⟩:alias/db" | some region in ["eu-west-1", "⟨AWS.Region⟩"]])),
			{"keys": {
				"unit#Other": object.union(mocks.key("Other", []), {"aliases": [mocks.text("alias/other-db", 12)]}),
				"unit#Key": object.union(mocks.key("Key", []), {"aliases": [mocks.text("alias/db", 13)]}),
			}},
		),
		"id of a key of the files": object.union(
			_of_batch(_decrypt(["key/11111111-2222-3333-4444-555555555555"])),
			{"keys": {"unit#Key": object.union(mocks.key("Key", []), {"arn": mocks.text(_arn_with_id, 9)})}},
		),
		"id of a declared key": object.union(
			_of_batch(_decrypt(["⟨Key@unit⟩"])),
			{
				"keys": {"unit#Key": mocks.key("Key", [])},
				"holes": {"Key@unit": object.union(mocks.parameter_hole("Key"), {"identifies": "unit#Key"})},
			},
		),
		"unknown": object.union(
			_of_batch(_decrypt(["⟨*KeyArn@unit⟩", _alias])),
			{"holes": {"KeyArn@unit": mocks.parameter_hole("KeyArn")}},
		),
		"unknown of somebody else": _policy(_decrypt(["⟨*KeyArn@unit⟩"])),
		"unknown and a key": _of_batch(_decrypt(["⟨*KeyArn@unit⟩", _key])),
	},
])

_judged(given) := [findings, unverified] if {
	findings := rule.findings with input as given
	unverified := rule.unverified with input as given
}

test_good if {
	every name, _ in _good { _judged(cases[name]) == [set(), set()] }
}

test_id_of_a_declared_key if {
	edits := [found.remedy.edits[0].text | some found in _judged(cases["id of a declared key"])[0]]
	edits == [mocks.key("Key", []).arn.value]
}

test_beside_other_actions if {
	texts := [found.remedy.text | some found in _judged(cases["beside other actions"])[0]]
	texts == ["Give `kms:Decrypt` a statement of its own, with the ARN of the key as its resource."]
}

test_moved_from_other_actions if {
	every name in ["beside other actions, a key known", "star beside other actions"] {
		[moved] := [found.remedy | some found in _judged(cases[name])[0]]
		moved.text == "Give `kms:Decrypt` a statement of its own, with the ARN of the key as its resource."
		[[edit.text, edit.out] | some edit in moved.edits] == [["kms:Decrypt", 5]]
		moved.add == {"actions": ["kms:Decrypt"], "resources": [mocks.key("Key", []).arn.value], "at": 1, "to": "policy"}
	}
}

test_conditions_stay_with_their_statement if {
	[found] := [found | some found in _judged(cases["beside other actions, with a condition"])[0]]
	found.remedy.edits == []
}

test_bad if {
	every name, bad in _bad {
		_judged(cases[name]) == [
			{{
				"rule": "kms-resource-present",
				"severity": "error",
				"confidence": "certain",
				"message": sprintf("%s, so this statement does not allow `kms:Decrypt`.", [bad[1]]),
				"remedy": {
					"text": "Use the ARN of the key, `arn:PARTITION:kms:REGION:ACCOUNT:key/KEY-ID`, as the resource of `kms:Decrypt`.",
					"edits": object.get(_edits, name, []),
					"add": null,
				},
				"at": 6,
				"related": [],
				"references": [],
				"names": array.concat([""], bad[0]),
				"assumes": [],
			}},
			set(),
		]
	}
}

_told(given) := {[one.confidence, one.message] | some one in _judged(given)[0]}

test_other_actions_make_no_difference if {
	_told(cases["beside other actions"]) == {["certain", sprintf("`%s` is not the ARN of a KMS key, so this statement does not allow `kms:Decrypt`.", [_secret])]}
}

test_the_statement_is_named if {
	_told(cases["with a name"]) == {["certain", sprintf("`%s` is not the ARN of a KMS key, so statement `Decrypt` does not allow `kms:Decrypt`.", [_alias])]}
}

test_what_may_not_be_there_is_likely_and_so_is_what_no_job_uses if {
	every name in ["that may not be there", "of a role that no job uses"] {
		{confidence | some [confidence, _] in _told(cases[name])} == {"likely"}
	}
}

test_a_grant_on_a_key_of_aws_is_needless_not_wrong if {
	{one.severity | some one in _judged(cases["AWS's own key"])[0]} == {"warning"}
}

test_star_is_likely if {
	every name in ["star", "star alone", "star with a tag of the caller"] {
		_told(cases[name]) == {["likely", "`*` is the resource of this statement, so `kms:Decrypt` is allowed with every key."]}
	}
}

test_the_only_key_replaces_a_star if {
	{one.remedy.edits | some one in _judged(cases["star, keys known"])[0]} == {[{"at": 6, "text": _arn("Key")}]}
}

test_the_key_behind_an_alias_replaces_it if {
	{[one.message, one.remedy.edits] | some one in _judged(cases["alias of one of two keys"])[0]} == {[
		"`arn:aws:kms:eu-west-1:⟨AWS.AccountId⟩:alias/db` is not the ARN of a KMS key, so this statement does not allow `kms:Decrypt`.",
		[{"at": 6, "text": _arn("Key")}],
	]}
}

test_a_key_of_the_files_tells_account_and_region if {
	{one.remedy.edits | some one in _judged(cases["id of a key of the files"])[0]} == {[{"at": 6, "text": _arn_with_id}]}
}

_arn_with_id := "arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555"

test_unknown if {
	_judged(cases.unknown) == [set(), {{
		"rule": "kms-resource-present",
		"reason": "can't tell whether `⟨*KeyArn@unit⟩` is a KMS key",
		"at": 6,
		"references": [],
		"cause": {"kind": "parameter", "name": "KeyArn", "unit": "unit"},
	}}]
	_judged(cases["unknown of somebody else"]) == [set(), set()]
	_judged(cases["unknown and a key"]) == [set(), set()]
}
