import { expect, test } from "vitest";
import { link } from "../../facts/link.ts";
import { allows, covered, EXECUTION, job, resources, trustsTasks, units } from "./testing.ts";

const text = JSON.stringify;
const READ = "secretsmanager:GetSecretValue";
const inline = (RoleName = "batch-execution") => ({ RoleName, PolicyName: "read", PolicyDocument: text(allows(READ)) });
const create = { RoleName: "batch-execution", AssumeRolePolicyDocument: text(trustsTasks) };

/** The job's execution role after linking: its address, actions, whether it is seen whole, and why not. */
async function executionRole(
  files: Readonly<Record<string, unknown>>,
  rolePolicies: Readonly<Record<string, readonly string[]>> = {},
) {
  const world = await link(await units(files, rolePolicies));
  const [one] = world.jobs;
  const found = one && world.findRole(one.unit, [one.containers[0]?.execution_role?.arn.value ?? ""]);
  if (!found) return null;
  const { address, statements, complete, unseen, trust } = found.resource;
  return {
    address,
    certain: found.certain,
    complete,
    trust: trust?.length ?? null,
    statements: statements.map(({ actions, maybe }) => [actions?.map(({ value }) => value).join(), maybe]),
    unseen: unseen.map(({ why }) => why),
  };
}

test("a role's ARN alone is no role of the files", async () => {
  expect(await executionRole({ "job.json": job() })).toBeNull();
  expect(await executionRole({ "job.json": job(), "policy.json": allows(READ) })).toBeNull();
});

test("put-role-policy names the role of a job; other policies may be attached elsewhere", async () => {
  expect(await executionRole({ "job.json": job(), "put.json": inline() })).toEqual({
    address: "batch-execution",
    certain: true,
    complete: false,
    trust: null,
    statements: [[READ, null]],
    unseen: ["these files do not tell all policies of batch-execution"],
  });
});

test("create-role with put-role-policy beside it tells the role whole", async () => {
  expect(await executionRole({ "create.json": create, "job.json": job(), "put.json": inline() })).toEqual({
    address: "batch-execution",
    certain: true,
    complete: true,
    trust: 1,
    statements: [[READ, null]],
    unseen: [],
  });
});

test("create-role without policies tells only who may take the role", async () => {
  expect(await executionRole({ "create.json": create, "job.json": job() })).toMatchObject({
    complete: false,
    trust: 1,
    statements: [],
  });
});

test("attach-role-policy attaches a policy of the files, and one of AWS", async () => {
  const attach = (name: string) => ({ RoleName: "batch-execution", PolicyArn: name });
  const files = {
    "job.json": job(),
    "create.json": create,
    "policy.json": { PolicyName: "read", PolicyDocument: text(allows(READ)) },
    "attach.json": [
      attach("arn:aws:iam::111122223333:policy/read"),
      attach("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"),
    ],
  };
  expect(await executionRole(files)).toMatchObject({
    complete: true,
    statements: expect.arrayContaining([[READ, null]]),
  });
  const elsewhere = { ...files, "attach.json": attach("arn:aws:iam::111122223333:policy/other") };
  expect(await executionRole(elsewhere)).toMatchObject({
    complete: false,
    unseen: ["the managed policy arn:aws:iam::111122223333:policy/other is not in these files"],
  });
});

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
    unseen: ["the managed policy arn:aws:iam::111122223333:policy/other is not in these files"],
  });
});

test("a role with a placeholder in its ARN is the role of that name", async () => {
  const files = {
    "create.json": create,
    "put.json": inline(),
    "job.json": job("arn:aws:iam::${ACCOUNT}:role/batch-execution"),
  };
  expect(await executionRole(files)).toMatchObject({ certain: true, complete: true, statements: [[READ, null]] });
});

test("roles of one name in two accounts are two, and a policy for the name belongs to both", async () => {
  const other = "arn:aws:iam::444455556666:role/batch-execution";
  const { roles, policies } = await resources({
    "dev.json": job(),
    "prod.json": job(other),
    "put.json": inline(),
    "role.json": { Role: { RoleName: "batch-execution", Arn: other, AssumeRolePolicyDocument: trustsTasks } },
  });
  expect(roles.map(({ address, arn, policies_told }) => [address, arn.value, policies_told])).toEqual([
    ["batch-execution (role.json)", other, true],
    ["batch-execution (dev.json)", EXECUTION, false],
  ]);
  expect(policies.find(({ kind }) => kind === "identity")?.attached_to.map(({ value }) => value)).toEqual([
    other,
    EXECUTION,
  ]);
});

test("the configuration joins a role to its policies across folders, and vouches that they are all", async () => {
  const files = {
    "jobs/a/job.json": job(),
    "jobs/b/job.json": { ...job(), jobDefinitionName: "hourly" },
    "iam/execution.json": allows(READ),
    "iam/unrelated/deploy.json": allows("iam:*"),
  };
  const told = {
    address: "batch-execution",
    certain: true,
    complete: true,
    trust: null,
    statements: [[READ, null]],
    unseen: [],
  };
  for (const name of ["batch-execution", EXECUTION]) {
    for (const pattern of ["iam/execution.json", "./iam/*.json", "iam/**/execution.json"]) {
      expect(await executionRole(files, { [name]: [pattern] })).toEqual(told);
    }
  }
  const all = await units(files, { "batch-execution": ["iam/execution.json"] });
  expect(all.map(({ id, resources }) => [id, resources.job_definitions.length, resources.policies.length])).toEqual([
    ["jobs/a", 2, 1],
    ["iam/unrelated", 0, 1],
  ]);
});

test("the configuration may name managed policies, and a file that holds no policy is said", async () => {
  expect(
    await executionRole(
      { "job.json": job() },
      { "batch-execution": ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"] },
    ),
  ).toMatchObject({ complete: true, address: "batch-execution" });
  expect(await executionRole({ "job.json": job() }, { "batch-execution": ["iam/gone.json"] })).toMatchObject({
    complete: false,
    unseen: ["no policy was read from iam/gone.json, which role-policies names"],
  });
});

test("an ARN of another account in the configuration is another role", async () => {
  const files = { "job.json": job(), "policy.json": allows(READ) };
  expect(await executionRole(files, { "arn:aws:iam::444455556666:role/batch-execution": ["policy.json"] })).toBeNull();
});

test.each([
  ["execution-role-policy.json", true],
  ["batch_execution.json", true],
  ["ecsTaskExecutionRolePolicy.json", true],
  ["policy.json", false],
  ["deploy-role.json", false],
  ["job-role-policy.json", false],
])("a bare policy called %s may be the execution role's: %s", async (name, expected) => {
  const role = await executionRole({ "job.json": job(), [name]: allows(READ) });
  const why = `it can't be told whether ${name} is attached to batch-execution`;
  expect(role).toEqual(
    expected
      ? {
          address: "batch-execution",
          certain: true,
          complete: false,
          trust: null,
          statements: [[READ, why]],
          unseen: [why, "these files do not tell all policies of batch-execution"],
        }
      : null,
  );
});

test("nothing is guessed beside a role that is told", async () => {
  const files = {
    "job.json": job(),
    "create.json": create,
    "put.json": inline(),
    "execution-extra.json": allows("kms:*"),
  };
  expect(await executionRole(files)).toMatchObject({ complete: true, statements: [[READ, null]] });
});

test("a role is placed where it is declared, else where it is named", async () => {
  const named = await resources({ "put.json": inline() });
  expect(named.roles.map(({ at }) => covered(at))).toEqual(['"batch-execution"']);
  const declared = await resources({ "create.json": create, "put.json": inline() });
  expect(declared.roles.map(({ at }) => covered(at))).toEqual([text(create)]);
});
