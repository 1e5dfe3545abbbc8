import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultConfig } from "../config/config.ts";
import { readCandidates } from "../sources/folder.ts";
import { openFolder } from "../sources/tree.ts";
import { readUnits } from "./units.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "units-"));
});
afterEach(() => rmSync(root, { recursive: true }));

async function jobsOf(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { units } = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths: [], ignore: [] }),
    defaultConfig,
  );
  return units.flatMap(({ id, format, resources }) =>
    resources.job_definitions.map(({ address }) => [format, id, address]),
  );
}

const JOB =
  '{ "image": "busybox", "vcpus": 1, "memory": 512, "executionRoleArn": "arn:aws:iam::123456789012:role/job" }';
const MODULE = `
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = file("\${path.module}/job.json")
}`;

test("a document that a module reads is only a part of the module", async () => {
  expect(await jobsOf({ "infra/main.tf": MODULE, "infra/job.json": JOB })).toEqual([
    ["terraform", "infra/*.tf", "aws_batch_job_definition.job"],
  ]);
});

test("a document that no module reads is a unit of its own", async () => {
  expect(await jobsOf({ "infra/main.tf": MODULE, "infra/job.json": JOB, "jobs/other.json": JOB })).toEqual([
    ["terraform", "infra/*.tf", "aws_batch_job_definition.job"],
    ["raw", "jobs", "other.json"],
  ]);
});

async function toldOf(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const read = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths: [], ignore: [] }),
    defaultConfig,
  );
  return {
    problems: read.problems.map(({ path }) => path),
    notes: read.notes.map(({ path, line }) => [path, line]),
  };
}

const BROKEN_POLICY = '{ "Statement": [{ "Effect": "Allow", "Action": "secretsmanager:GetSecretValue" ] }';

test("a broken file without a job is a note, and a problem where there are jobs", async () => {
  expect(await toldOf({ "p.json": BROKEN_POLICY })).toEqual({ problems: [], notes: [["p.json", 1]] });
  expect(await toldOf({ "p.json": BROKEN_POLICY, "job.json": JOB })).toEqual({ problems: ["p.json"], notes: [] });
});

test("a template that its engine has yet to render is no broken YAML", async () => {
  const template =
    "Resources:\n  {% for name in queues %}\n  {{ name }}:\n    Type: AWS::Batch::JobDefinition\n  {% endfor %}\n";
  await toldOf({ "jobs.yml.j2": template });
  const { problems } = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths: [], ignore: [] }),
    defaultConfig,
  );
  expect(problems).toEqual([
    {
      path: "jobs.yml.j2",
      line: 2,
      message:
        "This template has statements of its engine, so its content is known only when it is rendered. Check what it renders, and exclude the template with `paths-ignore`.",
    },
  ]);
});

test("what is wrong with a template of something else is a note where there are no jobs", async () => {
  const secret = (name: string) => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: !If [Missing, ${name}, other] }
`;
  expect(await toldOf({ "secret.yaml": secret("reports") })).toEqual({ problems: [], notes: [["secret.yaml", 5]] });
  expect((await toldOf({ "secret.yaml": secret("batch/reports") })).problems).toEqual(["secret.yaml"]);
  expect((await toldOf({ "secret.yaml": secret("BatchGetImage") })).problems).toEqual([]);
  expect((await toldOf({ "secret.yaml": secret("reports"), "job.json": JOB })).problems).toEqual(["secret.yaml"]);
});

test("a state machine that registers a job is noted", async () => {
  const task = (of: string) =>
    JSON.stringify({ Resource: `arn:aws:states:::aws-sdk:batch:${of}`, ContainerProperties: {} });
  expect((await toldOf({ "a.json": task("registerJobDefinition") })).notes).toEqual([["a.json", undefined]]);
  const buildSpec = (call: string) =>
    `Resources:\n  P: {Type: "AWS::S3::Bucket", Metadata: "build: [aws batch ${call}]"}\n`;
  expect((await toldOf({ "a.yaml": buildSpec("register-job-definition") })).notes).toContainEqual([
    "a.yaml",
    undefined,
  ]);
  expect((await toldOf({ "a.yaml": buildSpec("submit-job") })).notes).not.toContainEqual(["a.yaml", undefined]);
  expect((await toldOf({ "a.json": task("deregisterJobDefinition") })).notes).toEqual([]);
});

test("a module that is not read may hold a job, though nothing says so", async () => {
  const module = 'module "reports" {\n  source = "../../reports"\n}\n';
  expect(await toldOf({ "app/main.tf": module })).toEqual({ problems: ["app/main.tf"], notes: [] });
});

test("a broken template with a job is a problem where no file of Terraform names it", async () => {
  const template = `{ "jobDefinitionName": "a", "containerProperties": { "image": \${lower("A")} `;
  expect((await toldOf({ "a.json.tpl": template, "main.tf": "locals {}" })).problems).toEqual(["a.json.tpl"]);
  expect((await toldOf({ "main.tf": 'locals { a = templatefile("a.json.tpl", {}) }' })).problems).toEqual([]);
});

test("a problem of a module is one, however many roots call it", async () => {
  const call = 'module "m" { source = "../m" }';
  const told = await toldOf({
    "a/main.tf": call,
    "b/main.tf": call,
    "m/main.tf": 'resource "aws_batch_job_queue" "q" { = }',
  });
  expect(told.problems).toEqual(["m/main.tf"]);
});

test("a job that is declared outside the resources of a template is noted", async () => {
  const job = `Nightly:
  Type: AWS::Batch::JobDefinition
  Properties:
    ContainerProperties: { Image: busybox }
`;
  const under = (keys: string) => `${keys}\n${job.replace(/^/gm, "    ")}`;
  // The words of a specification or of a rule declare nothing.
  const rule = '{"rules": [{"Type": "AWS::Batch::JobDefinition", "Properties": "Type"}, "AWS::Batch::JobDefinition"]}';
  const files = {
    "jobs.yml": job,
    "rules.json": rule,
    "task.yml": under("tool:\n  Resources:"),
    "template.yml": under("Resources:"),
  };
  const notes = [
    ["jobs.yml", 2],
    ["task.yml", 4],
  ];
  expect(await toldOf(files)).toEqual({ problems: [], notes });
});

test("a key that stands twice in a document about jobs is a note", async () => {
  expect(
    await toldOf({ "t.json": '{ "jobDefinitionName": "a",\n "type": "container",\n "type": "container" }' }),
  ).toEqual({
    problems: [],
    notes: [["t.json", 3]],
  });
});

test("raw files of one folder are one unit, also when files of other folders come between them", async () => {
  const other = JOB.replace("busybox", "alpine");
  expect(
    await jobsOf({ "a/a.json": JOB, "a/b/b.json": JOB, "a/b/d.json": other, "a/c.json": other, "d.json": JOB }),
  ).toEqual([
    ["raw", "a", "a.json"],
    ["raw", "a", "c.json"],
    ["raw", "a/b", "b.json"],
    ["raw", "a/b", "d.json"],
    ["raw", ".", "d.json"],
  ]);
});

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: { Image: busybox }
`;
const PARENT = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Jobs:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./a.yaml
`;

test("a template that another one nests is part of it, whichever is read first", async () => {
  expect(await jobsOf({ "a.yaml": TEMPLATE, "b.yaml": TEMPLATE, "c.yaml": PARENT })).toEqual([
    ["cloudformation", "b.yaml", "Job"],
    ["cloudformation", "c.yaml", "Jobs/Job"],
  ]);
});

test("a template with any name can be nested", async () => {
  const parent = PARENT.replace("./a.yaml", "./my jobs (1).yaml");
  expect(await jobsOf({ "my jobs (1).yaml": TEMPLATE, "z.yaml": parent })).toEqual([
    ["cloudformation", "z.yaml", "Jobs/Job"],
  ]);
});

test("templates belong together even if the names are written with escapes", async () => {
  const parent = PARENT.replace("AWS::CloudFormation::Stack", '"AWS::CloudFormation\\u003a:Stack"');
  expect(await jobsOf({ "a.yaml": TEMPLATE, "c.yaml": parent })).toEqual([["cloudformation", "c.yaml", "Jobs/Job"]]);
  const path = PARENT.replace("./a.yaml", '"./\\u0061.yaml"');
  expect(await jobsOf({ "a.yaml": TEMPLATE, "c.yaml": path })).toEqual([["cloudformation", "c.yaml", "Jobs/Job"]]);
});

const BODY = `Resources:
  Db: {Type: AWS::SecretsManager::Secret}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: {Image: "a\\tb", Secrets: [{Name: DB, ValueFrom: !Sub "\${Db}:password"}]}
`;
const indented = BODY.replace(/^(?=.)/gm, "    ");

test.each([
  ["the answer of get-template", "a.json", JSON.stringify({ TemplateBody: BODY, StagesAvailable: ["Original"] })],
  ["the same as YAML", "a.yaml", `StagesAvailable: [Original]\nTemplateBody: |\n${indented}`],
  ["the answer of describe-stack-set", "a.json", JSON.stringify({ StackSet: { TemplateBody: BODY } })],
])("a template in a string is read in its place: %s", async (_, path, text) => {
  expect(await jobsOf({ [path]: text })).toEqual([["cloudformation", path, "Job"]]);
  expect(await toldOf({ [path]: text })).toEqual({ problems: [], notes: [] });
  const { units } = await readUnits(
    openFolder(root),
    await readCandidates(openFolder(root), { paths: [], ignore: [] }),
    defaultConfig,
  );
  const [container] = units.flatMap(({ resources }) => resources.job_definitions)[0]?.containers ?? [];
  expect(container?.image?.value).toBe("a\tb");
  const at = container?.secrets[0]?.value_from?.at;
  expect(at && text.slice(at.start, at.end)).toMatch(/^\\*"\$\{Db\}:password\\*"$/);
});

test("the body of a StackSet is a template of its own, and one that can't be read is said", async () => {
  const stackSet = (body: string) =>
    JSON.stringify({
      Resources: { Set: { Type: "AWS::CloudFormation::StackSet", Properties: { TemplateBody: body } } },
    });
  expect(await jobsOf({ "set.json": stackSet(BODY) })).toEqual([["cloudformation", "set.json (2)", "Job"]]);
  expect(await toldOf({ "set.json": stackSet(`{ ${BODY}`) })).toEqual({ problems: ["set.json"], notes: [] });
});
