# METADATA
# title: Results
# description: >-
#   Builds what a rule answers. Everything that the rule's metadata tells is taken from there, so a rule gives only what it alone
#   knows: chain is `rego.metadata.chain()`, whose last entry is the package of the rule.
package lib.result

# METADATA
# description: >-
#   A finding. `given` has message and at, and whatever differs from the defaults: a certain finding with the remedy of the
#   metadata, nothing to paste, and nothing related. `remedy` may be given in part.
finding(chain, given) := object.union(
	{
		"rule": _id(chain),
		"severity": _custom(chain).severity,
		"confidence": "certain",
		"remedy": {"text": trim_space(_custom(chain).remedy), "replacement": null, "statement": null},
		"related": [],
		"references": [],
		"names": [],
	},
	given,
)

# METADATA
# description: What the rule can't decide. `given` has reason, at, and the ids of the references that are concerned, if any.
unverified(chain, given) := object.union({"rule": _id(chain), "references": []}, given)

_id(chain) := chain[0].path[2]

_custom(chain) := chain[count(chain) - 1].annotations.custom
