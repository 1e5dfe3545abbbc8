import { expect, test } from "vitest";
import { allows, EXECUTION, executionRole, job, resources, trustsTasks } from "./testing.ts";

const text = JSON.stringify;
const READ = "secretsmanager:GetSecretValue";

test("get-role and list-roles declare roles by their ARN, with their boundary", async () => {
  const role = {
    Path: "/batch/",
    RoleName: "batch-execution",
    Arn: "arn:aws:iam::111122223333:role/batch/batch-execution",
    AssumeRolePolicyDocument: trustsTasks,
    PermissionsBoundary: {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b",
    },
  };
  for (const document of [{ Role: role }, { Roles: [role] }]) {
    const { roles, policies } = await resources({ "role.json": document });
    expect(roles).toMatchObject([
      {
        id: ".#batch-execution",
        name: { value: "batch-execution" },
        arn: { value: "arn:aws:iam::111122223333:role/batch/batch-execution" },
        permissions_boundary: { value: "arn:aws:iam::111122223333:policy/b" },
        policies_told: false,
      },
    ]);
    expect(policies).toMatchObject([
      { kind: "trust", address: "trust policy of batch-execution", on: { value: role.Arn } },
    ]);
  }
});

test("a description with a list of tags shows all of them, and one without shows none", async () => {
  const role = { RoleName: "execution", Arn: EXECUTION, AssumeRolePolicyDocument: trustsTasks };
  const tagsOf = async (more: object) =>
    (await resources({ "role.json": { Role: { ...role, ...more } } })).roles[0]?.tags;
  expect(await tagsOf({ Tags: [] })).toEqual({ given: [], complete: true });
  expect(await tagsOf({ Tags: [{ Key: "team", Value: "data" }] })).toMatchObject({ complete: true });
  expect(await tagsOf({})).toEqual({ given: [], complete: false });
});

test("get-account-authorization-details tells every role whole", async () => {
  const details = {
    RoleDetailList: [
      {
        RoleName: "batch-execution",
        Arn: EXECUTION,
        AssumeRolePolicyDocument: encodeURIComponent(text(trustsTasks)),
        RolePolicyList: [{ PolicyName: "read", PolicyDocument: encodeURIComponent(text(allows(READ))) }],
        AttachedManagedPolicies: [{ PolicyName: "keys", PolicyArn: "arn:aws:iam::111122223333:policy/keys" }],
      },
    ],
    Policies: [
      {
        PolicyName: "keys",
        Arn: "arn:aws:iam::111122223333:policy/keys",
        PolicyVersionList: [
          { VersionId: "v1", IsDefaultVersion: false, Document: allows("s3:*") },
          { VersionId: "v2", IsDefaultVersion: true, Document: allows("kms:Decrypt") },
        ],
      },
    ],
  };
  expect(await executionRole({ "account.json": details, "job.json": job() })).toEqual({
    address: "batch-execution",
    certain: true,
    complete: true,
    trust: 1,
    statements: [
      [READ, null],
      ["kms:Decrypt", null],
    ],
    unseen: [],
  });
});

test.each<[string, unknown]>([
  [
    "by the key",
    { _comment: "roles", "batch-execution": { policies: [{ policyName: "read", policyDocument: allows(READ) }] } },
  ],
  [
    "by a name inside",
    {
      Execution: {
        roleName: "batch-execution",
        assumeRolePolicy: trustsTasks,
        policies: [{ policyName: "read", policyDocument: allows(READ) }],
      },
    },
  ],
  ["in a list", { roles: [{ RoleName: "batch-execution", InlinePolicies: [allows(READ)] }] }],
  ["alone", { roleName: "batch-execution", policies: [{ PolicyName: "read", PolicyDocument: text(allows(READ)) }] }],
])("a wrapper that calls the role %s tells it whole", async (_name, wrapper) => {
  expect(await executionRole({ "iam.json": wrapper, "job.json": job() })).toMatchObject({
    address: "batch-execution",
    complete: true,
    statements: [[READ, null]],
  });
});

test("a wrapper's managed policies count", async () => {
  const wrapper = {
    "batch-execution": {
      managedPolicyArns: ["arn:aws:iam::111122223333:policy/other"],
      policies: [{ policyName: "read", policyDocument: allows(READ) }],
    },
  };
  expect(await executionRole({ "iam.json": wrapper, "job.json": job() })).toMatchObject({
    complete: false,
    unseen: ["the policy arn:aws:iam::111122223333:policy/other is not in these files"],
  });
});

test.each<[string, object]>([
  ["names a policy in words", { policies: [{ policyName: "read", policyDocument: allows(READ) }, "SomePolicy"] }],
  [
    "has a list of its own",
    { policies: [{ policyName: "read", policyDocument: allows(READ) }], extraPolicies: ["SomePolicy"] },
  ],
])("a wrapper that %s does not tell the role whole", async (_name, wrapper) => {
  expect(await executionRole({ "iam.json": { "batch-execution": wrapper }, "job.json": job() })).toMatchObject({
    complete: false,
    statements: [[READ, null]],
  });
});

test("an ARN among a wrapper's policies is a managed policy", async () => {
  const arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
  const wrapper = { policies: [{ policyName: "read", policyDocument: allows(READ) }, arn] };
  const { roles } = await resources({ "iam.json": { "batch-execution": wrapper }, "job.json": job() });
  expect(roles).toMatchObject([{ managed_policies: [{ value: arn }], policies_told: true }]);
});

test("a wrapper with managed policies alone is a role", async () => {
  const arn = "arn:aws:iam::111122223333:policy/other";
  const { roles } = await resources({ "iam.json": { execution: { managedPolicyArns: [arn] } } });
  expect(roles).toMatchObject([{ address: "execution", managed_policies: [{ value: arn }], policies_told: true }]);
});
