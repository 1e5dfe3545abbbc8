# METADATA
# title: Text
# description: >-
#   Text with holes (src/facts/text.ts) and plain text. A hole represents an unknown piece: `⟨x⟩` for something without
#   a colon, `⟨#x⟩` for exactly six letters or digits, `⟨*x⟩` for anything.
package lib.text

# `consists_of` compares with one after the other: those that are common in names come first.
letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

digits := "0123456789"

alphanumeric := concat("", [letters, digits])

# METADATA
# description: Whether every character is known
literal(value) if not contains(value, "⟨")

# METADATA
# description: Whether a piece may hold anything, so that the text can't be split on colons
wide(value) if contains(value, "⟨*")

# METADATA
# description: Whether a string is one hole and nothing else
one_hole(value) if {
	startswith(value, "⟨")
	endswith(value, "⟩")
	count(split(value, "⟨")) == 2
}

# METADATA
# description: The holes of a string in order, as they are in it
holes(value) := [concat("", ["⟨", split(piece, "⟩")[0], "⟩"]) |
	some index, piece in split(value, "⟨")
	index > 0
]

# METADATA
# description: What is known of a string, its holes left out
known(value) := value if {
	literal(value)
} else := concat("", [split(piece, "⟩")[count(split(piece, "⟩")) - 1] | some piece in split(value, "⟨")])

# METADATA
# description: >-
#   Whether two strings, at least one with a hole, may be equal: what is known before the first hole and behind the
#   last one fits
may_equal(one, other) if {
	literal(one)
	_can_be(other, one)
}

may_equal(one, other) if {
	literal(other)
	_can_be(one, other)
}

may_equal(one, other) if {
	not literal(one)
	not literal(other)
	_fits(_start(one), _start(other))
	_fits_behind(_end(one), _end(other))
}

_can_be(open, value) if {
	startswith(value, _start(open))
	endswith(value, _end(open))
}

_start(value) := split(value, "⟨")[0]

_end(value) := pieces[count(pieces) - 1] if pieces := split(value, "⟩")

_fits(one, other) if startswith(one, other)

_fits(one, other) if startswith(other, one)

_fits_behind(one, other) if endswith(one, other)

_fits_behind(one, other) if endswith(other, one)

# METADATA
# description: Whether a string consists of characters of a list only. True of the empty text.
consists_of(value, characters) if trim(value, characters) == ""

# METADATA
# description: Whether a string has the form of a UUID
uuid(value) if {
	count(value) == 36
	parts := split(value, "-")
	[count(part) | some part in parts] == [8, 4, 4, 4, 12]
	consists_of(concat("", parts), "0123456789abcdefABCDEF")
}

# METADATA
# description: "`A`, `A and B`, `A, B and C`, `A, B and 3 more`. Of at least one item."
enumeration(items) := items[0] if {
	count(items) == 1
} else := concat(" and ", [concat(", ", array.slice(items, 0, count(items) - 1)), items[count(items) - 1]]) if {
	count(items) < 4
} else := $"{items[0]}, {items[1]} and {count(items) - 2} more"

# METADATA
# description: The items of a list, each once; in their order, unless there are so many that nobody reads them
distinct(items) := [item |
	some index, item in items
	not item in array.slice(items, 0, index)
] if {
	count(items) < 100
} else := [item | some item in {item | some item in items}]

# METADATA
# description: The key under which `input.holes` has what is known of a hole, as it is in a string
inside(hole) := trim_prefix(trim_prefix(trim_suffix(trim_prefix(hole, "⟨"), "⟩"), "#"), "*")

# METADATA
# description: The token of the hole with that key of the table, for a string that a rule writes
token(key) := $"⟨{key}⟩"
