# METADATA
# title: The report
# description: >-
#   The one entrypoint: what every rule of the subject's kind finds in the case, proves, and can't decide.
#   Rules are found by their package, rules.<subject kind>["<rule id>"], so there is no index of them to keep.
package main

import data.lib.references

# METADATA
# description: The answer about the case in `input`, as `judgementSchema` of src/facts/schema/judgement.ts has it
# entrypoint: true
report := {"findings": _findings, "unverified": _unverified, "proofs": _proofs}

_findings := [object.union(finding, {"confidence": _confidence(finding)}) |
	some id
	some finding in data.rules[input.subject.kind][id].findings
]

# The answer about references that may not be there, or may be others, is at most likely.
_confidence(finding) := "likely" if {
	finding.references != []
	every id in finding.references { id in _maybe }
} else := finding.confidence

_maybe contains reference.id if {
	some job in input.job_definitions
	some container in job.containers
	some reference in references.of(container)
	some doubt in ["maybe", "through"]
	reference[doubt]
}

_unverified := [undecided |
	some id
	some undecided in data.rules[input.subject.kind][id].unverified
]

_proofs := [proof |
	some id
	some proof in data.rules[input.subject.kind][id].proofs
]
