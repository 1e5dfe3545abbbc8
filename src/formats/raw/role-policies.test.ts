import { expect, test } from "vitest";
import { allows, covered, EXECUTION, executionRole, job, resources, trustsTasks, units } from "./testing.ts";

const text = JSON.stringify;
const READ = "secretsmanager:GetSecretValue";
const inline = (RoleName = "batch-execution") => ({ RoleName, PolicyName: "read", PolicyDocument: text(allows(READ)) });
const create = { RoleName: "batch-execution", AssumeRolePolicyDocument: text(trustsTasks) };

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
    unseen: ["not every policy of the role batch-execution is in these files"],
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
    unseen: ["the policy arn:aws:iam::111122223333:policy/other is not in these files"],
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

test("the configuration may name managed policies, and a file that holds no policy is reported", async () => {
  expect(
    await executionRole(
      { "job.json": job() },
      { "batch-execution": ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"] },
    ),
  ).toMatchObject({ complete: true, address: "batch-execution" });
  expect(await executionRole({ "job.json": job() }, { "batch-execution": ["iam/gone.json"] })).toMatchObject({
    complete: false,
    unseen: ["no policy was read from iam/gone.json, which `role-policies` of the configuration names"],
  });
});

test("an ARN of another account in the configuration is another role", async () => {
  const files = { "job.json": job(), "policy.json": allows(READ) };
  expect(await executionRole(files, { "arn:aws:iam::444455556666:role/batch-execution": ["policy.json"] })).toBeNull();
});

test("the configuration of an ARN says nothing of the role of that name in another account", async () => {
  const other = "arn:aws:iam::444455556666:role/batch-execution";
  const files = { "dev.json": job(), "prod.json": job(other), "policy.json": allows(READ) };
  const [unit] = await units(files, { [other]: ["policy.json"] });
  expect(unit?.resources.roles.map(({ arn, policies_told }) => [arn.value, policies_told])).toEqual([
    [other, true],
    [EXECUTION, false],
  ]);
  expect(unit?.resources.policies[0]?.attached_to.map(({ value }) => value)).toEqual([other]);
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
  const why = `${name} may or may not be attached to the role`;
  expect(role).toEqual(
    expected
      ? {
          address: "batch-execution",
          certain: true,
          complete: false,
          trust: null,
          statements: [[READ, why]],
          unseen: ["not every policy of the role batch-execution is in these files"],
        }
      : null,
  );
});

test("nothing is guessed beside a role that is described", async () => {
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
