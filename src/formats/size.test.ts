import { afterEach, expect, test } from "vitest";
import { checkFiles } from "../../test/support/checked.ts";
import { envelope, evidenceFiles } from "../../test/support/evidence.ts";
import { BEYOND } from "../facts/text.ts";
import { container, job, json } from "./batch/testing.ts";
import { readStatements } from "./iam/policy-document.ts";
import { isTooLarge, keep, keepNothing } from "./size.ts";

afterEach(keepNothing);

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const commanding = (command: readonly unknown[]) => job({ containerProperties: { ...container, command } });

test("what has more values or longer strings than AWS takes is too large, whatever it is made of", () => {
  expect(
    [times(19_000, 1), times(9_000, { a: 1 }), ["a".repeat(150_000)]].map((value) => isTooLarge(json(value))),
  ).toEqual([false, false, false]);
  expect(
    [times(20_001, 1), times(11_000, { a: 1 }), ["a".repeat(170_000)]].map((value) => isTooLarge(json(value))),
  ).toEqual([true, true, true]);
});

test("a string of JSON counts what is in it", () => {
  const inString = (count: number) => json({ containerProperties: JSON.stringify(times(count, 1)) });
  expect([isTooLarge(inString(19_000)), isTooLarge(inString(21_000))]).toEqual([false, true]);
});

test("of a job that is too large nothing is kept but its name, by which it is refused", () => {
  expect(commanding(times(30_000, "a"))).toMatchObject({ name: { value: `⟨*${BEYOND}⟩` }, containers: [], unseen: [] });
});

test("jobs beyond what a run can keep are refused, until the next run begins", () => {
  const large = commanding(times(15_000, "a"));
  expect(large.containers).toHaveLength(1);
  for (let count = 0; count < 100; count++) keep(large);
  expect(commanding(["a"])).toMatchObject({ name: { value: `⟨*${BEYOND}⟩` }, containers: [] });
  keepNothing();
  expect(commanding(["a"]).containers).toHaveLength(1);
});

test("resources beyond what a run can keep are refused with their file, in evidence, too", async () => {
  const secrets = (count: number) => ({ SecretList: times(count, { Name: "a", ARN: "arn:aws:secretsmanager:x" }) });
  const { report } = await checkFiles({
    "a.json": JSON.stringify(secrets(60_000)),
    "b.json": JSON.stringify(secrets(70_000)),
    "c.json": JSON.stringify(secrets(1)),
    ...evidenceFiles([envelope("secretsmanager ListSecrets", {}, secrets(70_000))]),
  });
  expect(report.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    ".batch-secrets-check/evidence/0.json: This file and those before it have more resources than one run can keep, so it was not checked. Collect less evidence, or remove the file.",
    "b.json: This file and those before it have more resources than one run can keep, so it was not checked. Fix the file, or exclude it with `paths-ignore`.",
  ]);
});

test("templates and plans with more resources than a run can keep are refused", async () => {
  const many = Object.fromEntries(
    times(125_001, null).map((_, n) => [`S${n}`, { Type: "AWS::SecretsManager::Secret" }]),
  );
  const template = { Resources: { ...many, J: { Type: "AWS::Batch::JobDefinition" } } };
  const resource = { mode: "managed", type: "aws_batch_job_definition", name: "a", values: {} };
  const resources = times(125_001, null).map((_, n) => ({ ...resource, address: `aws_batch_job_definition.a[${n}]` }));
  const plan = { format_version: "1.2", planned_values: { root_module: { resources } } };
  for (const [path, value] of Object.entries({ "a.template.json": template, "plan.json": plan })) {
    const { report } = await checkFiles({ [path]: JSON.stringify(value) });
    expect(report.problems).toEqual([
      { path, message: expect.stringContaining("more resources than one run can keep, so it was not checked.") },
    ]);
  }
});

test("of a policy that is too large nothing is kept but a statement by which it is refused", () => {
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const read = (count: number) =>
    readStatements(json({ Statement: times(count, statement) }), { policy: "p" }).statements;
  expect(read(4_000)).toHaveLength(4_000);
  expect(read(6_000)).toMatchObject([{ effect: { value: `⟨*${BEYOND}⟩` }, conditions: [] }]);
});
