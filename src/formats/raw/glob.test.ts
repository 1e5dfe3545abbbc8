import { expect, test } from "vitest";
import { globMatcher } from "./glob.ts";

test.each([
  ["iam/a.json", "iam/a.json", true],
  ["./iam/a.json", "iam/a.json", true],
  ["iam/a.json", "other/iam/a.json", false],
  ["iam", "iam/deep/a.json", true],
  ["iam/", "iam/a.json", true],
  ["iam", "iam2/a.json", false],
  ["iam/*.json", "iam/a.json", true],
  ["iam/*.json", "iam/deep/a.json", false],
  ["iam/**/*.json", "iam/deep/er/a.json", true],
  ["iam/**/*.json", "iam/a.json", true],
  ["**/a.json", "a.json", true],
  ["iam/**", "iam/deep/a.json", true],
  ["iam/?.json", "iam/a.json", true],
  ["iam/a+b(1).json", "iam/a+b(1).json", true],
  ["iam/a.*", "iam/aXjson", false],
  ["execution.json", "iam/deep/execution.json", true],
  ["*.json", "iam/a.json", true],
  ["iam/{execution,job}.json", "iam/job.json", true],
  ["iam/{execution,job}.json", "iam/other.json", false],
  ["iam/[a].json", "iam/[a].json", true],
  ["{", "{", true],
])("%s and %s match: %s", (glob, path, expected) => {
  expect(globMatcher(glob)(path)).toBe(expected);
});
