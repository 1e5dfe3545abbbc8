import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import { locate, type Place } from "../../source.ts";
import { readTerraform } from "./read.ts";

async function unitOf(files: Record<string, string>, varFiles: string[] = []) {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles });
  expect(units).toHaveLength(1);
  const [unit] = units;
  if (!unit) throw new Error("there is no unit");
  return unit;
}

/** The text that a place covers, and where it is. */
function shown(at: Place): string {
  const { path, start } = locate(at);
  return `${path}:${start.line}:${start.column} ${at.file.text.slice(at.start, at.end)}`;
}

const SECRET = `
resource "aws_secretsmanager_secret" "db" { name = "prod/db" }
resource "aws_iam_role" "execution" {
  name = "execution"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
`;
const DB =
  "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db-⟨#aws_secretsmanager_secret.db@infra/*.tf⟩";

test("inside jsonencode every value keeps its place", async () => {
  const unit = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({
    image            = "busybox"
    executionRoleArn = aws_iam_role.execution.arn
    secrets          = [{ name = "PASSWORD", valueFrom = "\${aws_secretsmanager_secret.db.arn}:password" }]
  })
}`,
  });
  const [job] = unit.resources.job_definitions;
  const container = job?.containers[0];
  expect(container?.secrets[0]?.value_from?.value).toBe(`${DB}:password`);
  expect(container?.secrets[0] && shown(container.secrets[0].value_from?.at ?? container.at)).toBe(
    'infra/main.tf:14:58 "${aws_secretsmanager_secret.db.arn}:password"',
  );
  expect(container?.execution_role?.arn.value).toBe("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/execution");
});

test("a heredoc is read as JSON with holes, each value in its place", async () => {
  const unit = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = <<-JSON
    {
      "image": "busybox",
      "secrets": [{ "name": "PASSWORD", "valueFrom": "\${aws_secretsmanager_secret.db.arn}:password" }]
    }
  JSON
}`,
  });
  const found = unit.resources.job_definitions[0]?.containers[0]?.secrets[0]?.value_from;
  expect(found?.value).toBe(`${DB}:password`);
  expect(found && shown(found.at)).toBe('infra/main.tf:14:54 "${aws_secretsmanager_secret.db.arn}:password"');
});

test("a template file is read in its own place, with what it was given", async () => {
  const unit = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = templatefile("\${path.module}/job.json.tftpl", { secret = aws_secretsmanager_secret.db.arn })
}`,
    "infra/job.json.tftpl": '{\n  "image": "busybox",\n  "secrets": [{ "name": "P", "valueFrom": "${secret}:p" }]\n}\n',
  });
  const found = unit.resources.job_definitions[0]?.containers[0]?.secrets[0]?.value_from;
  expect(found?.value).toBe(`${DB}:p`);
  expect(found && shown(found.at)).toBe('infra/job.json.tftpl:3:43 "${secret}:p"');
});

test("the provider's JSON keys match in any case", async () => {
  const unit = await unitOf({
    "infra/main.tf": `
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({ Image = "busybox", Secrets = [{ Name = "P", ValueFrom = "/p" }] })
}`,
  });
  expect(unit.resources.job_definitions[0]?.containers[0]?.secrets[0]?.value_from?.value).toBe("/p");
});

test("policies are found inline, attached, by attachment and by a document", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_compute_environment" "e" {}
data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.db.arn]
  }
}
resource "aws_iam_policy" "read" { policy = data.aws_iam_policy_document.read.json }
resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.execution.name
  policy_arn = aws_iam_policy.read.arn
}
resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.read.json
}`,
  });
  expect(resources.policies.map(({ address, kind, statements }) => [address, kind, statements.length])).toEqual([
    ["aws_iam_role.execution trust", "trust", 1],
    ["aws_iam_policy.read", "identity", 1],
    ["aws_iam_role_policy.inline", "identity", 1],
  ]);
  expect(resources.policies[1]?.statements[0]?.resources?.[0]?.value).toBe(DB);
  expect(resources.attachments.map(({ role, policy }) => [role.value, policy.value])).toEqual([
    [resources.roles[0]?.arn.value, resources.policies[1]?.arn?.value],
  ]);
  expect(resources.policies[2]?.attached_to[0]?.value).toBe(resources.roles[0]?.arn.value);
});

test("nothing that is unknown of a policy document is dropped: a condition, a principal, what overrides it", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `${SECRET}
variable "unknown" { type = string }
resource "aws_batch_compute_environment" "e" {}
data "aws_iam_policy_document" "d" {
  override_policy_documents = [var.unknown]
  statement {
    effect  = "Deny"
    actions = ["secretsmanager:*"]
    principals {
      type        = var.unknown
      identifiers = ["*"]
    }
    condition {
      test     = var.unknown
      variable = "aws:SourceVpce"
      values   = ["x"]
    }
  }
  statement {
    sid     = "Read"
    actions = ["secretsmanager:GetSecretValue"]
  }
}
resource "aws_secretsmanager_secret_policy" "p" {
  secret_arn = aws_secretsmanager_secret.db.arn
  policy     = data.aws_iam_policy_document.d.json
}`,
  });
  const [denied, read] = resources.policies.find(({ kind }) => kind === "secret")?.statements ?? [];
  expect(denied?.conditions.map(({ values }) => values)).toEqual([null]);
  expect(denied?.principals?.map(({ type }) => type)).toEqual(["AWS", "Service", "Federated"]);
  expect(read?.conditions.map(({ values }) => values)).toEqual([null]);
});

test("a role with inline policies that are unknown is only partly visible", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `
variable "policies" {}
resource "aws_batch_compute_environment" "e" {}
resource "aws_iam_role" "r" {
  assume_role_policy   = "{}"
  permissions_boundary = ""
  dynamic "inline_policy" {
    for_each = var.policies
    content { policy = inline_policy.value }
  }
}`,
  });
  expect(resources.roles).toMatchObject([{ permissions_boundary: null, unseen: [{ part: "inline_policy[0]" }] }]);
});

test("what a secret holds is identified by its kind and keys, and its values are marked as not to be shown", async () => {
  const unit = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_compute_environment" "e" {}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ user = "u", password = "hunter2hunter2" })
}
resource "aws_secretsmanager_secret_version" "key" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_binary = filebase64("key.der")
}`,
  });
  expect(unit.resources.secrets.map(({ contents }) => contents.map(({ kind, keys }) => [kind, keys]))).toEqual([
    [],
    [["json", ["user", "password"]]],
    [["binary", null]],
  ]);
  expect(unit.sensitive.map(shown)).toContain('infra/main.tf:11:55 "hunter2hunter2"');
});

test("variables files count in their order, named ones last", async () => {
  const files = {
    "infra/main.tf":
      'variable "n" {}\nresource "aws_batch_job_definition" "j" {\n  name = var.n\n  type = "container"\n}',
    "infra/terraform.tfvars": 'n = "tfvars"',
    "infra/a.auto.tfvars": 'n = "auto"',
    "infra/prod.tfvars": 'n = "prod"',
  };
  expect((await unitOf(files)).resources.job_definitions[0]?.name?.value).toBe("auto");
  expect((await unitOf(files, ["infra/prod.tfvars"])).resources.job_definitions[0]?.name?.value).toBe("prod");
});

test("a network has its endpoints with the rules of their groups, and its ways out", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `
resource "aws_vpc" "v" { enable_dns_hostnames = true }
resource "aws_subnet" "s" { vpc_id = aws_vpc.v.id }
resource "aws_security_group" "g" { vpc_id = aws_vpc.v.id }
resource "aws_security_group_rule" "g" {
  type              = "ingress"
  security_group_id = aws_security_group.g.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
}
resource "aws_vpc_endpoint" "sm" {
  vpc_id              = aws_vpc.v.id
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.g.id]
}
resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.s.id }
resource "aws_batch_compute_environment" "e" {
  compute_resources { subnets = [aws_subnet.s.id] }
}`,
  });
  const vpc = "⟨aws_vpc.v@infra/*.tf⟩";
  expect(resources.networks).toMatchObject([
    { vpc: { value: vpc }, declared: true, dns_support: true, dns_hostnames: true },
  ]);
  expect(resources.endpoints).toMatchObject([{ vpc: { value: vpc }, type: "Interface", private_dns: true }]);
  expect(resources.security_groups).toMatchObject([{ isDefault: true }, { ingress: [], egress: [], isDefault: false }]);
  expect(resources.group_rules).toMatchObject([
    {
      group: { value: "⟨aws_security_group.g@infra/*.tf⟩" },
      direction: "ingress",
      rule: { from_port: 443, to_port: 443 },
    },
  ]);
  expect(resources.exits).toMatchObject([
    { kind: "nat_gateway", vpc: null, subnet: { value: "⟨aws_subnet.s@infra/*.tf⟩" } },
  ]);
  expect(resources.compute_environments).toMatchObject([{ subnets: [{ value: "⟨aws_subnet.s@infra/*.tf⟩" }] }]);
});

test.each([
  ["private_dns_enabled = true", "", true],
  ["private_dns_enabled = false", "", false],
  ["private_dns_enabled = true", "count = var.private ? 1 : 0", null],
])("private DNS that a resource of its own sets: %s %s", async (given, more, expected) => {
  const { resources } = await unitOf({
    "main.tf": `
resource "aws_vpc_endpoint" "sm" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.secretsmanager"
}
variable "private" { type = bool }
resource "aws_vpc_endpoint_private_dns" "sm" {
  ${more}
  vpc_endpoint_id = aws_vpc_endpoint.sm.id
  ${given}
}
resource "aws_batch_job_queue" "q" {}`,
  });
  expect(resources.endpoints[0]?.private_dns).toBe(expected);
});

test("a key whose policy is written by something else is only partly visible", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_compute_environment" "e" {}
resource "aws_kms_key" "k" {
  lifecycle {
    ignore_changes = [policy]
  }
}
resource "aws_kms_key" "own" {}`,
  });
  expect(resources.keys.map(({ address, unseen }) => [address, unseen.map(({ cause }) => cause.kind)])).toEqual([
    ["aws_kms_key.k", ["key-policy"]],
    ["aws_kms_key.own", []],
  ]);
});

test("a grant of a key is a statement of the key, and an alias represents it", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `${SECRET}
resource "aws_batch_compute_environment" "e" {}
resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "k" {
  name          = "alias/k"
  target_key_id = aws_kms_key.k.key_id
}
resource "aws_kms_grant" "g" {
  key_id            = aws_kms_key.k.key_id
  grantee_principal = aws_iam_role.execution.arn
  operations        = ["Decrypt"]
}`,
  });
  expect(resources.aliases).toMatchObject([
    { name: { value: "alias/k" }, target: { value: "⟨aws_kms_key.k@infra/*.tf⟩" } },
  ]);
  const grant = resources.policies.find(({ kind }) => kind === "grant");
  expect(grant?.on?.value).toBe("⟨aws_kms_key.k@infra/*.tf⟩");
  expect(grant?.statements).toMatchObject([{ actions: [{ value: "kms:Decrypt" }] }]);
});

test("the constraints of a grant are conditions on the encryption context", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `
resource "aws_batch_compute_environment" "e" {}
resource "aws_kms_grant" "g" {
  key_id            = "1234abcd-12ab-34cd-56ef-1234567890ab"
  grantee_principal = "arn:aws:iam::111122223333:role/jobs"
  operations        = ["Decrypt"]
  constraints {
    encryption_context_equals = { PARAMETER_ARN = "arn:aws:ssm:eu-west-1:111122223333:parameter/db" }
  }
}`,
  });
  const [condition, ...more] = resources.policies[0]?.statements[0]?.conditions ?? [];
  expect(condition).toMatchObject({
    operator: "StringEquals",
    key: "kms:EncryptionContext:PARAMETER_ARN",
    values: [{ value: "arn:aws:ssm:eu-west-1:111122223333:parameter/db" }],
  });
  expect(more).toMatchObject([
    { operator: "ForAllValues:StringEquals", key: "kms:EncryptionContextKeys", values: [{ value: "PARAMETER_ARN" }] },
  ]);
});

test("what is written nowhere has its place where it is referred to last", async () => {
  const unit = await unitOf({
    "infra/main.tf": `${SECRET}
variable "image" {}
locals { db = aws_secretsmanager_secret.db.arn }
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({
    image            = var.image
    executionRoleArn = aws_iam_role.execution.arn
    secrets = concat(
      [{ name = "PASSWORD", valueFrom = local.db }],
      [for parameter in [aws_secretsmanager_secret.db] : { name = "DB", valueFrom = parameter.arn }],
      [for name in [aws_secretsmanager_secret.db.name] : { name = "BY_NAME", valueFrom = name }],
    )
  })
}`,
  });
  const container = unit.resources.job_definitions[0]?.containers[0];
  const references = container?.secrets.map((secret) => secret.value_from) ?? [];
  const places = [container?.image, container?.execution_role?.arn, ...references];
  expect(places.map((text) => text && shown(text.at))).toEqual([
    "infra/main.tf:14:24 var.image",
    "infra/main.tf:15:24 aws_iam_role.execution.arn",
    "infra/main.tf:17:41 local.db",
    "infra/main.tf:18:85 parameter.arn",
    "infra/main.tf:19:21 aws_secretsmanager_secret.db.name",
  ]);
});

test("a heredoc is JSON also with instances that have keys in quotes", async () => {
  const unit = await unitOf({
    "infra/main.tf": `
resource "aws_secretsmanager_secret" "all" {
  for_each = toset(["db"])
}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = <<-JSON
    { "secrets": [{ "name": "DB", "valueFrom": "\${aws_secretsmanager_secret.all["db"].arn}" }], "image": "busybox" }
  JSON
}`,
  });
  const container = unit.resources.job_definitions[0]?.containers[0];
  expect(container?.secrets.map(({ name }) => name?.value)).toEqual(["DB"]);
  expect(container?.image?.value).toBe("busybox");
});

test("user data in base64 is known as far as its text is", async () => {
  const { resources } = await unitOf({
    "infra/main.tf": `
variable "cluster" {}
resource "aws_batch_compute_environment" "e" {}
resource "aws_launch_template" "encoded" {
  user_data = base64encode("ECS_CLUSTER=\${var.cluster}")
}
resource "aws_launch_template" "file" {
  user_data = base64encode(templatefile("\${path.module}/user-data.sh", { cluster = var.cluster }))
}
resource "aws_launch_template" "twice" {
  user_data = base64decode(base64encode("ECS_CLUSTER=\${var.cluster}"))
}`,
    "infra/user-data.sh": "ECS_CLUSTER=${cluster}\n",
  });
  expect(resources.launch_templates.map(({ user_data }) => user_data?.value)).toEqual([
    "ECS_CLUSTER=⟨*var.cluster@infra/*.tf⟩",
    "ECS_CLUSTER=⟨*var.cluster@infra/*.tf⟩\n",
    "ECS_CLUSTER=⟨*var.cluster@infra/*.tf⟩",
  ]);
});

test("what a job takes from variables, locals and secrets is in the job, with the place where it is written", async () => {
  const unit = await unitOf({
    "infra/main.tf": `
variable "token" { sensitive = true }
variable "licence" {
  sensitive = true
  default   = ""
}
locals { licence = "licence: \${var.licence}" }
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = "db"
  secret_string = "hunter2hunter2"
}
resource "aws_batch_job_definition" "job" {
  name       = "job"
  type       = "container"
  parameters = { token = var.token }
  container_properties = jsonencode({
    command = [var.token]
    environment = [
      { name = "LICENCE", value = local.licence },
      { name = "DB", value = aws_secretsmanager_secret_version.db.secret_string },
    ]
  })
}`,
    "infra/terraform.tfvars": 'token = "hunter3hunter3"',
  });
  const [job] = unit.resources.job_definitions;
  const [container] = job?.containers ?? [];
  const carried = [...(job?.parameters ?? []), ...(container?.environment ?? [])].map(({ value }) => value);
  const taken = [...carried, ...(container?.command ?? [])].map(
    (text) => text && [text.sensitive, shown(text.at), text.written && shown(text.written)],
  );
  expect(taken).toEqual([
    ["⟨*var.token@infra/*.tf⟩", "infra/main.tf:15:26 var.token", 'infra/terraform.tfvars:1:9 "hunter3hunter3"'],
    ["⟨*var.licence@infra/*.tf⟩", "infra/main.tf:19:35 local.licence", 'infra/main.tf:7:20 "licence: ${var.licence}"'],
    [
      "⟨*aws_secretsmanager_secret_version.db.secret_string@infra/*.tf⟩",
      "infra/main.tf:20:30 aws_secretsmanager_secret_version.db.secret_string",
      undefined,
    ],
    ["⟨*var.token@infra/*.tf⟩", "infra/main.tf:17:16 var.token", 'infra/terraform.tfvars:1:9 "hunter3hunter3"'],
  ]);
  expect(unit.sensitive.map(shown)).toEqual([
    'infra/main.tf:10:19 "hunter2hunter2"',
    'infra/terraform.tfvars:1:9 "hunter3hunter3"',
  ]);
});

test("the text of a template that a sensitive variable is given is not to be shown", async () => {
  const unit = await unitOf({
    "infra/main.tf": `
variable "host" { default = "db.example" }
module "job" {
  source = "./job"
  url    = "postgres://app:hunter2@\${var.host}/\${"hunter3"}"
}`,
    "infra/job/main.tf": `
variable "url" { sensitive = true }
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ environment = [{ name = "URL", value = var.url }] })
}`,
  });
  expect(unit.sensitive.map(shown)).toEqual([
    "infra/main.tf:5:13 postgres://app:hunter2@",
    "infra/main.tf:5:47 /",
    'infra/main.tf:5:50 "hunter3"',
  ]);
});

test("a template may use a pattern although no module does", async () => {
  const unit = await unitOf({
    "infra/main.tf": `
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = templatefile("job.json.tftpl", { secret = "arn:aws:ssm:eu-west-1:111122223333:parameter/a::" })
}`,
    "infra/job.json.tftpl": '{"secrets": [{"name": "A", "valueFrom": "${replace(secret, "/:+$/", "")}"}]}',
  });
  const [secret] = unit.resources.job_definitions[0]?.containers[0]?.secrets ?? [];
  expect(secret?.value_from?.value).toBe("arn:aws:ssm:eu-west-1:111122223333:parameter/a");
});

test("a module that is not in the files and makes jobs is noted; any other is not", async () => {
  const call = (source: string) => `
resource "aws_batch_job_queue" "own" { name = "own" }
module "nightly" {
  source  = "${source}"
  secrets = []
}`;
  const notesOf = async (source: string) => (await unitOf({ "jobs/main.tf": call(source) })).notes;
  const note = {
    path: "jobs/main.tf",
    message: "The module module.nightly is not in these files, so its jobs were not checked.",
    line: 3,
  };
  expect(await notesOf("git::https://example.com/modules.git//batch-job")).toEqual([note]);
  expect(await notesOf("../missing/batch")).toEqual([note]);
  expect(await notesOf("git::https://example.com/modules.git//batch-job?ref=${var.version}")).toEqual([note]);
  expect(await notesOf("git::https://example.com/tags.git")).toEqual([]);
});

test("a root module whose only job may be in a module that is not in the files is noted, and its policies are not judged", async () => {
  const { notes, isContext } = await unitOf({
    "jobs/main.tf": `
module "nightly" {
  source             = "org/job/aws"
  image              = "nightly:1"
  execution_role_arn = aws_iam_role.execution.arn
  secrets            = [{ name = "PASSWORD", valueFrom = "db" }]
}
resource "aws_iam_role" "execution" { name = "nightly" }`,
  });
  expect(isContext).toBe(true);
  expect(notes).toEqual([
    {
      path: "jobs/main.tf",
      message:
        "The module module.nightly is not in these files. If it makes AWS Batch jobs, as its arguments suggest, they were not checked.",
      line: 2,
    },
  ]);
});

test("jobs of a template that is written inside of Terraform are said not to be checked", async () => {
  const main = (body: string) => `resource "aws_cloudformation_stack" "jobs" {
  name          = "jobs"
  template_body = ${body}
}
resource "aws_batch_job_queue" "queue" {}`;
  const template = '{ "Resources": { "J": { "Type": "AWS::Batch::JobDefinition" } } }';
  const notes = async (files: Record<string, string>) => {
    const { units } = await readTerraform(memoryWorkspace(files), ["main.tf"], { varFiles: [] });
    return units.flatMap((unit) => unit.notes ?? []).map(({ message }) => message);
  };
  const said = ["The template in aws_cloudformation_stack.jobs is not read, so its jobs were not checked."];
  expect(await notes({ "main.tf": main(`<<EOF\n${template}\nEOF\n`) })).toEqual(said);
  expect(
    await notes({ "main.tf": main('jsonencode({ Resources = { J = { Type = "AWS::Batch::JobDefinition" } } })') }),
  ).toEqual(said);
  expect(await notes({ "main.tf": main('file("jobs.json")'), "jobs.json": template })).toEqual([]);
});

test("jobs of a stack whose template Terraform renders are said not to be checked", async () => {
  const files = {
    "main.tf": `resource "aws_cloudformation_stack" "jobs" {
  name          = "jobs"
  template_body = templatefile("\${path.module}/jobs.yaml.tftpl", { image = "i" })
}`,
    "jobs.yaml.tftpl": "Resources:\n  J:\n    Type: AWS::Batch::JobDefinition\n",
    "others.yaml.tftpl": "Resources:\n  T:\n    Type: AWS::SNS::Topic\n",
  };
  const { notes } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  expect(notes.map(({ path, message }) => [path, message])).toEqual([
    [
      "jobs.yaml.tftpl",
      "The job definition that `aws_cloudformation_stack` makes was not checked: it is not read here.",
    ],
  ]);
});

test("a template with a job that no module renders is noted", async () => {
  const template = '{"containerProperties": {"image": "${image}", "jobRoleArn": "${role}"}}';
  const files = {
    "main.tf": 'resource "aws_batch_job_definition" "a" {\n  container_properties = file("a.json.tftpl")\n}\n',
    "a.json.tftpl": template,
    "b.json.tftpl": template,
  };
  const paths = (names: Record<string, string>) => Object.keys(names);
  const { notes } = await readTerraform(memoryWorkspace(files), paths(files), { varFiles: [] });
  expect(notes.map(({ path }) => path)).toEqual(["b.json.tftpl"]);
  const alone = { "b.json.tftpl": template };
  const read = await readTerraform(memoryWorkspace(alone), paths(alone), { varFiles: [] });
  expect(read.notes).toEqual([
    {
      path: "b.json.tftpl",
      message: "The template holds a Batch job, and no module is seen to render it, so it was not checked.",
    },
  ]);
});
