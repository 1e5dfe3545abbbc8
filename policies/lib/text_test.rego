package lib.text_test

import data.lib.text

test_holes_in_order if text.holes("a⟨x⟩:⟨#y⟩⟨*z⟩b") == ["⟨x⟩", "⟨#y⟩", "⟨*z⟩"]

test_literal_text_has_no_holes if text.holes("a:b") == []

test_known_is_what_stands_around_holes if {
	text.known("a⟨x⟩:⟨#y⟩⟨*z⟩b") == "a:b"
	text.known("a:b") == "a:b"
}

test_literal_and_wide if {
	text.literal("a")
	not text.literal("a⟨x⟩")
	text.wide("a⟨*x⟩")
	not text.wide("a⟨x⟩")
}

test_consists_of_looks_at_every_character if {
	text.consists_of("12321", text.digits)
	text.consists_of("", text.digits)
	not text.consists_of("12a21", text.digits)
}

test_uuid if {
	text.uuid("9d4cb84b-ad69-40c0-a0ab-cead36b967e8")
	not text.uuid("9d4cb84b-ad69-40c0-a0ab-cead36b967eg")
	not text.uuid("9d4cb84bad69-40c0-a0ab-cead36b967e8--")
	not text.uuid("AWSCURRENT")
}

test_enumeration if {
	text.enumeration(["a"]) == "a"
	text.enumeration(["a", "b"]) == "a and b"
	text.enumeration(["a", "b", "c"]) == "a, b and c"
	text.enumeration(["a", "b", "c", "d", "e"]) == "a, b and 3 more"
}

test_distinct_keeps_the_order if text.distinct(["b", "a", "b"]) == ["b", "a"]

test_distinct_of_very_many_is_in_any_order if {
	many := [item | some _ in numbers.range(1, 200); item := "b"]
	text.distinct(many) == ["b"]
}

test_what_may_be_equal_fits_around_holes if {
	not text.may_equal("PASSWORD", "⟨p⟩_PASSWORD")
	text.may_equal("DB_PASSWORD", "⟨p⟩_PASSWORD")
	text.may_equal("⟨p⟩_A", "X_⟨q⟩")
	text.may_equal("X", "⟨*q⟩")
	not text.may_equal("⟨p⟩_A", "⟨p⟩_B")
	not text.may_equal("DB_TOKEN", "⟨p⟩_PASSWORD")
}
