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

/** A network whose subnets and group are stored as lists, without an endpoint for Secrets Manager. */
const NETWORK = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: !Ref Vpc}}
  Subnets: {Type: AWS::SSM::Parameter, Properties: {Name: /net/subnets, Type: StringList, Value: !Join [",", [!Ref A, !Ref B]]}}
  Groups: {Type: AWS::SSM::Parameter, Properties: {Name: /net/groups, Type: String, Value: !Ref Group}}
`;
const NETWORK_ROOT = `
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_security_group" "g" { vpc_id = aws_vpc.v.id }
resource "aws_ssm_parameter" "subnets" {
  name  = "/net/subnets"
  type  = "StringList"
  value = join(",", [aws_subnet.a.id, aws_subnet.b.id])
}
resource "aws_ssm_parameter" "groups" {
  name  = "/net/groups"
  type  = "String"
  value = aws_security_group.g.id
}
`;
const placed = (subnets: string, groups: string, parameters = "") => `${parameters}
Resources:
  Env:
    Type: AWS::Batch::ComputeEnvironment
    Properties:
      Type: MANAGED
      ComputeResources: {Type: FARGATE, MaxvCpus: 4, Subnets: ${subnets}, SecurityGroupIds: ${groups}}
  Token: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: x}}${role("!Ref Token")}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      PlatformCapabilities: [FARGATE]
      ContainerProperties:
        Image: a
        ExecutionRoleArn: !GetAtt Load.Arn
        Secrets: [{Name: TOKEN, ValueFrom: !Ref Token}]
`;
const LIST = "AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>";
const LISTED = `Parameters: {Nets: {Type: "${LIST}", Default: /net/subnets}, Text: {Type: "AWS::SSM::Parameter::Value<String>", Default: /net/subnets}, Group: {Type: "AWS::SSM::Parameter::Value<String>", Default: /net/groups}}`;
const placedRoot = (subnets: string) => `
data "aws_ssm_parameter" "subnets" { name = "/net/subnets" }
data "aws_ssm_parameter" "groups" { name = "/net/groups" }
resource "aws_batch_compute_environment" "e" {
  type = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 4
    subnets            = ${subnets}
    security_group_ids = [data.aws_ssm_parameter.groups.value]
  }
}
resource "aws_batch_job_definition" "j" {
  name                  = "j"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties  = jsonencode({
    image            = "a"
    executionRoleArn = "arn:aws:iam::111122223333:role/load"
    secrets          = [{ name = "TOKEN", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:t-AbCdEf" }]
  })
}
`;
const VALUE = "data.aws_ssm_parameter.subnets.value";

test.each([
  ["a parameter of a list", placed("!Ref Nets", "[!Ref Group]", LISTED)],
  ["a parameter that is split", placed('!Split [",", !Ref Text]', "[!Ref Group]", LISTED)],
  [
    "a dynamic reference that is split",
    placed('!Split [",", "{{resolve:ssm:/net/subnets}}"]', '["{{resolve:ssm:/net/groups}}"]'),
  ],
])("the subnets that a stack stores are those of an environment, by %s", async (_, jobs) => {
  for (const network of [NETWORK, NETWORK_ROOT]) {
    const files = { [network === NETWORK ? "net.yaml" : "net/main.tf"]: network, "jobs.yaml": jobs };
    expect(await networkOf(files)).toEqual({ state: "broken", confidence: ["likely"] });
  }
});

test.each([
  ["split", `split(",", ${VALUE})`],
  ["split as a set", `toset(split(",", ${VALUE}))`],
  ["split without its mark", `split(",", nonsensitive(${VALUE}))`],
])("the subnets that a root module stores are those of an environment, by a value that is %s", async (_, subnets) => {
  for (const network of [NETWORK, NETWORK_ROOT]) {
    const files = { [network === NETWORK ? "net.yaml" : "net/main.tf"]: network, "jobs/main.tf": placedRoot(subnets) };
    expect(await networkOf(files)).toEqual({ state: "broken", confidence: ["likely"] });
  }
});

test("subnets of a parameter that no file stores stay outside", async () => {
  expect(await networkOf({ "jobs/main.tf": placedRoot(`split(",", ${VALUE})`) })).toEqual({
    state: "outside",
    confidence: [],
  });
});

/** What is said of the network of the only reference. */
async function networkOf(files: Readonly<Record<string, string>>) {
  const { report } = await checkFiles(files);
  const found = report.findings.filter(({ rule }) => /endpoint|network|egress/.test(rule));
  return {
    state: report.references[0]?.links.network.state,
    confidence: [...new Set(found.map(({ confidence }) => confidence))],
  };
}

const STATEMENT_FOR = /Resource["\s:=]+(.*?)[\s}]*$/;
const NO_GRANT = role("!Ref Own").replaceAll("secretsmanager:GetSecretValue", "logs:PutLogEvents");
const roleWithoutGrant = `
data "aws_ssm_parameter" "token" {
  name = "/load/token"
}
resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "own" {
  role   = aws_iam_role.own.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" }] })
}
resource "aws_batch_job_definition" "load" {
  name                 = "load"
  type                 = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = aws_iam_role.own.arn
    secrets          = [{ name = "TOKEN", valueFrom = data.aws_ssm_parameter.token.value }]
  })
}
`;

test.each([
  [
    "CloudFormation",
    "!Ref Token",
    { "stored.yaml": STORING, "job.yaml": job("!GetAtt Load.Arn", "!Ref Token", NO_GRANT.replace("!Ref Own", '"*"')) },
  ],
  [
    "an import",
    "!ImportValue load-token",
    {
      "stored.yaml": `${STORING}Outputs: {Out: {Value: !Ref Token, Export: {Name: load-token}}}\n`,
      "job.yaml": job("!GetAtt Load.Arn", "!ImportValue load-token", NO_GRANT.replace("!Ref Own", '"*"')),
    },
  ],
  [
    "Terraform",
    "data.aws_ssm_parameter.token.value",
    { "stored/main.tf": STORING_ROOT, "job/main.tf": roleWithoutGrant },
  ],
])("a statement for what is handed over names it as the file does: %s", async (_, named, files) => {
  const { report } = await checkFiles(files);
  const fixes = report.findings.filter(({ rule }) => rule === READ).map(({ remedy }) => remedy);
  expect(fixes.map(({ add }) => STATEMENT_FOR.exec(add?.text ?? "")?.[1])).toEqual([named]);
});
