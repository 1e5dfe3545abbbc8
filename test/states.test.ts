/** Root modules that read the states of others, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const allow = (action: string, resource: string) =>
  `jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource} }] })`;

const iam = (backend: string, grant = "aws_secretsmanager_secret.token.arn") => `
terraform {
  ${backend}
}
resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_iam_role" "exec" {
  name_prefix        = "exec"
  assume_role_policy = ${allow("sts:AssumeRole", '"*"')}
}
resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.exec.id
  policy = ${allow("secretsmanager:GetSecretValue", grant)}
}
output "role" { value = aws_iam_role.exec }
output "secrets" { value = { token = aws_secretsmanager_secret.token.arn } }
`;
const STATE = "data.terraform_remote_state.iam.outputs";
const batch = (state: string, secret = `${STATE}.secrets["token"]`) => `
data "terraform_remote_state" "iam" {
  ${state}
}
resource "aws_batch_job_definition" "load" {
  name                 = "load"
  type                 = "container"
  container_properties = jsonencode({
    image            = "load"
    executionRoleArn = ${STATE}.role.arn
    secrets          = [{ name = "TOKEN", valueFrom = ${secret} }]
  })
}`;

const READ = "secret-read-allowed";
const s3 = (key: string, bucket = "states") => `backend "s3" {\n  bucket = "${bucket}"\n  key = "${key}"\n }`;
const fromS3 = (key: string, bucket = "states") =>
  `backend = "s3"\n  config = {\n  bucket = "${bucket}"\n  key = "${key}"\n }`;
const FROM_FILE = 'backend = "local"\n  config = {';
const cloud = 'cloud {\n  organization = "acme"\n  workspaces {\n  name = "iam-prod"\n }\n }';
const fromCloud =
  'backend = "remote"\n  config = {\n  organization = "acme"\n  workspaces = {\n  name = "iam-prod"\n }\n }';

test.each([
  ["a bucket", s3("iam/terraform.tfstate"), fromS3("iam/terraform.tfstate")],
  ["a file where it is by default", "", `${FROM_FILE}\n  path = "../iam/terraform.tfstate"\n }`],
  ["a file of a name", 'backend "local" {\n  path = "x.tfstate"\n }', `${FROM_FILE}\n  path = "../iam/x.tfstate"\n }`],
  ["a file from the module", "", `${FROM_FILE}\n  path = "\${path.module}/../iam/terraform.tfstate"\n }`],
  ["a workspace", cloud, fromCloud],
  ["one workspace of a bucket", s3("iam"), `workspace = terraform.workspace\n  ${fromS3("iam")}`],
])("the outputs of a state in %s are those of the root module that keeps it there", async (_, backend, state) => {
  const files = { "iam/main.tf": iam(backend), "batch/main.tf": batch(state) };
  expect(await answers(READ, files)).toEqual(["proven"]);
  const lacking = { "iam/main.tf": iam(backend, '"arn:aws:s3:::x"'), "batch/main.tf": batch(state) };
  expect(await answers(READ, lacking)).toEqual(["certain"]);
});

test("a role with a name of its own is the one of the state it is read from", async () => {
  const named = (grant?: string) => iam(s3("iam"), grant).replace('name_prefix        = "exec"', 'name = "exec"');
  const files = { "iam/main.tf": named(), "batch/main.tf": batch(fromS3("iam")) };
  expect(await answers(READ, files)).toEqual(["proven"]);
  const lacking = { ...files, "iam/main.tf": named('"arn:aws:s3:::x"') };
  expect(await answers(READ, lacking)).toEqual(["certain"]);
  const literal = batch(fromS3("iam")).replace(`${STATE}.role.arn`, '"arn:aws:iam::111122223333:role/exec"');
  expect(await answers(READ, { ...lacking, "batch/main.tf": literal })).not.toContain("certain");
});

test("another state, one that two modules claim, and an output that is not declared are not known", async () => {
  const unknown = ["data.terraform_remote_state.iam comes from a deployment that is not in these files"];
  const read = (files: Record<string, string>) => answers(READ, files);
  const own = { "batch/main.tf": batch(fromS3("iam")) };
  expect(await read({ ...own, "iam/main.tf": iam(s3("iam-prod")) })).toEqual(unknown);
  expect(await read({ ...own, "iam/main.tf": iam(s3("iam", "others")) })).toEqual(unknown);
  expect(await read({ ...own, "iam/main.tf": iam(s3("iam")), "copy/main.tf": iam(s3("iam")) })).toEqual(unknown);
  const other = { "batch/main.tf": batch(fromS3("iam"), `${STATE}.more`), "iam/main.tf": iam(s3("iam")) };
  expect(await read(other)).toEqual(unknown);
});

test("states are read through states, and by modules that are called", async () => {
  const grant = "data.terraform_remote_state.kept.outputs.arn";
  const files = {
    "secrets/main.tf": `resource "aws_secretsmanager_secret" "s" {}\noutput "arn" { value = aws_secretsmanager_secret.s.arn }`,
    "iam/main.tf": `${iam(s3("iam"), grant)}
data "terraform_remote_state" "kept" {
  backend = "local"
  config  = { path = "../secrets/terraform.tfstate" }
}
output "kept" { value = ${grant} }`,
    "jobs/main.tf": batch(fromS3("iam"), `${STATE}.kept`),
    "batch/main.tf": 'module "jobs" { source = "../jobs" }',
  };
  expect(await answers(READ, files)).toEqual(["proven"]);
});

test("modules that read each other's states are read to their ends", async () => {
  const reading = (own: string, other: string) => `
terraform {
  ${s3(own)}
}
data "terraform_remote_state" "other" {
  ${fromS3(other)}
}
output "arn" { value = data.terraform_remote_state.other.outputs.arn }`;
  const files = {
    "iam/main.tf": `${iam(s3("iam"), "data.terraform_remote_state.other.outputs.arn")}
data "terraform_remote_state" "other" {
  ${fromS3("b")}
}`,
    "b/main.tf": reading("b", "c"),
    "c/main.tf": reading("c", "b"),
    "batch/main.tf": batch(fromS3("iam")),
  };
  expect(await answers(READ, files)).not.toContain("proven");
});

const TERRAGRUNT = `
remote_state {
  backend = "s3"
  config = {
    bucket = "states"
    key    = "\${path_relative_to_include()}/terraform.tfstate"
  }
}
generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = <<EOF
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
EOF
}
`;
const unit = (module: string) =>
  `include "root" {\n  path = find_in_parent_folders()\n}\nterraform {\n  source = "../../modules//${module}"\n}\n`;
const live = {
  "live/terragrunt.hcl": TERRAGRUNT,
  "live/iam/terragrunt.hcl": unit("iam"),
  "live/batch/terragrunt.hcl": unit("batch"),
};

test("Terragrunt says where the states of its units are", async () => {
  const jobs = { ...live, "modules/batch/main.tf": batch(fromS3("iam/terraform.tfstate")) };
  expect(await answers(READ, { ...jobs, "modules/iam/main.tf": iam("") })).toEqual(["proven"]);
  expect(await answers(READ, { ...jobs, "modules/iam/main.tf": iam("", '"arn:aws:s3:::x"') })).toEqual(["certain"]);
  const other = { ...live, "modules/batch/main.tf": batch(fromS3("other/terraform.tfstate")) };
  expect(await answers(READ, { ...other, "modules/iam/main.tf": iam("") })).toEqual([
    "data.terraform_remote_state.iam comes from a deployment that is not in these files",
  ]);
});

test("a role that a unit of Terragrunt is handed by another is that unit's", async () => {
  const named = (grant?: string) => iam("", grant).replace('name_prefix        = "exec"', 'name = "exec"');
  const inputs = `dependency "iam" {
  config_path = "../iam"
}
inputs = {
  role   = dependency.iam.outputs.role.arn
  secret = dependency.iam.outputs.secrets["token"]
}`;
  const read = (grant?: string) =>
    answers(READ, {
      ...live,
      "live/terragrunt.hcl": "",
      "live/batch/terragrunt.hcl": `${unit("batch")}${inputs}`,
      "modules/iam/main.tf": named(grant),
      "modules/batch/main.tf": batch("", "var.secret")
        .replace(/data[^}]*}/, 'variable "role" {}\nvariable "secret" {}')
        .replace(`${STATE}.role.arn`, "var.role"),
    });
  expect(await read()).toEqual(["proven"]);
  expect(await read('"arn:aws:s3:::x"')).toEqual(["certain"]);
});

test("the providers that Terragrunt writes say which account a secret belongs to", async () => {
  const secret = (account: string) => `"arn:aws:secretsmanager:eu-west-1:${account}:secret:token-AbCdEf"`;
  const files = (account: string) => ({
    ...live,
    "modules/iam/main.tf": iam("", '"*"'),
    "modules/batch/main.tf": batch(fromS3("iam/terraform.tfstate"), secret(account)),
  });
  expect(await answers(READ, files("111122223333"))).toEqual(["proven"]);
  expect(await answers(READ, files("444455556666"))).toEqual([
    "the resource policy of arn:aws:secretsmanager:eu-west-1:444455556666:secret:token-AbCdEf is not in these files",
  ]);
});
