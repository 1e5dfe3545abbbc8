import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

const POLICY = `
data "aws_region" "current" {}
data "aws_batch_job_queue" "jobs" { name = "jobs" }
resource "aws_secretsmanager_secret" "db" { name = "db" }
resource "aws_iam_policy" "read" {
  name   = "read"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [
    "arn:aws:secretsmanager:\${var.region}:*:secret:one-*",
    "arn:aws:secretsmanager:\${data.aws_region.current.name}:*:secret:two-*",
    "arn:aws:secretsmanager:eu-west-3:*:secret:three-*",
  ] }] })
}`;

async function resourcesIn(files: Record<string, string>): Promise<(string | undefined)[]> {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const policies = units.flatMap(({ resources }) => resources.policies);
  return policies
    .flatMap(({ statements }) => statements.flatMap(({ resources }) => resources ?? []))
    .map((a) => a.value);
}

const ONE = "arn:aws:secretsmanager:⟨AWS.Region⟩:*:secret:one-*";

test("what the provider takes for its Region and the Region are the same in a policy", async () => {
  const provider = 'provider "aws" { region = var.region }';
  expect(await resourcesIn({ "main.tf": `${provider}\nvariable "region" {}${POLICY}` })).toContain(ONE);
});

test("modules take over the provider of the root", async () => {
  const files = {
    "main.tf": `provider "aws" { region = var.region }
variable "region" {}
module "read" {
  source = "./m"
  region = var.region
}`,
    "m/main.tf": `variable "region" {}${POLICY}`,
  };
  expect(await resourcesIn(files)).toContain(ONE);
});

test("without a Region, and where another provider may be meant, nothing is the same", async () => {
  const variable = 'variable "region" {}';
  const provider = 'provider "aws" { region = var.region }';
  const other = 'provider "aws" {\n  alias  = "other"\n  region = "us-east-1"\n}';
  const own = 'resource "aws_secretsmanager_secret" "x" {\n  provider = aws.other\n  name = "x"\n}';
  const elsewhere = 'resource "aws_ssm_parameter" "x" {\n  region = "eu-west-3"\n  name = "x"\n}';
  const called = 'module "m" {\n  source = "./m"\n  providers = { aws = aws.other }\n}';
  const nested = 'module "m" { source = "./m" }';
  for (const files of [
    { "main.tf": `${variable}${POLICY}` },
    { "main.tf": `${other}\n${variable}${POLICY}` },
    { "main.tf": `${provider}\n${other}\n${own}\n${variable}${POLICY}` },
    { "main.tf": `${provider}\n${elsewhere}\n${variable}${POLICY}` },
    { "main.tf": `${provider}\n${other}\n${called}\n${variable}${POLICY}`, "m/main.tf": "" },
    { "main.tf": `${provider}\n${nested}\n${variable}${POLICY}`, "m/main.tf": 'provider "aws" { region = "x" }' },
  ]) {
    expect(await resourcesIn(files)).not.toContain(ONE);
  }
});
