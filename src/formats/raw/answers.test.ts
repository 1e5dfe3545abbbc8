/** Answers of the AWS CLI as people paste them, many of which do not say what they are about. */
import { expect, test } from "vitest";
import { link } from "../../facts/link.ts";
import { allows, EXECUTION, executionRole, job, resources, trustsTasks, units } from "./testing.ts";

const READ = "secretsmanager:GetSecretValue";
const role = {
  Role: { Path: "/", RoleName: "batch-execution", Arn: EXECUTION, AssumeRolePolicyDocument: trustsTasks },
};
const other = {
  Role: { RoleName: "batch", Arn: "arn:aws:iam::111122223333:role/batch", AssumeRolePolicyDocument: trustsTasks },
};
const POLICY = "arn:aws:iam::111122223333:policy/read-secrets";
const policy = { Policy: { PolicyName: "read-secrets", Arn: POLICY, Path: "/", DefaultVersionId: "v2" } };
const version = (VersionId: string, Document: object, IsDefaultVersion = true) => ({
  PolicyVersion: { VersionId, Document, IsDefaultVersion, CreateDate: "2026-01-01T00:00:00+00:00" },
});
const attached = { AttachedPolicies: [{ PolicyName: "read-secrets", PolicyArn: POLICY }] };

test("get-role with both of its lists and what they name is a complete role", async () => {
  expect(
    await executionRole({
      "job.json": job(),
      "get-role.json": role,
      "list-role-policies.json": { PolicyNames: ["keys"] },
      "get-role-policy.json": {
        RoleName: "batch-execution",
        PolicyName: "keys",
        PolicyDocument: allows("kms:Decrypt"),
      },
      "list-attached-role-policies.json": attached,
      "get-policy.json": policy,
      "get-policy-version.json": version("v2", allows(READ)),
    }),
  ).toMatchObject({
    complete: true,
    unseen: [],
    statements: [
      ["kms:Decrypt", null],
      [READ, null],
    ],
  });
});

test.each([
  ["one of the lists", { "attached.json": attached, "p.json": policy, "v.json": version("v2", allows(READ)) }],
  [
    "lists that are one page of several",
    { "a.json": { AttachedPolicies: [], IsTruncated: true, Marker: "x" }, "i.json": { PolicyNames: [] } },
  ],
])("a role with only %s may have more policies", async (_, files) => {
  const read = await executionRole({ "job.json": job(), "get-role.json": role, ...files });
  expect(read).toMatchObject({
    complete: false,
    unseen: ["not every policy of the role batch-execution is in these files"],
  });
});

test("an inline policy that is only listed is not known", async () => {
  const lists = { "a.json": { AttachedPolicies: [] }, "i.json": { PolicyNames: ["keys"] } };
  expect(await executionRole({ "job.json": job(), "get-role.json": role, ...lists })).toMatchObject({
    complete: false,
    unseen: ["the policy keys is not in these files"],
  });
});

test("only the default version of a managed policy counts", async () => {
  const files = {
    "job.json": job(),
    "get-role.json": role,
    "i.json": { PolicyNames: [] },
    "a.json": attached,
    "p.json": policy,
  };
  const old = await executionRole({ ...files, "v1.json": version("v1", allows("*"), false) });
  expect(old).toMatchObject({
    complete: false,
    statements: [],
    unseen: [`the policy ${POLICY} is not in these files`],
  });
  const wrong = await executionRole({ ...files, "v1.json": version("v1", allows("*")) });
  expect(wrong).toMatchObject({ complete: false, statements: [] });
});

test("where several roles are described, a list belongs to the one that its file names, the longest name first", async () => {
  const files = {
    "role-1.json": role,
    "role-2.json": other,
    "job.json": job(),
    "batch-execution-attached.json": { AttachedPolicies: [] },
    "batch-execution-inline.json": { PolicyNames: [] },
  };
  expect(await executionRole(files)).toMatchObject({ complete: true });
  const { "batch-execution-inline.json": inline, ...rest } = files;
  expect(await executionRole({ ...rest, "inline.json": inline })).toMatchObject({ complete: false });
});

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const key = (more: object = {}) => ({
  KeyMetadata: { KeyId: KEY.slice(-36), Arn: KEY, Enabled: true, KeyState: "Enabled", KeyManager: "CUSTOMER", ...more },
});
const keyPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: EXECUTION }, Action: "kms:Decrypt", Resource: "*" }],
});

test("get-key-policy belongs to the key of its folder, or to the one that its file names", async () => {
  const one = await link(
    await units({ "key.json": key(), "policy.json": { Policy: keyPolicy, PolicyName: "default" } }),
  );
  expect([...one.keys.values()]).toMatchObject([
    { statements: [{ actions: [{ value: "kms:Decrypt" }] }], complete: true },
  ]);
  const second = key({ KeyId: "99", Arn: "arn:aws:kms:eu-west-1:111122223333:key/99" });
  const two = { "a.json": key(), "b.json": second, "policy.json": { Policy: keyPolicy } };
  expect([...(await link(await units(two))).keys.values()].map(({ statements }) => statements.length)).toEqual([0, 0]);
  const named = await link(
    await units({
      ...two,
      "policy.json": {},
      [`${KEY.slice(-36)}-policy.json`]: { Policy: keyPolicy, PolicyName: "x" },
    }),
  );
  expect([...named.keys.values()].map(({ statements }) => statements.length)).toEqual([1, 0]);
});

test("a key without KeyState is what Enabled says", async () => {
  const { keys } = await resources({ "key.json": key({ KeyState: null, Enabled: false }) });
  expect(keys).toMatchObject([{ state: { value: "Disabled" } }]);
});

test.each([
  ["list-aliases", { Aliases: [{ AliasName: "alias/aws/ssm", TargetKeyId: KEY.slice(-36) }] }],
  ["describe-key", key({ KeyManager: "AWS" })],
])("a key that %s shows to be AWS's own is no customer key", async (_, document) => {
  const parameter = {
    Parameters: [{ Name: "/db", Type: "SecureString", KeyId: KEY, ARN: "arn:aws:ssm:x:1:parameter/db" }],
  };
  const reads = job(EXECUTION, { secrets: [{ name: "DB", valueFrom: "/db" }] });
  const world = await link(await units({ "key.json": document, "parameter.json": parameter, "job.json": reads }));
  expect(world.findParameter(".", ["name db"])?.resource).toMatchObject({ key_reference: null });
});

test("a secret that RDS owns has a user's name and a password", async () => {
  const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-AbCdEf";
  const { secrets } = await resources({
    "secret.json": { ARN, Name: "rds!db-1", RotationEnabled: true, OwningService: "rds", VersionIdsToStages: {} },
  });
  expect(secrets).toMatchObject([{ rotates: true, contents: [{ kind: "json", keys: ["username", "password"] }] }]);
});

const entry = (Egress: boolean, RuleNumber: number, RuleAction: string, more: object = {}) => ({
  Egress,
  RuleNumber,
  RuleAction,
  Protocol: "-1",
  CidrBlock: "0.0.0.0/0",
  ...more,
});
test("a network ACL gives its rules to its subnets", async () => {
  const Entries = [entry(true, 100, "allow"), entry(false, 90, "deny", { Protocol: "6" })];
  const world = await link(
    await units({
      "acls.json": {
        NetworkAcls: [{ NetworkAclId: "acl-1", VpcId: "vpc-1", Associations: [{ SubnetId: "subnet-1" }], Entries }],
      },
      "subnets.json": { Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1" }] },
    }),
  );
  const [subnet] = world.networks.subnets.values();
  expect(subnet?.acl).toMatchObject({
    address: "acl-1",
    entries: [
      { number: 100, egress: true, allow: true, protocol: { value: "-1" } },
      { number: 90, egress: false, allow: false, protocol: { value: "6" } },
    ],
    unseen: [],
  });
});

test("a compute environment that is disabled or deleted runs no jobs", async () => {
  const environment = (computeEnvironmentName: string, more: object) => ({
    computeEnvironmentName,
    type: "MANAGED",
    status: "VALID",
    state: "ENABLED",
    ...more,
  });
  const { compute_environments } = await resources({
    "environments.json": {
      computeEnvironments: [
        environment("on", {}),
        environment("off", { state: "DISABLED" }),
        environment("gone", { status: "DELETED" }),
      ],
    },
  });
  expect(compute_environments.map(({ address }) => address)).toEqual(["on"]);
});
