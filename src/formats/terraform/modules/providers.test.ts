import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import type { Unit } from "../../../facts/unit.ts";
import { readTerraform } from "../read.ts";

async function read(main: string, files: Record<string, string> = {}): Promise<Unit | undefined> {
  const all = { "main.tf": `${main}\ndata "aws_batch_job_queue" "q" { name = "q" }\n`, ...files };
  const { units, problems } = await readTerraform(memoryWorkspace(all), Object.keys(all), { varFiles: [] });
  expect([...problems, ...units.flatMap((unit) => unit.problems)]).toEqual([]);
  return units[0];
}

/** Partition, Region and account of the secrets, by the names of their blocks. */
async function secretsIn(main: string, files: Record<string, string> = {}): Promise<Record<string, string>> {
  const unit = await read(main, files);
  return Object.fromEntries(
    (unit?.resources.secrets ?? []).map(({ address, arn }) => {
      const [, partition, , region, account] = arn.value.split(":");
      return [address.replace(/.*\./, ""), `${partition} ${region} ${account}`];
    }),
  );
}

const secret = (name: string, more = "") => `resource "aws_secretsmanager_secret" "${name}" {\n  ${more}\n}\n`;
const ACCOUNT = "⟨AWS.AccountId⟩";
const NOWHERE = `⟨AWS.Partition⟩ ⟨AWS.Region⟩ ${ACCOUNT}`;

test("a provider with a Region is where its resources are, and the unit", async () => {
  const main = `provider "aws" { region = "eu-west-1" }\n${secret("s")}`;
  expect(await secretsIn(main)).toEqual({ s: `aws eu-west-1 ${ACCOUNT}` });
  expect((await read(main))?.deployment).toEqual({ partition: "aws", region: "eu-west-1" });
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("%s is in the partition %s", async (region, partition) => {
  const main = `provider "aws" { region = "${region}" }\n${secret("s")}`;
  expect(await secretsIn(main)).toEqual({ s: `${partition} ${region} ${ACCOUNT}` });
});

test("the Region may be a variable, and a variables file gives its value", async () => {
  const main = `variable "region" {}\nprovider "aws" { region = var.region }\n${secret("s")}`;
  expect(await secretsIn(main)).toEqual({ s: NOWHERE });
  expect(await secretsIn(main, { "terraform.tfvars": 'region = "sa-east-1"' })).toEqual({
    s: `aws sa-east-1 ${ACCOUNT}`,
  });
  expect(await secretsIn(`provider "aws" { region = "here" }\n${secret("s")}`)).toEqual({ s: NOWHERE });
});

test("the account is that of the role that is assumed, or the only one that is allowed", async () => {
  const provider = (more: string) => `provider "aws" {\n  region = "eu-west-1"\n  ${more}\n}\n${secret("s")}`;
  const role = (account: string) => `assume_role {\n    role_arn = "arn:aws:iam::${account}:role/deploy"\n  }`;
  const known = { s: "aws eu-west-1 123456789012" };
  const unknown = { s: `aws eu-west-1 ${ACCOUNT}` };
  expect(await secretsIn(provider(role("123456789012")))).toEqual(known);
  expect(await secretsIn(provider('allowed_account_ids = ["123456789012"]'))).toEqual(known);
  expect(await secretsIn(provider('allowed_account_ids = ["123456789012", "210987654321"]'))).toEqual(unknown);
  expect(await secretsIn(provider(`${role("123456789012")}\n  allowed_account_ids = ["210987654321"]`))).toEqual(
    unknown,
  );
  expect(await secretsIn(provider(role("${var.account}")))).toEqual(unknown);
});

test("data sources have the values of the provider", async () => {
  const unit = await read(`
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
provider "aws" {
  alias  = "other"
  region = "us-east-1"
}
data "aws_region" "r" {}
data "aws_region" "other" { provider = aws.other }
data "aws_caller_identity" "i" {}
data "aws_partition" "p" {}
resource "aws_ssm_parameter" "p" {
  name = join(" ", [data.aws_partition.p.partition, data.aws_region.r.name, data.aws_region.other.region, data.aws_caller_identity.i.account_id])
}`);
  expect(unit?.resources.parameters[0]?.name?.value).toBe("aws eu-west-1 us-east-1 123456789012");
});

test("a resource may have another provider or a Region of its own", async () => {
  const found = await secretsIn(`
variable "other_region" {}
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
provider "aws" {
  alias   = "far"
  region  = var.other_region
  profile = "far"
}
${secret("plain")}${secret("east", "provider = aws.east")}${secret("far", "provider = aws.far")}
${secret("missing", "provider = aws.missing")}${secret("own", 'region = "us-west-2"')}`);
  expect(found).toMatchObject({
    plain: `aws eu-west-1 ${ACCOUNT}`,
    east: `aws us-east-1 ${ACCOUNT}`,
    own: `aws us-west-2 ${ACCOUNT}`,
  });
  // Where a provider is not known to deploy, it is not known to deploy to the same place either.
  expect(found["far"]).toMatch(/^aws ⟨[^⟩]*other_region[^⟩]*⟩ ⟨provider\.aws\.far\.account/);
  expect(found["missing"]).toMatch(/⟨provider\.aws\.missing\.region/);
});

test("a module inherits the provider, or gets another one by the name it uses", async () => {
  const main = `
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
module "a" { source = "./a" }
module "b" {
  source    = "./b"
  providers = { aws = aws.east }
}
module "c" {
  source    = "./c"
  providers = {
    aws.replica = aws.east
  }
}
`;
  expect(
    await secretsIn(main, {
      "a/main.tf": secret("a"),
      "b/main.tf": secret("b"),
      "c/main.tf": secret("c", "provider = aws.replica") + secret("d"),
    }),
  ).toEqual({
    a: `aws eu-west-1 ${ACCOUNT}`,
    b: `aws us-east-1 ${ACCOUNT}`,
    c: `aws us-east-1 ${ACCOUNT}`,
    d: `aws eu-west-1 ${ACCOUNT}`,
  });
});

test("the unit is where its job definitions are, if they are in one place", async () => {
  const job = (name: string, more = "") =>
    `resource "aws_batch_job_definition" "${name}" {\n  name = "${name}"\n  type = "container"\n  ${more}\n}\n`;
  const provider = 'provider "aws" { region = "eu-west-1" }\n';
  const east = job("b", 'region = "us-east-1"');
  expect((await read(provider + east))?.deployment).toEqual({ partition: "aws", region: "us-east-1" });
  expect((await read(provider + job("a") + east))?.deployment).toEqual({ partition: "aws" });
});

test("a provider that depends on itself is not known, and no problem", async () => {
  const main = `data "aws_region" "r" {}\nprovider "aws" { region = data.aws_region.r.name }\n${secret("s")}`;
  expect(await secretsIn(main)).toEqual({ s: NOWHERE });
});
