import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { causeWords } from "../../../facts/causes.ts";
import { locate } from "../../../source.ts";
import { readTerraform } from "../read.ts";

const SECRET = 'resource "aws_secretsmanager_secret" "db" {\n  name = "prod/db"\n}\n';
const DB =
  "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db-⟨#aws_secretsmanager_secret.db@*.tf⟩";

async function resourcesOf(files: Readonly<Record<string, string>>) {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const [unit] = units;
  if (!unit) throw new Error("there is no unit");
  return unit.resources;
}

/** The first secret of a job whose container properties are this expression: its value and where it is written. */
async function secretOf(expression: string, files: Readonly<Record<string, string>>) {
  const job = `resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = ${expression}
}
`;
  const { job_definitions } = await resourcesOf({ ...files, "main.tf": SECRET, "job.tf": job });
  const from = job_definitions[0]?.containers[0]?.secrets[0]?.value_from;
  if (!from) return job_definitions[0]?.unseen.map(({ cause }) => causeWords(cause));
  const { path, start } = locate(from.at);
  return `${from.value} at ${path}:${start.line}:${start.column}`;
}

test("template_file renders a file with its variables, each value in its place", async () => {
  const files = {
    "data.tf": `data "template_file" "job" {
  template = file("\${path.module}/job.json.tpl")
  vars = {
    secret = aws_secretsmanager_secret.db.arn
    cpu    = 2
  }
}
`,
    "job.json.tpl":
      '{\n  "image": "busybox",\n  "vcpus": ${cpu},\n  "secrets": [{ "name": "S", "valueFrom": "${secret}:s::" }]\n}\n',
  };
  expect(await secretOf("data.template_file.job.rendered", files)).toBe(`${DB}:s:: at job.json.tpl:4:43`);
});

test("template_file renders what is written in it, with a block of variables as before Terraform 0.12", async () => {
  const files = {
    "data.tf": `data "template_file" "job" {
  template = <<JSON
{ "secrets": [{ "name": "S", "valueFrom": "$\${secret}" }] }
JSON
  vars {
    secret = "\${aws_secretsmanager_secret.db.arn}"
  }
}
`,
  };
  expect(await secretOf('"${data.template_file.job.rendered}"', files)).toBe(`${DB} at data.tf:3:43`);
});

test("template_file takes a string that is made already, with what is not known of it", async () => {
  const files = {
    "data.tf": `data "template_file" "job" {
  template = jsonencode({ image = var.image, secrets = [{ name = "S", valueFrom = aws_secretsmanager_secret.db.arn }] })
}
variable "image" {}
`,
  };
  expect(await secretOf("data.template_file.job.rendered", files)).toBe(`${DB} at data.tf:2:83`);
});

test("what a template lacks is the reason why it is not known", async () => {
  const files = { "data.tf": 'data "template_file" "job" {\n  template = "{ \\"image\\": \\"$${image}\\" }"\n}\n' };
  expect(await secretOf("data.template_file.job.rendered", files)).toEqual([
    expect.stringMatching(/ can't be evaluated$/),
  ]);
});

test("local_file has the content of its file", async () => {
  const files = {
    "data.tf": 'data "local_file" "job" {\n  filename = "${path.module}/job.json"\n}\n',
    "job.json": '{ "secrets": [{ "name": "S", "valueFrom": "/s" }] }',
  };
  expect(await secretOf("data.local_file.job.content", files)).toBe("/s at job.json:1:43");
});

test("a part that is written as YAML has its strings", async () => {
  const { launch_templates } = await resourcesOf({
    "main.tf": `data "cloudinit_config" "instance" {
  part {
    content = "#cloud-config\\n\${yamlencode({ write_files = [{ path = "/etc/ecs/ecs.config", content = "ECS_X=1" }] })}"
  }
}
resource "aws_launch_template" "instance" {
  user_data = data.cloudinit_config.instance.rendered
}
resource "aws_batch_compute_environment" "jobs" {
  type = "MANAGED"
}
`,
  });
  expect(launch_templates[0]?.user_data?.value).toContain(
    '#cloud-config\n{"write_files":[{"content":"ECS_X=1","path":"/etc/ecs/ecs.config"}]}',
  );
});

test("user data that is put together of parts is read as one document", async () => {
  const { launch_templates } = await resourcesOf({
    "main.tf": `variable "cluster" {}
data "cloudinit_config" "instance" {
  gzip          = false
  base64_encode = true
  part {
    content_type = "text/x-shellscript"
    content      = "#!/bin/sh\\necho ECS_CLUSTER=\${var.cluster} >> /etc/ecs/ecs.config\\n"
  }
}
resource "aws_launch_template" "instance" {
  user_data = data.cloudinit_config.instance.rendered
}
resource "aws_batch_compute_environment" "jobs" {
  type = "MANAGED"
}
`,
  });
  expect(launch_templates[0]?.user_data?.value).toBe(`Content-Type: multipart/mixed; boundary="MIMEBOUNDARY"
MIME-Version: 1.0

--MIMEBOUNDARY
Content-Type: text/x-shellscript

#!/bin/sh
echo ECS_CLUSTER=⟨*var.cluster@*.tf⟩ >> /etc/ecs/ecs.config

--MIMEBOUNDARY--
`);
});
