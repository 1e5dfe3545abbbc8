import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../check.ts";
import { defaultConfig } from "../config/config.ts";

/** What the links of each reference assume of defaults, by the names of the variables. */
async function resting(name: string, text: string): Promise<Record<string, string[]>> {
  const root = mkdtempSync(join(tmpdir(), "defaults-"));
  try {
    writeFileSync(join(root, name), text);
    const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
    return Object.fromEntries(
      report.references.map((reference) => [
        reference.name ?? "",
        Object.entries(reference.links).flatMap(([link, one]) => (one.assumes.includes("default-value") ? link : [])),
      ]),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

const allow = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource}, Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;

test("what a module declares needs no default, whatever its name is made of; a reference that is one does", async () => {
  const module = `
variable "env" { default = "prod" }
variable "arn" { default = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf" }
variable "given" {}
resource "aws_secretsmanager_secret" "own" { name = "\${var.env}/db" }
resource "aws_iam_role" "exec" {
  name               = "\${var.env}-exec"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "own" {
  role   = aws_iam_role.exec.id
  policy = ${allow("secretsmanager:GetSecretValue", "[aws_secretsmanager_secret.own.arn, var.arn]")}
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    executionRoleArn = aws_iam_role.exec.arn
    secrets = [
      { name = "OWN", valueFrom = aws_secretsmanager_secret.own.arn },
      { name = "DEFAULT", valueFrom = var.arn },
    ]
  })
}`;
  expect(await resting("main.tf", module)).toEqual({ OWN: [], DEFAULT: ["reference", "read"] });
  const granted = module.replace(
    "aws_secretsmanager_secret.own.arn, var.arn",
    '"arn:aws:secretsmanager:*:*:secret:${var.env}/*"',
  );
  expect((await resting("main.tf", granted))["OWN"]).toEqual(["read"]);
});

test("the default of a parameter of a template is one too, as the role or the secret", async () => {
  const template = (role: string) => `
Parameters:
  Role: {Type: String, Default: "arn:aws:iam::111122223333:role/exec"}
  Token: {Type: String, Default: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-AbCdEf"}
Resources:
  Own: {Type: AWS::SecretsManager::Secret}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: job
        ExecutionRoleArn: ${role}
        Secrets: [{Name: OWN, ValueFrom: !Ref Own}, {Name: DEFAULT, ValueFrom: !Ref Token}]
`;
  expect((await resting("a.yaml", template("!Ref Role")))["OWN"]).toEqual(["role"]);
  expect((await resting("a.yaml", template('"arn:aws:iam::111122223333:role/other"')))["OWN"]).toEqual([]);
  expect((await resting("a.yaml", template('"arn:aws:iam::111122223333:role/other"')))["DEFAULT"]).toEqual([
    "reference",
  ]);
});
