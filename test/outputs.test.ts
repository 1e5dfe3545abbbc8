/** Placeholders that other tools fill in, beside what a root module gives, from files to answers. */
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
const root = (outputs: string) => `
resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_iam_role" "load" {
  name               = "load"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "load" {
  role   = aws_iam_role.load.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.token.arn }] })
}
resource "aws_batch_job_queue" "q" {
  name     = "q"
  state    = "ENABLED"
  priority = 1
}
${outputs}
`;
const OUTPUTS = `
output "execution_role_arn" { value = aws_iam_role.load.arn }
output "load_token_arn" { value = aws_secretsmanager_secret.token.arn }`;

test("a placeholder is not taken for the output of its name: nobody tells what fills it in", async () => {
  const files = {
    "infra/main.tf": root(OUTPUTS),
    "jobs/job.tpl.json": job("${EXECUTION_ROLE_ARN}", "${LOAD_TOKEN_ARN}"),
  };
  const [answer] = await answers(READ, files);
  expect(answer).toMatch(/is filled in by another tool/);
});
