/** What is said of a job definition names keys as its format spells them. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

async function said(path: string, text: string): Promise<string> {
  const { report } = await checkFiles({ [path]: text });
  return report.findings.map(({ message, remedy }) => `${message} ${remedy.text}`).join("\n");
}

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

test("CloudFormation", async () => {
  const all = await said(
    "stack.yaml",
    `Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: arn:aws:iam::123456789012:role/run
        Environment: [{ Name: DB_PASSWORD, Value: h8Kd72jsQ1pZ }]
        LogConfiguration: { LogDriver: splunk, Options: { splunk-token: ${ARN} } }
        Secrets: [{ Name: A, ValueFrom: "${ARN}" }, { Name: B, valueFrom: "${ARN}" }]
`,
  );
  expect(all).toContain("`DB_PASSWORD` in `Environment`");
  expect(all).toContain(
    "Remove it from `Environment` and add it to `Secrets`, with the ARN of a secret in `ValueFrom`.",
  );
  expect(all).toContain("Move it to `SecretOptions`, with the ARN in `ValueFrom`.");
  expect(all).toContain("`valueFrom` is not how this format spells `ValueFrom`.");
});

test("Terraform's provider for Cloud Control, and its own", async () => {
  const job = (type: string, container: string) => `resource "${type}" "j" {\n  type = "container"\n${container}\n}\n`;
  const properties = (role: string, log: string, driver: string) =>
    `{\n    image = "a"\n    ${role} = "arn:aws:iam::123456789012:role/run"\n    ` +
    `${log} = { ${driver} = "splunk", options = { splunk-token = "${ARN}" } }\n  }`;
  const cloud = properties("execution_role_arn", "log_configuration", "log_driver");
  const own = properties("executionRoleArn", "logConfiguration", "logDriver");
  expect(await said("main.tf", job("awscc_batch_job_definition", `  container_properties = ${cloud}`))).toContain(
    "Move it to `secret_options`, with the ARN in `value_from`.",
  );
  expect(
    await said("main.tf", job("aws_batch_job_definition", `  container_properties = jsonencode(${own})`)),
  ).toContain("Move it to `secretOptions`, with the ARN in `valueFrom`.");
});
