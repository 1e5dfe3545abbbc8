# METADATA
# title: Dates and seconds in conditions
# description: >-
#   In string functions: the engine of regular expressions would be a fifth of the compiled module.
package lib.access.times

import data.lib.text

# METADATA
# description: >-
#   Whether a time was over before this version was made, and so whenever jobs run: no answer depends on the day of the
#   check. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
past(value) if {
	_is_date(value)
	value < "2026-01-01"
}

# Four digits are a year, or the seconds of a day in 1970.
past(value) if {
	_are_digits(value)
	count(value) <= 10
	to_number(value) < _limit[count(value) == 4]
}

_limit := {true: 2026, false: 1767225600}

# `2025-01`, `2025-01-31`, `2025-01-31T12:00:00Z`, `2025-01-31T12:00+01:00`
_is_date(value) if _is_day(value, {2, 3})

_is_date(value) if {
	[day, time] := split(value, "T")
	_is_day(day, {3})
	_is_time(time)
}

_is_day(day, lengths) if {
	fields := split(day, "-")
	lengths[count(fields)]
	every index, field in fields {
		_are_digits(field)
		count(field) == [4, 2, 2][index]
	}
}

_is_time(time) if _is_clock(trim_suffix(time, "Z"))

_is_time(time) if {
	some sign in ["+", "-"]
	[clock, zone] := split(time, sign)
	_is_clock(clock)
	_is_clock(zone)
}

_is_clock(clock) if {
	clock != ""
	text.consists_of(clock, "0123456789:.")
}

_are_digits(value) if {
	value != ""
	text.consists_of(value, text.digits)
}
