# METADATA
# title: Names of credentials
# description: What a name tells of the value behind it. Names are compared without case, separators and numbers at their end.
package lib.credentials

# METADATA
# description: Whether a variable, option or attribute of that name holds a credential, as DB_PASSWORD, splunk-token and apiKey2 do
named(name) if {
	key := _squeezed(name)
	some word in _words
	endswith(key, word)
	not _harmless(key)
}

named(name) if {
	some ending in {"_pass", "_PASS", "-pass", "Pass"}
	endswith(name, ending)
}

# METADATA
# description: Whether a name is that of something which tells where a credential is, as DB_PASSWORD_ARN and tokenSecretName do
refers(name) if {
	key := _squeezed(name)
	some ending in _references
	endswith(key, ending)
}

_squeezed(name) := trim_right(replace(replace(replace(lower(name), "_", ""), "-", ""), ".", ""), "0123456789")

_words := [
	"password",
	"passwd",
	"passphrase",
	"passcode",
	"pwd",
	"dbpass",
	"token",
	"secret",
	"secretkey",
	"apikey",
	"accesskey",
	"accountkey",
	"appkey",
	"applicationkey",
	"authkey",
	"encryptionkey",
	"licensekey",
	"masterkey",
	"privatekey",
	"servicekey",
	"servicerolekey",
	"sharedkey",
	"signingkey",
	"storagekey",
]

# The working directory, tokens that are shown to everybody or counted, and words before "secret" that say that a secret's name is meant.
_harmless(key) if key in {"pwd", "oldpwd"}

_harmless(key) if {
	some ending in [
		"clienttoken",
		"continuationtoken",
		"csrftoken",
		"eostoken",
		"bostoken",
		"idempotencytoken",
		"masktoken",
		"maxtoken",
		"nexttoken",
		"padtoken",
		"pagetoken",
		"pertoken",
		"requesttoken",
		"stoptoken",
		"tasktoken",
		"credentialssecret",
		"databasesecret",
		"dbsecret",
		"keysecret",
		"passwordsecret",
		"pullsecret",
		"rdssecret",
		"tokensecret",
	]
	endswith(key, ending)
}

_references := ["alias", "arn", "file", "id", "location", "name", "param", "parameter", "path", "prefix", "reference"]
