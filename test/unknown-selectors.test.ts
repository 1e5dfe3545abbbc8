/** References whose selectors are not known: which secret they name is. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs-tasks.amazonaws.com"}}]}';
const policy = (resource: string, extra = "") =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = ${resource} }${extra}] })`;
const DENY = `, { Effect = "Deny", Action = "*", Resource = "*", Condition = { StringEquals = { "secretsmanager:VersionStage" = "AWSPREVIOUS" } } }`;
const LITERAL = '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"';
const root = (value: string, granted: string, more = "") => `
variable "key" { type = string }
resource "aws_kms_key" "main" {}
resource "aws_secretsmanager_secret" "db" {
  name       = "db"
  kms_key_id = aws_kms_key.main.arn
}
resource "aws_iam_role" "run" {
  name               = "run"
  assume_role_policy = ${JSON.stringify(TRUST)}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.run.id
  policy = ${policy(granted, more)}
}
resource "aws_batch_job_definition" "job" {
  name                 = "job"
  type                 = "container"
  container_properties = jsonencode({
    image = "i", executionRoleArn = aws_iam_role.run.arn, secrets = [{ name = "A", valueFrom = ${value} }]
  })
}`;

/** The links of the only reference. */
async function links(files: Record<string, string>) {
  const { report } = await checkFiles(files);
  const { read, decrypt } = report.references[0]?.links ?? {};
  return [read?.state, decrypt?.state];
}

test.each([":${var.key}", ":${var.key}::", ":password:${var.key}"])("a literal ARN with %s", async (selectors) => {
  const value = `"${LITERAL.slice(1, -1)}${selectors}"`;
  const read = async (granted: string, more?: string) => (await links({ "main.tf": root(value, granted, more) }))[0];
  expect(await read(LITERAL)).toBe("proven");
  expect(await read(LITERAL.replace("db-", "other-"))).toBe("broken");
  expect(await read(LITERAL, DENY)).toBe("open");
});

test("a parameter with a version that is not known", async () => {
  const arn = "arn:aws:ssm:eu-west-1:111122223333:parameter/db";
  const read = async (value: string, granted: string) => {
    const policies = root(`"${value}"`, `"${granted}"`).replace("secretsmanager:GetSecretValue", "ssm:GetParameters");
    return (await links({ "main.tf": policies }))[0];
  };
  expect(await read(`${arn}:\${var.key}`, arn)).toBe("proven");
  expect(await read(`${arn}:\${var.key}`, `${arn}2`)).toBe("broken");
  expect(await read(`${arn}\${var.key}`, arn)).toBe("open");
});

test("a declared secret, whose key the role can't use", async () => {
  const value = '"${aws_secretsmanager_secret.db.arn}:${var.key}::"';
  expect(await links({ "main.tf": root(value, "aws_secretsmanager_secret.db.arn") })).toEqual(["proven", "broken"]);
});

test("what goes on without a colon may be another secret", async () => {
  const value = `"${LITERAL.slice(1, -1)}\${var.key}"`;
  expect((await links({ "main.tf": root(value, LITERAL) }))[0]).toBe("open");
});

test("a parameter of CloudFormation for the key", async () => {
  const template = `
Parameters: { Key: { Type: String } }
Resources:
  Db: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: {} } }
  Run:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Db }] } }]
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: { Image: i, ExecutionRoleArn: !GetAtt Run.Arn, Secrets: [{ Name: A, ValueFrom: !Sub "\${Db}:\${Key}::" }] }
`;
  expect((await links({ "t.yaml": template }))[0]).toBe("proven");
});
