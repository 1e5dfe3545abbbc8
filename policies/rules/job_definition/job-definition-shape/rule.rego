# METADATA
# title: The job definition has the shape that AWS Batch takes
# description: >-
#   Objects are not written as lists, and keys are spelled as the format spells them. A wrong shape is refused when the job definition is
#   registered, or worse: Terraform drops a key that it doesn't know without a word, so that the job runs without its secret.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobdefinition.html
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerEnvironmentVariable.html
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
# custom:
#   severity: error
#   subject: job_definition
#   link: reference
#   remedy: Write the keys and objects as the API reference has them.
#   notes: >-
#     Only keys that have to do with secrets are looked at, and only where a job reads secrets or means to. A secret's ARN in the
#     environment of a job on Amazon EKS is called likely to be wrong: the code in the container may read the secret itself.
package rules.job_definition["job-definition-shape"]

import data.lib.references
import data.lib.result

findings contains result.finding(rego.metadata.chain(), object.union(_told(note), {
	"at": note.at,
	"references": _concerned(note),
	"names": [note.kind, note.key],
})) if {
	some note in references.job.shape
	_about_secrets(note)
}

_about_secrets(_) if references.all != []

_about_secrets(_) if _means_secrets

_about_secrets(note) if note.kind == "eks-secret-arn"

# A misspelled key leaves a job without the secrets that it was to have.
_means_secrets if {
	some note in references.job.shape
	note.kind == "dropped-key"
	note.expected in {"secrets", "secretOptions", "valueFrom", "repositoryCredentials", "credentialsParameter"}
}

_told(note) := {
	"message": sprintf("%s is written as a list, and AWS Batch takes one object.", [note.key]),
	"remedy": {"text": "Take the square brackets away."},
} if {
	note.kind == "array-for-object"
}

_told(note) := {
	"message": sprintf("%s is not how this format spells %s.", [note.key, note.expected]),
	"remedy": {"text": sprintf("Write %s.", [note.expected])},
} if {
	note.kind == "key-case"
}

_told(note) := {
	"message": sprintf("%s is no key of AWS Batch, and Terraform drops it without a word.", [note.key]),
	"remedy": {"text": sprintf("Write %s.", [note.expected])},
} if {
	note.kind == "dropped-key"
}

_told(note) := {
	"confidence": "likely",
	"message": "A secret's ARN stands in the environment of a job on Amazon EKS, which gets the ARN and not the secret.",
	"remedy": {"text": "Let the pod read a Kubernetes secret, or let the code read the secret by its ARN."},
} if {
	note.kind == "eks-secret-arn"
}

# A reference whose value was dropped is told nowhere else.
_concerned(note) := [entry.id | some entry in references.all; entry.kind == "absent"] if {
	note.expected == "valueFrom"
} else := []
