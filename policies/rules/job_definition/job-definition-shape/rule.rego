# METADATA
# title: The job definition has the shape that AWS Batch expects
# description: >-
#   A misspelled key is silently dropped by Terraform, so the job starts without its secret; other mistakes of shape
#   make AWS reject the job definition when it is registered. Objects must not be written as lists, and keys must be
#   spelled as the format spells them.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobdefinition.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerEnvironmentVariable.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the keys and objects as in the API reference.
#   notes: >-
#     Only keys that have to do with secrets are checked, and only in jobs that read secrets or try to. A secret's ARN
#     in the environment of a job on Amazon EKS is reported as *likely*: the code in the container may read the secret
#     itself.
package rules.job_definition["job-definition-shape"]

import data.lib.references
import data.lib.result

applies := {entry.id | some entry in references.all}

findings contains result.finding(rego.metadata.chain(), object.union(_finding(note), {
	"at": note.at,
	"references": [entry.id | some entry in references.all; _first[entry.id] == index],
	"names": [note.kind, note.key],
})) if {
	some index, note in references.job.shape
	_about_secrets(note)
}

proofs contains result.proof(rego.metadata.chain(), {
	"because": "its keys and objects match the API",
	"at": references.job.at,
	"references": right,
}) if {
	right := [entry.id | some entry in references.all; not _first[entry.id]]
	right != []
}

# The first note that breaks each reference. A shape that AWS rejects breaks all references, a dropped key only its own.
_first[entry.id] := index if {
	some entry in references.all
	index := min([index | some index, note in references.job.shape; _breaks(note, entry)])
}

_breaks(note, _) if note.kind in {"array-for-object", "key-case"}

_breaks(note, entry) if {
	note.kind == "dropped-key"
	note.expected == "valueFrom"
	entry.kind == "absent"
}

_about_secrets(_) if references.all != []

_about_secrets(_) if _means_secrets

_about_secrets(note) if note.kind in {"eks-secret-arn", "misplaced-key"}

# A misspelled key leaves the job without its secrets.
_means_secrets if {
	some note in references.job.shape
	note.kind == "dropped-key"
	note.expected in {"secrets", "secretOptions", "valueFrom", "repositoryCredentials", "credentialsParameter"}
}

_finding(note) := {
	"message": $"`{note.key}` is a list, but AWS Batch expects a single object.",
	"remedy": {"text": "Remove the square brackets."},
} if {
	note.kind == "array-for-object"
}

_finding(note) := {
	"message": $"`{note.key}` is not how this format spells `{note.expected}`.",
	"remedy": {"text": $"Write `{note.expected}`."},
} if {
	note.kind == "key-case"
}

_finding(note) := {
	"message": $"`{note.key}` is not a key that AWS Batch knows; Terraform drops it silently.",
	"remedy": {"text": $"Write `{note.expected}`."},
} if {
	note.kind == "dropped-key"
}

_finding(note) := {
	"message": $"AWS Batch has no key `{note.key}`, so the container gets no secret from it.",
	"remedy": {"text": _place(note.expected)},
} if {
	note.kind == "misplaced-key"
}

_place(null) := "Move what is in it one level higher."

_place(expected) := $"Use `{expected}`." if is_string(expected)

_finding(note) := {
	"confidence": "likely",
	"message": "A secret's ARN is in `env` of a job on Amazon EKS, which receives the ARN and not the secret.",
	"remedy": {"text": "Let the pod read a Kubernetes secret, or let the code read the secret by its ARN."},
} if {
	note.kind == "eks-secret-arn"
}
