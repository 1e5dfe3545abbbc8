# METADATA
# title: Ends of secrets' ARNs
# description: >-
#   Secrets Manager adds a hyphen and six random letters or digits to a secret's name to make its ARN, and takes an ARN
#   that ends so for a complete one, whatever the secret is called.
#   https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
package lib.suffix

import data.lib.text

# METADATA
# description: >-
#   What the end of a secret's ARN is, without selectors: "random" as Secrets Manager adds it, "alike" when it is six
#   literal letters or digits behind a hyphen, "none", and "unknown" when it is not known
of(arn) := "random" if {
	endswith(arn, "⟩")
	startswith(_last(arn, "⟨"), "#")
} else := "alike" if {
	_looks_random(_tail(_last(arn, "⟩")))
} else := "none" if {
	count(_last(arn, "⟩")) > 6
} else := "none" if {
	not text.consists_of(_last(arn, "⟩"), text.alphanumeric)
} else := "unknown"

_tail(known) := substring(known, count(known) - 7, -1) if count(known) > 6

_last(value, separator) := pieces[count(pieces) - 1] if pieces := split(value, separator)

_looks_random(tail) if {
	startswith(tail, "-")
	text.consists_of(substring(tail, 1, -1), text.alphanumeric)
}

# METADATA
# description: >-
#   Whether six letters read like a word, as in app-config: of one case or with a capital, with a vowel and no more than
#   three consonants in a row. One random suffix of two hundred does.
word(arn) if {
	end := substring(arn, count(arn) - 6, -1)
	_cased(end)
	letters := lower(end)
	runs := split(_without_vowels(letters), " ")
	count(runs) > 1
	every run in runs { count(run) < 4 }
}

_cased(end) if end == lower(end)

_cased(end) if end == upper(end)

_cased(end) if substring(end, 1, -1) == lower(substring(end, 1, -1))

_without_vowels(letters) := strings.replace_n({"a": " ", "e": " ", "i": " ", "o": " ", "u": " ", "y": " "}, letters) if {
	text.consists_of(letters, "abcdefghijklmnopqrstuvwxyz")
}
