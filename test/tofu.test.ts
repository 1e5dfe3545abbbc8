/** What Terraform and OpenTofu read differently: neither hides what the other one deploys. */
import { expect, test } from "vitest";
import { checkFiles } from "./support/checked.ts";

const job = (colons: string) => `resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = var.role
    secrets = [{ name = "A", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password${colons}" }]
  })
}
`;
const VARIABLE = { "variables.tf": 'variable "role" {}\n' };

async function errors(files: Readonly<Record<string, string>>) {
  const { report } = await checkFiles({ ...VARIABLE, ...files });
  const certain = report.findings.filter(
    ({ severity, confidence }) => severity === "error" && confidence === "certain",
  );
  return certain.map(({ location, deployments, message }) => [
    location.path,
    deployments,
    message.includes("This is so in"),
  ]);
}

test("a file of OpenTofu hides none of Terraform, nor the other way round", async () => {
  const inTerraform = [["main.tf", ["Terraform"], true]];
  expect(await errors({ "main.tf": job(""), "main.tofu": job("::") })).toEqual(inTerraform);
  expect(await errors({ "main.tf": job(""), "main.tofu": "# nothing\n" })).toEqual(inTerraform);
  expect(await errors({ "main.tf": job("::"), "main.tofu": job("") })).toEqual([["main.tofu", ["OpenTofu"], true]]);
  expect(await errors({ "main.tf.json": "{}", "main.tofu.json": "{}", "job.tf": job("") })).toHaveLength(1);
});

test("it hides none in a module that a root calls", async () => {
  const call = {
    "main.tf": 'module "m" {\n  source = "./m"\n}\n',
    "m/variables.tf": 'variable "role" { default = "r" }\n',
  };
  const { report } = await checkFiles({ ...call, "m/job.tf": job(""), "m/job.tofu": job("::") });
  expect(report.findings.map(({ rule, location }) => [rule, location.path])).toContainEqual([
    "secret-selector-format",
    "m/job.tf",
  ]);
});

test("what is wrong for both is one finding", async () => {
  const versions = { "versions.tf": "terraform {}\n", "versions.tofu": "terraform {}\n" };
  expect(await errors({ "main.tf": job(""), ...versions })).toEqual([["main.tf", ["OpenTofu", "Terraform"], false]]);
});

test("without a file of both names there is nothing to tell apart", async () => {
  expect(await errors({ "main.tf": job(""), "more.tofu": "# nothing\n" })).toEqual([["main.tf", undefined, false]]);
});
