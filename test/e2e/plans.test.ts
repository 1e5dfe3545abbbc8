/**
 * What Terraform makes, on a change, on the built action and command: plans and installed modules of a step of the workflow
 * count, and those that are committed don't.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planText } from "../../src/formats/plan/testing.ts";
import { openPullRequest, type PullRequest } from "./pull-request.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");

const SOURCE = `
variable "selector" {}
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "random_password" "db" { length = 20 }
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = random_password.db.result
}
resource "aws_iam_role" "exec" {
  name               = "exec"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }
  ] })
  inline_policy {
    name   = "read"
    policy = jsonencode({ Version = "2012-10-17", Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }
    ] })
  }
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "app"
    executionRoleArn = aws_iam_role.exec.arn
    secrets          = [{ name = "DB", valueFrom = "\${aws_secretsmanager_secret.db.arn}\${var.selector}" }]
  })
}
`;

const plan = (selector: string) =>
  planText({
    resources: [
      { address: "aws_secretsmanager_secret.db", values: { name: "db" }, unknown: { arn: true } },
      { address: "aws_iam_role.exec", values: { name: "exec" }, unknown: { arn: true } },
      { address: "aws_batch_job_definition.job", values: { name: "job" }, unknown: { container_properties: true } },
    ],
    more: { variables: { selector: { value: selector } } },
  });

type Texts = Readonly<Record<string, string>>;
const [right, wrong] = [plan(""), plan(":password")];
interface Row {
  readonly what: string;
  readonly base?: Texts;
  readonly head: Texts;
  /** What a step of the workflow writes over it. */
  readonly made?: string;
}

const escaped = right.replaceAll('"configuration"', '"configuratio\\u006e"');
const ROWS: readonly Row[] = [
  { what: "brings a plan", head: { "plan.json": right } },
  { what: "has one of long ago", base: { "plan.json": right }, head: { "plan.json": right } },
  { what: "changes the one of its base", base: { "plan.json": wrong }, head: { "plan.json": right } },
  { what: "writes its words in another way", head: { "plan.json": escaped } },
  { what: "brings one that a step replaces", head: { "plan.json": wrong }, made: right },
];

describe.each(ROWS)("a change that $what", ({ base, head, made }) => {
  const open = (): PullRequest => {
    const pull = openPullRequest({ "README.md": "", ...base }, { "README.md": "", "main.tf": SOURCE, ...head });
    if (made !== undefined) writeFileSync(join(pull.folder, "plan.json"), made);
    return pull;
  };

  test("proves nothing with it on a pull request", async () => {
    using pull = open();
    const { report, log } = await pull.run();
    expect(report).toMatchObject({ summary: { proven: 0, unverified: 1 } });
    expect(log).toContain("This plan is committed");
  });

  test("nor in a workflow without git's own files", async () => {
    using pull = open();
    expect((await pull.runOnCopy()).report).toMatchObject({ summary: { proven: 0, unverified: 1 } });
  });

  test("nor with --base", () => {
    using pull = open();
    expect(summaryOf(pull)).toMatchObject({ proven: 0, unverified: 1 });
  });
});

test("a plan that a step makes, and that no commit has, gives the module its values", async () => {
  using pull = openPullRequest({ "README.md": "" }, { "README.md": "", "main.tf": SOURCE });
  expect((await pull.run()).report).toMatchObject({ summary: { proven: 0, unverified: 1 } });
  writeFileSync(join(pull.folder, "plan.json"), right);
  expect((await pull.run()).report).toMatchObject({ summary: { proven: 1, unverified: 0 } });
  expect(summaryOf(pull)).toMatchObject({ proven: 1, unverified: 0 });
  writeFileSync(join(pull.folder, "plan.json"), wrong);
  expect((await pull.run()).code).toBe(1);
});

test("what a committed plan has is judged for itself", async () => {
  using pull = openPullRequest({ "README.md": "" }, { "README.md": "", "main.tf": SOURCE, "plan.json": wrong });
  const { report } = await pull.run();
  expect(report).toMatchObject({ summary: { jobDefinitions: 2 } });
});

const MODULES = ".terraform/modules/modules.json";
const INSTALLED: Texts = {
  [MODULES]: JSON.stringify({ Modules: [{ Key: "jobs", Source: "some/jobs/aws", Dir: ".terraform/modules/jobs" }] }),
  ".terraform/modules/jobs/main.tf": SOURCE.replace('"selector" {}', '"selector" { default = "" }'),
};
const CALL = 'module "jobs" {\n  source = "some/jobs/aws"\n}\nresource "aws_batch_job_queue" "q" {}\n';

test("installed modules that are committed are none", async () => {
  using pull = openPullRequest({ "README.md": "" }, { "README.md": "", "main.tf": CALL, ...INSTALLED });
  const { report, log } = await pull.run();
  expect(report).toMatchObject({ summary: { jobDefinitions: 0, proven: 0 } });
  expect(log).toContain(`${MODULES}: The modules of \`terraform init\` are committed`);
  expect(summaryOf(pull)).toMatchObject({ jobDefinitions: 0, proven: 0 });
});

test("installed modules that a step made are those of the base too", async () => {
  using pull = openPullRequest({ "main.tf": CALL }, { "main.tf": `${CALL}# changed\n` });
  const install = (changed: (text: string) => string) => {
    for (const [path, text] of Object.entries(INSTALLED)) {
      mkdirSync(join(pull.folder, path, ".."), { recursive: true });
      writeFileSync(join(pull.folder, path), changed(text));
    }
  };
  install((text) => text);
  expect((await pull.run()).report).toMatchObject({ summary: { jobDefinitions: 1, proven: 1 } });
  install((text) => text.replace('default = ""', 'default = ":password"'));
  expect((await pull.run()).report).toMatchObject({ verdict: "pass", summary: { errors: 0, existing: 1 } });
});

function summaryOf({ folder, state }: PullRequest): unknown {
  const args = [cli, "check", "--base", state.base, "--format", "json"];
  return JSON.parse(spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout).summary;
}
