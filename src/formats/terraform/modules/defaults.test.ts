import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { type Cause, causeWords } from "../../../facts/causes.ts";
import { holeOf, insides } from "../../../facts/text.ts";
import { newPurses } from "../../../purse.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { readTerraform } from "../read.ts";
import { createLoader } from "./load.ts";
import { openModule } from "./module.ts";
import { createTree } from "./tree.ts";

/** What a root module gives its resource `t.x` as `v`. */
async function argumentOf(files: Record<string, string>): Promise<Value | undefined> {
  const { loaded } = await createLoader(memoryWorkspace(files)).load("app");
  const tree = createTree(memoryWorkspace(files), "app", () => true, { characters: 0, purses: newPurses() });
  const at = { file: { path: "app", text: "" }, start: 0, end: 0 };
  const module = openModule({ tree, loaded, prefix: "", given: () => undefined, at, maybe: null });
  const found = [...module.instances()].find(({ address }) => address.endsWith("t.x"));
  return get(found?.value, "v");
}

const said = (cause: Cause | null | undefined) => cause && causeWords(cause);

/** The causes of what is not known of a value, or the value. */
function told(value: Value | undefined): unknown {
  switch (value?.kind) {
    case "unknown":
      return [said(holeOf(value.name).cause)];
    case "text":
      return insides(value.value).length > 0
        ? insides(value.value).map((inside) => said(holeOf(inside).cause))
        : value.value;
    case "list":
      return value.items.map(told);
    case "object":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, told(entry.value)]));
    case "boolean":
    case "number":
      return value.value;
    default:
      return value?.kind;
  }
}

const NOT_GIVEN = ["var.secret has no value in these files"];

test.each([
  '""',
  "null",
  "false",
  "[]",
  "{}",
  '"none"',
  '"..."',
  '"changeme"',
  '"REPLACE_ME"',
  '"<arn of the secret>"',
  '"TODO: the ARN"',
  '"your-secret-arn"',
  '"xxxxx"',
  '"__SECRET__"',
  '"arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME"',
])("the default %s of a root module's variable means that nothing is given", async (written) => {
  const files = { "app/a.tf": `variable "secret" { default = ${written} }\nresource "t" "x" { v = var.secret }` };
  expect(told(await argumentOf(files))).toEqual(NOT_GIVEN);
});

test.each([
  '"app/db"',
  '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:region"',
  "true",
  "3",
  '["a"]',
  '"todos/db"',
  '"myapp"',
  '"nonesuch"',
])("the default %s is a value", async (written) => {
  const files = { "app/a.tf": `variable "secret" { default = ${written} }\nresource "t" "x" { v = var.secret }` };
  expect(told(await argumentOf(files))).toEqual(JSON.parse(written));
});

test("in a default that is a value, what is empty or to be filled in is not given", async () => {
  const files = {
    "app/a.tf": `
variable "db" { default = { port = 5432, secret = "", key = null, on = false, most = 0, arns = ["", "a", 0], tags = {}, role = "arn:aws:iam::1:role/CHANGE_ME" } }
resource "t" "x" { v = var.db }`,
  };
  expect(told(await argumentOf(files))).toEqual({
    port: 5432,
    secret: ["var.db has no value in these files"],
    key: ["var.db has no value in these files"],
    on: ["var.db has no value in these files"],
    most: ["var.db has no value in these files"],
    arns: [["var.db has no value in these files"], "a", 0],
    tags: ["var.db has no value in these files"],
    role: ["CHANGE_ME is filled in by another tool"],
  });
});

test("what a called module is given counts, and else its own default, also an empty one", async () => {
  const child = 'variable "secret" { default = "" }\nresource "t" "x" { v = var.secret }';
  const called = (more: string) =>
    argumentOf({
      "app/a.tf": `variable "secret" { default = "" }\nmodule "m" {\nsource = "./m"\n${more}\n}`,
      "app/m/a.tf": child,
    });
  expect(told(await called(""))).toBe("");
  expect(told(await called('secret = "REPLACE_ME"'))).toBe("REPLACE_ME");
  expect(told(await called("secret = var.secret"))).toEqual(NOT_GIVEN);
});

async function jobsOf(main: string, files: Record<string, string> = {}) {
  const all = { "main.tf": main, ...files };
  const { units } = await readTerraform(memoryWorkspace(all), Object.keys(all), { varFiles: [] });
  return (units[0]?.resources.job_definitions ?? []).map(({ address, unseen }) => [
    address,
    ...unseen.filter(({ part }) => part === "existence").map(({ cause }) => said(cause)),
  ]);
}

const JOB = `
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({ image = "busybox" })`;

test.each([
  ["bool", "false", "count = var.on ? 1 : 0", "[0]"],
  ["number", "0", "count = var.on", "[0]"],
  ["string", '""', 'count = var.on == "" ? 0 : 1', "[0]"],
  ["string", '"false"', 'count = var.on == "true" ? 1 : 0', "[0]"],
  ["list(string)", "[]", "count = length(var.on)", "[0]"],
  ["list(string)", "[]", "for_each = toset(var.on)", "[…]"],
  ["map(any)", "{}", "for_each = var.on", "[…]"],
  ["object({ name = string })", "null", "for_each = var.on == null ? {} : { one = var.on }", "[…]"],
  ["any", '{ job = false, region = "r" }', "count = var.on.job ? 1 : 0", "[0]"],
  ["map(bool)", "{ job = false, web = true }", 'count = lookup(var.on, "job", false) ? 1 : 0', "[0]"],
  ["object({ job = optional(bool, false), region = string })", '{ region = "r" }', "count = var.on.job ? 1 : 0", "[0]"],
  ["map(object({ on = bool }))", "{ a = { on = false } }", "for_each = { for k, v in var.on : k => v if v.on }", "[…]"],
])("a job behind a variable of type %s that is %s by default is read: %s", async (type, fallback, behind, index) => {
  const main = `variable "on" {
  type    = ${type}
  default = ${fallback}
}
resource "aws_batch_job_definition" "job" {
  ${behind}
  ${JOB}
}`;
  expect(await jobsOf(main)).toEqual([[`aws_batch_job_definition.job${index}`, "var.on has no value in these files"]]);
  expect(await jobsOf(`${main.replace(fallback, "null")}`, { "terraform.tfvars": `on = ${fallback}` })).toEqual([]);
});

test("a job in a module behind such a variable is read", async () => {
  const main = `variable "batch" { default = null }
module "batch" {
  source = "./batch"
  count  = var.batch != null ? 1 : 0
}`;
  const child = `resource "aws_batch_job_definition" "job" {${JOB}\n}`;
  expect(await jobsOf(main, { "batch/main.tf": child })).toEqual([
    ["module.batch[0].aws_batch_job_definition.job", "var.batch has no value in these files"],
  ]);
});

test("try takes the instance that a flag may leave out only where it is there", async () => {
  const files = (v: string, more = "") => ({
    "app/a.tf": `
variable "on" { default = false }
variable "other" { default = "b" }
resource "s" "one" { count = var.on ? 1 : 0 }
module "m" {
  count  = var.on ? 1 : 0
  source = "./m"
}
resource "t" "x" { v = ${v} }
${more}`,
    "app/m/a.tf": 'output "v" { value = "a" }',
  });
  const open = ["var.on has no value in these files"];
  expect(told(await argumentOf(files("try(s.one[0].id, var.other)")))).toEqual(open);
  expect(told(await argumentOf(files("try(module.m[0].v, var.other)")))).toEqual(open);
  expect(told(await argumentOf(files("can(s.one[0].id)")))).toEqual(open);
  const given = 'output "n" { value = 1 }\nresource "s" "two" { count = 1 }';
  expect(told(await argumentOf(files("try(s.two[0].name, var.other)", given)))).not.toEqual(open);
});
