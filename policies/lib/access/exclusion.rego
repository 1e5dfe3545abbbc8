# METADATA
# title: Exclusion
# description: >-
#   Whether a pattern can't match a string, whatever the holes of both represent: the "no" of lib/access/pattern.rego. A
#   string without a wide hole has exactly its own colons: as many in the pattern take them all, so that field stands
#   against field. Otherwise the fields before the first loose one do.
package lib.access.exclusion

import data.lib.text

# METADATA
# description: Whether a pattern, with wildcards, can't match a string. Both may have holes.
excludes(pattern, value) if {
	fields := {"of_pattern": split(pattern, ":"), "of_value": split(value, ":")}
	_excludes_fields(fields, count(fields.of_pattern), count(fields.of_value), _wide(value))
}

_wide(value) := contains(value, "⟨*")

_excludes_fields(_, patterns, values, false) if patterns > values

_excludes_fields(fields, same, same, false) if {
	some index, field in fields.of_pattern
	field != "*"
	field != fields.of_value[index]
	not _free(fields.of_value[index])
	_differ(field, fields.of_value[index])
}

_excludes_fields(fields, patterns, values, wide) if {
	_out_of_line(patterns, values, wide)
	head := _tight(fields)
	some index, field in fields.of_pattern
	index < head
	field != fields.of_value[index]
	not _free(fields.of_value[index])
	_differ(field, fields.of_value[index])
}

_excludes_fields(fields, patterns, values, wide) if {
	_out_of_line(patterns, values, wide)
	head := _tight(fields)
	_differ(_from(fields.of_pattern, head), _from(fields.of_value, head))
}

# A pattern in which no colon can hide has fewer colons than the text.
_excludes_fields(fields, patterns, values, _) if {
	patterns < values
	every field in fields.of_pattern { not _loose(field) }
}

# A field of the pattern in which no colon can hide is one of the string's, as far behind as loose fields can push it.
_excludes_fields(fields, patterns, values, false) if {
	patterns < values
	some index, field in fields.of_pattern
	not _loose(field)
	every other in array.slice(fields.of_value, index, ((values - patterns) + index) + 1) {
		field != other
		not _free(other)
		_differ(field, other)
	}
}

_out_of_line(_, _, true)

_out_of_line(patterns, values, false) if patterns < values

# How many fields of both are before the first in which a colon may hide.
_tight(fields) := min(array.concat(
	[count(fields.of_pattern) - 1, count(fields.of_value) - 1],
	[index | some list in fields; some index, field in list; _loose(field)],
))

_loose(field) if contains(field, "*")

_loose(field) if contains(field, "?")

# A field that is one hole may be whatever a pattern asks for.
_free(field) if {
	text.one_hole(field)
	not startswith(field, "⟨#")
}

_from(fields, start) := concat(":", array.slice(fields, start, count(fields)))

# Whether two texts can't be equal: the one of a pattern, with wildcards, and the other, which both may have holes.
# What both begin with is taken away first, up to three holes of the other.
_differ(pattern, value) if _differ_at_ends(_without_common(_without_common(_without_common([pattern, value]))))

_without_common([pattern, value]) := [trim_prefix(pattern, common), trim_prefix(value, common)] if {
	contains(value, "⟨")
	common := concat("", [split(value, "⟩")[0], "⟩"])
	startswith(pattern, common)
} else := [pattern, value]

_differ_at_ends([pattern, value]) if {
	first := _before_unknown(pattern)
	start := split(value, "⟨")[0]
	not _start_alike(first, start, first == pattern, start == value)
}

_differ_at_ends([pattern, value]) if {
	last := _behind_unknown(pattern)
	end := _last(split(value, "⟩"))
	not _end_alike(last, end, last == pattern, end == value)
}

_differ_at_ends([pattern, value]) if {
	text.literal(pattern)
	length := _length(value)
	shortest := replace(pattern, "*", "")
	not _fits(count(shortest), length, shortest == pattern)
}

_differ_at_ends([pattern, value]) if {
	# A known text where a suffix is.
	text.literal(pattern)
	not contains(pattern, "*")
	not contains(pattern, "?")
	[start, rest] := split(value, "⟨#")
	[_, end] := split(rest, "⟩")
	text.literal(start)
	count(pattern) == (count(start) + 6) + count(end)
	not text.consists_of(substring(pattern, count(start), 6), text.alphanumeric)
}

# What two texts begin with is alike when one begins with the other, and what is complete is not longer than itself.
_start_alike(first, start, whole, _) if {
	startswith(start, first)
	_as_long_if(whole, first, start)
}

_start_alike(first, start, _, whole) if {
	startswith(first, start)
	_as_long_if(whole, first, start)
}

_end_alike(last, end, whole, _) if {
	endswith(end, last)
	_as_long_if(whole, last, end)
}

_end_alike(last, end, _, whole) if {
	endswith(last, end)
	_as_long_if(whole, last, end)
}

_as_long_if(false, _, _)

_as_long_if(true, same, same)

# The length of a string without holes of unknown length; undefined with them.
_length(value) := count(text.known(value)) + (6 * suffixes) if {
	suffixes := count(split(value, "⟨#")) - 1
	suffixes == count(split(value, "⟨")) - 1
}

_fits(length, length, true)

_fits(shortest, length, false) if shortest <= length

_before_unknown(pattern) := split(split(split(pattern, "*")[0], "?")[0], "⟨")[0]

_behind_unknown(pattern) := _last(split(_last(split(_last(split(pattern, "*")), "?")), "⟩"))

_last(items) := items[count(items) - 1]
