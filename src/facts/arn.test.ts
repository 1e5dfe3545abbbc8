import fc from "fast-check";
import { expect, test } from "vitest";
import { owner } from "../../test/support/units.ts";
import { joinArn, keyArn, parameterArn, policyArn, roleArn, secretArn, splitArn } from "./arn.ts";

test("an ARN splits into its fields, and its resource may hold colons", () => {
  expect(splitArn("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:user::")).toEqual({
    partition: "aws",
    service: "secretsmanager",
    region: "eu-west-1",
    account: "123456789012",
    resource: "secret:db-AbCdEf:user::",
  });
});

test("a string with a wide hole before its resource is not split", () => {
  expect(splitArn("arn:aws:secretsmanager:⟨*where⟩:secret:db")).toBeUndefined();
  expect(splitArn("arn:aws:secretsmanager:⟨*where⟩:123456789012:secret:db")).toBeUndefined();
  expect(splitArn("⟨*SecretArn⟩:user::")).toBeUndefined();
});

test("a wide hole in the resource does not hinder", () => {
  expect(splitArn("arn:aws:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨*name⟩")?.resource).toBe(
    "secret:⟨*name⟩",
  );
});

test("splitting and joining are inverse", () => {
  const field = fc.string().map((text) => text.replace(/[:⟨⟩]/g, ""));
  const arn = fc.record({ partition: field, service: field, region: field, account: field, resource: fc.string() });
  fc.assert(
    fc.property(arn, (fields) => {
      expect(splitArn(joinArn(fields))).toEqual(fields);
    }),
  );
});

test("whatever is split joins to the same text", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const fields = splitArn(`arn:${text}`);
      if (fields) expect(joinArn(fields)).toBe(`arn:${text}`);
    }),
  );
});

test("symbolic ARNs keep a known name and represent the rest by holes", () => {
  const at = "Db@jobs.yaml";
  expect(secretArn(owner(at), "prod/db")).toBe(
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:prod/db-⟨#Db@jobs.yaml⟩",
  );
  expect(secretArn(owner(at), null)).toBe(
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@jobs.yaml⟩-⟨#Db@jobs.yaml⟩",
  );
  expect(parameterArn(owner(at), "/prod/db")).toBe(
    "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/prod/db",
  );
  expect(keyArn(owner(at))).toBe("arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Db@jobs.yaml⟩");
  expect(roleArn(owner(at), "jobs", "/batch/")).toBe("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/batch/jobs");
  expect(policyArn(owner(at), null)).toBe("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/⟨Db.name@jobs.yaml⟩");
});
