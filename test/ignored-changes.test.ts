/** Policies whose changes Terraform does not deploy: what the files say of them may not be what counts. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const policy = (statement: string) =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", ${statement} }] })`;
const TRUST = policy('Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" }');
const READ = policy('Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.token.arn');
const ignoring = (changes: string) => `lifecycle { ignore_changes = ${changes} }`;

const root = (
  ofRole: string,
  ofPolicy: string,
  more = `resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.run.name
  policy = ${READ}
  ${ofPolicy}
}
`,
) => `resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_iam_role" "run" {
  name               = "run"
  assume_role_policy = ${TRUST}
  ${ofRole}
}
${more}resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image            = "busybox"
    executionRoleArn = aws_iam_role.run.arn
    secrets          = [{ name = "TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }]
  })
}
`;

async function answers(text: string) {
  const { report } = await checkFiles({ "main.tf": text });
  const ofRule = (rule: string) => report.unverified.filter((one) => one.rule === rule).map(({ cause }) => cause?.name);
  return { read: ofRule("secret-read-allowed"), trust: ofRule("execution-role-trust") };
}

test("a policy whose changes are not deployed proves nothing", async () => {
  const read = { read: ["aws_iam_role_policy.read"], trust: [] };
  for (const changes of ["all", "[policy]", "[name, policy]"]) {
    expect(await answers(root("", ignoring(changes)))).toEqual(read);
  }
  expect(await answers(root(ignoring("[assume_role_policy]"), ""))).toEqual({
    read: [],
    trust: ["aws_iam_role.run"],
  });
  const inline = `inline_policy {\n    name   = "read"\n    policy = ${READ}\n  }`;
  expect((await answers(root(`${inline}\n  ${ignoring("[inline_policy]")}`, "", ""))).read).toHaveLength(1);
});

test("other changes that are not deployed leave a policy what it is", async () => {
  const known = { read: [], trust: [] };
  expect(await answers(root("", ""))).toEqual(known);
  expect(await answers(root(ignoring("[tags]"), ignoring("[name]")))).toEqual(known);
});
