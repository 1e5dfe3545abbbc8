import { expect, test } from "vitest";
import { builtInRules } from "../src/policy/rules.ts";
import { NAMED, renderCoverage, STATED } from "./coverage.ts";
import { readExamples } from "./examples.ts";

const rules = builtInRules();
const known = new Set(rules.map(({ id }) => id));

test("every statement of the page is judged by rules that there are, or says why none could be", () => {
  expect([...NAMED, ...STATED].filter((id) => !known.has(id))).toEqual([]);
});

test("every rule that the page states is named by a statement", () => {
  expect([...STATED].filter((id) => !NAMED.has(id))).toEqual([]);
});

test("a statement is shown once, with an example that each of its rules finds and one that it passes", () => {
  const rows = renderCoverage(rules, readExamples)
    .split("\n")
    .filter((line) => line.includes("](rules/single-version-selector.md)"));
  expect(rows[0]).toMatch(
    /^\| A version stage excludes a version ID\. \| \[single-version-selector\]\(rules\/single-version-selector\.md\) \| \[\S+\.bad\.\w+\]\(\S+\) \| \[\S+\.good\.\w+\]\(\S+\) \|$/,
  );
});
