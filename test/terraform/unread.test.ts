/** Root modules of which a file can't be read: from files to answers. */
import { expect, test } from "vitest";
import { checkFiles } from "../support/checked.ts";

const document = (statement: string) => `jsonencode({ Version = "2012-10-17", Statement = [{ ${statement} }] })`;
const policy = (name: string, statement: string) => `
resource "aws_iam_role_policy" "${name}" {
  name   = "${name}"
  role   = aws_iam_role.r.id
  policy = ${document(statement)}
}
`;
const MAIN = `
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = ${document('Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole"')}
}
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = "set-by-hand"
}
resource "aws_batch_job_definition" "j" {
  name                 = "j"
  type                 = "container"
  container_properties = jsonencode({
    image = "busybox", executionRoleArn = aws_iam_role.r.arn, vcpus = 1, memory = 512
    secrets = [{ name = "X", valueFrom = aws_secretsmanager_secret.s.arn }]
  })
}
`;
const ALLOW = policy(
  "allow",
  'Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.s.arn',
);
const BROKEN = policy("other", 'Effect = "Deny" Action = "*", Resource = "*"');

async function read(files: Readonly<Record<string, string>>) {
  const { report } = await checkFiles(files);
  const [only] = report.references;
  return [only?.state, only?.links.read?.state, report.problems.length, report.findings.length];
}

test("a file that can't be read may deny what the others allow", async () => {
  expect(await read({ "main.tf": MAIN + ALLOW })).toEqual(["proven", "proven", 0, 0]);
  expect(await read({ "main.tf": MAIN + ALLOW, "deny.tf": BROKEN })).toEqual(["unverified", "open", 1, 0]);
  expect(await read({ "main.tf": MAIN + ALLOW, "deny.tf.json": "{" })).toEqual(["unverified", "open", 1, 0]);
  const { report } = await checkFiles({ "main.tf": MAIN + ALLOW, "deny.tf": BROKEN });
  expect(report.unverified.map(({ cause }) => cause)).toMatchObject([{ kind: "file", name: "deny.tf" }]);
});

test("a file that can't be read may allow what the others don't", async () => {
  expect(await read({ "main.tf": MAIN })).toEqual(["with findings", "broken", 0, 1]);
  expect(await read({ "main.tf": MAIN, "allow.tf": BROKEN })).toEqual(["unverified", "open", 1, 0]);
});

test("a file of another root module that can't be read changes nothing", async () => {
  expect(await read({ "main.tf": MAIN + ALLOW, "other/deny.tf": BROKEN })).toEqual(["proven", "proven", 0, 0]);
});
