import { expect, test } from "vitest";
import { memoryWorkspace } from "../../../../test/support/memory-workspace.ts";
import { readTerraform } from "../read.ts";

const files = {
  "main.tf": `
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = "set by hand"
}
resource "aws_secretsmanager_secret" "db" { name = "db" }
data "aws_ssm_parameter" "token" { name = "/token" }
resource "aws_ssm_parameter" "token" { name = "/token" }
data "aws_kms_alias" "key" { name = "alias/key" }
resource "aws_batch_job_definition" "job" {}`,
};

test("ARNs are named by what has them, rather than by what belongs to it or looks it up", async () => {
  const { units } = await readTerraform(memoryWorkspace(files), Object.keys(files), { varFiles: [] });
  const own = [...(units[0]?.spellings ?? [])].filter(([text]) => text.startsWith("arn:"));
  expect(Object.fromEntries(own)).toEqual({
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#aws_secretsmanager_secret.db@*.tf⟩":
      "${aws_secretsmanager_secret.db.arn}",
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#aws_secretsmanager_secret.db@*.tf⟩|⟨aws_secretsmanager_secret_version.db.version_id@*.tf⟩":
      "${aws_secretsmanager_secret_version.db.id}",
    "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/token": "${aws_ssm_parameter.token.arn}",
    "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:alias/key": "${data.aws_kms_alias.key.arn}",
    "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨data.aws_kms_alias.key@*.tf⟩":
      "${data.aws_kms_alias.key.target_key_arn}",
  });
});
