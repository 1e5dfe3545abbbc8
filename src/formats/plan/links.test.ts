import { expect, test } from "vitest";
import { causeWords } from "../../facts/causes.ts";
import { type TestPlan, type TestResource, unitOf } from "./testing.ts";

const SECRET: TestResource = {
  address: "aws_secretsmanager_secret.db",
  values: { name: "db" },
  unknown: { arn: true, id: true },
};
const SECRET_ARN =
  "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#aws_secretsmanager_secret.db@plan.json⟩";

function alias(refers: readonly string[], address = "aws_kms_alias.a"): TestResource {
  return { address, values: { name: "alias/a" }, unknown: { target_key_id: true }, refers: { target_key_id: refers } };
}
const key = (address: string): TestResource => ({ address, unknown: { arn: true, key_id: true, id: true } });

async function targets(plan: TestPlan): Promise<(string | undefined)[]> {
  return (await unitOf(plan)).resources.aliases.map(({ target }) => target.value);
}

test("an attachment's role and policy are those that it refers to", async () => {
  const { resources } = await unitOf({
    resources: [
      { address: "aws_iam_role.exec", unknown: { name: true, arn: true } },
      { address: "aws_iam_policy.read", values: { name: "read" }, unknown: { arn: true } },
      {
        address: "aws_iam_role_policy_attachment.a",
        unknown: { role: true, policy_arn: true },
        refers: {
          role: ["aws_iam_role.exec.name", "aws_iam_role.exec"],
          policy_arn: ["aws_iam_policy.read.arn", "aws_iam_policy.read"],
        },
      },
    ],
  });
  expect(resources.attachments.map(({ role, policy }) => [role.value, policy.value])).toStrictEqual([
    ["⟨aws_iam_role.exec.name@plan.json⟩", "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/read"],
  ]);
});

test("a version belongs to the secret it refers to", async () => {
  const version = {
    address: "aws_secretsmanager_secret_version.v",
    values: { secret_string: "x" },
    unknown: { secret_id: true },
    sensitive: { secret_string: true },
    refers: { secret_id: ["aws_secretsmanager_secret.db.id", "aws_secretsmanager_secret.db"] },
  };
  const { resources } = await unitOf({ resources: [SECRET, version] });
  expect(resources.secrets.map(({ arn }) => arn.value)).toStrictEqual([SECRET_ARN, SECRET_ARN]);
});

test("a reference goes through variables and outputs of modules", async () => {
  expect(
    await targets({
      resources: [key("module.keys.aws_kms_key.k"), alias(["var.key"], "module.use.module.inner.aws_kms_alias.a")],
      calls: {
        keys: { outputs: { arn: ["aws_kms_key.k.arn", "aws_kms_key.k"] } },
        use: { passes: { key: ["module.keys.arn", "module.keys"] } },
        "use.inner": { passes: { key: ["var.key"] } },
      },
    }),
  ).toStrictEqual(["arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨module.keys.aws_kms_key.k@plan.json⟩"]);
});

test("each.key picks the instance of the same key, an index the one it names", async () => {
  const keys = ['aws_kms_key.k["a"]', 'aws_kms_key.k["b"]'].map(key);
  const found = await targets({
    resources: [
      ...keys,
      alias(["aws_kms_key.k", "each.key"], 'aws_kms_alias.each["b"]'),
      alias(['aws_kms_key.k["a"].arn', 'aws_kms_key.k["a"]', "aws_kms_key.k"], "aws_kms_alias.one"),
    ],
  });
  expect(found.map((target) => target?.replace(/^.*key\//, ""))).toStrictEqual([
    '⟨aws_kms_key.k["b"]@plan.json⟩',
    '⟨aws_kms_key.k["a"]@plan.json⟩',
  ]);
});

test("two references, one of another kind, one to all instances and one to a local value tell nothing", async () => {
  const unknown = "⟨*aws_kms_alias.a.target_key_id@plan.json⟩";
  const resources = [key("aws_kms_key.a"), key("aws_kms_key.b[0]"), key("aws_kms_key.b[1]"), SECRET];
  for (const refers of [
    ["aws_kms_key.a.arn", "aws_kms_key.a", "aws_kms_key.b[0].arn", "aws_kms_key.b[0]", "aws_kms_key.b"],
    ["aws_secretsmanager_secret.db.arn", "aws_secretsmanager_secret.db"],
    ["aws_kms_key.b"],
    ["local.key"],
    ["aws_kms_key.a.arn", "aws_kms_key.a", "local.key"],
    ["var.key"],
    ["module.missing.arn", "module.missing"],
    [],
  ]) {
    expect(await targets({ resources: [...resources, alias(refers)] }), refers.join()).toStrictEqual([unknown]);
  }
});

test("variables and outputs that refer to each other in a circle tell nothing", async () => {
  const circle = await targets({
    resources: [alias(["var.a"], "module.m.aws_kms_alias.a")],
    calls: { m: { passes: { a: ["module.m.o", "module.m"] }, outputs: { o: ["var.a"] } } },
  });
  expect(circle).toStrictEqual(["⟨*module.m.aws_kms_alias.a.target_key_id@plan.json⟩"]);
});

test("a list gets what it refers to in its order, when there are as many as are unknown", async () => {
  const subnets = ["aws_subnet.a", "aws_subnet.b"].map((address) => ({ address, unknown: { id: true } }));
  const environment = (unknown: unknown, subnetValues: unknown, refers: readonly string[]): TestResource => ({
    address: "aws_batch_compute_environment.c",
    values: { compute_resources: [{ type: "FARGATE", ...(subnetValues !== undefined && { subnets: subnetValues }) }] },
    unknown: { compute_resources: [{ subnets: unknown }] },
    refers: { compute_resources: [{ subnets: { references: refers }, type: { constant_value: "FARGATE" } }] },
  });
  const read = async (one: TestResource) => {
    const { resources } = await unitOf({ resources: [...subnets, one] });
    return resources.compute_environments[0]?.subnets.map(({ value }) => value);
  };
  const both = ["aws_subnet.a.id", "aws_subnet.a", "aws_subnet.b.id", "aws_subnet.b"];
  const [a, b] = ["⟨aws_subnet.a@plan.json⟩", "⟨aws_subnet.b@plan.json⟩"];
  expect(await read(environment([true, true], [null, null], both))).toStrictEqual([a, b]);
  expect(await read(environment([false, true], ["subnet-1", null], [...both.slice(0, 2)]))).toStrictEqual([
    "subnet-1",
    a,
  ]);
  expect(await read(environment(true, undefined, both))).toStrictEqual([a, b]);
  expect(await read(environment([true], [null], both))).toStrictEqual([
    "⟨*aws_batch_compute_environment.c.compute_resources[0].subnets[0]@plan.json⟩",
  ]);
});

test("a policy document that waits for apply is rendered, with holes for what is not known", async () => {
  const { resources } = await unitOf({
    resources: [
      SECRET,
      {
        address: "data.aws_iam_policy_document.read",
        values: {
          statement: [
            { actions: ["secretsmanager:GetSecretValue"], effect: "Allow", resources: [null], condition: [] },
          ],
        },
        unknown: { id: true, json: true, statement: [{ actions: [false], resources: [true], condition: [] }] },
        refers: {
          statement: [
            {
              actions: { constant_value: ["secretsmanager:GetSecretValue"] },
              resources: { references: ["aws_secretsmanager_secret.db.arn", "aws_secretsmanager_secret.db"] },
            },
          ],
        },
      },
      {
        address: "aws_iam_role_policy.read",
        values: { role: "exec" },
        unknown: { policy: true },
        refers: { policy: ["data.aws_iam_policy_document.read.json", "data.aws_iam_policy_document.read"] },
      },
    ],
  });
  const [policy] = resources.policies;
  expect(policy?.unseen).toStrictEqual([]);
  expect(policy?.statements[0]?.actions?.map(({ value }) => value)).toStrictEqual(["secretsmanager:GetSecretValue"]);
  expect(policy?.statements[0]?.resources?.map(({ value }) => value)).toStrictEqual([
    "⟨*data.aws_iam_policy_document.read.statement[0].resources[0]@plan.json⟩",
  ]);
});

test("a policy put together of an ARN is not that ARN", async () => {
  const policy = {
    address: "aws_iam_policy.p",
    values: { name: "p" },
    unknown: { policy: true },
    refers: { policy: ["aws_secretsmanager_secret.db.arn", "aws_secretsmanager_secret.db"] },
  };
  const { resources } = await unitOf({ resources: [SECRET, policy] });
  expect(resources.policies[0]?.unseen.map(({ cause }) => causeWords(cause))).toStrictEqual([
    "aws_iam_policy.p.policy is known only after deployment",
  ]);
});

test("rules of a security group that nobody gives may be those of a dynamic block", async () => {
  const group = { address: "aws_security_group.g", unknown: { ingress: true, id: true } };
  const { resources } = await unitOf({ resources: [group] });
  expect(resources.security_groups[0]?.unseen.map(({ cause }) => causeWords(cause))).toEqual([
    "aws_security_group.g.ingress is known only after deployment",
  ]);
});
