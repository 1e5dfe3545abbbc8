import { afterEach, expect, test } from "vitest";
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

test("of a policy that is too large nothing is kept but a statement by which it is refused", () => {
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const read = (count: number) =>
    readStatements(json({ Statement: times(count, statement) }), { policy: "p" }).statements;
  expect(read(4_000)).toHaveLength(4_000);
  expect(read(6_000)).toMatchObject([{ effect: { value: `⟨*${BEYOND}⟩` }, conditions: [] }]);
});
