package lib.access.exclusion_test

import data.lib.access.exclusion

# The pattern, and the text that it can't match; test/rego/pattern.test.ts tries many more, and that none is too many.
_excluded := [
	["a", "b"],
	["a*", "b⟨x⟩"],
	["*a", "⟨x⟩b"],
	["a:b", "a:b:⟨x⟩"],
	["a:b:c", "a:⟨x⟩"],
	["a:*:c", "a:⟨x⟩:d"],
	["a:b:*", "a:c:d:⟨*x⟩"],
	["⟨x⟩/a-*", "⟨x⟩/b-⟨#s⟩"],
	["a-???", "a-⟨#s⟩"],
	["a-bcd-fg", "a-⟨#s⟩"],
	["a:*:c:*", "a:b:d:e:⟨x⟩"],
	["a:*:1⟨y⟩:*", "a:b:2⟨x⟩:3:⟨z⟩"],
]

_possible := [
	["a*", "⟨x⟩b"],
	["⟨y⟩a", "⟨x⟩a"],
	["a", "⟨x⟩a⟨y⟩"],
	["a:*", "a:b:⟨x⟩"],
	["a?b:-", "a:b⟨*w⟩"],
	["⟨*x⟩", "a:b:c"],
	["a-bcdefg", "a-⟨#s⟩"],
	["a:*:c:*", "a:b:d:c:⟨x⟩"],
	["a:*:c:*", "a:b:⟨x⟩:e:f"],
]

test_excluded if {
	every pair in _excluded { exclusion.excludes(pair[0], pair[1]) }
}

test_possible if {
	every pair in _possible { not exclusion.excludes(pair[0], pair[1]) }
}
