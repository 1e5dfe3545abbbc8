import { expect, test } from "vitest";
import { parseConfig } from "../config/parse.ts";
import { nodeTooOld, requireAccount, targetOf } from "./aws.ts";

test("a Node that the AWS SDK is going to leave is refused in a sentence, before the SDK is loaded", () => {
  expect(["20.11.1", "21.0.0", "22.0.0", "24.21.0"].map((version) => nodeTooOld("collect", version)?.message)).toEqual([
    "The command collect needs Node 22 or later, and this is Node 20.11.1.",
    "The command collect needs Node 22 or later, and this is Node 21.0.0.",
    undefined,
    undefined,
  ]);
});

const text = `deployments:
  - { name: production, unit: infra, account: "111122223333", region: eu-west-1, profile: prod, evidence: evidence/prod }
  - { name: staging, unit: infra, role-arn: "arn:aws:iam::444455556666:role/audit" }
`;
const nothing = { deployment: undefined, profile: undefined };

test("a deployment brings its credentials, and the command line comes first", async () => {
  const { config } = await parseConfig(text, "c.yaml");
  expect(targetOf(config, { ...nothing, deployment: "production" }, undefined)).toEqual({
    ...{ account: "111122223333", region: "eu-west-1", profile: "prod", role: undefined, evidence: "evidence/prod" },
  });
  expect(targetOf(config, { deployment: "staging", profile: undefined }, "us-east-1")).toMatchObject({
    ...{ role: "arn:aws:iam::444455556666:role/audit", region: "us-east-1", profile: undefined },
  });
  expect(targetOf(config, { deployment: "staging", profile: "mine" }, undefined)).toMatchObject({
    ...{ role: undefined, profile: "mine" },
  });
  expect(targetOf(config, { ...nothing, deployment: "test" }, undefined)).toMatchObject({
    message: "There is no deployment test.",
    hint: "There are production and staging.",
  });
});

test("credentials of another account are refused", () => {
  const target = { profile: undefined, region: undefined, evidence: undefined };
  const who = { account: "111122223333", partition: "aws", region: "eu-west-1" };
  expect(() => requireAccount({ ...target, account: undefined }, who)).not.toThrow();
  expect(() => requireAccount({ ...target, account: "444455556666" }, who)).toThrow(
    "the credentials belong to the account 111122223333, but the deployment is in 444455556666",
  );
});
