/**
 * What is cut never makes the verdict better: where a violation is behind a bound of the program, it is found all the
 * same, or the check fails and names a file, or what it breaks is an open question.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { writeFiles } from "../support/files.ts";
import { cloudFormation } from "./cloudformation.ts";
import type { Cut, Outcome } from "./cut.ts";
import { documents } from "./documents.ts";
import { raw } from "./raw.ts";
import { terraform } from "./terraform.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cuts-"));
});
afterEach(() => rmSync(root, { recursive: true }));

async function outcome(files: Cut[1]): Promise<Outcome | "hidden"> {
  writeFiles(root, files);
  const { report } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
  if (report.problems.length > 0) return "named";
  if (report.summary.errors > 0) return "found";
  return report.summary.proven < report.summary.references ? "open" : "hidden";
}

describe.each([
  ["documents", documents],
  ["raw files", raw],
  ["CloudFormation", cloudFormation],
  ["Terraform", terraform],
] as const)("%s", (_, cuts) => {
  for (const [name, files, expected = "named"] of cuts) {
    test(name, async () => {
      expect(await outcome(files)).toBe(expected);
    });
  }
});
