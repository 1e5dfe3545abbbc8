import { expect, test } from "vitest";
import { evidenceSchema } from "./schema.ts";

const asked = {
  evidence: 1,
  account: "111122223333",
  region: "eu-west-1",
  at: "2026-12-01T12:00:00Z",
  call: { service: "secretsmanager", operation: "DescribeSecret", input: { SecretId: "db" } },
};

test("an answer and an error are evidence", () => {
  expect(evidenceSchema.safeParse({ ...asked, output: { Name: "db" } }).success).toBe(true);
  const error = { code: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." };
  expect(evidenceSchema.safeParse({ ...asked, error }).success).toBe(true);
});

test.each([
  ["neither an answer nor an error", {}],
  ["both", { output: {}, error: { code: "AccessDenied", message: "" } }],
  ["another version", { evidence: 2, output: {} }],
  ["no account", { account: "prod", output: {} }],
  ["a time without a zone", { at: "2026-12-01T12:00:00", output: {} }],
  ["a service that is not asked", { call: { ...asked.call, service: "s3" }, output: {} }],
  ["an operation in the spelling of the command line", { call: { ...asked.call, operation: "describe-secret" } }],
])("%s is none", (_, change) => {
  expect(evidenceSchema.safeParse({ ...asked, ...change }).success).toBe(false);
});
