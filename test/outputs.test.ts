/** Placeholders that other tools fill in with what a root module gives, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const READ = "secret-read-allowed";
const job = (role: string, secret: string) =>
  JSON.stringify({
    jobDefinitionName: "load",
    type: "container",
    containerProperties: {
      image: "a",
      executionRoleArn: role,
      secrets: [{ name: "TOKEN", valueFrom: secret }],
    },
  });
const root = (outputs: string, action = "secretsmanager:GetSecretValue") => `
resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_iam_role" "load" {
  name               = "load"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "load" {
  role   = aws_iam_role.load.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = aws_secretsmanager_secret.token.arn }] })
}
resource "aws_batch_job_queue" "q" {
  name     = "q"
  state    = "ENABLED"
  priority = 1
}
${outputs}
`;
const [ROLE, TOKEN] = ["aws_iam_role.load.arn", "aws_secretsmanager_secret.token.arn"];
const PLAIN = `
output "execution_role_arn" { value = ${ROLE} }
output "load_token_arn" { value = ${TOKEN} }`;
const LISTED = `
output "environment" {
  value = [{ name = "EXECUTION_ROLE_ARN", value = ${ROLE} }, { name = "LOAD_TOKEN_ARN", value = ${TOKEN} }, { name = "DEBUG", value = "1" }]
}`;
const MAPPED = `
output "environment" { value = { EXECUTION_ROLE_ARN = ${ROLE}, LOAD_TOKEN_ARN = ${TOKEN} } }`;

test.each([
  ["outputs", PLAIN],
  ["a list of names and values", LISTED],
  ["a map", MAPPED],
])("placeholders are what a root module gives by their names in %s", async (_, outputs) => {
  for (const [role, token] of [
    ["${{EXECUTION_ROLE_ARN}}", "${{LOAD_TOKEN_ARN}}"],
    ["${EXECUTION_ROLE_ARN}", "__LOAD_TOKEN_ARN__"],
  ] as const) {
    const files = { "infra/main.tf": root(outputs), "jobs/job.tpl.json": job(role, token) };
    expect(await answers(READ, files)).toEqual(["proven"]);
  }
});

test("what such a role lacks is not certain", async () => {
  const files = {
    "infra/main.tf": root(PLAIN, "s3:GetObject"),
    "jobs/job.tpl.json": job("${EXECUTION_ROLE_ARN}", "${LOAD_TOKEN_ARN}"),
  };
  expect(await answers(READ, files)).toEqual([expect.stringMatching(/may or may not be/)]);
});

test.each([
  ["two root modules give it", { "infra/main.tf": root(PLAIN), "other/main.tf": root(PLAIN) }],
  ["the name says nothing", { "infra/main.tf": root(PLAIN.replace("execution_role_arn", "role_arn")) }],
  ["it is no ARN", { "infra/main.tf": root(PLAIN.replace(ROLE, '"load"')) }],
  ["it is sensitive", { "infra/main.tf": root(PLAIN.replace(ROLE, `sensitive(${ROLE})`)) }],
])("a placeholder stays open where %s", async (what, files) => {
  const role = what === "the name says nothing" ? "${ROLE_ARN}" : "${EXECUTION_ROLE_ARN}";
  const [answer] = await answers(READ, { ...files, "jobs/job.tpl.json": job(role, "${LOAD_TOKEN_ARN}") });
  expect(answer).toMatch(/is filled in by another tool/);
});
