# METADATA
# title: References hold no secret value
# description: >-
#   If `valueFrom` holds the value of a secret instead of a reference to it, the job definition shows the value to anyone
#   who can describe it, and each job fails before its container starts: AWS looks for a parameter of Systems Manager
#   with that value for a name. A dynamic reference of CloudFormation and `secret_string` of Terraform become the value
#   at deployment. A placeholder such as `Ref::secret` stays as it is: AWS Batch replaces it only in the command.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html#parameters
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/secretsmanager_secret_version
#   - https://github.com/aws/containers-roadmap/issues/385
# custom:
#   severity: error
#   baseline: false
#   subject: job_definition
#   link: reference
#   remedy: Write the ARN of the secret, not its value.
#   notes: >-
#     A sensitive variable or a hidden parameter without a value is reported as *likely* when its name is that of a
#     credential, since it may hold an ARN all the same. A parameter of Systems Manager (`{{resolve:ssm:…}}`) may hold an
#     ARN and is not reported.
package rules.job_definition["no-secret-value-in-reference"]

import data.lib.references
import data.lib.result

_rule := rego.metadata.chain()

applies := {entry.id | some entry in _valued}

findings contains result.finding(_rule, references.finding(entry, {
	"confidence": entry.fault.confidence,
	"message": $"`{entry.label}` {entry.fault.is}.",
	"remedy": {"text": entry.fault.advice, "edits": references.edits(entry, entry.fault.replacement)},
}).finding) if {
	some entry in _valued
}

# A reference of any other form is not a value: rules about its form judge it.
_valued := [entry | some entry in references.all; entry.fault.valued]
