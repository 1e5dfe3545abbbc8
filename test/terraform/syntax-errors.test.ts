/** A syntax error hides what is behind it in its block: what can't be read is not taken for what is not there. */
import { expect, test } from "vitest";
import { checkFiles } from "../support/checked.ts";

const ACCESS = `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "runner" {
  name               = "runner"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.runner.id
  policy = data.aws_iam_policy_document.read.json
}
data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.token.arn]
  }
}
resource "aws_secretsmanager_secret" "token" {
  name = "token"
}
resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "text"
}
`;
const NETWORK = `resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_subnet" "jobs" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.0.0/24"
}
resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table" "out" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}
resource "aws_route_table_association" "jobs" {
  subnet_id      = aws_subnet.jobs.id
  route_table_id = aws_route_table.out.id
}
resource "aws_security_group" "jobs" {
  vpc_id = aws_vpc.main.id
  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_batch_compute_environment" "jobs" {
  type = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 2
    subnets            = [aws_subnet.jobs.id]
    security_group_ids = [aws_security_group.jobs.id]
  }
}
`;
const JOB = `resource "aws_batch_job_definition" "job" {
  name                  = "job"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                = "busybox"
    executionRoleArn     = aws_iam_role.runner.arn
    networkConfiguration = { assignPublicIp = "ENABLED" }
    secrets              = [{ name = "TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }]
  })
}
`;

/** The text with an error in one of its lines after another. */
function* broken(text: string, line: (text: string) => string): Generator<string> {
  const lines = text.split("\n");
  for (const [index, one] of lines.entries()) {
    if (/=|\{$/.test(one) && line(one) !== one)
      yield [...lines.slice(0, index), line(one), ...lines.slice(index + 1)].join("\n");
  }
}

const reportOf = async (text: string) => (await checkFiles({ "main.tf": text })).report;

test("the configuration without an error is proven", async () => {
  expect((await reportOf(ACCESS + NETWORK + JOB)).references.map(({ state }) => state)).toEqual(["fully proven"]);
});

const ERRORS: Readonly<Record<string, (line: string) => string>> = {
  "a semicolon": (line) => `${line}; more = 1`,
  "no value": (line) => line.replace(/=.*/, "= "),
  "a value in place of a block": (line) => line.replace(/^(\w.*)\{$/, "$1= {"),
};

for (const [name, line] of Object.entries(ERRORS)) {
  test(`${name} is a problem, and no reason for anything certain`, async () => {
    for (const text of [
      ...[...broken(ACCESS, line)].map((access) => access + NETWORK),
      ...[...broken(NETWORK, line)].map((network) => ACCESS + network),
    ]) {
      const { problems, findings } = await reportOf(text + JOB);
      const certain = findings.filter(({ confidence }) => confidence === "certain").map(({ rule }) => rule);
      expect({ text, certain, problems: problems.length > 0 }).toEqual({ text, certain: [], problems: true });
    }
  });
}

test("blocks with several arguments on one line are as unknown as their count", async () => {
  const text = ACCESS.replace(/principals \{[^}]*\}/, 'principals { type = "Service"; identifiers = ["x"] }');
  const { findings, references } = await reportOf(text + JOB);
  expect([findings, references.map(({ links }) => links.trust?.state)]).toEqual([[], ["open"]]);
});

test("what a file that is encrypted may add to is not missing", async () => {
  const [trust = "", read = ""] = ACCESS.split(/(?=resource "aws_iam_role_policy")/);
  const secret = read.slice(read.indexOf('resource "aws_secretsmanager_secret"'));
  const files = { "main.tf": trust + secret + NETWORK + JOB, "access.tf": "\0GITCRYPT\0\u0001\u0002" };
  const { report } = await checkFiles(files);
  expect([report.findings, report.references.map(({ links }) => links.read?.state)]).toEqual([[], ["open"]]);
});
