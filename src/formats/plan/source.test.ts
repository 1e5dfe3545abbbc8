import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import type { Unit } from "../../facts/unit.ts";
import { locate } from "../../source.ts";
import { type Document, parseDocuments } from "../../syntax/document.ts";
import { readTerraform } from "../terraform/read.ts";
import { openPlans } from "./source.ts";
import { planText, type TestPlan } from "./testing.ts";

async function unitsOf(files: Record<string, string>, plans: Record<string, TestPlan>): Promise<Unit[]> {
  return (await read(files, plans)).units;
}

async function read(files: Record<string, string>, plans: Record<string, TestPlan>, committed: readonly string[] = []) {
  const documents: Document[] = [];
  for (const [path, plan] of Object.entries(plans)) {
    documents.push(...(await parseDocuments({ path, text: planText(plan) })).documents);
  }
  const opened = openPlans(documents, new Set(documents.filter(({ file }) => committed.includes(file.path))));
  const options = { varFiles: [], plans: opened.ofRoots };
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), options);
  return { units: [...units, ...opened.alone()], notes: opened.notes() };
}

const SOURCE = `
variable "image" {}
variable "names" { type = set(string) }
variable "level" { default = "info" }
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "aws_batch_job_definition" "job" {
  for_each = var.names
  name     = each.key
  type     = "container"
  container_properties = jsonencode({
    image       = var.image
    environment = [{ name = "LEVEL", value = var.level }, { name = "REGION", value = data.aws_ssm_parameter.region.name }]
    secrets     = [{ name = "P", valueFrom = aws_secretsmanager_secret.db.arn }]
  })
}
data "aws_ssm_parameter" "region" { name = var.image }
module "batch" { source = "example/other/aws" }
`;

const JOB = (name: string) => ({
  address: `aws_batch_job_definition.job["${name}"]`,
  values: { name, type: "container" },
  unknown: { container_properties: true, arn: true },
  refers: { container_properties: ["aws_secretsmanager_secret.db.arn", "aws_secretsmanager_secret.db"] },
});
const PLAN: TestPlan = {
  resources: [
    { address: "aws_secretsmanager_secret.db", values: { name: "db" }, unknown: { arn: true } },
    { address: "module.batch.aws_iam_role.exec", values: { name: "exec" }, unknown: { arn: true } },
    JOB("a"),
    JOB("b"),
  ],
  more: { variables: { image: { value: "app:1" }, names: { value: ["a", "b"] }, level: { value: "info" } } },
};

test("the source is read with what the plan's variables were given, and what only the plan has is added", async () => {
  const [unit, more] = await unitsOf({ "infra/main.tf": SOURCE }, { "out/plan.json": PLAN });
  expect(more).toBeUndefined();
  expect(unit?.id).toBe("infra/*.tf");
  expect(unit?.format).toBe("terraform");
  expect(unit?.resources.job_definitions.map(({ address }) => address)).toStrictEqual([
    'aws_batch_job_definition.job["a"]',
    'aws_batch_job_definition.job["b"]',
  ]);
  const [container] = unit?.resources.job_definitions[0]?.containers ?? [];
  expect(container?.secrets[0]?.value_from?.value).toBe(unit?.resources.secrets[0]?.arn.value);
  expect(unit?.resources.roles.map(({ id, at }) => [id, at.file.path])).toStrictEqual([
    ["infra/*.tf#module.batch.aws_iam_role.exec", "out/plan.json"],
  ]);
  expect(container?.environment.map(({ value }) => value?.value)).toStrictEqual(["info", "app:1"]);
});

test("values are where they are used, and a default is known to be written elsewhere", async () => {
  const [unit] = await unitsOf({ "infra/main.tf": SOURCE }, { "out/plan.json": PLAN });
  const [container] = unit?.resources.job_definitions[0]?.containers ?? [];
  const [level, region] = container?.environment ?? [];
  const line = (at: Parameters<typeof locate>[0] | undefined) => at && locate(at).start.line;
  expect([line(level?.value?.at), line(level?.value?.written)]).toEqual([12, 4]);
  expect([line(region?.value?.at), line(region?.value?.written)]).toEqual([12, undefined]);
});

test("a plan of something that the module does not declare is a unit of its own", async () => {
  const other: TestPlan = { resources: [{ address: "aws_iam_role.other", values: { name: "other" } }] };
  const units = await unitsOf({ "infra/main.tf": SOURCE }, { "plan.json": other });
  expect(units.map(({ id, format }) => [id, format])).toStrictEqual([
    ["infra/*.tf", "terraform"],
    ["plan.json", "plan"],
  ]);
});

test("of copies of a module a plan belongs to that in its folder", async () => {
  const files = { "dev/main.tf": SOURCE, "prod/main.tf": SOURCE };
  const units = await unitsOf(files, { "prod/plan.json": PLAN });
  expect(units.map(({ id, resources }) => [id, resources.roles.length])).toStrictEqual([
    ["dev/*.tf", 0],
    ["prod/*.tf", 1],
  ]);
  expect(await unitsOf(files, { "plan.json": PLAN })).toHaveLength(3);
});

test("two plans of one module are units of their own", async () => {
  const units = await unitsOf({ "infra/main.tf": SOURCE }, { "dev.json": PLAN, "prod.json": PLAN });
  expect(units.map(({ id }) => id)).toStrictEqual(["infra/*.tf", "dev.json", "prod.json"]);
});

test("a plan without Terraform's files is a unit of its own", async () => {
  expect((await unitsOf({}, { "plan.json": PLAN })).map(({ id }) => id)).toStrictEqual(["plan.json"]);
});

test("a document that only the plan knows is a problem when it is no JSON, and one of the source only there", async () => {
  const source = (properties: string) =>
    `variable "properties" {}\nresource "aws_batch_job_definition" "job" {\n  name = "job"\n  container_properties = ${properties}\n}\n`;
  const values = { name: "job", container_properties: '{"image": }' };
  const plan: TestPlan = { resources: [{ address: "aws_batch_job_definition.job", values }] };
  const problemsOf = async (properties: string) =>
    (await unitsOf({ "main.tf": source(properties) }, { "plan.json": plan })).flatMap((unit) =>
      unit.problems.map(({ path, message }) => [path, message]),
    );
  const message = expect.stringContaining("The container_properties of aws_batch_job_definition.job is not valid JSON");
  expect(await problemsOf("var.properties")).toEqual([[expect.any(String), message]]);
  expect(await problemsOf('"{\\"image\\": }"')).toEqual([["main.tf", message]]);
});

test("a committed plan is a unit of its own, and takes no module from a plan that was made", async () => {
  const files = { "infra/main.tf": SOURCE };
  const alone = await read(files, { "infra/plan.json": PLAN }, ["infra/plan.json"]);
  expect(alone.units.map(({ id }) => id)).toEqual(["infra/*.tf", "infra/plan.json"]);
  expect(alone.notes.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/^infra\/plan\.json: This plan is committed, so it may be older than infra/),
  ]);
  const both = await read(files, { "infra/old.json": PLAN, "out/plan.json": PLAN }, ["infra/old.json"]);
  expect(both.units.map(({ id }) => id)).toEqual(["infra/*.tf", "infra/old.json"]);
  expect(both.units[0]?.resources.job_definitions).toHaveLength(2);
});
