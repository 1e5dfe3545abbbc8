import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import type { Unit } from "../../../facts/unit.ts";
import { readTerraform } from "../read.ts";

const files = {
  "infra/main.tf": `
module "secrets" { source = "../modules/secrets" }
module "jobs" {
  source  = "../modules/jobs"
  secrets = { "my db" = module.secrets.db.arn }
  account = data.aws_caller_identity.me.account_id
}
module "elsewhere" { source = "git::https://example.com/x.git" }
data "aws_caller_identity" "me" {}
`,
  "modules/secrets/main.tf": `
resource "aws_secretsmanager_secret" "db" { name = "db" }
output "db" { value = aws_secretsmanager_secret.db }
`,
  "modules/jobs/main.tf": `
variable "secrets" { type = map(string) }
variable "account" {}
locals { db = var.secrets["my db"] }
data "aws_region" "all" { count = 2 }
resource "aws_secretsmanager_secret" "own" { name = "own" }
resource "aws_batch_job_definition" "job" {
  container_properties = jsonencode({
    image   = "\${var.account}.dkr.ecr.eu-west-1.amazonaws.com/x"
    secrets = [{ name = "DB", valueFrom = local.db }]
  })
}
`,
};

test("a module can name what it declares, what it is given and what modules give it", async () => {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const secret = (name: string, address: string) =>
    `arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:${name}-⟨#${address}@infra/*.tf⟩`;
  const db = secret("db", "module.secrets.aws_secretsmanager_secret.db");
  const own = secret("own", "module.jobs.aws_secretsmanager_secret.own");
  expect(namesAt(units, "infra/main.tf")).toEqual(
    new Map([
      ["⟨AWS.AccountId⟩", "data.aws_caller_identity.me.account_id"],
      [db, "module.secrets.db.arn"],
    ]),
  );
  expect(namesAt(units, "modules/secrets/main.tf")).toEqual(new Map([[db, "aws_secretsmanager_secret.db.arn"]]));
  expect(namesAt(units, "modules/jobs/main.tf")).toEqual(
    new Map([
      [own, "aws_secretsmanager_secret.own.arn"],
      [db, 'var.secrets["my db"]'],
      ["⟨AWS.AccountId⟩", "var.account"],
    ]),
  );
});

/** The names that code of a file has. */
function namesAt([unit]: readonly Unit[], path: string): ReadonlyMap<string, string> | undefined {
  return unit?.namesAt?.({ place: { file: { path, text: "" }, start: 0, end: 0 }, address: "" }).names;
}

test("a data source of another provider configuration or Region does not name the module's own account and Region", async () => {
  const files = {
    "infra/main.tf": `
data "aws_region" "west" { provider = aws.west }
data "aws_region" "far" { region = "us-east-1" }
data "aws_region" "here" {}
data "aws_caller_identity" "other" { provider = aws.west }
resource "aws_batch_job_definition" "job" {
  container_properties = jsonencode({ image = "\${data.aws_region.west.name}/\${data.aws_caller_identity.other.account_id}" })
}
`,
  };
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const names = namesAt(units, "infra/main.tf");
  expect([names?.get("⟨AWS.Region⟩"), names?.get("⟨AWS.AccountId⟩")]).toEqual(["data.aws_region.here.name", undefined]);
});
