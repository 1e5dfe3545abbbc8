package lib.access.times_test

import data.lib.access.times

test_times_that_are_over if {
	every value in [
		"2025",
		"2025-12",
		"2025-12-31",
		"2025-12-31T23:59:59Z",
		"2024-02-29T12:00",
		"2020-01-01T00:00:00.5+01:00",
		"2020-01-01T00:00-05:00",
		"0",
		"1767225599",
	] {
		times.past(value)
	}
}

test_times_to_come_and_what_is_no_time if {
	every value in [
		"2026-01-01",
		"2027-01-01T00:00:00Z",
		"1767225600",
		"12345678901",
		"",
		"2027",
		"2025-1",
		"2025-12-31T",
		"2025-12-31TZ",
		"2025-12-31T12:00ZZ",
		"2025-12T12:00Z",
		"2025-12-31-01",
		"20a5-12-31",
		"soon",
	] {
		not times.past(value)
	}
}
