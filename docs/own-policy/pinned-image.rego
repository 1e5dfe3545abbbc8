# A rule of your own: docs/write-your-own-rule.md explains it.
package batch_secrets_check

rules := [{
	"id": "acme/pinned-image",
	"title": "Images of jobs that read secrets are pinned by digest",
	"severity": "warning",
	"subject": "job_definition",
	"remedy": "Write the digest of the image behind its name: `name@sha256:…`.",
}]

report := {"findings": findings, "unverified": unverified}

findings contains {
	"rule": "acme/pinned-image",
	"message": sprintf("The image `%s` is not pinned by digest, and the job reads secrets.", [image.value]),
	"at": image.at,
	"names": [container.path],
	"references": [secret.id | some secret in container.secrets],
} if {
	some container in readers
	image := container.image
	not contains(image.value, "@sha256:")
	count(holes_in(image.value)) == 0
}

unverified contains {
	"rule": "acme/pinned-image",
	"reason": sprintf("can't tell whether `%s` is pinned by digest", [image.value]),
	"at": image.at,
	"references": [secret.id | some secret in container.secrets],
	"cause": cause,
} if {
	some container in readers
	image := container.image
	not contains(image.value, "@sha256:")
	some cause in holes_in(image.value)
}

# The containers that read secrets, and have an image of their own.
readers := [container |
	some job in input.job_definitions
	some container in job.containers
	count(container.secrets) > 0
	container.image
]

# What is not known of a text: it has a token in place of each unknown piece.
holes_in(text) := [hole.cause |
	some name, hole in input.holes
	some sign in ["", "#", "*"]
	contains(text, concat("", ["⟨", sign, name, "⟩"]))
]
