import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { newPurses } from "../../../purse.ts";
import { get, type Value } from "../../../syntax/value.ts";
import type { Instance } from "../instance.ts";
import { createLoader } from "./load.ts";
import { openModule } from "./module.ts";
import { createTree } from "./tree.ts";

/** All instances of the root module in `infra`, by address, with what went wrong. */
async function evaluated(files: Record<string, string>, given: Record<string, Value> = {}) {
  const workspace = memoryWorkspace(files);
  const { loaded, problems } = await createLoader(workspace).load("infra");
  const tree = createTree(workspace, "infra", () => true, { characters: 0, purses: newPurses() });
  const at = { file: { path: "infra", text: "" }, start: 0, end: 0 };
  const module = openModule({ tree, loaded, prefix: "", given: (name) => given[name], at, maybe: null });
  const instances = new Map(
    [...module.instances()].map((instance): [string, Instance] => [instance.address, instance]),
  );
  return { instances, problems: [...problems, ...tree.problems].map(({ message }) => message) };
}

/** A value as a test reads it: unknown values by their names in angle brackets. */
function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  switch (value.kind) {
    case "null":
      return null;
    case "list":
      return value.items.map(plain);
    case "object":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
    case "unknown":
      return `<${value.name}>`;
    default:
      return value.value;
  }
}

const argument = (found: Awaited<ReturnType<typeof evaluated>>, address: string, name: string): unknown =>
  plain(get(found.instances.get(address)?.value, name));

test("variables have what is given, else their default, else are unknown", async () => {
  const found = await evaluated(
    {
      "infra/main.tf": `
variable "given" {}
variable "default" { default = "d" }
variable "missing" { type = string }
resource "t" "x" {
  a = var.given
  b = var.default
  c = var.missing
}`,
    },
    { given: { kind: "text", value: "g", at: { file: { path: "x.tfvars", text: "" }, start: 0, end: 0 } } },
  );
  expect(plain(found.instances.get("t.x")?.value)).toEqual({ a: "g", b: "d", c: "<var.missing@infra/*.tf>" });
});

test("a variable that is named for a region or a name holds no colon", async () => {
  const found = await evaluated({
    "infra/main.tf": `
variable "aws_region" {}
variable "secret_arn" {}
resource "t" "x" {
  region = "arn:aws:ssm:\${var.aws_region}:1"
  secret = "\${var.secret_arn}:key::"
}`,
  });
  expect(plain(found.instances.get("t.x")?.value)).toEqual({
    region: "arn:aws:ssm:⟨var.aws_region@infra/*.tf⟩:1",
    secret: "⟨*var.secret_arn@infra/*.tf⟩:key::",
  });
});

test("optional attributes of an object have their defaults", async () => {
  const found = await evaluated({
    "infra/main.tf": `
variable "job" {
  type    = object({ name = string, vcpus = optional(number, 2), tags = optional(map(string), { a = "b" }) })
  default = { name = "n" }
}
resource "t" "x" { job = var.job }`,
  });
  expect(argument(found, "t.x", "job")).toEqual({ name: "n", vcpus: 2, tags: { a: "b" } });
});

test("a reference to a secret and to a role is its symbolic ARN", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "aws_secretsmanager_secret" "db" { name = "prod/db" }
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = "x"
}
resource "t" "x" {
  secret  = aws_secretsmanager_secret.db.arn
  version = aws_secretsmanager_secret_version.db.arn
  name    = aws_secretsmanager_secret.db.name
  other   = aws_secretsmanager_secret.db.replica
}`,
  });
  const arn =
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db-⟨#aws_secretsmanager_secret.db@infra/*.tf⟩";
  expect(plain(found.instances.get("t.x")?.value)).toEqual({
    secret: arn,
    version: arn,
    name: "prod/db",
    other: "<aws_secretsmanager_secret.db.replica@infra/*.tf>",
  });
});

test("a reference may begin with the word resource", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "t" "x" {
  a = "v"
}
resource "t" "y" {
  a = resource.t.x.a
  b = resource.t.missing.a
}`,
  });
  expect(plain(found.instances.get("t.y")?.value)).toEqual({ a: "v", b: "<t.missing.a@infra/*.tf>" });
});

test("count and for_each make instances, and references find one or all", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "aws_vpc" "n" { count = 2 }
resource "aws_vpc" "e" {
  for_each = { a = "x", b = "y" }
  tag      = each.value
}
resource "t" "x" {
  one   = aws_vpc.n[1].id
  all   = aws_vpc.n[*].id
  keyed = aws_vpc.e["b"].tag
  each  = [for key, vpc in aws_vpc.e : "\${key}=\${vpc.tag}"]
}`,
  });
  expect([...found.instances.keys()]).toEqual([
    "aws_vpc.n[0]",
    "aws_vpc.n[1]",
    'aws_vpc.e["a"]',
    'aws_vpc.e["b"]',
    "t.x",
  ]);
  expect(plain(found.instances.get("t.x")?.value)).toEqual({
    one: "⟨aws_vpc.n[1]@infra/*.tf⟩",
    all: ["⟨aws_vpc.n[0]@infra/*.tf⟩", "⟨aws_vpc.n[1]@infra/*.tf⟩"],
    keyed: "y",
    each: ["a=x", "b=y"],
  });
});

test("a resource whose count can't be decided may be there, and its first instance is the one that is meant", async () => {
  const found = await evaluated({
    "infra/main.tf": `
variable "enabled" { type = bool }
resource "aws_vpc" "n" { count = var.enabled ? 1 : 0 }
resource "t" "x" { id = aws_vpc.n[0].id }`,
  });
  expect(found.instances.get("aws_vpc.n[0]")?.maybe).toMatchObject({ kind: "variable", name: "var.enabled" });
  expect(argument(found, "t.x", "id")).toBe("⟨aws_vpc.n[0]@infra/*.tf⟩");
});

test("a resource that is counted to nothing is not there", async () => {
  const found = await evaluated({ "infra/main.tf": 'resource "aws_vpc" "n" { count = 0 }' });
  expect([...found.instances.keys()]).toEqual([]);
});

test("a block that OpenTofu does not enable is not there, and one that it may enable may be", async () => {
  const block = (name: string, enabled: string) =>
    `resource "aws_iam_role" "${name}" {\n  lifecycle {\n    enabled = ${enabled}\n  }\n}\n`;
  const module = 'module "m" {\n  source = "../m"\n  lifecycle {\n    enabled = false\n  }\n}\n';
  const { instances, problems } = await evaluated({
    "infra/main.tofu": `variable "on" {}\n${block("on", "true")}${block("off", "false")}${block("open", "var.on")}${module}`,
    "m/main.tofu": 'resource "aws_iam_role" "inner" {}\n',
  });
  expect([...instances.values()].map(({ address, maybe }) => [address, maybe === null])).toEqual([
    ["aws_iam_role.on", true],
    ["aws_iam_role.open", false],
  ]);
  expect(problems).toEqual([]);
});

test("local modules take inputs and give outputs, at any depth, and repeat", async () => {
  const found = await evaluated({
    "infra/main.tf": `
module "jobs" {
  for_each = toset(["a", "b"])
  source   = "../modules/job"
  name     = each.key
}
resource "t" "x" {
  one = module.jobs["a"].arn
  all = { for key, job in module.jobs : key => job.arn }
}`,
    "modules/job/main.tf": `
variable "name" {}
module "inner" {
  source = "./inner"
  label  = "<\${var.name}>"
}
output "arn" { value = module.inner.label }`,
    "modules/job/inner/main.tf": `
variable "label" {}
resource "t" "y" { label = var.label }
output "label" { value = t.y.label }`,
  });
  expect(argument(found, "t.x", "one")).toBe("<a>");
  expect(argument(found, "t.x", "all")).toEqual({ a: "<a>", b: "<b>" });
  expect(argument(found, 'module.jobs["b"].module.inner.t.y', "label")).toBe("<b>");
});

test("outputs of a module that is not at hand are unknown by name", async () => {
  const found = await evaluated({
    "infra/main.tf": `
module "vpc" { source = "example/vpc/aws" }
resource "t" "x" { id = module.vpc.vpc_id }`,
  });
  expect(argument(found, "t.x", "id")).toBe("<module.vpc@infra/*.tf.vpc_id>");
});

test("an installed module is read where modules.json says", async () => {
  const found = await evaluated({
    "infra/main.tf": `
module "vpc" { source = "example/vpc/aws" }
resource "t" "x" { id = module.vpc.vpc_id }`,
    "infra/.terraform/modules/modules.json":
      '{"Modules":[{"Key":"","Dir":"."},{"Key":"vpc","Dir":".terraform/modules/vpc"}]}',
    "infra/.terraform/modules/vpc/main.tf": 'output "vpc_id" { value = "vpc-1" }',
  });
  expect(argument(found, "t.x", "id")).toBe("vpc-1");
});

test("what refers to itself is a problem, and the rest stays", async () => {
  const found = await evaluated({
    "infra/main.tf": `
locals {
  a = local.b
  b = local.a
}
resource "t" "x" {
  a = local.a
  c = "c"
}`,
  });
  expect(argument(found, "t.x", "c")).toBe("c");
  expect(found.problems).toEqual(["local.a refers to itself, so its value is unknown."]);
});

test("a module that calls itself, or lies outside, is not read", async () => {
  const { problems } = await evaluated({
    "infra/main.tf": `
module "self" { source = "./" }
module "out" { source = "../../elsewhere" }`,
  });
  expect(problems).toEqual([
    "The module infra calls itself, so it was not read.",
    "The module ../elsewhere is outside the checked folder, so it was not read.",
  ]);
});

test("nested and dynamic blocks are lists of objects", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "t" "x" {
  rule { port = 1 }
  dynamic "rule" {
    for_each = [2, 3]
    content { port = rule.value }
  }
  dynamic "other" {
    for_each = { k = "v" }
    iterator = it
    content { pair = "\${it.key}=\${it.value}" }
  }
}`,
  });
  expect(plain(found.instances.get("t.x")?.value)).toEqual({
    rule: [{ port: 1 }, { port: 2 }, { port: 3 }],
    other: [{ pair: "k=v" }],
  });
});

test("an override takes the place of arguments and of blocks of a type", async () => {
  const found = await evaluated({
    "infra/main.tf": 'resource "t" "x" {\n  a = 1\n  b = 2\n  rule { port = 1 }\n}',
    "infra/x_override.tf": 'resource "t" "x" {\n  a = 3\n  rule { port = 2 }\n}',
  });
  expect(plain(found.instances.get("t.x")?.value)).toEqual({ a: 3, b: 2, rule: [{ port: 2 }] });
});

test("a policy document is rendered as the provider does", async () => {
  const found = await evaluated({
    "infra/main.tf": `
data "aws_iam_policy_document" "base" {
  statement {
    sid     = "Read"
    actions = ["a:Read"]
  }
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    effect    = "Deny"
    actions   = ["b:Write"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}`,
  });
  const json = get(found.instances.get("data.aws_iam_policy_document.d")?.value, "json");
  expect(json?.kind === "text" && plain(json.json?.())).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Sid: "Read", Action: ["a:Read"] },
      {
        Effect: "Deny",
        Action: ["b:Write"],
        Resource: ["*"],
        Principal: { Service: ["ecs-tasks.amazonaws.com"] },
        Condition: { StringEquals: { "aws:SourceAccount": ["123456789012"] } },
      },
    ],
  });
});

test("a policy document has policy variables for &{…}", async () => {
  const found = await evaluated({
    "infra/main.tf": `
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["a:Read"]
    resources = ["arn:aws:s3:::&{aws:PrincipalTag/team}/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = ["&{aws:PrincipalAccount}"]
    }
  }
}`,
  });
  const json = get(found.instances.get("data.aws_iam_policy_document.d")?.value, "json");
  expect(json?.kind === "text" && plain(get(json.json?.(), "Statement"))).toEqual([
    {
      Effect: "Allow",
      Action: ["a:Read"],
      Resource: ["arn:aws:s3:::${aws:PrincipalTag/team}/*"],
      Condition: { StringEquals: { "aws:ResourceAccount": ["${aws:PrincipalAccount}"] } },
    },
  ]);
});

test("files are read inside the workspace only, relative to the root module", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "t" "x" {
  inside  = file("\${path.module}/jobs/a.json")
  outside = file("../../etc/passwd")
}`,
    "infra/jobs/a.json": "{}",
  });
  expect(argument(found, "t.x", "inside")).toBe("{}");
  expect(String(argument(found, "t.x", "outside"))).toMatch(/^<.*>$/);
});

test("Terraform's JSON syntax means the same", async () => {
  const found = await evaluated({
    "infra/main.tf.json": JSON.stringify({
      variable: { name: { default: "n" } },
      resource: { t: { x: { name: "${var.name}-1", rule: [{ port: 1 }] } } },
    }),
  });
  expect(plain(found.instances.get("t.x")?.value)).toEqual({ name: "n-1", rule: [{ port: 1 }] });
});

test("keys that are known are instances of their own beside one for all others", async () => {
  const found = await evaluated({
    "infra/main.tf": `
variable "more" { type = map(number) }
variable "rules" { type = list(object({ port = number })) }
resource "t" "x" {
  for_each = merge({ a = 1 }, var.more)
  name     = each.key
}
resource "t" "y" {
  names = [for key, one in t.x : one.name]
  a     = t.x["a"].name
  other = t.x["b"].name
  dynamic "rule" {
    for_each = concat([{ port = 1 }], var.rules)
    content { port = rule.value.port }
  }
}`,
  });
  const kept = [...found.instances].map(([address, { maybe }]) => [address, maybe]);
  const why = { kind: "variable", name: "var.more", unit: "infra/*.tf" };
  expect(kept).toEqual([
    ['t.x["a"]', null],
    ["t.x[…]", why],
    ["t.y", null],
  ]);
  expect(plain(found.instances.get("t.y")?.value)).toMatchObject({
    a: "a",
    other: '<t.x["b"].name@infra/*.tf>',
    rule: [{ port: 1 }, expect.stringMatching(/^<dynamic\./)],
  });
  const names = argument(found, "t.y", "names");
  expect(names).toEqual(["a", expect.stringMatching(/^<for/)]);
});

test("what no file declares is one and the same unknown, in whichever file it is referred to", async () => {
  const found = await evaluated({
    "infra/a.tf": 'resource "aws_iam_role" "a" {\n  name = var.gone\n  path = aws_iam_role.gone.arn\n}\n',
    "infra/b.tf": 'resource "aws_iam_role" "b" {\n  name = "${var.gone}"\n  path = aws_iam_role.gone.arn\n}\n',
  });
  expect(argument(found, "aws_iam_role.a", "name")).toBe("<var.gone@infra/*.tf>");
  expect(argument(found, "aws_iam_role.b", "name")).toBe("<var.gone@infra/*.tf>");
  expect(argument(found, "aws_iam_role.a", "path")).toBe("<aws_iam_role.gone.arn@infra/*.tf>");
  expect(argument(found, "aws_iam_role.b", "path")).toBe("<aws_iam_role.gone.arn@infra/*.tf>");
});

test("an attribute that only the provider knows has one name, also where a loop asks for it", async () => {
  const found = await evaluated({
    "infra/main.tf": `
resource "aws_ecr_repository" "jobs" {
  name = "jobs"
}
resource "aws_iam_role" "job" {
  path = aws_ecr_repository.jobs.registry_id
  tags = [for one in [aws_ecr_repository.jobs] : one.registry_id]
}`,
  });
  expect(argument(found, "aws_iam_role.job", "path")).toBe("<aws_ecr_repository.jobs.registry_id@infra/*.tf>");
  expect(argument(found, "aws_iam_role.job", "tags")).toEqual(["<aws_ecr_repository.jobs.registry_id@infra/*.tf>"]);
});

test("functions that Terraform had before version 0.15 mean what they meant", async () => {
  const found = await evaluated({
    "infra/main.tf":
      'resource "aws_iam_role" "job" {\n  tags = "${map("names", list("a", "b"), "of", "job")}"\n  name = list()\n}\n',
  });
  expect(argument(found, "aws_iam_role.job", "tags")).toEqual({ names: ["a", "b"], of: "job" });
  expect(argument(found, "aws_iam_role.job", "name")).toEqual([]);
});
