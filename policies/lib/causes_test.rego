package lib.causes_test

import data.lib.causes

test_of_unseen_parts_the_first_cause_counts if {
	role := causes.of("role", "jobs")
	causes.of_unseen([{"part": "policies"}, {"part": "policies", "cause": role}], null) == role
	causes.of_unseen([{"part": "policies"}], role) == role
}
