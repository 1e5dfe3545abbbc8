/** Defaults of variables for which files that nothing uses have other values: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";
const BROKEN = `${ARN}:password`;

const allow = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })`;

const module = (variables: string, valueFrom: string, granted: string) => `
${variables}
resource "aws_iam_role" "exec" {
  name               = "exec"
  assume_role_policy = ${allow("sts:AssumeRole", "*")}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.exec.id
  policy = ${allow("secretsmanager:GetSecretValue", granted)}
}
resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "a"
    executionRoleArn = aws_iam_role.exec.arn
    secrets          = [{ name = "DB", valueFrom = ${valueFrom} }]
  })
}`;

/** The state of the only reference, and the errors about it. */
async function said(variables: string, valueFrom: string, values: Readonly<Record<string, string>>, granted = "*") {
  const { report } = await checkFiles({ "main.tf": module(variables, valueFrom, granted), ...values });
  const errors = report.findings.filter(({ severity }) => severity === "error");
  return { state: report.references[0]?.state, errors: errors.map(({ confidence, rule }) => `${confidence} ${rule}`) };
}
const variable = (value: string) => `variable "arn" { default = ${JSON.stringify(value)} }`;
const FILES = ["prod.tfvars", "prod/variables.tfvars", "envs/prod.tfvars"];

test.each(FILES)("a default is as certain as the values of %s leave it", async (path) => {
  const judged = (fallback: string, other: string) =>
    said(variable(fallback), "var.arn", { [path]: `arn = ${JSON.stringify(other)}` });
  const certain = { state: "with findings", errors: ["certain secret-selector-format"] };
  expect(await judged(BROKEN, BROKEN)).toMatchObject(certain);
  expect(await judged(BROKEN, `${BROKEN}s`)).toMatchObject(certain);
  expect(await judged(BROKEN, ARN)).toMatchObject({ state: "unverified", errors: [] });
  expect(await judged(ARN, BROKEN)).toMatchObject({ state: "unverified", errors: [] });
  expect(await judged(ARN, ARN.replace("prod", "live"))).toMatchObject({ state: "proven", errors: [] });
});

test("what a default decides is decided by the values of each file, together", async () => {
  const variables = 'variable "env" { default = "dev" }\nvariable "key" { default = "" }';
  const valueFrom = `var.env == "prod" ? "${ARN}" : "${BROKEN}"`;
  const files = { "prod.tfvars": 'env = "prod"\n', "test.tfvars": 'env = "test"\n' };
  expect(await said(variables, valueFrom, {})).toMatchObject({ errors: ["certain secret-selector-format"] });
  expect(await said(variables, valueFrom, files)).toMatchObject({ state: "unverified", errors: [] });
  const both = 'variable "env" { default = "dev" }\nvariable "name" { default = "dev" }';
  const together = { "prod.tfvars": 'env = "prod"\nname = "prod"\n' };
  const named = '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:${var.name}/db-AbCdEf"';
  const granted = "arn:aws:secretsmanager:*:*:secret:${var.env}/*";
  expect(await said(both, named, together, granted)).toMatchObject({ state: "proven" });
  expect(await said(both, named, { "prod.tfvars": 'env = "prod"\n' }, granted)).toMatchObject({ state: "unverified" });
});

test("a number of a variable without a type stays a number", async () => {
  const valueFrom = `var.n == 3 ? "${ARN}" : "${BROKEN}"`;
  const variables = 'variable "n" { default = 2 }';
  expect(await said(variables, valueFrom, {})).toMatchObject({ errors: ["certain secret-selector-format"] });
  expect(await said(variables, valueFrom, { "prod.tfvars": "n = 3\n" })).toMatchObject({
    state: "unverified",
    errors: [],
  });
});

test("parts of maps and lists are told apart, and other maps and lists are unknown", async () => {
  const map = (key: string, value: string) => `{ ${key} = ${JSON.stringify(value)} }`;
  const judged = (fallback: string, other: string) =>
    said(`variable "all" { default = ${fallback} }`, "values(var.all)[0]", { "prod.tfvars": `all = ${other}` });
  expect(await judged(map("a", ARN), map("a", `${ARN}:::`))).toMatchObject({ state: "proven" });
  expect(await judged(map("a", BROKEN), map("a", BROKEN))).toMatchObject({ state: "with findings" });
  expect(await judged(map("a", BROKEN), map("b", ARN))).toMatchObject({ state: "unverified", errors: [] });
});

test("a credential is one whatever the other values are", async () => {
  const template = "#!/bin/bash\nexport PGPASSWORD=${var.db_password}\n";
  const files = {
    "main.tf": `
variable "db_password" { default = "Tr0ub4dor-and-3" }
resource "aws_batch_compute_environment" "ce" {
  type = "MANAGED"
  compute_resources {
    type = "EC2"
    launch_template { launch_template_id = aws_launch_template.l.id }
  }
}
resource "aws_launch_template" "l" { user_data = base64encode(${JSON.stringify(template).replace("\\\\$", "$")}) }
${module("", `"${ARN}"`, "*")}`,
    "prod.tfvars": 'db_password = "0ther-Tr0ub4dor"\n',
  };
  const { report } = await checkFiles(files);
  expect(report.findings.map(({ rule }) => rule)).toContain("no-plaintext-secrets");
});

test("a sensitive variable to which a file gives an ARN holds no secret value", async () => {
  const sensitive = 'variable "db_password" { sensitive = true }';
  const judged = (value: string) =>
    said(sensitive, "var.db_password", { "prod.tfvars": `db_password = ${JSON.stringify(value)}` });
  expect(await judged("hunter2")).toMatchObject({ errors: ["likely no-secret-value-in-reference"] });
  expect(await judged(ARN)).toMatchObject({ state: "unverified", errors: [] });
});

const stack = (fallback: string, valueFrom: string) => `
Parameters:
  Arn: {Type: String, Default: '${fallback}'}
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}]}}]
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: {Image: a, ExecutionRoleArn: !GetAtt Role.Arn, Secrets: [{Name: DB, ValueFrom: ${valueFrom}}]}
`;
const parameters = (values: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })));

test.each([
  ["prod.json", parameters],
  [
    "samconfig.toml",
    (values: Readonly<Record<string, string>>) =>
      `version = 0.1\n[prod.deploy.parameters]\nparameter_overrides = ${JSON.stringify(
        Object.entries(values)
          .map(([key, value]) => `${key}=${value}`)
          .join(" "),
      )}\n`,
  ],
])("a default of CloudFormation is as certain as the values of %s leave it", async (path, written) => {
  const judged = async (fallback: string, values: Readonly<Record<string, string>>, valueFrom = "!Ref Arn") => {
    const { report } = await checkFiles({ "stack.yaml": stack(fallback, valueFrom), [path]: written(values) });
    const errors = report.findings.filter(({ severity }) => severity === "error");
    return { state: report.references[0]?.state, errors: errors.map(({ confidence }) => confidence) };
  };
  expect(await judged(BROKEN, { Arn: BROKEN })).toEqual({ state: "with findings", errors: ["certain"] });
  expect(await judged(BROKEN, { Arn: `${BROKEN}s` })).toMatchObject({ state: "with findings", errors: ["certain"] });
  expect(await judged(BROKEN, { Arn: ARN })).toEqual({ state: "unverified", errors: [] });
  expect(await judged(ARN, { Arn: BROKEN })).toEqual({ state: "unverified", errors: [] });
  expect(await judged(ARN, { Arn: ARN.replace("prod", "live") })).toEqual({ state: "proven", errors: [] });
  expect(await judged(BROKEN, { Arn: ARN, Unheard: "x" })).toMatchObject({ errors: ["certain"] });
  const chosen = `!If [IsProd, '${ARN}', '${BROKEN}']`;
  expect(await judged(ARN, { Stage: "prod" }, chosen)).toEqual({ state: "unverified", errors: [] });
  expect(await judged(ARN, { Arn: ARN }, chosen)).toMatchObject({ errors: ["certain"] });
});
