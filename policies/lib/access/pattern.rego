# METADATA
# title: Matching of patterns
# description: >-
#   Whether an IAM pattern matches a string, when pieces of both may be unknown. Three-valued: "yes" whatever the holes
#   represent, "no" whatever they represent, else "maybe". Equal holes are equal values. In a pattern `*` represents any
#   characters and `?` for any one, colons included: lib/access/resources.rego holds it to the fields of an ARN. Literal
#   text is compared first, since a wildcard in the middle is dear: see DESIGN §7.
package lib.access.pattern

import data.lib.access.exclusion
import data.lib.text

# METADATA
# description: A string to be matched, with what matching needs to know of it. Made once for a string.
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

# Characters of Unicode's private use area, which no file means anything by. A hole becomes one of them, so that no
# piece of its name is taken for text, and a suffix six, since it is six characters long; six different ones, so that
# two suffixes in a row can't be taken apart elsewhere. What is beyond the tenth keeps its name.
_stand_ins := ["\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006", "\ue007", "\ue008", "\ue009"]

_suffix_stand_ins := [
	"\ue100\ue101\ue102\ue103\ue104\ue105",
	"\ue110\ue111\ue112\ue113\ue114\ue115",
	"\ue120\ue121\ue122\ue123\ue124\ue125",
	"\ue130\ue131\ue132\ue133\ue134\ue135",
	"\ue140\ue141\ue142\ue143\ue144\ue145",
	"\ue150\ue151\ue152\ue153\ue154\ue155",
	"\ue160\ue161\ue162\ue163\ue164\ue165",
	"\ue170\ue171\ue172\ue173\ue174\ue175",
	"\ue180\ue181\ue182\ue183\ue184\ue185",
	"\ue190\ue191\ue192\ue193\ue194\ue195",
]

_stand_in(hole, index) := _suffix_stand_ins[index] if {
	startswith(hole, "⟨#")
} else := _stand_ins[index] if {
	not startswith(hole, "⟨#")
} else := hole

# METADATA
# description: Whether a pattern matches a target
match(pattern, goal) := "yes" if {
	covers(pattern, goal)
} else := "no" if {
	excludes(pattern, goal)
} else := "maybe"

# METADATA
# description: Whether a pattern matches a target for sure. This is cheap, and most often all that must be asked.
covers(pattern, goal) if {
	pattern == "*"
} else if {
	pattern == goal.value
} else if {
	_wildcards(pattern)
	masked := strings.replace_n(goal.mask, pattern)
	text.literal(masked)
	_covers(masked, goal) == "yes"
}

# METADATA
# description: Whether a pattern that does not match for sure never matches a target
excludes(pattern, goal) if {
	_plain(pattern)
	goal.holes == []
	_literal_answer(pattern, goal) == "no"
} else if {
	not contains(goal.masked, "⟨")
	exclusion.excludes(_variables_as_holes(pattern), goal.value)
}

_plain(pattern) if {
	text.literal(pattern)
	not contains(pattern, "${")
}

_literal_answer(pattern, goal) := _covers(pattern, goal) if {
	_wildcards(pattern)
} else := "no"

# Policy variables, `${aws:username}`, are filled in for each request.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
_variables_as_holes(pattern) := pattern if {
	not contains(pattern, "${")
} else := concat("⟨*policy variable⟩", [_behind_variable(index, piece) | some index, piece in split(pattern, "${")])

_behind_variable(0, piece) := piece

_behind_variable(index, piece) := substring(piece, indexof(piece, "}") + 1, -1) if index > 0

_wildcards(pattern) if {
	contains(pattern, "*")
} else if {
	contains(pattern, "?")
}

# Whether a pattern without holes covers a target whose holes are single characters: "yes" or "no", or "maybe" for a
# pattern with more stars than are looked for. `?` never covers one of the opaque characters, which may represent none
# or many.
_covers(pattern, goal) := _covers_pieces(split(pattern, "*"), goal)

_covers_pieces([only], goal) := "yes" if {
	_same(only, goal.masked, goal.opaque)
} else := "no"

_covers_pieces(pieces, goal) := answer if {
	count(pieces) > 1
	first := pieces[0]
	last := pieces[count(pieces) - 1]
	inner := count(goal.masked) - (count(first) + count(last))
	inner >= 0
	_same(first, substring(goal.masked, 0, count(first)), goal.opaque)
	_same(last, substring(goal.masked, count(first) + inner, -1), goal.opaque)
	middle := [piece | some piece in array.slice(pieces, 1, count(pieces) - 1); piece != ""]
	answer := _in_order(middle, substring(goal.masked, count(first), inner), goal.opaque)
} else := "no" if {
	count(pieces) > 1
}

# Whether a piece of a pattern, without stars, is a string.
_same(piece, value, opaque) if {
	piece == value
} else if {
	contains(piece, "?")
	count(piece) == count(value)
	characters := split(value, "")
	every index, symbol in split(piece, "") { _symbol(symbol, characters[index], opaque) }
}

_symbol(same, same, _)

_symbol("?", character, opaque) if not character in opaque

# Whether pieces are in a string one behind the other. Rego has no recursion, so there are as many steps as pieces are
# looked for.
_in_order([], _, _) := "yes"

_in_order(pieces, value, opaque) := "maybe" if {
	count(pieces) > 5
} else := "yes" if {
	pieces != []
	all := array.concat(pieces, ["", "", "", ""])
	behind_0 := _behind(all[0], value, opaque)
	behind_1 := _behind(all[1], behind_0, opaque)
	behind_2 := _behind(all[2], behind_1, opaque)
	behind_3 := _behind(all[3], behind_2, opaque)
	_behind(all[4], behind_3, opaque)
} else := "no" if {
	pieces != []
}

# What is behind the first place of a piece in a string; undefined when it has none.
_behind(piece, value, opaque) := value if {
	piece == ""
} else := substring(value, indexof(value, piece) + count(piece), -1) if {
	contains(value, piece)
	not contains(piece, "?")
} else := substring(value, min(places) + count(piece), -1) if {
	count(piece) <= count(value)
	places := [place |
		some place in numbers.range(0, count(value) - count(piece))
		_same(piece, substring(value, place, count(piece)), opaque)
	]
	places != []
}
