# METADATA
# title: Where values come from
# description: >-
#   What a hole tells of its value by its name, as src/formats names holes: a parameter, variable, attribute or placeholder, then `@` and
#   where that is. What is computed of something unknown has the name of that in brackets, behind the function.
package lib.origins

# METADATA
# description: >-
#   The names in a hole, those of what it is computed of: `var.password` of ⟨*var.password@.⟩ and of ⟨*trimspace(var.password@.)⟩.
#   Pseudo parameters have none, nor has what a function of CloudFormation chooses, whose arguments may be written out.
names(hole) := [trim_suffix(trim_prefix(name, "ImportValue("), ")")] if {
	name := trim(hole, "⟨*#⟩")
	startswith(name, "ImportValue(")
} else := [name |
	some piece in words(hole)
	[name, _] := split(piece, "@")
	not contains(name, ")")
]

# METADATA
# description: Everything between the brackets and commas of a hole, also what is written out. It is for judging, and not to be told.
words(hole) := split(replace(trim(hole, "⟨*#⟩"), "(", ","), ",")

# METADATA
# description: "The part of a name that tells most: `password` of var.password and of var.db[\"password\"], `token` of aws_ssm_parameter.token.value"
telling(name) := _plain(parts[count(parts) - 2]) if {
	parts := split(name, ".")
	count(parts) > 2
	parts[count(parts) - 1] in {"value", "insecure_value", "result", "plaintext"}
} else := _plain(parts[count(parts) - 1]) if {
	parts := split(name, ".")
}

# Without an index, or the index alone when it is a text.
_plain(part) := split(split(part, "[\"")[1], "\"")[0] if {
	contains(part, "[\"")
} else := split(part, "[")[0]

# METADATA
# description: Whether nothing can be read from the value of a hole about what it is computed of, because it is a check value or a number
digested(hole) if {
	some function in {"md5(", "sha1(", "sha256(", "sha512(", "bcrypt(", "uuidv5(", "length(", "=(", "can(", "issensitive("}
	contains(hole, function)
}

# METADATA
# description: >-
#   Whether a name is that of a secret's value, which the providers of Terraform mark as sensitive.
#   https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/secretsmanager_secret_version
secret_value(name) if {
	parts := split(name, ".")
	some index, part in parts
	some attribute in _secret_values[part]
	startswith(parts[index + 2], attribute)
}

_secret_values := {
	"aws_secretsmanager_secret_version": ["secret_string", "secret_binary"],
	"aws_secretsmanager_random_password": ["random_password"],
	"aws_kms_secrets": ["plaintext"],
	"aws_iam_access_key": ["secret", "ses_smtp_password"],
	"aws_db_instance": ["password"],
	"aws_rds_cluster": ["master_password"],
	"aws_redshift_cluster": ["master_password"],
	"aws_elasticache_replication_group": ["auth_token"],
	"random_password": ["result"],
	"tls_private_key": ["private_key"],
}

# METADATA
# description: Whether a name is that of the value of a parameter of Systems Manager, which may be a secret or anything else
parameter_value(name) if {
	contains(name, "aws_ssm_parameter.")
	some ending in {".value", ".insecure_value"}
	endswith(name, ending)
}

# METADATA
# description: "The key of a JSON secret that a name ends in, or \"\": `password` of data.aws_secretsmanager_secret_version.db.secret_string.password"
json_key(name) := trim(tail, ".[]\"") if {
	[_, tail] := split(name, ".secret_string")
} else := ""

# METADATA
# description: >-
#   The valueFrom by which a container gets what a name is the value of, in the words of the file that declares `job`, the address of the job
#   definition: a hole that is spelled as the ARN of the secret or parameter. Null where it has none there.
value_from(name, job) := concat("", [_hole(address), _selectors(json_key(name))]) if {
	some attribute in [".secret_string", ".value"]
	contains(name, attribute)
	address := trim_prefix(split(name, attribute)[0], split(job, "aws_batch_job_definition.")[0])
	some type in ["aws_secretsmanager_secret_version.", "aws_ssm_parameter."]
	startswith(trim_prefix(address, "data."), type)
} else := null

_hole(address) := concat("", ["⟨*", address, ".arn@⟩"])

_selectors("") := ""

_selectors(key) := concat("", [":", key, "::"]) if key != ""
