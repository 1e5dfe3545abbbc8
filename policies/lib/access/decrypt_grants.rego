# METADATA
# title: Grants of kms:Decrypt
# description: >-
#   Statements that allow a principal kms:Decrypt, and whether what they name can be a key. KMS matches by the ARN of
#   the key alone:
#   https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
package lib.access.decrypt_grants

import data.lib.access.granting
import data.lib.access.pattern
import data.lib.access.resources
import data.lib.access.statements
import data.lib.text

# METADATA
# description: The statements of a principal's policy that allow kms:Decrypt by name
of(policy) := granting.of(policy, _decrypt)

# METADATA
# description: Whether an action is kms:Decrypt, or a pattern of the service that it has
is_of(action) if {
	startswith(lower(action), "kms:")
	statements.names(lower(action), _decrypt) == "yes"
}

_decrypt := statements.action("kms:Decrypt")

# METADATA
# description: Whether a resource is surely no key
matches_no_key(value) if resources.arn_matches(value, _any_key) == "no"

# A key that nothing is known about.
_any_key := pattern.target("arn:⟨⟩:kms:⟨⟩:⟨⟩:key/⟨⟩")

# METADATA
# description: Whether a resource is no key, or may be none
may_match_no_key(value) if text.wide(value)

may_match_no_key(value) if matches_no_key(value)

# METADATA
# description: Whether a statement is about aliases as well. `kms:*` on an alias lets it be moved.
manages_aliases(statement) if {
	some action in statement.actions
	lower(action.value) == "kms:*"
	some resource in statement.resources
	contains(resource.value, "alias/")
}

# METADATA
# description: >-
#   Whether a condition keeps a statement to a service, a secret or some keys:
#   https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
is_narrowed(statement) if {
	some condition in statement.conditions
	some start in ["kms:", "aws:resourcetag/", "⟨"]
	startswith(lower(condition.key), start)
}
