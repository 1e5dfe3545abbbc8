import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import type { Hole } from "../../facts/schema/common.ts";
import { holeOf, holes } from "../../facts/text.ts";
import { readTerraform } from "./read.ts";

const MODULE = `
variable "job" {}
variable "env" {}
variable "password" { sensitive = true }
variable "db" {}
variable "token" {}
module "elsewhere" { source = "org/elsewhere/aws" }
data "terraform_remote_state" "net" {}
data "aws_secretsmanager_secret" "looked" { name = var.env }
data "aws_secretsmanager_secret_version" "db" { secret_id = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf" }
data "aws_ssm_parameter" "token" { name = "/token" }
data "aws_ssm_parameter" "it" { name = "/app/db_password" }
data "aws_ssm_parameter" "smtp_password" { name = "/app/smtp" }
resource "aws_secretsmanager_secret" "db" {}
resource "aws_iam_role" "job" {
  for_each = toset(["a", "b"])
}
resource "aws_ssm_parameter" "encrypted" {
  name  = "/encrypted"
  type  = "SecureString"
  value = "given"
}
resource "aws_ssm_parameter" "plain" {
  name  = "/plain"
  type  = "String"
  value = "given"
}
resource "random_password" "db" {}
resource "aws_db_instance" "db" {}
locals { secret = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string) }
`;

const VERSION = 'resource "aws_secretsmanager_secret_version" "v" {}\n';

/**
 * The rows of the holes in the value of an environment variable that is this expression, and of those they are computed
 * of.
 */
async function rows(expression: string, files: Readonly<Record<string, string>> = {}): Promise<Partial<Hole>[]> {
  const job = `resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "busybox", environment = [{ name = "X", value = ${expression} }] })
}
`;
  const all = Object.keys(files).length > 0 ? { ...files, "m/job.tf": MODULE + job } : { "main.tf": MODULE + job };
  const { units } = await readTerraform(memoryWorkspace(all), Object.keys(all), { varFiles: [] });
  const value = units[0]?.resources.job_definitions[0]?.containers[0]?.environment[0]?.value;
  const next = [value?.value, value?.sensitive].flatMap((text) =>
    typeof text === "string" ? holes(text).map(({ name }) => name) : [],
  );
  const found = new Map<string, Partial<Hole>>();
  for (let key = next.shift(); key !== undefined; key = next.shift()) {
    if (found.has(key)) continue;
    const row = holeOf(key);
    found.set(key, brief(row));
    next.push(...row.origin.of);
  }
  return [...found.values()];
}

/** A row without what is nothing. */
function brief({ origin, ...row }: Hole): Partial<Hole> {
  const plain = (object: object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== false && value !== ""));
  const { of, ...from } = origin;
  return { ...plain(row), origin: plain({ ...from, ...(of.length > 0 && { of: of.length }) }) as Hole["origin"] };
}

test("a variable without a value", async () => {
  expect(await rows("var.token")).toEqual([
    {
      width: "wide",
      words: "var.token",
      term: "token",
      unit: "*.tf",
      origin: { kind: "variable" },
      cause: { kind: "variable", name: "var.token", unit: "*.tf" },
    },
  ]);
  expect(await rows("var.password")).toMatchObject([{ words: "var.password", sensitive: true }]);
});

test("a part of a variable is identified by its own name", async () => {
  expect(await rows('var.db["password"]')).toMatchObject([
    { words: 'var.db["password"]', term: "password", cause: { name: "var.db" } },
  ]);
  expect(await rows("var.db.hosts[0]")).toMatchObject([{ words: "var.db.hosts[0]", term: "hosts" }]);
});

test("in a module that is called, words are those of the module, and the cause is distinguished from others", async () => {
  const caller = 'module "jobs" {\n  source = "./m"\n}\n';
  expect(await rows("var.token", { "main.tf": caller })).toMatchObject([
    { words: "var.token", unit: "*.tf", cause: { kind: "variable", name: "module.jobs.var.token" } },
  ]);
  expect(await rows("random_password.db.result", { "main.tf": caller })).toMatchObject([
    { words: "random_password.db.result", term: "db" },
  ]);
});

test("an attribute of a resource tells which one, and which instance of it", async () => {
  expect(await rows("aws_secretsmanager_secret.db.name")).toMatchObject([
    {
      width: "narrow",
      words: "aws_secretsmanager_secret.db.name",
      origin: { kind: "attribute", resource_kind: "secret", attribute: "name" },
      identifies: "*.tf#aws_secretsmanager_secret.db",
      arn: expect.stringMatching(/^arn:.*:secret:⟨aws_secretsmanager_secret\.db\.name@\*\.tf⟩-⟨#/),
      cause: { kind: "apply" },
    },
  ]);
  expect(await rows('aws_iam_role.job["a"].unique_id')).toMatchObject([
    { words: 'aws_iam_role.job["a"].unique_id', term: "unique_id", identifies: '*.tf#aws_iam_role.job ["a"]' },
  ]);
  expect(await rows("aws_db_instance.db.address")).toEqual([
    {
      width: "wide",
      words: "aws_db_instance.db.address",
      term: "address",
      unit: "*.tf",
      origin: { kind: "attribute", resource_kind: "database", attribute: "address" },
      cause: { kind: "apply", name: "aws_db_instance.db.address", unit: "*.tf" },
    },
  ]);
});

test("what may have the id of something else identifies nothing", async () => {
  const rotation = 'resource "aws_secretsmanager_secret_rotation" "r" {}\n';
  for (const name of ["aws_secretsmanager_secret_rotation.r.id", "aws_secretsmanager_secret_version.v.arn"]) {
    const [row] = await rows(name, { "main.tf": 'module "jobs" { source = "./m" }', "m/more.tf": rotation + VERSION });
    expect([row?.words, row?.origin?.kind, row?.identifies]).toEqual([name, "attribute", undefined]);
  }
});

test("what is looked up may be declared as well: it identifies nothing", async () => {
  const [row] = await rows("data.aws_secretsmanager_secret.looked.kms_key_id");
  expect(row).toMatchObject({
    words: "data.aws_secretsmanager_secret.looked.kms_key_id",
    origin: { kind: "lookup", resource_kind: "secret", attribute: "kms_key_id" },
    cause: { kind: "lookup", name: "data.aws_secretsmanager_secret.looked" },
  });
  expect(row).not.toHaveProperty("identifies");
});

test("a secret's value has the ARN of the secret, and the key in it", async () => {
  const secret = {
    origin: { kind: "lookup", resource_kind: "secret_version", attribute: "secret_string" },
    holds: "secret",
    sensitive: true,
    arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
  };
  expect(await rows("data.aws_secretsmanager_secret_version.db.secret_string")).toMatchObject([
    { ...secret, words: "data.aws_secretsmanager_secret_version.db.secret_string", term: "secret_string" },
  ]);
  expect(await rows("local.secret.password")).toMatchObject([
    { term: "password", origin: { kind: "computed", function: "jsondecode", of: 1 }, sensitive: true },
    {
      ...secret,
      words: "data.aws_secretsmanager_secret_version.db.secret_string.password",
      term: "password",
      json_key: "password",
    },
  ]);
});

test("a parameter's value may be a secret", async () => {
  expect(await rows("data.aws_ssm_parameter.token.value")).toMatchObject([
    {
      words: "data.aws_ssm_parameter.token.value",
      term: "token",
      holds: "parameter",
      arn: "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/token",
      origin: { kind: "lookup", resource_kind: "parameter", attribute: "value" },
    },
  ]);
});

test("a parameter that is called like a credential is one, whatever its block is called", async () => {
  const terms = async (name: string) => (await rows(`data.aws_ssm_parameter.${name}.value`)).map(({ term }) => term);
  expect([await terms("it"), await terms("smtp_password")]).toEqual([["db_password"], ["smtp_password"]]);
});

test("an encrypted parameter's value is a secret", async () => {
  const holds = async (name: string) =>
    (await rows(`aws_ssm_parameter.${name}.value`)).flatMap((row) => row.holds ?? []);
  expect([await holds("encrypted"), await holds("plain")]).toEqual([["secure_parameter"], ["parameter"]]);
});

test("what is computed tells of what, and how", async () => {
  expect(await rows('trimspace(join("", [var.token, var.password]))')).toMatchObject([
    {
      words: 'trimspace(join("…", [var.token, var.password]))',
      origin: { kind: "computed", function: "trimspace", of: 1 },
      sensitive: true,
      cause: { kind: "variable", name: "var.token" },
    },
    { words: "trimspace(join(var.password))", origin: { kind: "computed", function: "trimspace", of: 1 } },
    { words: 'join("…", [var.token, var.password])', origin: { kind: "computed", function: "join", of: 2 } },
    { words: "join(var.password)", origin: { kind: "computed", function: "join", of: 1 } },
    { words: "var.token" },
    { words: "var.password" },
  ]);
});

test("nothing can be read from a digest of what it is computed of, but from what it is put beside", async () => {
  const digests = async (expression: string) => (await rows(expression)).map(({ digest = false }) => digest);
  expect(await digests("sha256(var.token)")).toEqual([true, false]);
  expect(await digests("upper(sha256(var.token))")).toEqual([true, true, false]);
  expect(await digests('join("-", [md5(var.token), upper(var.db)])')).toEqual([false, true, false, false, false]);
  expect(await digests("tostring(length(var.db))")).toEqual([true, false]);
});

test("outputs of modules that are not at hand, and of other deployments", async () => {
  expect(await rows("module.elsewhere.arn")).toMatchObject([
    {
      words: "module.elsewhere.arn",
      term: "arn",
      origin: { kind: "module" },
      cause: { kind: "module", name: "module.elsewhere" },
    },
  ]);
  expect(await rows("data.terraform_remote_state.net.outputs.secret_arn")).toMatchObject([
    {
      words: "data.terraform_remote_state.net.outputs.secret_arn",
      term: "secret_arn",
      origin: { kind: "import", attribute: "outputs.secret_arn" },
      cause: { kind: "remote-output", name: "data.terraform_remote_state.net" },
    },
  ]);
});

test("what no file declares, and what Terraform would refuse", async () => {
  expect(await rows("var.missing")).toMatchObject([
    { words: "var.missing", term: "missing", origin: { kind: "variable" }, cause: { kind: "undeclared" } },
  ]);
  expect(await rows("aws_secretsmanager_secret.gone.arn")).toMatchObject([
    { origin: { kind: "attribute", resource_kind: "secret", attribute: "arn" }, cause: { kind: "undeclared" } },
  ]);
  expect(await rows("no_such_function(var.db)")).toMatchObject([
    { words: "no_such_function(var.db)", cause: { kind: "refused", name: "no_such_function(var.db)" } },
  ]);
});
