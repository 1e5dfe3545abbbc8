import { expect, test } from "vitest";
import { allows, resources, trustsTasks, units } from "./testing.ts";

const text = JSON.stringify;
const principal = (Action: string | string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action, Resource: "*" }],
});

test.each<[string, unknown, object]>([
  ["a bare document", allows("s3:*"), { address: "p.json", kind: "identity", name: null, arn: null }],
  ["a bare trust policy", trustsTasks, { kind: "trust", on: null }],
  ["a bare resource policy of a secret", principal("secretsmanager:GetSecretValue"), { kind: "secret", on: null }],
  ["a bare key policy", principal(["kms:Decrypt", "kms:DescribeKey"]), { kind: "key", on: null }],
  ["a bucket policy", principal("s3:GetObject"), { kind: "other" }],
  ["a policy for several services", principal(["s3:GetObject", "kms:Decrypt"]), { kind: "other" }],
  ["{PolicyDocument}", { PolicyDocument: allows("s3:*") }, { address: "p.json", kind: "identity" }],
  [
    "create-policy",
    { PolicyName: "read", Path: "/batch/", PolicyDocument: text(allows("s3:*")) },
    {
      address: "read",
      name: { value: "read" },
      arn: { value: "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/batch/read" },
    },
  ],
  [
    "create-policy-version",
    { PolicyArn: "arn:aws:iam::111122223333:policy/read", PolicyDocument: text(allows("s3:*")), SetAsDefault: true },
    { address: "read", arn: { value: "arn:aws:iam::111122223333:policy/read" } },
  ],
  ["get-policy-version", { PolicyVersion: { Document: allows("s3:*"), VersionId: "v1" } }, { kind: "identity" }],
  [
    "put-user-policy",
    { UserName: "ann", PolicyName: "p", PolicyDocument: text(allows("s3:*")) },
    { address: "p", attached_elsewhere: true, arn: null },
  ],
  [
    "put-resource-policy",
    { SecretId: "db", ResourcePolicy: text(principal("secretsmanager:GetSecretValue")) },
    { kind: "secret", on: { value: "db" } },
  ],
  [
    "get-resource-policy",
    {
      ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf",
      Name: "db",
      ResourcePolicy: text(principal("secretsmanager:*")),
    },
    { kind: "secret", on: { value: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf" } },
  ],
  [
    "put-key-policy",
    { KeyId: "1234", PolicyName: "default", Policy: text(principal("kms:*")) },
    { kind: "key", on: { value: "1234" } },
  ],
  ["get-key-policy", { Policy: text(principal("kms:*")), PolicyName: "default" }, { kind: "key", on: null }],
  [
    "update-assume-role-policy",
    { RoleName: "r", PolicyDocument: text(trustsTasks) },
    { address: "trust policy of r", kind: "trust", on: { value: "r" } },
  ],
  [
    "a document inside an object of someone's own",
    { roles: { execution: { grants: allows("kms:*") } } },
    { address: "roles.execution.grants", kind: "identity" },
  ],
])("%s is a policy", async (_name, document, expected) => {
  const { policies } = await resources({ "p.json": document });
  expect(policies).toMatchObject([
    { unseen: [], statements: [{ effect: { value: "Allow" } }], attached_to: [], ...expected },
  ]);
});

test("a document that IAM answered percent-encoded is read", async () => {
  const { policies } = await resources({
    "p.json": { RoleName: "r", PolicyName: "p", PolicyDocument: encodeURIComponent(text(allows("s3:*"))) },
  });
  expect(policies).toMatchObject([{ statements: [{ actions: [{ value: "s3:*" }] }] }]);
});

test("a document that can't be read where a role's policy should be is unseen", async () => {
  const { policies } = await resources({
    "p.json": { RoleName: "r", PolicyName: "p", PolicyDocument: "file://policy.json" },
  });
  expect(policies).toMatchObject([
    { statements: [], unseen: [{ part: "policy document", cause: { kind: "shape", name: "policy document" } }] },
  ]);
});

test.each<[string, unknown]>([
  ["a Version alone", { Version: "2012-10-17" }],
  ["a list of statements alone", [{ Effect: "Allow", Action: "s3:*" }]],
  ["a text that looks like one", text(allows("s3:*"))],
])("%s is no policy", async (_name, document) => {
  expect(await units({ "p.json": JSON.stringify(document) })).toEqual([]);
});
