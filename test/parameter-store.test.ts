/** What one unit stores in Systems Manager for another one, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";
import { checkFiles } from "./support/checked.ts";

const CONTENT = "json-key-exists";
const READ = "secret-read-allowed";

const TRUST = `{Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}`;
const grants = (resource: string) =>
  `[{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: ${resource}}]}}]`;
const role = (resource: string) => `
  Load:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: ${TRUST}, Policies: ${grants(resource)}}`;

/** A stack that makes a secret and a role, and stores the ARNs of both. */
const STORING = `
Resources:${role("!Ref Token")}
  Token:
    Type: AWS::SecretsManager::Secret
    Properties: {SecretString: '{"user": "a", "password": "b"}'}
  StoredRole: {Type: AWS::SSM::Parameter, Properties: {Name: /load/role, Type: String, Value: !GetAtt Load.Arn}}
  StoredToken: {Type: AWS::SSM::Parameter, Properties: {Name: /load/token, Type: String, Value: !Ref Token}}
`;
const STORING_ROOT = `
resource "aws_iam_role" "load" {
  name               = "load"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "load" {
  role   = aws_iam_role.load.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.token.arn }] })
}
resource "aws_secretsmanager_secret" "token" {
  name = "load/token"
}
resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = jsonencode({ user = "a", password = "b" })
}
resource "aws_ssm_parameter" "role" {
  name  = "/load/role"
  type  = "String"
  value = aws_iam_role.load.arn
}
resource "aws_ssm_parameter" "token" {
  name           = "/load/token"
  type           = "String"
  insecure_value = aws_secretsmanager_secret.token.arn
}
`;

const PARAMETERS = `
Parameters:
  Role: {Type: "AWS::SSM::Parameter::Value<String>", Default: /load/role}
  Token: {Type: "AWS::SSM::Parameter::Value<String>", Default: /load/token}`;
const job = (executionRole: string, valueFrom: string, more = "", parameters = PARAMETERS) => `${parameters}
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: ${executionRole}
        Secrets: [{Name: TOKEN, ValueFrom: ${valueFrom}}]${more}
`;
const root = (executionRole: string, valueFrom: string) => `
data "aws_ssm_parameter" "role" {
  name = "/load/role"
}
data "aws_ssm_parameter" "token" {
  name = "/load/token"
}
resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = jsonencode({
    image            = "busybox"
    executionRoleArn = ${executionRole}
    secrets          = [{ name = "TOKEN", valueFrom = ${valueFrom} }]
  })
}
`;

const JOBS: readonly [string, Record<string, string>][] = [
  ["parameters of a template", { "job.yaml": job("!Ref Role", '!Sub "${Token}:password::"') }],
  [
    "dynamic references",
    { "job.yaml": job('"{{resolve:ssm:/load/role}}"', '"{{resolve:ssm:/load/token:1}}:password::"', "", "") },
  ],
  [
    "a dynamic reference that a function makes",
    { "job.yaml": job("!Ref Role", '!Join ["", ["{{resolve:ssm:", /load/token, "}}:password::"]]') },
  ],
  [
    "data sources",
    { "jobs/main.tf": root("data.aws_ssm_parameter.role.value", '"${data.aws_ssm_parameter.token.value}:password::"') },
  ],
  [
    "values that are not sensitive",
    {
      "jobs/main.tf": root(
        "nonsensitive(data.aws_ssm_parameter.role.value)",
        '"${data.aws_ssm_parameter.token.insecure_value}:password::"',
      ),
    },
  ],
];

test.each(
  JOBS.flatMap(([how, jobs]) => [
    ["a stack", how, { "stored/stack.yaml": STORING, ...jobs }] as const,
    ["a root module", how, { "stored/main.tf": STORING_ROOT, ...jobs }] as const,
  ]),
)("what %s stores is known to %s", async (_, __, files) => {
  expect(await answers(READ, files)).toEqual(["proven"]);
  expect(await answers(CONTENT, files)).toEqual(["proven"]);
});

test("a fault of what only a name tells is likely", async () => {
  const { report } = await checkFiles({
    "stored.yaml": STORING,
    "job.yaml": job("!Ref Role", '!Sub "${Token}:pasword::"'),
  });
  expect(report.findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([[CONTENT, "likely"]]);
});

test("a role that may read another stored secret may or may not read one of the stack", async () => {
  const own = "\n  Own: {Type: AWS::SecretsManager::Secret, Properties: {Name: own}}";
  const files = { "stored.yaml": STORING, "job.yaml": job("!GetAtt Load.Arn", "!Ref Own", role("!Ref Token") + own) };
  expect(await answers(READ, files)).toEqual(["StoredToken may or may not be that parameter"]);
  expect(await answers(READ, { ...files, "job.yaml": files["job.yaml"].replace("!Ref Own", "!Ref Token") })).toEqual([
    "proven",
  ]);
});

test("a parameter that nothing in the files stores is named, and no dynamic reference is a fault", async () => {
  const files = { "job.yaml": job('"{{resolve:ssm:/load/role}}"', "!Ref Token") };
  const { report } = await checkFiles(files);
  expect(report.findings).toEqual([]);
  const settles = new Set(report.unverified.map((one) => `${one.settles?.kind} ${one.settles?.name}`));
  expect([...settles].sort()).toEqual(["file /load/role", "file /load/token"]);
});

test("a nested stack is given the name of a parameter, not its value", async () => {
  const parent = `
Resources:
  Jobs:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: job.yaml, Parameters: {Role: /load/role, Token: /load/token}}
`;
  const bare = job("!Ref Role", "!Ref Token").replaceAll(/, Default: [^}]*/g, "");
  expect(await answers(READ, { "stored.yaml": STORING, "parent.yaml": parent, "job.yaml": bare })).toEqual(["proven"]);
});
