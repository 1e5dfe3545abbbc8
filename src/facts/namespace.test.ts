import { expect, test } from "vitest";
import { known } from "../../test/support/units.ts";
import { finder, kmsKeys, otherAccount, parameterKeys, roleKeys, secretKeys } from "./namespace.ts";

const named = (unit: string, ...keys: string[]) => ({ unit, keys });
const keysOf = ({ keys }: { readonly keys: readonly string[] }) => keys;

test("a resource of the own unit is certain", () => {
  const role = named("a", "name job");
  expect(finder([role, named("b", "name job")], keysOf)("a", ["name job"])).toEqual({ resource: role, certain: true });
});

test("the only resource of a name in another unit is found, but not certain", () => {
  const role = named("b", "name job");
  expect(finder([role], keysOf)("a", ["name job"])).toEqual({ resource: role, certain: false });
});

test("a string that only one unit can have is certain from everywhere", () => {
  const role = named("b", known("arn:⟨Role@b⟩"));
  expect(finder([role], keysOf)("a", [known("arn:⟨Role@b⟩")])).toEqual({ resource: role, certain: true });
});

test("a whole ARN means one thing wherever it stands", () => {
  const secret = named("b", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf");
  expect(finder([secret], keysOf)("a", secret.keys)).toEqual({ resource: secret, certain: true });
});

test("of two resources with one name none is found", () => {
  expect(finder([named("b", "name job"), named("c", "name job")], keysOf)("a", ["name job"])).toBeUndefined();
  expect(finder([named("a", "name job"), named("a", "name job")], keysOf)("a", ["name job"])).toBeUndefined();
});

test("a name with an ARN is looked for where that is, in the own unit and in others", () => {
  const at = (unit: string, account: string, region: string) => {
    const arn = { value: `arn:aws:ssm:${region}:${account}:parameter/key` };
    return { unit, arn, keys: ["name key"] };
  };
  const [here, far, theirs] = [
    at("a", "1".repeat(12), "eu-west-1"),
    at("a", "1".repeat(12), "us-east-1"),
    at("b", "2".repeat(12), "eu-west-1"),
  ] as const;
  const find = finder([here, far, theirs], keysOf);
  for (const one of [here, far, theirs]) {
    const asked = [`${one.arn.value}-x`, "name key"];
    for (const unit of ["a", "b", "c"]) {
      expect(find(unit, asked)).toEqual({ resource: one, certain: unit === one.unit });
    }
  }
  expect(find("c", ["arn:aws:ssm:eu-west-2:111111111111:parameter/key", "name key"])).toBeUndefined();
  expect(find("c", ["name key"])).toBeUndefined();
});

test("a reference to a secret is looked up without selectors, and by its name without suffix", () => {
  expect(secretKeys("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:user::")).toEqual([
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
    "name prod/db-AbCdEf",
    "name prod/db",
  ]);
  expect(secretKeys("prod/db")).toEqual(["name prod/db"]);
  expect(secretKeys("arn:aws:ssm:eu-west-1:123456789012:parameter/db")).toEqual([]);
});

test("a parameter is one thing by name and by ARN", () => {
  expect(parameterKeys("/prod/db")).toContain("name prod/db");
  expect(parameterKeys("arn:aws:ssm:eu-west-1:123456789012:parameter/prod/db")).toContain("name prod/db");
});

test("a role is looked up by ARN and by the last part of its path", () => {
  expect(roleKeys("arn:aws:iam::⟨AWS.AccountId⟩:role/⟨Role.name@stacks/jobs.yaml⟩")).toEqual([
    "arn:aws:iam::⟨AWS.AccountId⟩:role/⟨Role.name@stacks/jobs.yaml⟩",
    "name ⟨Role.name@stacks/jobs.yaml⟩",
  ]);
  expect(roleKeys("arn:aws:iam::123456789012:role/batch/job")).toEqual([
    "arn:aws:iam::123456789012:role/batch/job",
    "name job",
  ]);
});

test("a key is one thing by id and by ARN", () => {
  expect(kmsKeys("arn:aws:kms:eu-west-1:123456789012:key/1234abcd")).toContain("1234abcd");
});

test("only two literal accounts can differ", () => {
  const arn = (account: string) => `arn:aws:iam::${account}:role/job`;
  expect(otherAccount(arn("111111111111"), arn("222222222222"))).toBe(true);
  expect(otherAccount(arn("111111111111"), arn("⟨AWS.AccountId⟩"))).toBe(false);
  expect(otherAccount(arn("111111111111"), "job")).toBe(false);
});
