import { expect, test } from "vitest";
import { loadRules } from "../src/policy/rules.ts";
import { NAMED, renderCoverage, STATED } from "./coverage.ts";
import { readExamples } from "./examples.ts";

const rules = loadRules();
const known = new Set(rules.map(({ id }) => id));

/** Rules that are still to come. */
const LATER = new Set([
  "awslogs-execution-role-override",
  "cross-account-secret-key",
  "ecs-agent-version",
  "execution-role-arn",
  "json-key-exists",
  "json-secret-for-json-key",
  "launch-template-user-data",
  "least-privilege-secrets",
  "log-driver-enabled",
  "log-driver-supported",
  "no-pinned-version-under-rotation",
  "no-plaintext-secrets",
  "secret-and-key-available",
  "secret-has-value",
  "secret-name-suffix",
  "secret-resource-matchable",
  "secret-version-exists",
  "symmetric-secret-key",
  "vpc-endpoint-usable",
]);

test("every statement of the page is judged by rules that there are, or says why none could be", () => {
  expect([...NAMED, ...STATED].filter((id) => !known.has(id) && !LATER.has(id))).toEqual([]);
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
