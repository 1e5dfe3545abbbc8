# METADATA
# title: Credentials are not written out in job definitions or user data
# description: >-
#   When a password, a token or a key is written out in the environment, the command, the log options or the parameters
#   of a job, anyone who can describe the job definition can read it, and so can anyone who can read the file and its
#   history. User data is no better: every process on the instance can read it. A secret that is referenced in `secrets`
#   is read when the container starts, and only the container receives it.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth-container-instances.html
#   - https://github.com/prowler-cloud/prowler/issues/11816
# custom:
#   severity: error
#   baseline: false
#   subject: job_definition
#   remedy: Store the credential in AWS Secrets Manager, reference it in `secrets`, and replace the one that was shown.
#   notes: >-
#     The finding is certain for a documented format of a token, a private key, a URL with a password and a registry
#     login with a password. It is *likely* for a literal value with the name of a credential, for the ID of a key, for
#     a login of another kind (`curl -u`), and for what may be meant for everybody, such as a JSON Web Token.
#     Placeholders, names, paths and ARNs are not reported, and neither is a credential without a known format under an
#     ordinary name. Values that the files don't show are not checked by this rule.
package rules.job_definition["no-plaintext-secrets"]

import data.lib.result

_rule := rego.metadata.chain()

findings contains result.finding(_rule, {
	"confidence": _confidence(found),
	"message": $"{_holder(found)} {_holds(found)}; anyone who can {_reads(found)} can read it.",
	"remedy": {"text": $"{_instead[_target(found)]} Then replace the credential: the file and its history have shown it."},
	"at": found.at,
	"related": [{"message": "the value is written here", "at": at} | at := found.written],
	"names": [found.path, found.site, found.name, found.within, found.what],
}) if {
	some found in _credentials
}

_credentials := {found | some found in object.get(_subject, "credentials", [])} if {
	input.subject.kind == "job_definition"
} else := {found |
	some launch in _subject.launches
	some found in object.get(launch, ["user_data", "credentials"], [])
}

_subject := input.job_definitions[input.subject.id] if {
	input.subject.kind == "job_definition"
} else := input.compute_environments[input.subject.id]

_confidence(found) := "certain" if {
	found.form != "name"
	found.sure
	not found.maybe
} else := "likely"

_holder(found) := "The user data" if {
	found.site == "user_data"
} else := "The command" if {
	found.site == "command"
} else := $"`{found.name}` in `{found.site}`"

_holds(found) := $"contains {found.what}{_named(found)}" if {
	found.form != "name"
} else := $"gives a literal value to `{found.within}`, which looks like a credential" if {
	found.within != ""
} else := "has a literal value and the name of a credential"

_named(found) := $" in `{found.within}`" if {
	found.within != ""
} else := ""

_reads(found) := "read the launch template or the instance's metadata" if {
	found.site == "user_data"
} else := "describe the job definition"

_target(found) := "login" if {
	found.site == "user_data"
	found.form == "login"
} else := found.site

_instead := {
	"environment": "Remove it from `environment` and add it to `secrets`, with the ARN of a secret in `valueFrom`.",
	"env": "Remove it from `env` and let the pod use a Kubernetes secret, or let the code read the secret by its ARN.",
	"options": "Remove it from `options` and add it to `secretOptions`, with the ARN of a secret in `valueFrom`.",
	"command": "Add it to `secrets` and let the command read the environment variable.",
	"parameters": "Add it to `secrets` and let the command read the environment variable.",
	"user_data": "Remove it from the user data and let the instance read it from AWS Secrets Manager when it is needed.",
	"login": concat(" ", [
		"Remove the login from the user data and name the registry's secret",
		"in `repositoryCredentials` of the job definition.",
	]),
}
