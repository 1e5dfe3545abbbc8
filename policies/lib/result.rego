# METADATA
# title: Results
# description: >-
#   Builds a rule's answers. Id, severity and the usual remedy come from the rule's metadata: `chain` is
#   `rego.metadata.chain()`, whose last entry is the package of the rule.
package lib.result

# METADATA
# description: >-
#   A finding: the link is broken. `given` has `message`, `at`, and whatever differs from the defaults: certain, nothing
#   related. `remedy` may be given in part: `text` (else the one of the metadata), `edits` (a list of `at` and `text`),
#   `add` (`actions`, `resources` and `at`).
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
	object.union(object.remove(given, ["remedy"]), {"remedy": _remedy(chain, given)}),
)

_remedy(chain, given) := object.union(
	{"text": trim_space(_custom(chain).remedy), "edits": [], "add": null},
	object.get(given, "remedy", {}),
)

# METADATA
# description: >-
#   Edits of what isn't wrong in itself: they are not made where others share it, who may need it as it is
choices(edits) := [object.union(edit, {"choice": true}) | some edit in edits]

# METADATA
# description: >-
#   What the files don't decide. `given` has `reason` ("can't tell whether …"), `at`, `cause` (`kind`, `name`, `unit`:
#   the table is in src/facts/causes.ts), and the ids of the references that wait for it.
unverified(chain, given) := object.union({"rule": _id(chain), "references": []}, given)

# METADATA
# description: >-
#   The rule's part of the link holds for `references`, because of what is at `at`. `because` is a clause that says so;
#   `assumes` has ids of src/facts/assumptions.ts.
proof(chain, given) := {
	"rule": _id(chain),
	"at": given.at,
	"because": given.because,
	"references": given.references,
	"assumes": object.get(given, "assumes", []),
}

_id(chain) := chain[0].path[2]

_custom(chain) := chain[count(chain) - 1].annotations.custom
