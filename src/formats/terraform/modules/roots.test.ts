import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { findRoots } from "./roots.ts";

const JOB = 'resource "aws_batch_job_definition" "x" {}';
const call = (source: string) => `module "m" { source = "${source}" }`;
const rootsOf = async (files: Record<string, string>) =>
  (await findRoots(memoryWorkspace(files), Object.keys(files))).roots;

test("a folder with a job definition is a root", async () => {
  expect(await rootsOf({ "a/main.tf": JOB, "b/main.tf": 'resource "aws_s3_bucket" "x" {}' })).toEqual(["a"]);
});

test("what calls a module with job definitions is the root, at any depth", async () => {
  expect(
    await rootsOf({
      "envs/prod/main.tf": call("../../modules/outer"),
      "modules/outer/main.tf": call("../job"),
      "modules/job/main.tf": JOB,
    }),
  ).toEqual(["envs/prod"]);
});

test("a source of locals is followed, also those of another file, and one that needs a variable is not", async () => {
  const files = {
    "main.tofu": 'module "m" {\n  source = "${local.modules}/job"\n}\n',
    "locals.tofu": 'locals {\n  modules = "${local.top}/modules"\n  top = "."\n}\n',
    "modules/job/main.tf": JOB,
  };
  expect(await rootsOf(files)).toEqual(["."]);
  expect(await rootsOf({ ...files, "locals.tofu": "locals {\n  modules = var.modules\n}\n" })).toEqual(["modules/job"]);
  expect(await rootsOf({ ...files, "locals.tofu": "locals {\n  modules = local.modules\n}\n" })).toEqual([
    "modules/job",
  ]);
});

test("every caller is a root of its own", async () => {
  expect(await rootsOf({ "dev/main.tf": call("../job"), "prod/main.tf": call("../job"), "job/main.tf": JOB })).toEqual([
    "dev",
    "prod",
  ]);
});

test("a module whose caller has nothing to do with jobs does not matter", async () => {
  expect(await rootsOf({ "a/main.tf": call("../tags"), "tags/main.tf": "", "job/main.tf": JOB })).toEqual(["job"]);
});

test("the root of the workspace can be a root module", async () => {
  expect(await rootsOf({ "main.tf": JOB })).toEqual(["."]);
});

test("modules that only call each other are a root, so that the circle is reported", async () => {
  const call = (folder: string) => `module "m" {\n  source = "../${folder}"\n}\n`;
  expect(
    await rootsOf({
      "a/main.tf": call("b"),
      "b/main.tf": `${call("a")}resource "aws_batch_job_definition" "j" {}`,
      "c/main.tf": 'resource "aws_batch_job_definition" "j" {}',
    }),
  ).toEqual(["c", "a"]);
});

test("only a call of a module counts: no comment, and no source of anything else", async () => {
  expect(
    await rootsOf({
      "main.tf": `# module "m" { source = "./job" }\n/* ${call("./job")} */\nresource "aws_s3_object" "o" { source = "./job" }`,
      "job/main.tf": JOB,
    }),
  ).toEqual(["job"]);
});

test("a call is one however its source is written", async () => {
  for (const source of ['("./job")', '"./jo\\u0062"', '"./job/"', '"./x/../job"', '"${"./job"}"', "<<E\n./job\nE\n"]) {
    const files = { "main.tf": `module "m" {\n  source /* where */ = ${source}\n}\n`, "job/main.tf": JOB };
    expect(await rootsOf(files), source).toEqual(source.startsWith("<<") ? ["job"] : ["."]);
  }
  const json = { "main.tf.json": '{"module": {"m": {"\\u0073ource": "./job"}}}', "job/main.tf": JOB };
  expect(await rootsOf(json)).toEqual(["."]);
});

test("words with escapes and files of OpenTofu count", async () => {
  expect(await rootsOf({ "a/main.tf.json": '{"resource": {"aws_\\u0062atch_job_definition": {}}}' })).toEqual(["a"]);
  expect(await rootsOf({ "a/main.tofu": call("../b"), "b/main.tofu": JOB })).toEqual(["a"]);
});

test("a module is looked at where it is called, listed or not", async () => {
  const files = { "main.tf": call("./.cache/job"), ".cache/job/main.tf": JOB };
  expect((await findRoots(memoryWorkspace(files), ["main.tf"])).roots).toEqual(["."]);
});

test("what calls a module outside is a root, since that may hold jobs", async () => {
  expect(await rootsOf({ "main.tf": call("../job"), "other/main.tf": "" })).toEqual(["."]);
});

test("what calls a module that terraform init has installed reads it, whatever the module is called", async () => {
  const installed = '{"Modules": [{"Key": "", "Dir": "."}, {"Key": "m", "Dir": ".terraform/modules/m/aws"}]}';
  const files = {
    "a/main.tf": call("org/nightly/aws"),
    "a/.terraform/modules/modules.json": installed,
    "a/.terraform/modules/m/aws/main.tf": JOB,
  };
  expect((await findRoots(memoryWorkspace(files), ["a/main.tf"])).roots).toEqual(["a"]);
});

test("what calls a module that is nowhere and may make jobs is a root", async () => {
  const given = 'image = "i"\n command = ["run"]\n secrets = [{ name = "A", valueFrom = "b" }]';
  const calling = (source: string, more = given) => `module "m" {\n source = "${source}"\n ${more}\n}`;
  expect(await rootsOf({ "a/main.tf": calling("org/job/aws") })).toEqual(["a"]);
  expect(await rootsOf({ "a/main.tf": calling("./job") })).toEqual(["a"]);
  expect(await rootsOf({ "a/main.tf": calling("org/job/aws", "") })).toEqual([]);
  expect(await rootsOf({ "a/main.tf": calling("./job"), "a/job/main.tf": "" })).toEqual([]);
  const json = { module: { m: { source: "org/job/aws", image: "i", command: [], "\\u0073ecrets": [] } } };
  expect(await rootsOf({ "a/main.tf.json": JSON.stringify(json) })).toEqual(["a"]);
});

test("jobs that are made in a form that is not read are noted", async () => {
  const files = {
    "a/main.tf": 'resource "aws_cloudcontrolapi_resource" "j" {\n type_name = "AWS::Batch::JobDefinition"\n}',
    "b/main.tf": 'provisioner "local-exec" {\n command = "aws batch register-job-definition --type container"\n}',
    "c/main.tf": "# then: aws batch register-job-definition",
    "d/main.tf": 'resource "aws_cloudcontrolapi_resource" "j" {\n type_name = "AWS::Logs::LogGroup"\n}',
    "e/main.tf": 'data "external" "j" {\n program = ["aws", "batch", "register-job-definition"]\n}',
    "f/main.tf": 'locals {\n resource = "arn:aws:states:::aws-sdk:batch:registerJobDefinition"\n}',
  };
  const { notes } = await findRoots(memoryWorkspace(files), Object.keys(files));
  expect(notes.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    "a/main.tf: The job definition that `aws_cloudcontrolapi_resource` makes was not checked: it is not read here.",
    "b/main.tf: The job definition that `aws batch register-job-definition` makes was not checked: it is not read here.",
    "e/main.tf: The job definition that `aws batch register-job-definition` makes was not checked: it is not read here.",
    "f/main.tf: The job definition that `aws-sdk:batch:registerJobDefinition` makes was not checked: it is not read here.",
  ]);
});

test("a pointer of Git LFS may hold jobs", async () => {
  expect(await rootsOf({ "a/main.tf": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n" })).toEqual([
    "a",
  ]);
});

test("roots without jobs are found that declare what the jobs name, or add to what they don't declare", async () => {
  const neighboursOf = async (files: Record<string, string>) => {
    const all = { "jobs/main.tf": `${JOB}\nlocals { role = "arn:aws:iam::123456789012:role/team/load" }`, ...files };
    return (await findRoots(memoryWorkspace(all), Object.keys(all))).neighbours;
  };
  const load = 'resource "aws_iam_role" "x" {\n  name = "load"\n}';
  expect(await neighboursOf({ "iam/main.tf": load })).toEqual([{ path: "iam", deployed: true }]);
  expect(await neighboursOf({ "iam/main.tf": load.replace("load", "other") })).toEqual([]);
  expect(await neighboursOf({ "iam/main.tf": call("../roles"), "roles/main.tf": load })).toEqual([
    { path: "iam", deployed: true },
  ]);
  const attached = (role: string) => `resource "aws_iam_role_policy" "x" {\n  role = ${role}\n}`;
  expect(await neighboursOf({ "iam/main.tf": attached("aws_iam_role.x.name") })).toEqual([]);
  expect(await neighboursOf({ "iam/main.tf": attached("data.aws_iam_role.x.name") })).toEqual([
    { path: "iam", deployed: true },
  ]);
  const input = 'variable "role" {}\n';
  expect(await neighboursOf({ "iam/main.tf": input + attached("var.role") })).toEqual([
    { path: "iam", deployed: false },
  ]);
  expect(await neighboursOf({ "iam/main.tf": `${input}provider "aws" {}\n${attached("var.role")}` })).toEqual([
    { path: "iam", deployed: true },
  ]);
});

const STATE = 'terraform {\n  backend "s3" {}\n}\n';

test.each<[string, Record<string, string>]>([
  ["a place for its state", { "job/state.tf": STATE }],
  ["values that Terraform loads by itself", { "job/prod.auto.tfvars": "" }],
  ["locked providers, and needs no input", { "job/.terraform.lock.hcl": "" }],
])("a module that is called and has %s is a root all the same", async (_, files) => {
  expect(await rootsOf({ "a/main.tf": call("../job"), "job/main.tf": JOB, ...files })).toEqual(["a", "job"]);
});

test("locked providers alone make no root of a module that needs inputs", async () => {
  const files = {
    "a/main.tf": call("../job"),
    "job/main.tf": `${JOB}\nvariable "x" {}`,
    "job/.terraform.lock.hcl": "",
  };
  expect(await rootsOf(files)).toEqual(["a"]);
});

test("what a root adds by itself counts, though a root with jobs calls it", async () => {
  const files = {
    "jobs/main.tf": `${JOB}\n${call("../iam")}`,
    "iam/main.tf": `${STATE}resource "aws_iam_role_policy" "x" {\n  role = data.aws_iam_role.x.name\n}`,
  };
  const found = await findRoots(memoryWorkspace(files), Object.keys(files));
  expect(found.neighbours).toEqual([{ path: "iam", deployed: true }]);
});

test("a root with policies of the organization may take something away from any role", async () => {
  const files = {
    "jobs/main.tf": 'resource "aws_batch_job_definition" "j" {}\n',
    "org/main.tf": 'resource "aws_organizations_policy" "p" { content = "{}" }\n',
  };
  const { neighbours } = await findRoots(memoryWorkspace(files), Object.keys(files));
  expect(neighbours).toEqual([{ path: "org", deployed: true }]);
});

test("a local module that is not there is noted, whatever its name is", async () => {
  const files = {
    "main.tf": call("./gone"),
    "a/main.tf": call("../there"),
    "there/main.tf": "",
    "b/main.tf": call("org/x/aws"),
  };
  const { notes, roots } = await findRoots(memoryWorkspace(files), Object.keys(files));
  expect(notes).toEqual([
    { path: "main.tf", line: 1, message: "The module ./gone has no files here, so any jobs in it were not checked." },
  ]);
  expect(roots).toEqual([]);
});

test("templates with jobs, which may be rendered", async () => {
  const files = {
    "a.json.tftpl": '{"jobDefinitionName": "${name}"}',
    "b.json.tftpl": '{"name": "${name}"}',
  };
  expect((await findRoots(memoryWorkspace(files), Object.keys(files))).templates).toEqual(["a.json.tftpl"]);
});
