# METADATA
# title: Results
# description: >-
#   Builds what a rule answers. Everything that the rule's metadata tells is taken from there, so a rule gives only what it alone
#   knows: chain is `rego.metadata.chain()`, whose last entry is the package of the rule.
package lib.result

# METADATA
# description: >-
#   A finding. `given` has message and at, and whatever differs from the defaults: a certain finding with the remedy of the
#   metadata, nothing to edit or add, and nothing related. `remedy` may be given in part.
finding(chain, given) := object.union(
	{
		"rule": _id(chain),
		"severity": _custom(chain).severity,
		"confidence": "certain",
		"related": [],
		"references": [],
		"names": [],
		"assumes": [],
	},
	object.union(given, {"remedy": _remedy(chain, given)}),
)

_remedy(chain, given) := {
	"text": object.get(told, "text", trim_space(_custom(chain).remedy)),
	"edits": object.get(told, "edits", _edits(object.get(told, "replacement", null), given.at)),
	"add": object.get(told, "add", _add(object.get(told, "statement", null), given.at)),
} if {
	told := object.get(given, "remedy", {})
}

_edits(null, _) := []

_edits(replacement, at) := [{"at": at, "text": replacement}] if replacement != null

_add(null, _) := null

_add(statement, at) := object.union({"at": at}, statement) if statement != null

# METADATA
# description: What the rule can't decide. `given` has reason, at, cause, and the ids of the references that are concerned, if any.
unverified(chain, given) := object.union(
	{"rule": _id(chain), "references": [], "cause": {"kind": "other", "name": given.reason, "unit": null}},
	given,
)

# METADATA
# description: That the rule's part of the link holds. `given` has at, because, and the ids of the references.
proof(chain, given) := object.union({"rule": _id(chain), "assumes": []}, given)

_id(chain) := chain[0].path[2]

_custom(chain) := chain[count(chain) - 1].annotations.custom
