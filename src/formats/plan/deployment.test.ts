import { expect, test } from "vitest";
import { unitOf } from "./testing.ts";

const provider = (region: object, more: object = {}) => ({
  configuration: {
    provider_config: { aws: { name: "aws", expressions: { region } }, ...more },
    root_module: { resources: [], module_calls: {} },
  },
});
const ACCOUNT = { address: "data.aws_caller_identity.current", values: { account_id: "111122223333" } };
const PARTITION = { address: "data.aws_partition.current", values: { partition: "aws" } };
const SECRET = { address: "aws_secretsmanager_secret.s", values: { name: "s" } };

/** Where a plan is deployed, and the ARN of a secret that it makes, without the random suffix. */
async function placed(more: object, before: { address: string; values: Record<string, unknown> }[] = []) {
  const { deployment, resources } = await unitOf({ resources: [SECRET], before, more });
  return [deployment, resources.secrets[0]?.arn.value.replace(/-[^-]*$/, "")];
}

const UNKNOWN = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:s";

test("a plan is deployed to the Region of its provider, and the account that it has looked up", async () => {
  const deployment = { partition: "aws", region: "eu-west-1", account: "111122223333" };
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s";
  const constant = { constant_value: "eu-west-1" };
  expect(await placed(provider(constant), [ACCOUNT])).toEqual([deployment, arn]);
  const variable = { ...provider({ references: ["var.region"] }), variables: { region: { value: "eu-west-1" } } };
  expect(await placed(variable, [ACCOUNT, PARTITION])).toEqual([deployment, arn]);
  const region = { address: "data.aws_region.current", values: { name: "eu-west-1" } };
  expect(await placed(provider({}), [ACCOUNT, region])).toEqual([deployment, arn]);
});

test("what a plan does not tell is not known, and several providers are several places", async () => {
  expect(await placed(provider({ references: ["local.region"] }))).toEqual([{}, UNKNOWN]);
  expect(await placed({})).toEqual([undefined, UNKNOWN]);
  const east = { "aws.east": { name: "aws", alias: "east", expressions: { region: { constant_value: "us-east-1" } } } };
  expect(await placed(provider({ constant_value: "eu-west-1" }, east), [ACCOUNT])).toEqual([undefined, UNKNOWN]);
  const other = { ...ACCOUNT, address: "data.aws_caller_identity.other", values: { account_id: "444455556666" } };
  const [deployment] = await placed(provider({ constant_value: "eu-west-1" }), [ACCOUNT, other]);
  expect(deployment).toEqual({ partition: "aws", region: "eu-west-1" });
});
