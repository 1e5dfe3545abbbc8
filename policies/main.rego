# METADATA
# title: The report
# description: >-
#   The one entrypoint: what every rule of the subject's kind finds in the case, proves, and can't decide.
#   Rules are found by their package, rules.<subject kind>["<rule id>"], so there is no index of them to keep.
package main

# METADATA
# description: The answer about the case in `input`, as `judgementSchema` of src/facts/schema.ts has it
# entrypoint: true
report := {"findings": _findings, "unverified": _unverified, "proofs": _proofs}

_findings contains finding if {
	some id
	some finding in data.rules[input.subject.kind][id].findings
}

_unverified contains undecided if {
	some id
	some undecided in data.rules[input.subject.kind][id].unverified
}

_proofs contains proof if {
	some id
	some proof in data.rules[input.subject.kind][id].proofs
}
