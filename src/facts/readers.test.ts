import { expect, test } from "vitest";
import { allow, container, job, owner, policy, reference, role, secret, text, unit } from "../../test/support/units.ts";
import { roleArn, secretArn } from "./arn.ts";
import { buildCases } from "./cases.ts";
import { link } from "./link.ts";
import { subjectKinds } from "./schema.ts";

const ROLE = text(roleArn(owner("Role@a"), null));
const DB = text(secretArn(owner("Db@a"), "db"));
const read = container({
  execution_role: { arn: ROLE, role: null },
  secrets: [reference("one", DB.value), reference("two", "/plain")],
});

const world = await link([
  unit("a", {
    roles: [role("a", "Role", { arn: ROLE })],
    secrets: [secret("a", "Db", { arn: DB, name: text("db") })],
    policies: [
      policy("a", "Read", { attached_to: [ROLE], statements: [allow("a#Read", "secretsmanager:*", "*")] }),
      policy("a", "Alone", { statements: [allow("a#Alone", "secretsmanager:*", "*")] }),
      policy("a", "Own", { kind: "secret", on: DB, statements: [allow("a#Own", "secretsmanager:*", "*")] }),
    ],
    job_definitions: [job("a", "Job", read), job("a", "Other", container({ secrets: [reference("three", DB.value)] }))],
  }),
]);
const readersOf = (id: string) => (world.readers.get(id) ?? []).map((one) => one.reference);

test("a job's readers are its own references, and ids are unique in a run", () => {
  expect(readersOf("a#Job")).toEqual(["a#Job:one", "a#Job:two"]);
  expect(readersOf("a#Other")).toEqual(["a#Other:three"]);
});

test("those of a policy are what the containers read whose execution role carries it", () => {
  expect(readersOf("a#Read")).toEqual(["a#Job:one", "a#Job:two"]);
  expect(readersOf("a#Alone")).toEqual([]);
});

test("those of a secret are what names it, also of the policy that is its own", () => {
  expect(readersOf("a#Db")).toEqual(["a#Job:one", "a#Other:three"]);
  expect(readersOf("a#Own")).toEqual(["a#Job:one", "a#Other:three"]);
});

test("a case shows all references of a job, and the first twenty readers of anything else", async () => {
  const many = Array.from({ length: 30 }, (_, index) => reference(`r${index}`, DB.value));
  const linked = await link([
    unit("a", {
      secrets: [secret("a", "Db", { arn: DB, name: text("db") })],
      job_definitions: [job("a", "Job", container({ secrets: many }))],
    }),
  ]);
  const cases = [...buildCases(linked, new Set(subjectKinds))];
  expect(cases.map(({ input }) => [input.subject.kind, input.readers.length])).toEqual([
    ["job_definition", 30],
    ["secret", 20],
  ]);
});

test("what is not found has its cause, and what is found has none", () => {
  const [built] = buildCases(world, new Set(["job_definition"] as const));
  const [first] = built?.input.job_definitions["a#Job"]?.containers ?? [];
  expect(first?.execution_role?.cause).toBeNull();
  expect(first?.secrets.map(({ cause }) => cause)).toEqual([
    null,
    { kind: "secret", name: "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/plain", unit: null },
  ]);
});
