import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allows, covered, job, trustsTasks, units } from "./testing.ts";

const SEED = join(import.meta.dirname, "../../../test/data/seed-page");
const seed = Object.fromEntries(readdirSync(SEED).map((name) => [name, readFileSync(join(SEED, name), "utf8")]));

test("the examples of the page this project grew from are read: jobs with their shape noted, a policy, a secret", async () => {
  const [unit, ...more] = await units(seed);
  expect(more).toEqual([]);
  expect(unit?.problems).toEqual([]);
  const { job_definitions, policies, secrets } = unit?.resources ?? {};
  expect(
    job_definitions?.map(({ address, shape, containers }) => [
      address,
      shape.map(({ kind, key }) => `${kind} ${key}`),
      containers
        .flatMap(({ secrets, log }) => [...secrets, ...(log?.secret_options ?? [])])
        .map((one) => one.value_from?.value),
    ]),
  ).toEqual(
    (
      [
        ["full-secret.json", "secret_name-AbCdEf"],
        ["json-key.json", "appauthexample-AbCdEf:username1::"],
        ["key-and-stage.json", "appauthexample-AbCdEf:username1:AWSPREVIOUS:"],
        ["key-and-version-id.json", "appauthexample-AbCdEf:username1::9d4cb84b-ad69-40c0-a0ab-cead36b967e8"],
        ["log-configuration.json", "secret_name-AbCdEf"],
        ["version-id.json", "appauthexample-AbCdEf::9d4cb84b-ad69-40c0-a0ab-cead36b967e8"],
        ["version-stage.json", "appauthexample-AbCdEf::AWSPREVIOUS:"],
      ] as const
    ).map(([file, secret]) => [
      file,
      file === "log-configuration.json"
        ? ["array-for-object containerProperties", "array-for-object logConfiguration"]
        : ["array-for-object containerProperties"],
      [`arn:aws:secretsmanager:⟨region@.⟩:⟨aws_account_id@.⟩:secret:${secret}`],
    ]),
  );
  expect(policies).toMatchObject([
    {
      address: "policy.json",
      kind: "identity",
      statements: [
        {
          resources: [
            { value: "arn:aws:secretsmanager:⟨<region>@.⟩:⟨<aws_account_id>@.⟩:secret:⟨secret_name@.⟩" },
            { value: "arn:aws:kms:⟨<region>@.⟩:⟨<aws_account_id>@.⟩:key/⟨key_id@.⟩" },
          ],
        },
      ],
    },
  ]);
  expect(secrets).toMatchObject([
    {
      address: "appauthexample",
      key_reference: null,
      rotates: false,
      contents: [{ kind: "json", keys: ["username1", "username2", "username3"] }],
      versions: [
        { id: "871d9eca-18aa-46a9-8785-981dd39ab30c", stages: ["AWSCURRENT"] },
        { id: "9d4cb84b-ad69-40c0-a0ab-cead36b967e8", stages: ["AWSPREVIOUS"] },
      ],
    },
  ]);
  expect(unit?.sensitive.map(covered)).toEqual([
    '"{\\"username1\\":\\"password1\\",\\"username2\\":\\"password2\\",\\"username3\\":\\"password3\\"}"',
  ]);
});

test("a folder is a unit, the root is named by a dot, and a folder with nothing of interest is none", async () => {
  const all = await units({
    "job.json": job(),
    "batch/a/job.json": job(),
    "batch/b/policy.json": allows("s3:*"),
    "web/package.json": { name: "web", version: "1.0.0" },
  });
  expect(all.map(({ id, format }) => [id, format])).toEqual([
    [".", "raw"],
    ["batch/a", "raw"],
    ["batch/b", "raw"],
  ]);
});

test("addresses are unique: a name that stands more often gets its file, what is still equal a number", async () => {
  const [unit] = await units({
    "a.json": job(),
    "b.json": job(),
    "c.json": [job(), job()],
    "d.json": { ...job(), jobDefinitionName: "hourly" },
    "hourly.json": { RoleName: "hourly", PolicyName: "hourly", PolicyDocument: allows("s3:*") },
  });
  const { job_definitions, roles, policies } = unit?.resources ?? {};
  const addresses = [job_definitions, roles, policies].map((list) => list?.map(({ address }) => address));
  expect(addresses).toEqual([
    ["nightly (a.json)", "nightly (b.json)", "nightly (c.json)", "nightly (c.json) #2", "hourly"],
    ["hourly (hourly.json)"],
    ["hourly (hourly.json) #2"],
  ]);
});

test("statements know the policy they are in, and references the place they are at", async () => {
  const [unit] = await units({ "p.json": allows("s3:*"), "job.json": job() });
  expect(unit?.resources.policies.map(({ id, statements }) => [id, statements.map(({ policy }) => policy)])).toEqual([
    [".#p.json", [".#p.json"]],
  ]);
  const reference = unit?.resources.job_definitions[0]?.containers[0]?.secrets[0];
  expect(reference && covered(reference.at)).toBe(
    '{"name":"PASSWORD","valueFrom":"arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"}',
  );
});

/** Real shapes, to be broken. */
const DOCUMENTS: readonly unknown[] = [
  ...Object.values(seed).map((text) => JSON.parse(text)),
  job(),
  { jobDefinitions: [job()] },
  { type: "multinode", nodeProperties: { nodeRangeProperties: [{ container: { image: "i", secrets: [] } }] } },
  { RoleName: "r", AssumeRolePolicyDocument: JSON.stringify(trustsTasks), Path: "/" },
  { RoleName: "r", PolicyName: "p", PolicyDocument: JSON.stringify(allows("s3:*")) },
  { Execution: { roleName: "r", policies: [{ policyName: "p", policyDocument: allows("s3:*") }] } },
  {
    RoleDetailList: [
      { RoleName: "r", AssumeRolePolicyDocument: "%7B%7D", RolePolicyList: [], AttachedManagedPolicies: [] },
    ],
  },
  { VpcEndpoints: [{ VpcId: "v", ServiceName: "s", Groups: [{ GroupId: "g" }], PolicyDocument: "{}" }] },
  { RouteTables: [{ VpcId: "v", Associations: [{ Main: true }], Routes: [{ GatewayId: "igw-1" }] }] },
  { Name: "p", Type: "SecureString", Value: "v" },
  { KeySpec: "RSA_2048", Policy: "{}" },
];

/** The document with each value replaced by another one now and then. */
function mutated(value: unknown, next: () => unknown): unknown {
  const replaced = next();
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((item) => mutated(item, next));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mutated(inner, next)]));
}

test("no change of a real document makes the reader throw, and ids stay unique", async () => {
  const strange = fc.constantFrom<unknown>(
    null,
    "",
    "x",
    "${X}",
    "arn:aws:iam::1:role/r",
    0,
    true,
    [],
    {},
    [[]],
    [{}],
    "%7B",
    "{",
    { a: {} },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.option(strange, { nil: undefined, freq: 12 })),
      fc.subarray([...DOCUMENTS], { minLength: 1 }),
      async (stream, documents) => {
        const next = () => stream.next().value;
        const files = Object.fromEntries(documents.map((one, index) => [`${index}.json`, mutated(one, next)]));
        const all = await units(files, { r: ["*.json"], x: ["gone.json"] });
        const ids = all.flatMap(({ resources }) =>
          Object.values(resources).flatMap((list) => list.map(({ id }: { readonly id: string }) => id)),
        );
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
  );
});

test("a folder may hold thousands of job definitions", async () => {
  const files = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`${index}.json`, { ...job(), jobDefinitionName: `job-${index}` }]),
    );
  const [unit] = await units(files(5000));
  expect(unit?.resources.job_definitions).toHaveLength(5000);
});
