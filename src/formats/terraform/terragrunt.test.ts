import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../test/support/memory-workspace.ts";
import type { Value } from "../../syntax/value.ts";
import { plain } from "../testing.ts";
import { causeIn } from "./language/evaluate/values.ts";
import { readTerraform } from "./read.ts";
import { readTerragrunt, type TerragruntRun } from "./terragrunt.ts";

function read(files: Record<string, string>, output?: (folder: string, name: string) => Value | undefined) {
  return readTerragrunt(memoryWorkspace(files), Object.keys(files), output ?? (() => undefined));
}

/** An input of the run's first root, without its place. */
function input({ roots }: TerragruntRun, name: string): unknown {
  const found = roots[0]?.input(name);
  return found && plain(found);
}

test("a local source is the module, whatever way it is written", () => {
  const source = (written: string) =>
    read({ "live/dev/job/terragrunt.hcl": `terraform { source = ${written} }` }).roots.map(({ module }) => module);
  expect(source('"../../../modules//job"')).toStrictEqual(["modules/job"]);
  expect(source('"${get_terragrunt_dir()}/../../../modules/job"')).toStrictEqual(["modules/job"]);
  expect(source('"${get_repo_root()}/modules//${basename(get_original_terragrunt_dir())}/"')).toStrictEqual([
    "modules/job",
  ]);
  expect(source('"${path_relative_from_include()}/x"')).toStrictEqual(["live/dev/job/x"]);
  expect(source('"git::https://github.com/example/modules.git//job?ref=v1"')).toStrictEqual([]);
  expect(source('"tfr:///terraform-aws-modules/batch/aws?version=3.0.0"')).toStrictEqual([]);
  expect(source('"../../../../outside"')).toStrictEqual([]);
  expect(source('get_env("SOURCE")')).toStrictEqual([]);
});

test("without a source the module is in the same folder", () => {
  expect(read({ "live/terragrunt.hcl": "inputs = {}" }).roots.map(({ path, module }) => [path, module])).toStrictEqual([
    ["live/terragrunt.hcl", "live"],
  ]);
});

test("inputs are evaluated with locals and the language's functions", () => {
  const run = read({
    "live/terragrunt.hcl": `
locals {
  env  = basename(get_terragrunt_dir())
  name = "job-\${local.env}"
}
inputs = merge({ name = local.name }, { count = 2 })`,
  });
  expect([input(run, "name"), input(run, "count"), input(run, "other")]).toStrictEqual(["job-live", 2, undefined]);
});

const PARENT = `
locals {
  account = get_aws_account_id()
  folder  = path_relative_to_include()
}
terraform { source = "\${get_terragrunt_dir()}/../../modules/job" }
inputs = {
  account = local.account
  folder  = local.folder
  own     = "parent"
}`;

test("an included file gives its source and inputs, which the file's own replace", () => {
  const run = read({
    "live/root.hcl": PARENT,
    "live/job/terragrunt.hcl": `
include "root" { path = find_in_parent_folders("root.hcl") }
inputs = { own = "child" }`,
  });
  expect(run.roots.map(({ module }) => module)).toStrictEqual(["modules/job"]);
  expect(["account", "folder", "own"].map((name) => input(run, name))).toStrictEqual([
    "⟨AWS.AccountId⟩",
    "job",
    "child",
  ]);
});

test("the older way of including has no name and finds terragrunt.hcl", () => {
  const run = read({
    "live/job/terragrunt.hcl":
      "include {\n  path = find_in_parent_folders()\n}\ninputs = { x = include.locals.folder }",
    "live/terragrunt.hcl": PARENT,
  });
  expect([input(run, "x"), input(run, "own")]).toStrictEqual(["job", "parent"]);
});

test("an exposed file is read by name, and one that is not merged gives nothing by itself", () => {
  const run = read({
    "env.hcl": 'locals {\n  env = "dev"\n}\ninputs = { a = 1 }',
    "job/terragrunt.hcl": `
include "env" {
  path           = "../env.hcl"
  expose         = true
  merge_strategy = "no_merge"
}
inputs = { env = include.env.locals.env, b = include.env.inputs.a }`,
  });
  expect(["env", "a", "b"].map((name) => input(run, name))).toStrictEqual(["dev", undefined, 1]);
});

test.each([
  ["shallow", { secrets: { TOKEN: "t" }, subnets: ["b"] }],
  ["deep", { secrets: { DB: "d", TOKEN: "t" }, subnets: ["a", "b"] }],
  ["deep_map_only", { secrets: { DB: "d", TOKEN: "t" }, subnets: ["b"] }],
])("inputs of an included file are merged as the strategy %s says", (strategy, merged) => {
  const run = read({
    "common.hcl": 'inputs = {\n  secrets = { DB = "d" }\n  subnets = ["a"]\n}',
    "job/terragrunt.hcl": `
include "common" {
  path           = "../common.hcl"
  merge_strategy = "${strategy}"
}
inputs = {
  secrets = { TOKEN = "t" }
  subnets = ["b"]
}`,
  });
  expect({ secrets: input(run, "secrets"), subnets: input(run, "subnets") }).toStrictEqual(merged);
});

test("another configuration is read in its own folder", () => {
  const run = read({
    "live/env.hcl": "locals {\n  dir = get_terragrunt_dir()\n}",
    "live/job/terragrunt.hcl": `
locals { env = read_terragrunt_config(find_in_parent_folders("env.hcl")) }
inputs = { dir = local.env.locals.dir }`,
  });
  expect(input(run, "dir")).toBe("/live");
});

test("outputs of a dependency are asked for by folder and name", () => {
  const asked: string[] = [];
  const at = { file: { path: "x", text: "" }, start: 0, end: 0 };
  const run = read(
    {
      "live/job/terragrunt.hcl": `
dependency "roles" { config_path = "../roles" }
inputs = { arn = dependency.roles.outputs.exec_arn, index = dependency.roles.outputs["exec_arn"], gone = dependency.other.outputs.x }`,
    },
    (folder, name) => {
      asked.push(`${folder} ${name}`);
      return { kind: "text", value: "arn", at };
    },
  );
  expect(run.roots[0]?.dependencies).toStrictEqual(["live/roles"]);
  expect(input(run, "arn")).toBe("arn");
  expect(input(run, "gone")).toStrictEqual({ unknown: "dependency.other.outputs.x@live/job/terragrunt.hcl" });
  expect(input(run, "index")).toBe("arn");
  expect(new Set(asked)).toStrictEqual(new Set(["live/roles exec_arn"]));
});

test("an output of a dependency that is not read depends on that deployment", () => {
  const run = read({
    "live/job/terragrunt.hcl":
      'dependency "db" { config_path = "../db" }\ninputs = { a = dependency.db.outputs.arn }\n',
  });
  const a = run.roots[0]?.input("a");
  expect(a && causeIn(a)).toMatchObject({ kind: "remote-output", name: "dependency.db.outputs.arn" });
});

test("what depends on where it runs is not known", () => {
  const run = read({
    "live/terragrunt.hcl": 'inputs = { a = get_env("A", "b"), b = run_cmd("date"), c = sops_decrypt_file("x") }',
  });
  expect(["a", "b"].map((name) => input(run, name))).toStrictEqual([
    { unknown: "get_env(A, b)@live/terragrunt.hcl" },
    { unknown: "run_cmd(date)@live/terragrunt.hcl" },
  ]);
  const a = run.roots[0]?.input("a");
  expect(a && causeIn(a)).toMatchObject({ kind: "deployment", name: "get_env(A, …)" });
  expect(run.roots[0]?.input("c")?.sensitive).toBe("⟨*sops_decrypt_file(x)@live/terragrunt.hcl⟩");
});

test("files that include or read each other in a circle end", () => {
  const run = read({
    "a/terragrunt.hcl":
      'include "b" { path = "../b.hcl" }\nlocals {\n  x = local.y\n  y = local.x\n}\ninputs = { x = local.x }',
    "b.hcl":
      'include "a" { path = "a/terragrunt.hcl" }\nlocals { a = read_terragrunt_config("/b.hcl") }\ninputs = { y = local.a }',
  });
  expect(run.roots).toHaveLength(1);
  expect(run.roots[0]?.input("x")?.kind).toBe("unknown");
});

test("nothing outside of the checked folder is read", () => {
  const run = read({
    "terragrunt.hcl": 'inputs = { a = file("../../etc/passwd"), b = read_terragrunt_config("../x.hcl").locals.x }',
  });
  expect([run.roots[0]?.input("a")?.kind, run.roots[0]?.input("b")?.kind]).toStrictEqual(["unknown", "unknown"]);
});

test("a module that Terragrunt runs is a unit for each folder, with the outputs of what it depends on", async () => {
  const files = {
    "modules/job/main.tf": `
variable "role" {}
variable "env" {}
resource "aws_batch_job_definition" "job" {
  name                 = var.env
  type                 = "container"
  container_properties = jsonencode({ executionRoleArn = var.role })
}`,
    "modules/roles/main.tf": `
resource "aws_iam_role" "exec" { name = "exec" }
output "arn" { value = aws_iam_role.exec.arn }`,
    "modules/unused/main.tf": 'resource "aws_iam_role" "other" { name = "other" }',
    ...Object.fromEntries(
      ["dev", "prod"].flatMap((env) => [
        [`live/${env}/roles/terragrunt.hcl`, 'terraform { source = "../../../modules//roles" }'],
        [`live/${env}/unused/terragrunt.hcl`, 'terraform { source = "../../../modules//unused" }'],
        [
          `live/${env}/job/terragrunt.hcl`,
          `
terraform { source = "../../../modules//job" }
dependency "roles" { config_path = "../roles" }
inputs = { env = "${env}", role = dependency.roles.outputs.arn }`,
        ],
      ]),
    ),
  };
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  expect(units.map(({ id }) => id)).toStrictEqual([
    "live/dev/job/terragrunt.hcl",
    "live/prod/job/terragrunt.hcl",
    "live/dev/roles/terragrunt.hcl",
    "live/prod/roles/terragrunt.hcl",
  ]);
  const [dev, , roles] = units;
  const [job] = dev?.resources.job_definitions ?? [];
  expect(job?.name?.value).toBe("dev");
  expect(job?.containers[0]?.execution_role?.arn.value).toBe(roles?.resources.roles[0]?.arn.value);
});

test("a file that includes another may ask for the folder of that one, by label where there are several", () => {
  const child = (source: string) => `
include "env" { path = "../env.hcl" }
include "root" { path = find_in_parent_folders("root.hcl") }
terraform { source = ${source} }`;
  const source = (written: string) =>
    read({ "a/root.hcl": "", "a/b/env.hcl": "", "a/b/c/terragrunt.hcl": child(written) }).roots.map(
      ({ module }) => module,
    );
  expect(source('"${get_parent_terragrunt_dir("root")}/../modules/job"')).toStrictEqual(["modules/job"]);
  expect(source('"${get_parent_terragrunt_dir()}/m"')).toStrictEqual(["a/b/m"]);
  expect(source('"${get_repo_root()}/modules/${path_relative_to_include("root")}"')).toStrictEqual(["modules/b/c"]);
  expect(source('"${path_relative_from_include("root")}/../modules/job"')).toStrictEqual(["modules/job"]);
  expect(source('"${get_repo_root()}//modules/job"')).toStrictEqual(["modules/job"]);
});

test("a unit that makes jobs with a module that is not in the files is said, whether anything else is read or not", async () => {
  const notes = async (files: Record<string, string>) => {
    const read = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
    return read.notes.map(({ path, line, message }) => `${path}:${line} ${message}`);
  };
  const remote = 'terraform {\n  source = "git::https://example.com/m.git//batch-job?ref=v1"\n}';
  const why = "of this unit is not in these files, so its jobs were not checked.";
  const said = `live/job/terragrunt.hcl:2 The module git::https://example.com/m.git//batch-job?ref=v1 ${why}`;
  expect(await notes({ "live/job/terragrunt.hcl": remote })).toEqual([said]);
  const job = 'resource "aws_batch_job_definition" "j" {}';
  expect(await notes({ "live/job/terragrunt.hcl": remote, "other/main.tf": job })).toEqual([said]);
  const local = 'terraform { source = "${get_repo_root()}//modules/jobs" }\ninputs = {\n  job_definitions = {}\n}';
  expect(await notes({ "live/job/terragrunt.hcl": local })).toEqual([
    `live/job/terragrunt.hcl:1 The module modules/jobs ${why}`,
  ]);
  expect(await notes({ "live/job/terragrunt.hcl": local, "modules/jobs/main.tf": job })).toEqual([]);
  const network = remote.replace("batch-job", "network");
  expect(await notes({ "live/network/terragrunt.hcl": network })).toEqual([]);
  const folder = await notes({ "live/batch/terragrunt.hcl": 'terraform { source = "../../modules/gone" }' });
  expect(folder).toEqual([`live/batch/terragrunt.hcl:1 The module modules/gone ${why}`]);
  const generated =
    'generate "job" {\n  path = "job.tf"\n  contents = <<E\nresource "aws_batch_job_definition" "j" {}\nE\n}';
  expect(await notes({ "live/job/terragrunt.hcl": generated })).toEqual([
    "live/job/terragrunt.hcl:undefined The job definition that this unit generates was not checked.",
  ]);
  const unnamed = 'terraform { source = get_env("SOURCE") }\ninputs = {\n  container_properties = "{}"\n}';
  expect(await notes({ "live/job/terragrunt.hcl": unnamed })).toEqual([
    `live/job/terragrunt.hcl:1 The module without a known source ${why}`,
  ]);
});

test("what Git LFS has is a problem when an input needs it, and so is a configuration", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
  const files = {
    "live/job/terragrunt.hcl": `
include { path = find_in_parent_folders("root.hcl") }
terraform { source = "../../modules/job" }
inputs = { job = jsondecode(file("job.json")) }`,
    "live/job/job.json": pointer,
    "live/root.hcl": pointer,
    "modules/job/main.tf": `variable "job" {}
resource "aws_batch_job_definition" "job" {
  name                 = var.job.name
  type                 = "container"
  container_properties = jsonencode(var.job.container)
}`,
  };
  const { problems } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  expect(problems.map(({ path }) => path)).toEqual(["live/root.hcl", "live/job/job.json"]);
});

test.each(["local.env.region", 'read_terragrunt_config("env.hcl").locals.region', 'local.file["locals"].region'])(
  "what is taken from the result of a function is a part of it: %s",
  (written) => {
    const run = read({
      "live/env.hcl": 'locals { region = "eu-west-1" }',
      "live/terragrunt.hcl": `
locals {
  file = read_terragrunt_config("env.hcl")
  env  = read_terragrunt_config("env.hcl").locals
}
inputs = { region = ${written} }`,
    });
    expect(input(run, "region")).toBe("eu-west-1");
  },
);
