import { expect, test } from "vitest";
import { anyGlob, pathTest } from "./globs.ts";

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
  ["iam/a.*", "iam/aXjson", false],
  ["execution.json", "iam/deep/execution.json", true],
  ["*.json", "iam/a.json", true],
  ["iam/{execution,job}.json", "iam/job.json", true],
  ["iam/{execution,job}.json", "iam/other.json", false],
  ["iam/[ab]*.json", "iam/a.json", true],
  ["iam/[ab]*.json", "iam/c.json", false],
  ["iam/[^a].json", "iam/b.json", true],
  ["iam/[^a].json", "iam/a.json", false],
  ["iam/**.json", "iam/a.json", true],
  ["iam/**.json", "iam/deep/a.json", false],
  ["/iam/a.json", "iam/a.json", true],
  ["iam/{a,{b,c}}.json", "iam/c.json", true],
  ["iam/{a..c}.json", "iam/b.json", true],
  ["iam/!(a).json", "iam/b.json", true],
  ["iam/!(a).json", "iam/a.json", false],
  [".iam/*.json", ".iam/a.json", true],
])("%s means %s: %s, for paths and for policies of roles", async (given, path, expected) => {
  expect((await anyGlob([given]))?.(path)).toBe(expected);
  expect((await pathTest(given))(path)).toBe(expected);
});

test.each(["iam/a+b(1).json", "iam/[a].json", "{"])("a file with the name %s is meant by it", async (path) => {
  expect((await pathTest(path))(path)).toBe(true);
});
