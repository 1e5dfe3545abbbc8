import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyEdits } from "../verdict/apply.ts";
import type { Finding } from "../verdict/finding.ts";
import { patchOf } from "./patch.ts";
import { finding } from "./testing.ts";

const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
const text = `${lines.join("\n")}\n`;

/** A finding whose fix writes something in place of a line, or below it. */
function edit(line: number, written: string, given: Partial<Finding> & { readonly path?: string } = {}): Finding {
  const { path = "a.json", ...rest } = given;
  const location = { path, start: { line, column: 1 }, end: { line, column: (lines[line - 1]?.length ?? 0) + 1 } };
  return finding({
    remedy: { text: "Write it.", edits: [{ location, text: written }], add: null, language: "json" },
    location,
    ...rest,
  });
}

const patch = (
  findings: readonly Finding[],
  textOf: (path: string) => string | undefined = () => text,
  safe = (_: string, line: number) => lines[line - 1],
) => patchOf(findings, textOf, safe);

test("git applies the patch, and the result has the edits", () => {
  const folder = mkdtempSync(join(tmpdir(), "patch-"));
  try {
    for (const findings of [
      [edit(1, "first")],
      [edit(40, "last\nand more")],
      [edit(3, "x\ny"), edit(9, "z"), edit(10, ""), edit(25, "line 25\nbelow")],
    ]) {
      const made = patch(findings);
      writeFileSync(join(folder, "a.json"), text);
      execFileSync("git", ["apply", "-"], { cwd: folder, input: made?.text ?? "" });
      const edits = findings.flatMap(({ remedy }) => remedy.edits);
      expect(readFileSync(join(folder, "a.json"), "utf8")).toBe(applyEdits(text, edits));
      expect(made?.findings).toBe(findings.length);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is not certain, suppressed, or has a gap is left out", () => {
  expect(patch([edit(3, "x", { confidence: "likely" })])).toBeUndefined();
  expect(patch([edit(3, "x", { status: "suppressed" })])).toBeUndefined();
  expect(patch([edit(3, "<arn of the role>")])).toBeUndefined();
});

test("a file beside whose change is a secret, or that can't be shown exactly, is left out with all that needs it", () => {
  const masked = (_: string, line: number) => (line === 5 ? "***" : lines[line - 1]);
  expect(patch([edit(3, "x")], undefined, masked)).toBeUndefined();
  expect(patch([edit(30, "x")], undefined, masked)).toBeDefined();
  expect(patch([edit(3, "x")], () => text.replaceAll("\n", "\r\n"))).toBeUndefined();
  expect(patch([edit(3, "x\u202e")])).toBeUndefined();
  expect(patch([edit(3, "x", { path: "a\n+++ b/evil" })])).toBeUndefined();
  const both = edit(3, "x");
  const other = edit(4, "y", { path: "gone.json" });
  const needsBoth = { ...both, remedy: { ...both.remedy, edits: [...both.remedy.edits, ...other.remedy.edits] } };
  const alone = edit(20, "z");
  const here = (path: string) => (path === "a.json" ? text : undefined);
  expect(patch([needsBoth, alone], here)).toEqual(patch([alone], here));
});
