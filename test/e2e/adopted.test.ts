/** A change that makes what is deployed by itself a part of something else: on the built action and command. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { definition, wrong } from "./job.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
type Texts = Readonly<Record<string, string>>;

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const moduleWith = (selector: string) => `
variable "selector" { default = "${selector}" }
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image   = "app"
    secrets = [{ name = "DB", valueFrom = "${ARN}\${var.selector}" }]
    executionRoleArn = "arn:aws:iam::111122223333:role/x"
  })
}
`;
const template = (selector: string) => `
Parameters: { Selector: { Type: String, Default: "${selector}" } }
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: app
        ExecutionRoleArn: arn:aws:iam::111122223333:role/x
        Secrets: [{ Name: DB, ValueFrom: !Sub "${ARN}\${Selector}" }]
`;
const call = (values: string) => `module "jobs" {\n  source = "../infra"\n  ${values}\n}\n`;
const nest = (more: string) => `
Conditions: { Never: !Equals [a, b] }
Resources:
  Jobs: { Type: AWS::CloudFormation::Stack, ${more} }
`;
const given = 'Properties: { TemplateURL: ../infra/jobs.yaml, Parameters: { Selector: "" } }';
const never = "Condition: Never, Properties: { TemplateURL: ../infra/jobs.yaml }";

const [oldModule, newModule] = [moduleWith(""), moduleWith(":password")];
const [oldTemplate, newTemplate] = [template(""), template(":password")];

const job = (valueFrom: string) => JSON.stringify(definition({ DB: valueFrom }));
const reading = `locals { job = jsondecode(file("../infra/job.json")) }
resource "aws_batch_job_definition" "job" {
  name                 = local.job.jobDefinitionName
  type                 = "container"
  container_properties = jsonencode({ image = local.job.containerProperties.image })
}
`;
const registering = `aws batch register-job-definition --cli-input-json file://../infra/job.json --container-properties '{"image": "a"}'\n`;

interface Row {
  readonly what: string;
  readonly base: Texts;
  readonly head: Texts;
}
const ROWS: readonly Row[] = [
  {
    what: "a module is called with another value",
    base: { "infra/main.tf": oldModule },
    head: { "infra/main.tf": newModule, "new/main.tf": call('selector = ""') },
  },
  {
    what: "a module is called never",
    base: { "infra/main.tf": oldModule, "old/main.tf": "# as it was\n" },
    head: { "infra/main.tf": newModule, "old/main.tf": call("count = 0") },
  },
  {
    what: "a module is installed as another one",
    base: { "infra/main.tf": oldModule },
    head: {
      "infra/main.tf": newModule,
      "new/main.tf": 'module "x" {\n  source = "some/batch/aws"\n  count = 0\n}\n',
      "new/.terraform/modules/modules.json": '{"Modules":[{"Key":"x","Source":"some/batch/aws","Dir":"../infra"}]}',
    },
  },
  {
    what: "a template is nested with another value",
    base: { "infra/jobs.yaml": oldTemplate },
    head: { "infra/jobs.yaml": newTemplate, "new/all.yaml": nest(given) },
  },
  {
    what: "a module takes a part of a registration's input",
    base: { "infra/job.json": job(ARN) },
    head: { "infra/job.json": job(wrong), "new/main.tf": reading },
  },
  {
    what: "a script takes the input and overrides it",
    base: { "infra/job.json": job(ARN) },
    head: { "infra/job.json": job(wrong), "new/register.sh": registering },
  },
];

const withBase = ({ folder, state }: PullRequest) =>
  spawnSync(process.execPath, [cli, "check", "--base", state.base], { cwd: folder, encoding: "utf8" });

describe.each(ROWS)("an error where $what", ({ base, head }) => {
  const open = () => openPullRequest({ "README.md": "", ...base }, { "README.md": "", ...head });

  test("is found on a pull request", async () => {
    using pull = open();
    expect((await pull.run()).code).toBe(1);
  });

  test("is found where the base comes through the API", async () => {
    using pull = open();
    expect((await pull.runOnCopy()).code).toBe(1);
  });

  test("is found with --base", () => {
    using pull = open();
    expect(withBase(pull).status).toBe(1);
  });
});

test("what was called before, in a file that was changed or moved, is still only a part", async () => {
  using changed = openPullRequest(
    { "infra/main.tf": newModule, "new/main.tf": call('selector = ":a::"') },
    { "infra/main.tf": newModule, "new/main.tf": call('selector = ""') },
  );
  expect((await changed.run()).report).toMatchObject({ summary: { jobDefinitions: 1, errors: 0 } });
  using moved = openPullRequest(
    { "infra/jobs.yaml": newTemplate, "old/all.yaml": nest(given) },
    { "infra/jobs.yaml": newTemplate, "new/all.yaml": nest(given) },
  );
  expect((await moved.run()).report).toMatchObject({ summary: { jobDefinitions: 1, errors: 0 } });
});

test("a template that is never made a part of another is what it was", async () => {
  using pull = openPullRequest({ "README.md": "" }, { "infra/jobs.yaml": newTemplate, "new/all.yaml": nest(never) });
  expect((await pull.run()).code).toBe(1);
});
