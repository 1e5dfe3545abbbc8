# METADATA
# title: User data of a compute environment is a MIME multi-part document
# description: >-
#   AWS Batch merges the user data of a launch template with its own, and can do so only with a MIME multi-part document.
#   With a plain script or cloud-config the compute environment becomes INVALID: "Launch Template UserData is not MIME
#   multipart format". No job runs there, and no secret is read.
# related_resources:
#   - https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
#   - https://docs.aws.amazon.com/batch/latest/userguide/LaunchTemplate-examples.html
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
#   - https://github.com/aws/aws-cdk/issues/6427
# custom:
#   severity: error
#   subject: compute_environment
#   link: agent
#   needs: user-data
#   remedy: >-
#     Put the user data into a part of a MIME multi-part document, with the lines `MIME-Version: 1.0` and `Content-Type:
#     multipart/mixed; boundary="BOUNDARY"` before it.
#   notes: >-
#     User data that is neither a script nor cloud-config is reported as *likely*. The settings of Bottlerocket are
#     *unverified*: AWS does not say how AWS Batch merges them.
package rules.compute_environment["launch-template-user-data"]

import data.lib.result

_rule := rego.metadata.chain()

applies := {reader.reference | _data != []; some reader in input.readers}

findings contains result.finding(_rule, {
	"message": $"`{_environment.address}` can't run jobs: the user data of its launch template is {_forms[given.form]}, not a MIME multi-part document.",
	"confidence": _confidence(given.form),
	"at": given.at,
	"related": [{"message": "the compute environment", "at": _environment.at}],
	"references": _references,
	"names": [given.form],
}) if {
	given := _wrong[0]
}

unverified contains result.unverified(_rule, {
	"reason": $"can't tell whether the user data of `{_environment.address}` is a MIME multi-part document",
	"at": given.at,
	"references": _references,
	"cause": _cause(given),
}) if {
	_wrong == []
	given := _unknown[0]
}

proofs contains result.proof(_rule, {
	"because": $"the user data of `{_environment.address}` is a MIME multi-part document",
	"at": _data[0].at,
	"references": _references,
}) if {
	_data != []
	_wrong == []
	_unknown == []
}

_environment := input.compute_environments[input.subject.id]

_references := [reader.reference | some reader in input.readers]

_data := [launch.user_data | some launch in _environment.launches; launch.user_data != null]

_wrong := [given | some given in _data; _forms[given.form]]

_unknown := [given | some given in _data; given.form in {"toml", "unknown"}]

_forms := {"script": "a script", "cloud-config": "cloud-config", "other": "plain text"}

_confidence("other") := "likely"

_confidence(form) := "certain" if form != "other"

_cause(given) := array.concat(
	[part.cause | some part in given.unseen],
	[{"kind": "shape", "name": "the user data", "unit": input.subject.unit}],
)[0]
