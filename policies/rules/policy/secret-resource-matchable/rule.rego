# METADATA
# title: Secrets in policies are named by ARNs that match
# description: >-
#   A statement that allows `secretsmanager:GetSecretValue` on a name, on an ARN with a JSON key or version, or on an
#   ARN without the six random characters at its end allows nothing, and the job that needs it fails with
#   "ResourceInitializationError: unable to pull secrets or registry auth". IAM compares the resource of a statement
#   with the complete ARN of the secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
#   - https://github.com/hashicorp/terraform-aws-consul-ecs/issues/135
# custom:
#   severity: error
#   subject: policy
#   needs: secret-action
#   remedy: Write the ARN of the secret as the resource, with `-??????` for the random characters at its end.
#   notes: >-
#     A name that ends in a hyphen and six characters is accepted, since it may be a complete ARN. A resource is
#     accepted if another one of the policy matches what was meant. In a statement that is about other services as well,
#     ARNs of those are accepted. A statement of a role that no job uses, or in files without jobs, is reported as
#     *likely*.
package rules.policy["secret-resource-matchable"]

import data.lib.access.granting
import data.lib.access.pattern
import data.lib.access.questions
import data.lib.access.resources
import data.lib.access.statements
import data.lib.access.words
import data.lib.arn
import data.lib.causes
import data.lib.holes
import data.lib.result
import data.lib.text

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"message": $"{words.code(resource.value)} matches no secret: {mistake.why}.",
	"confidence": granting.confidence(_policy, statement),
	"remedy": {"edits": [{"at": resource.at, "text": mistake.meant, "pattern": true} | mistake.meant != null]},
	"at": resource.at,
	"names": [granting.sid(statement), resource.value],
}) if {
	some statement in _grants
	some resource in granting.distinct(statement.resources)
	not contains(resource.value, "${")
	mistake := _mistake(resource.value, statement)
	not _is_granted(mistake.meant)
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether {text.enumeration(text.distinct(unknown))} matches a secret",
	"at": statement.resources[0].at,
	"references": [dependent.reference | some dependent in input.readers],
	"cause": _cause(statement.resources),
}) if {
	granting.may_be_used(_policy)
	_policy.for_secrets
	some statement in _grants
	unknown := [words.code(resource.value) | some resource in statement.resources; _is_unknown(resource.value)]
	unknown != []
	every resource in statement.resources { not _surely_matches(resource.value, statement) }
}

_policy := input.policies[input.subject.id]

_grants := granting.of(_policy, statements.action("secretsmanager:GetSecretValue"))

_surely_matches(value, statement) if {
	not _is_unknown(value)
	not _mistake(value, statement)
}

# What may be anything, and a name that ends in something that may have the random characters.
_is_unknown(value) if text.wide(value)

_is_unknown(value) if {
	fields := arn.parse(value)
	fields.service == "secretsmanager"
	endswith(value, "⟩")
	not _has_wildcard(fields.resource)
	not questions.is_complete(value)
	not _ends_in_name(value)
}

_cause(unclear) := array.concat(known, [causes.of("same-secret", unclear[0].value)])[0] if {
	known := [cause | some resource in unclear; cause := holes.cause(resource.value)]
}

# Why a resource without policy variables matches no secret, and the one that was meant, null when that is not known.
_mistake(value, _) := {"why": "a policy names a secret by its ARN", "meant": _own(value)} if {
	not startswith(value, "arn:")
	not _has_wildcard(value)
	not startswith(value, "⟨")
	value != ""
}

_mistake(value, statement) := {"why": $"it is an ARN of {fields.service}", "meant": null} if {
	fields := arn.parse(value)
	text.literal(fields.service)
	not _has_wildcard(fields.service)
	fields.service != "secretsmanager"
	every action in statement.actions { startswith(lower(action.value), "secretsmanager:") }
}

_mistake(value, _) := {"why": why, "meant": _of_name(fields, substring(fields.resource, 7, -1))} if {
	fields := _of_secrets(value)
	startswith(fields.resource, "secret/")
	why := "a colon is missing behind `secret`"
}

_mistake(value, _) := {"why": why, "meant": _of_name(fields, parts[1])} if {
	fields := _of_secrets(value)
	parts := split(fields.resource, ":")
	count(parts) > 2
	parts[0] == "secret"
	not text.wide(value)
	why := "a policy names the ARN of a secret without JSON key and version"
}

_mistake(value, _) := {"why": why, "meant": _suffixed(value)} if {
	fields := _of_secrets(value)
	[secret, name] := split(fields.resource, ":")
	secret == "secret"
	name != ""
	not text.wide(value)
	not _has_wildcard(name)
	not questions.is_complete(value)
	_ends_in_name(value)
	why := "the ARN of a secret ends in a hyphen and six random characters"
}

_of_secrets(value) := fields if {
	fields := arn.parse(value)
	fields.service == "secretsmanager"
}

_ends_in_name(value) if not endswith(value, "⟩")

_ends_in_name(value) if {
	all := holes.of(value)
	last := all[count(all) - 1]
	last.origin.resource_kind == "secret"
	last.origin.attribute == "name"
}

_has_wildcard(value) if contains(text.known(value), "*")

_has_wildcard(value) if contains(text.known(value), "?")

_start(fields) := concat(":", ["arn", fields.partition, "secretsmanager", fields.region, fields.account, ""])

_suffixed(name) := name if {
	_has_wildcard(name)
} else := name if {
	questions.is_complete(name)
} else := concat("", [name, "-??????"])

_of_name(fields, name) := concat("", [_start(fields), "secret:", _suffixed(name)])

_own(name) := _of_name(input.deployment, name) if {
	text.consists_of(text.known(name), _name_characters)
} else := null

_name_characters := $"{text.alphanumeric}/_+=.@!-"

# Whether another resource of the policy includes what was meant, so that this one is only needless.
_is_granted(meant) if {
	meant != null
	_granted[meant] # `in` goes through a set in WebAssembly
}

_is_granted(meant) if {
	meant != null
	target := pattern.target(replace(meant, "-??????", "-⟨#⟩"))
	some value in _patterns
	resources.arn_matches(value, target) == "yes"
}

_granted contains resource.value if {
	some statement in _grants
	some resource in statement.resources
}

# Only these include more than themselves. A policy may list hundreds of resources, and few of them are patterns.
_patterns contains value if {
	some value in _granted
	_is_pattern(value)
}

_is_pattern(value) if _has_wildcard(value)

_is_pattern(value) if contains(value, "⟨")
