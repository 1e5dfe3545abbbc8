import { expect, test } from "vitest";
import { memoryWorkspace } from "../../test/support/memory-workspace.ts";
import type { Tags } from "../facts/located.ts";
import type { Resources } from "../facts/resources.ts";
import { resourcesOf } from "./cloudformation/testing.ts";
import { readTerraform } from "./terraform/read.ts";

const plain = ({ given, complete }: Tags) => [
  Object.fromEntries(given.map(({ key, value }) => [key, value.value])),
  complete,
];

const tagsIn = ({ secrets, parameters, keys }: Pick<Resources, "secrets" | "parameters" | "keys">) =>
  [secrets, parameters, keys].map((list) => list[0] && plain(list[0].tags));

async function inTerraform(main: string): Promise<Resources> {
  const files = { "main.tf": `${main}\ndata "aws_batch_job_queue" "q" { name = "q" }` };
  const { units } = await readTerraform(memoryWorkspace(files), ["main.tf"], { varFiles: [] });
  if (!units[0]) throw new Error("no unit");
  return units[0].resources;
}

const tagged = (tags: string) => `
variable "team" {}
resource "aws_secretsmanager_secret" "s" {
  ${tags}
}
resource "aws_ssm_parameter" "p" {
  ${tags}
}
resource "aws_kms_key" "k" {
  ${tags}
}
`;

test("tags in Terraform, with those of the provider", async () => {
  const provider = 'provider "aws" {\n  default_tags {\n    tags = { team = "web", stage = "prod" }\n  }\n}\n';
  const own = 'tags = { team = "data" }';
  expect(tagsIn(await inTerraform(tagged(own)))).toEqual(Array(3).fill([{ team: "data" }, false]));
  expect(tagsIn(await inTerraform(`provider "aws" {}${tagged(own)}`))).toEqual(Array(3).fill([{ team: "data" }, true]));
  expect(tagsIn(await inTerraform(provider + tagged(own)))).toEqual(
    Array(3).fill([{ team: "data", stage: "prod" }, true]),
  );
  expect(tagsIn(await inTerraform(provider + tagged("")))).toEqual(
    Array(3).fill([{ team: "web", stage: "prod" }, true]),
  );
});

test("tags that may be others are not known", async () => {
  const ignored = 'tags = { team = "data" }\n  lifecycle {\n    ignore_changes = [tags]\n  }';
  expect(tagsIn(await inTerraform(`provider "aws" {}${tagged(ignored)}`))).toEqual(Array(3).fill([{}, false]));
  const unknown = 'tags = merge({ stage = "prod" }, var.team)';
  const [secret] = tagsIn(await inTerraform(`provider "aws" {}${tagged(unknown)}`));
  expect(secret?.[1]).toBe(false);
});

test("tags in CloudFormation, to which a stack may add", async () => {
  const resources = await resourcesOf(`
S: {Type: AWS::SecretsManager::Secret, Properties: {Tags: [{Key: team, Value: data}]}}
P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: x, Tags: {team: data}}}
K: {Type: AWS::KMS::Key, Properties: {Tags: [{Key: team, Value: data}]}}
`);
  expect(tagsIn(resources)).toEqual(Array(3).fill([{ team: "data" }, false]));
});
