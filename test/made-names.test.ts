/** Roles by the names that CloudFormation makes for them, from files to answers. */
import { expect, test } from "vitest";
import { answers } from "./support/answers.ts";

const READ = "secret-read-allowed";
const TRUST = `{Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}`;
const stack = (of: { readonly name?: string; readonly action?: string; readonly id?: string } = {}) => `
Resources:
  ${of.id ?? "Load"}:
    Type: AWS::IAM::Role
    Properties:
      ${of.name === undefined ? "" : `RoleName: ${of.name}`}
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "${of.action ?? "secretsmanager:GetSecretValue"}", Resource: "*"}]}}]
`;
const job = (role: string) =>
  JSON.stringify({
    jobDefinitionName: "load",
    type: "container",
    containerProperties: {
      image: "a",
      executionRoleArn: `arn:aws:iam::111122223333:role/${role}`,
      secrets: [{ name: "TOKEN", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:t-AbCdEf" }],
    },
  });

test.each(["iam-prod-Load-1ABCDEFGHIJKL", "iam-Load-ABCDEFGHIJ12", "app-Iam-XYZ0123456789-Load-1ABCDEFGHIJKL"])(
  "the role that a stack makes under a name such as %s is that of its logical id",
  async (role) => {
    const files = { "iam.yaml": stack(), "job.json": job(role) };
    expect(await answers(READ, files)).toEqual(["proven"]);
  },
);

test("what such a role lacks is not certain", async () => {
  const files = { "iam.yaml": stack({ action: "s3:GetObject" }), "job.json": job("iam-Load-1ABCDEFGHIJKL") };
  expect(await answers(READ, files)).toEqual(["Load may or may not be that role"]);
});

test.each([
  ["two stacks have that logical id", { "a.yaml": stack(), "b.yaml": stack() }, "iam-Load-1ABCDEFGHIJKL"],
  ["the role has a name of its own", { "iam.yaml": stack({ name: "load" }) }, "iam-Load-1ABCDEFGHIJKL"],
  ["the logical id is another one", { "iam.yaml": stack({ id: "Store" }) }, "iam-Load-1ABCDEFGHIJKL"],
  ["the name has no random end", { "iam.yaml": stack() }, "iam-Load-role"],
])("a role stays open where %s", async (_, stacks, role) => {
  const [answer] = await answers(READ, { ...stacks, "job.json": job(role) });
  expect(answer).toMatch(/^the role .* is not declared in these files$/);
});
