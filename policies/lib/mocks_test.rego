# METADATA
# title: Mocks
# description: >-
#   Builders of cases for the tests of rules. Each takes what matters to a test and fills in the rest.
#   test/rego/cases.test.ts validates every case against the schema. Places are numbers that a test gives, or 0.
package lib.mocks

import data.lib.text as texts

_empty := {
	"deployment": {"partition": "⟨AWS.Partition⟩", "region": "⟨AWS.Region⟩", "account": "⟨AWS.AccountId⟩"},
	"readers": [],
	"holes": {},
	"job_definitions": {},
	"roles": {},
	"policies": {},
	"secrets": {},
	"parameters": {},
	"keys": {},
	"runs": {},
	"networks": {},
	"subnets": {},
	"security_groups": {},
	"endpoints": {},
	"compute_environments": {},
}

_resource(address, at) := {
	"id": concat("", ["unit#", address]),
	"address": address,
	"unit": "unit",
	"at": at,
	"unseen": [],
}

# METADATA
# description: A string at a place
text(value, at) := {"value": value, "at": at}

# METADATA
# description: Something that could not be seen
unseen(part, why, at) := {"part": part, "at": at, "cause": cause(why)}

cause(why) := {"kind": "other", "name": why, "unit": null}

_by_id(resources) := {resource.id: resource | some resource in resources}

_subject(kind, resource) := {"kind": kind, "id": resource.id, "unit": resource.unit, "at": resource.at}

# METADATA
# description: >-
#   The case of a job definition. `reached` has lists of `roles`, `secrets`, `parameters`, `keys` and
#   `compute_environments`. Holes identify the resources of which they are the last in the ARN.
job_case(job, reached) := object.union(
	object.union(_empty, {kind: _by_id(resources) | some kind, resources in reached}),
	{
		"subject": _subject("job_definition", job),
		"job_definitions": {job.id: job},
		"holes": object.union(_pseudo, {inside: known |
			some kind, resources in reached
			some resource in resources
			[inside, known] := _identifying(kind, resource)
		}),
	},
)

# METADATA
# description: The case with something known of more holes, by what their tokens hold
with_holes(given, holes) := object.union(given, {"holes": holes})

# METADATA
# description: What is known of a hole. `given` replaces what it has.
hole(words, given) := object.union(
	{
		"width": "narrow",
		"words": words,
		"term": words,
		"unit": "unit",
		"origin": {"kind": "other", "of": [], "function": null, "resource_kind": null, "attribute": null},
		"identifies": null,
		"arn": null,
		"holds": null,
		"json_key": null,
		"digest": false,
		"sensitive": false,
		"cause": {"kind": "value", "name": words, "unit": "unit"},
	},
	given,
)

# METADATA
# description: The hole of a parameter or variable that has no value
parameter_hole(name) := hole(name, {
	"width": "wide",
	"origin": {"kind": "parameter"},
	"cause": {"kind": "parameter", "name": name, "unit": "unit"},
})

# METADATA
# description: The hole of a variable of Terraform that has no value
variable_hole(name) := hole(name, {
	"width": "wide",
	"origin": {"kind": "variable"},
	"cause": {"kind": "variable", "name": name, "unit": "unit"},
})

_pseudo := {inside: hole(words, {"unit": null, "origin": {"kind": "pseudo"}, "cause": {"kind": "deployment", "name": words, "unit": null}}) |
	some inside, words in {
		"AWS.Partition": "AWS::Partition",
		"AWS.Region": "AWS::Region",
		"AWS.AccountId": "AWS::AccountId",
	}
}

_identifying(kind, resource) := [inside, hole(resource.address, {
	"width": {true: "suffix", false: "narrow"}[contains(token, "⟨#")],
	"origin": {"kind": "attribute", "attribute": attribute},
	"identifies": resource.id,
	"cause": {"kind": "apply", "name": resource.address, "unit": "unit"},
})] if {
	endswith(resource.arn.value, "⟩")
	holes := texts.holes(resource.arn.value)
	token := holes[count(holes) - 1]
	inside := texts.inside(token)
	attribute := {"roles": "name", "secrets": "id", "parameters": "name", "keys": "id"}[kind]
}

# METADATA
# description: A job definition, Job, with these containers
job(containers) := object.union(_resource("Job", 1), {
	"name": null,
	"type": "container",
	"containers": containers,
	"parameters": [],
	"shape": [],
})

# METADATA
# description: A container. `given` replaces what it has.
container(given) := object.union(
	{
		"path": "containerProperties",
		"kind": "container",
		"name": null,
		"image": text("busybox", 0),
		"execution_role": null,
		"job_role": null,
		"role_holder": 2,
		"role_key": "executionRoleArn",
		"secrets": [],
		"environment": [],
		"command": [],
		"log": null,
		"registry_credentials": null,
		"platform": "EC2",
		"platform_version": null,
		"operating_system": null,
		"log_router": false,
		"unseen": [],
		"at": 2,
	},
	object.union(given, {key: _at_site(value, "repositoryCredentials") |
		some key, value in given
		key == "registry_credentials"
	}),
)

# METADATA
# description: The container at another path, which the ids of its references begin with
at_path(given, path) := object.union(given, {"path": path, "secrets": [object.union(reference, {"id": concat(" ", [path, reference.id])}) |
	some reference in given.secrets
]})

# METADATA
# description: A log configuration with these secret options
log(secret_options) := {
	"driver": text("splunk", 0),
	"options": [],
	"secret_options": [_at_site(reference, "secretOptions") | some reference in secret_options],
	"at": 0,
}

# METADATA
# description: A variable of the environment, a log option or a parameter. Its name and value are at `at`.
variable(name, value, at) := {"name": text(name, at), "value": text(value, at), "at": at}

# METADATA
# description: A reference to a secret in `secrets`. Its value is at `at`; `given` replaces what it has.
reference(name, value, at, given) := _at_site(
	object.union(
		{
			"id": concat("", ["containerProperties.secrets.", name]),
			"name": text(name, 0),
			"value_from": text(value, at),
			"secret": null,
			"parameter": null,
			"at": 0,
		},
		given,
	),
	"secrets",
)

_at_site(reference, site) := object.union(object.remove(reference, ["named"]), {
	"site": site,
	"named": _named(object.get(reference, ["value_from", "value"], null), site),
})

# What src/facts/references.ts makes of a value: test/rego/cases.test.ts compares the two.
_named(null, _) := {"form": "absent", "service": null, "fields": null, "arn": null, "parts": null}

_named(value, _) := {"form": "arn", "service": _known(pieces[2]), "fields": fields, "arn": arn, "parts": parts} if {
	pieces := _pieces(value)
	resource := concat(":", array.slice(pieces, 5, count(pieces)))
	fields := {"partition": pieces[1], "service": pieces[2], "region": pieces[3], "account": pieces[4], "resource": resource}
	arn := _arn_of(fields)
	parts := _parts_of(fields)
}

_named(value, _) := {"form": "unknown", "service": service, "fields": null, "arn": null, "parts": null} if {
	startswith(value, "arn:")
	not _pieces(value)
	service := _third(split(value, ":"))
}

_named(value, _) := {"form": "unknown", "service": null, "fields": null, "arn": null, "parts": _parts_of_name(value)} if {
	not startswith(value, "arn:")
	_may_be_anything(value)
}

_named(value, site) := {"form": "name", "service": service, "fields": null, "arn": arn, "parts": parts} if {
	not startswith(value, "arn:")
	not _may_be_anything(value)
	service := {"repositoryCredentials": "secretsmanager", "secrets": "ssm", "secretOptions": "ssm"}[site]
	parts := _parts_of_name(value)
	resource := {"secretsmanager": $"secret:{parts[1]}", "ssm": $"parameter/{trim_prefix(split(value, ":")[0], "/")}"}[service]
	arn := $"arn:⟨AWS.Partition⟩:{service}:⟨AWS.Region⟩:⟨AWS.AccountId⟩:{resource}"
}

_pieces(value) := pieces if {
	startswith(value, "arn:")
	pieces := split(value, ":")
	count(pieces) > 5
	not contains(concat("", array.slice(pieces, 1, 5)), "⟨*")
}

_third(pieces) := _known(pieces[2]) if {
	count(pieces) > 2
} else := null

_known(field) := null if {
	contains(field, "⟨")
} else := field

_arn_of(fields) := null if {
	contains(fields.resource, "⟨*")
} else := $"{_before(fields)}secret:{split(split(fields.resource, ":")[1], "|")[0]}" if {
	fields.service == "secretsmanager"
	startswith(fields.resource, "secret:")
} else := $"{_before(fields)}{split(split(fields.resource, ":")[0], "|")[0]}" if {
	fields.service == "secretsmanager"
	not contains(fields.resource, ":")
} else := $"{_before(fields)}{concat(":", array.slice(split(fields.resource, ":"), 0, 2))}" if {
	fields.service == "secretsmanager"
} else := $"{_before(fields)}parameter/{split(substring(fields.resource, 10, -1), ":")[0]}" if {
	fields.service == "ssm"
	startswith(fields.resource, "parameter/")
} else := $"{_before(fields)}parameter/{split(trim_prefix(substring(fields.resource, 10, -1), "/"), ":")[0]}" if {
	fields.service == "ssm"
	startswith(fields.resource, "parameter:")
} else := null

_before(fields) := $"arn:{fields.partition}:{fields.service}:{fields.region}:{fields.account}:"

_parts_of(fields) := split(fields.resource, ":") if {
	fields.service == "secretsmanager"
	not contains(fields.resource, "⟨*")
} else := null

_parts_of_name(value) := array.concat(
	["secret"],
	split(trim_prefix(trim_prefix(value, "secretsmanager:"), "secret:"), ":"),
)

_may_be_anything(value) if contains(value, "⟨*")

_may_be_anything(value) if {
	startswith(value, "⟨")
	startswith(substring(value, indexof(value, "⟩") + 1, -1), ":")
}

_may_be_anything(value) if startswith(value, "{{resolve:")

# METADATA
# description: The execution or job role of a container that is in the files
role_of(role) := {"arn": text(role.arn.value, 3), "role": role.id}

# METADATA
# description: The execution or job role of a container that is not in the files
role_elsewhere(arn) := {"arn": text(arn, 3), "role": null}

# METADATA
# description: A role whose policies are all visible, with the symbolic ARN of the address
role(address, statements) := object.union(_resource(address, 4), {
	"name": null,
	"arn": text(sprintf("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨%s.name@unit⟩", [address]), 4),
	"tags": {"given": [], "complete": false},
	"trust": null,
	"statements": statements,
	"complete": true,
	"permissions_boundary": null,
	"boundary": null,
})

# METADATA
# description: A statement of a role. `given` replaces what it has; actions and resources are lists of strings.
statement(effect, actions, resources, given) := object.union(
	{
		"sid": null,
		"effect": text(effect, 5),
		"actions": [text(action, 5) | some action in actions],
		"not_actions": null,
		"resources": [text(resource, 6) | some resource in resources],
		"not_resources": null,
		"principals": null,
		"not_principals": null,
		"conditions": [],
		"maybe": null,
		"policy": "unit#Policy",
		"at": 5,
	},
	given,
)

# METADATA
# description: A statement that allows
allow(actions, resources) := statement("Allow", actions, resources, {})

# METADATA
# description: A condition with one value
condition(operator, key, value) := {"operator": operator, "key": key, "values": [text(value, 0)], "at": 0}

# METADATA
# description: A statement of a resource's policy that allows an AWS principal
allow_principal(principal, actions) := statement("Allow", actions, ["*"], {"principals": [{
	"type": "AWS",
	"values": [text(principal, 0)],
}]})

# METADATA
# description: The symbolic ARN of a secret that is declared with a name
secret_arn(address, name) := sprintf(
	"arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:%s-⟨#%s@unit⟩",
	[name, address],
)

# METADATA
# description: What a secret holds, in its current version
content(kind, at) := {"kind": kind, "keys": null, "open": null, "stages": ["AWSCURRENT"], "at": at}

# METADATA
# description: A declared secret with text. `given` replaces what it has.
secret(address, given) := object.union(
	object.union(_resource(address, 7), {
		"name": text(lower(address), 7),
		"arn": text(secret_arn(address, lower(address)), 7),
		"tags": {"given": [], "complete": false},
		"key_reference": null,
		"key": null,
		"complete": true,
		"contents": [content("text", 7)],
		"filled_by": null,
		"statements": [],
		"rotates": false,
		"additions": [],
		"versions": null,
		"declared": true,
		"gone": null,
	}),
	given,
)

# METADATA
# description: The case of a secret
secret_case(secret) := object.union(_empty, {
	"subject": _subject("secret", secret),
	"secrets": {secret.id: secret},
})

# METADATA
# description: A declared parameter. `given` replaces what it has.
parameter(address, name, given) := object.union(
	object.union(_resource(address, 8), {
		"name": text(name, 8),
		"arn": text(sprintf("arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/%s", [trim_prefix(name, "/")]), 8),
		"type": text("SecureString", 8),
		"tags": {"given": [], "complete": false},
		"key_reference": null,
		"key": null,
		"declared": true,
		"gone": null,
	}),
	given,
)

# METADATA
# description: A declared key with these statements in its policy
key(address, statements) := object.union(_resource(address, 9), {
	"arn": text(sprintf("arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨%s@unit⟩", [address]), 9),
	"tags": {"given": [], "complete": false},
	"aliases": [],
	"spec": null,
	"usage": null,
	"state": text("Enabled", 9),
	"complete": true,
	"statements": statements,
	"grants": [],
})

# METADATA
# description: The case of a policy with these statements. `given` replaces what the policy has.
policy_case(statements, given) := object.union(_empty, {
	"subject": _subject("policy", policy),
	"policies": {policy.id: policy},
}) if {
	policy := object.union(
		object.union(_resource("Policy", 1), {
			"name": null,
			"kind": "identity",
			"statements": statements,
			"roles": [],
			"batch": false,
			"alone": false,
			"estate_has_jobs": true,
			"for_secrets": true,
		}),
		given,
	)
}

# METADATA
# description: >-
#   The case of a network, Vpc, with these endpoints. `given` replaces what the network has, and has the `readers` of
#   the case, and `subnet`, what replaces things of the subnet that the jobs run in.
network_case(endpoints, given) := object.union(
	object.union(_empty, around(object.union(object.get(given, ["around"], {}), {
		"endpoints": endpoints,
		"network": object.remove(given, ["readers", "around"]),
		"readers": object.get(given, "readers", []),
	}))),
	{"subject": {"kind": "network", "id": "unit#Vpc", "unit": "unit", "at": 1}},
)

# METADATA
# description: The case of a job definition, Job, which runs there (see `around`)
running_case(given) := object.union(
	object.union(_empty, around(given)),
	{
		"subject": {"kind": "job_definition", "id": "unit#Job", "unit": "unit", "at": 1},
		"job_definitions": {"unit#Job": job([])},
	},
)

# METADATA
# description: >-
#   A VPC with one subnet and one compute environment where `readers` run. `endpoints` are those of the VPC, `groups`
#   its security groups; `network`, `subnet`, `environment` and `run` replace what these have.
around(given) := {
	"readers": object.get(given, "readers", []),
	"runs": {"run": run},
	"networks": {"unit#Vpc": network},
	"subnets": {"unit#Subnet": subnet},
	"security_groups": {group.id: group | some group in object.get(given, "groups", [security_group("Jobs", {})])},
	"endpoints": _by_id(object.get(given, "endpoints", [])),
	"compute_environments": {"unit#Environment": here},
} if {
	network := object.union(
		object.union(_resource("Vpc", 1), {
			"vpc": text("⟨Vpc@unit⟩", 1),
			"cidr": text("10.0.0.0/16", 1),
			"declared": true,
			"complete": true,
			"endpoints": [endpoint.id | some endpoint in object.get(given, "endpoints", [])],
			"exits": [],
			"dns_support": true,
			"dns_hostnames": true,
			"reader_count": count(object.get(given, "readers", [])),
			"readers_certain": true,
		}),
		object.get(given, "network", {}),
	)
	subnet := object.union(
		object.union(_resource("Subnet", 20), {
			"subnet": text("⟨Subnet@unit⟩", 20),
			"network": "unit#Vpc",
			"declared": true,
			"cidr": text("10.0.1.0/24", 20),
			"public_ip": false,
			"routes": [],
			"complete": true,
		}),
		object.get(given, "subnet", {}),
	)
	here := object.union(
		object.union(environment("Environment", []), {
			"at": 21,
			"type": text("FARGATE", 21),
			"platform": "FARGATE",
			"network": "unit#Vpc",
			"subnets": [text("⟨Subnet@unit⟩", 21)],
			"subnet_ids": ["unit#Subnet"],
			"security_groups": [{"group": text("⟨Jobs@unit⟩", 21), "id": "unit#Jobs"}],
		}),
		object.get(given, "environment", {}),
	)
	run := object.union(
		{
			"platform": "FARGATE",
			"public_ip": false,
			"environments": ["unit#Environment"],
			"elsewhere": [],
			"certain": true,
			"networks": [],
			"unseen": null,
		},
		object.get(given, "run", {}),
	)
}

# METADATA
# description: A route of a subnet to everywhere
route(kind, given) := object.union(
	{"kind": kind, "destination": text("0.0.0.0/0", 22), "onward": true, "at": 22},
	given,
)

# METADATA
# description: A security group that lets everything pass
security_group(address, given) := object.union(
	object.union(_resource(address, 23), {
		"group": text(concat("", ["⟨", address, "@unit⟩"]), 23),
		"ingress": [group_rule({})],
		"egress": [group_rule({})],
		"complete": true,
	}),
	given,
)

# METADATA
# description: A rule of a security group for everything
group_rule(given) := object.union(
	{
		"protocol": text("-1", 24),
		"from_port": null,
		"to_port": null,
		"peers": [{"kind": "ipv4", "value": text("0.0.0.0/0", 24)}],
		"at": 24,
	},
	given,
)

# METADATA
# description: An endpoint for a service. `given` replaces what it has.
endpoint(address, service, given) := object.union(
	object.union(_resource(address, 10), {
		"network": "unit#Vpc",
		"service": text(concat("", ["com.amazonaws.⟨AWS.Region⟩.", service]), 10),
		"type": "Interface",
		"private_dns": true,
		"security_groups": [{"group": text("⟨Jobs@unit⟩", 10), "id": "unit#Jobs"}],
		"statements": null,
	}),
	given,
)

# METADATA
# description: A reference that is read in a network
reader(reference, service, at) := {
	"job_definition": "unit#Job",
	"reference": reference,
	"job": "Job",
	"label": reference,
	"service": service,
	"run": "run",
	"at": at,
}

# METADATA
# description: >-
#   The case of a job that runs in environments: those that surely are its own, unless `runs_in` says otherwise
runs_case(container, environments, given) := job_case(
	object.union(job([container]), {"runs_in": object.union(
		{"environments": [environment.id | some environment in environments], "certain": true, "more": null},
		given,
	)}),
	{"compute_environments": environments},
)

# METADATA
# description: A compute environment on EC2 that starts instances in these ways
environment(address, launches) := object.union(_resource(address, 80), {
	"type": null,
	"platform": "EC2",
	"network": null,
	"subnets": [],
	"subnet_ids": [],
	"security_groups": [],
	"public_ip": "subnet",
	"launches": launches,
	"instance_role": null,
	"user_data": null,
})

# METADATA
# description: A way to start instances, from the current image without user data. `given` replaces what it has.
launch(given) := object.union({"images": [image(null, [1, 51, 0], null)], "user_data": null, "unseen": [], "at": 81}, given)

# METADATA
# description: An image with an agent from one version to another
image(name, from, to) := {
	"value": _image_name(name),
	"agent_from": from,
	"agent_to": to,
	"cause": _image_cause(name, from, to),
	"at": 82,
}

_image_name(null) := null

_image_name(name) := text(name, 82) if name != null

_image_cause(name, null, null) := {"kind": "image", "name": name, "unit": null}

_image_cause(_, from, _) := null if from != null

_image_cause(_, _, to) := null if to != null

# METADATA
# description: User data that gives settings of the agent, as a map. `given` replaces what it has.
user_data(settings, given) := object.union(
	{
		"form": "mime",
		"writes_config": true,
		"settings": [{"name": name, "value": text(value, 84), "exact": true, "at": 84} | some name, value in settings],
		"unseen": [],
		"at": 83,
	},
	given,
)

# METADATA
# description: The case of a compute environment with these readers
environment_case(environment, readers) := object.union(_empty, {
	"subject": _subject("compute_environment", environment),
	"readers": readers,
	"compute_environments": {environment.id: environment},
})
