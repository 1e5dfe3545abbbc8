# METADATA
# title: Matching of patterns
# description: >-
#   Whether an IAM pattern matches a text, when pieces of both may be unknown. Three-valued:
#   "yes" whatever the holes stand for, "no" whatever they stand for, else "maybe". Equal holes are equal values.
#   In a pattern `*` stands for any characters and `?` for any one, colons included. AWS lets a wildcard run past a colon only at the end
#   of an ARN's field (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html);
#   taking it everywhere can only turn a "no" into a "yes" or a "maybe".
#   Literal text is compared first, since a wildcard in the middle is dear: see DESIGN §5.
package lib.pattern

import data.lib.text

# METADATA
# description: A text to be matched, with what matching needs to know of it. Made once for a text.
target(value) := {
	"value": value,
	"holes": [],
	"mask": {},
	"masked": value,
	"opaque": [],
} if {
	text.literal(value)
} else := {
	"value": value,
	"holes": holes,
	"mask": mask,
	"masked": strings.replace_n(mask, value),
	"opaque": [character | some hole, character in mask; not startswith(hole, "⟨#")],
} if {
	holes := text.distinct(text.holes(value))
	mask := {hole: _stand_in(hole, index) | some index, hole in holes}
}

# Characters of Unicode's private use area, which no file means anything by. A hole becomes one of them, so that no piece of its
# name is taken for text, and a suffix six of another kind, since it is six characters long. What is beyond the tenth keeps its name.
_stand_ins := ["\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006", "\ue007", "\ue008", "\ue009"]

_suffix_stand_ins := [concat("", [c, c, c, c, c, c]) |
	some c in ["\ue010", "\ue011", "\ue012", "\ue013", "\ue014", "\ue015", "\ue016", "\ue017", "\ue018", "\ue019"]
]

_stand_in(hole, index) := _suffix_stand_ins[index] if {
	startswith(hole, "⟨#")
} else := _stand_ins[index] if {
	not startswith(hole, "⟨#")
} else := hole

# METADATA
# description: Whether a pattern matches a target
match(pattern, goal) := "yes" if {
	pattern == "*"
} else := "yes" if {
	pattern == goal.value
} else := _match_literal(pattern, goal.value) if {
	goal.holes == []
	text.literal(pattern)
	not contains(pattern, "${")
} else := _match_symbolic(_variables_as_holes(pattern), goal)

_match_literal(pattern, value) := "no" if {
	not _wildcards(pattern)
} else := "no" if {
	not startswith(value, _before_wildcards(pattern))
} else := _covers(pattern, value, [])

_match_symbolic(pattern, goal) := "maybe" if {
	contains(goal.masked, "⟨")
} else := "yes" if {
	masked := strings.replace_n(goal.mask, pattern)
	text.literal(masked)
	_covers(masked, goal.masked, goal.opaque) == "yes"
} else := "no" if {
	_excludes(pattern, goal.value)
} else := "maybe"

# Policy variables, `${aws:username}`, are filled in for each request.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
_variables_as_holes(pattern) := pattern if {
	not contains(pattern, "${")
} else := concat("⟨*policy variable⟩", [_behind_variable(index, piece) | some index, piece in split(pattern, "${")])

_behind_variable(0, piece) := piece

_behind_variable(index, piece) := substring(piece, indexof(piece, "}") + 1, -1) if index > 0

_wildcards(pattern) if contains(pattern, "*")

_wildcards(pattern) if contains(pattern, "?")

_before_wildcards(pattern) := split(split(pattern, "*")[0], "?")[0]

# Whether a pattern without holes covers a text in which holes are single characters: "yes", "no", or "maybe" when that can't be
# computed. `?` never covers one of the opaque characters, which may stand for nothing or for many.
_covers(pattern, value, opaque) := _covers_pieces(split(pattern, "*"), value) if {
	not contains(pattern, "?")
	_few_stars(pattern)
} else := _covers_pieces(split(head, "*"), substring(value, 0, rest)) if {
	# `secret:NAME-??????`, the pattern of a name and its six random characters.
	endswith(pattern, "??????")
	head := trim_suffix(pattern, "??????")
	not contains(head, "?")
	_few_stars(head)
	rest := count(value) - 6
	rest >= 0
	tail := substring(value, rest, 6)
	every character in opaque { not contains(tail, character) }
} else := _covers_by_regex(pattern, value)

_few_stars(pattern) if count(split(pattern, "*")) < 4

_covers_pieces([only], value) := "yes" if {
	only == value
} else := "no"

_covers_pieces([first, last], value) := "yes" if {
	startswith(value, first)
	endswith(value, last)
	count(value) >= count(first) + count(last)
} else := "no"

_covers_pieces([first, middle, last], value) := "yes" if {
	startswith(value, first)
	endswith(value, last)
	inner := count(value) - (count(first) + count(last))
	inner >= count(middle)
	contains(substring(value, count(first), inner), middle)
} else := "no"

# No pattern that means something has these characters, so escaping them is not worth its cost.
_unusual := ["\\", "[", "]", "(", ")", "{", "}", "|", "^", "$"]

_any_but_stand_ins := `[^\x{e000}-\x{e009}]`

_covers_by_regex(pattern, value) := "maybe" if {
	some character in _unusual
	contains(pattern, character)
} else := "yes" if {
	regex.match(concat("", ["(?s)^", _as_regex(pattern), "$"]), value)
} else := "no"

_as_regex(pattern) := replace(replace(_as_regex_of_text(pattern), "?", _any_but_stand_ins), "*", ".*")

_as_regex_of_text(pattern) := replace(replace(pattern, ".", "[.]"), "+", "[+]")

# Whether a pattern can't match a text, whatever the holes of both stand for. A text without a wide hole has exactly its own colons:
# as many in the pattern take them all, so that field stands against field. Otherwise the fields before the first loose one do.
_excludes(pattern, value) if {
	fields := {"of_pattern": split(pattern, ":"), "of_value": split(value, ":")}
	_excludes_fields(fields, count(fields.of_pattern), count(fields.of_value), _wide(value))
}

_wide(value) := contains(value, "⟨*")

_excludes_fields(_, patterns, values, false) if patterns > values

_excludes_fields(fields, same, same, false) if {
	some index, field in fields.of_pattern
	_differ(field, fields.of_value[index])
}

_excludes_fields(fields, patterns, values, wide) if {
	_out_of_line(patterns, values, wide)
	head := _tight(fields)
	some index, field in fields.of_pattern
	index < head
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

_out_of_line(_, _, true)

_out_of_line(patterns, values, false) if patterns < values

# How many fields of both stand before the first in which a colon may hide.
_tight(fields) := min(array.concat(
	[count(fields.of_pattern) - 1, count(fields.of_value) - 1],
	[index | some list in fields; some index, field in list; _loose(field)],
))

_loose(field) if contains(field, "*")

_loose(field) if contains(field, "?")

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
	not _wildcards(pattern)
	[start, rest] := split(value, "⟨#")
	[_, end] := split(rest, "⟩")
	text.literal(start)
	count(pattern) == (count(start) + 6) + count(end)
	not text.consists_of(substring(pattern, count(start), 6), text.alphanumeric)
}

# What two texts begin with is alike when one begins with the other, and what is whole is not longer than itself.
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

# The length of a text without holes of unknown length; undefined with them.
_length(value) := count(text.known(value)) + (6 * suffixes) if {
	suffixes := count(split(value, "⟨#")) - 1
	suffixes == count(split(value, "⟨")) - 1
}

_fits(length, length, true)

_fits(shortest, length, false) if shortest <= length

_before_unknown(pattern) := split(_before_wildcards(pattern), "⟨")[0]

_behind_unknown(pattern) := _last(split(_last(split(_last(split(pattern, "*")), "?")), "⟩"))

_last(items) := items[count(items) - 1]
