# METADATA
# title: Names of credentials
# description: >-
#   What a name says about the value behind it. Names are compared without case, separators and numbers at their end.
#   The words are in policies/credentials.json, which the masking of reports shares (src/report/redact.ts).
package lib.credentials

import data.credentials as table

# METADATA
# description: >-
#   Whether a variable, option or attribute of that name holds a credential, as DB_PASSWORD, splunk-token and apiKey2 do
named(name) if {
	key := _squeezed(name)
	_credential(key)
	not _harmless(key)
}

named(name) if {
	some end in table.ends
	endswith(name, end)
}

# METADATA
# description: >-
#   Whether a name is that of something that says where a credential is, as DB_PASSWORD_ARN and tokenSecretName do
refers(name) if {
	key := _squeezed(name)
	some end in table.references
	endswith(key, end)
}

_squeezed(name) := trim_right(replace(replace(replace(lower(name), "_", ""), "-", ""), ".", ""), "0123456789")

_credential(key) if {
	some word in table.words
	endswith(key, word)
}

_credential(key) if {
	endswith(key, "key")
	some word in table.keys
	endswith(trim_suffix(key, "key"), word)
}

# The working directory, tokens that are shown to everybody or counted, and words before "secret" that say that a
# secret's name is meant.
_harmless(key) if key in table.harmless_names

_harmless(key) if {
	some end in array.concat(table.harmless, table.secret_names)
	endswith(key, end)
}
