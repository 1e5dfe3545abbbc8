/** What a finding says to write is what to write: applied, the finding is gone and the files can still be read. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../src/check.ts";
import { readConfig } from "../src/config/read.ts";
import { loadRules } from "../src/policy/rules.ts";
import type { Location, Position } from "../src/source.ts";
import type { Finding } from "../src/verdict/finding.ts";

const FOLDER = join(import.meta.dirname, "../policies/rules");

let copies: string;
beforeAll(() => {
  copies = mkdtempSync(join(tmpdir(), "remedies-"));
});
afterAll(() => rmSync(copies, { recursive: true }));

async function findingsIn(root: string, rule: string): Promise<readonly Finding[]> {
  const read = await readConfig(root);
  const config = { ...read.config, rules: new Map([[rule, [{ level: "on" as const }]]]) };
  const { report } = await check({ root, paths: [], ignore: [], config, failOn: "error" });
  expect(report.problems).toEqual([]);
  return report.findings;
}

/** The values that people fill into gaps. */
const GIVEN: ReadonlyMap<string, string> = new Map([
  ["<region>", "eu-west-1"],
  ["<account-id>", "123456789012"],
  ["<suffix>", "Xk3p9Q"],
  ["<arn of the execution role>", "arn:aws:iam::123456789012:role/filled-in"],
]);

function offset(text: string, { line, column }: Position): number {
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1
  );
}

function apply(root: string, edits: readonly { readonly location: Location; readonly text: string }[]): void {
  const lastFirst = [...edits].sort(
    ({ location: { start: a } }, { location: { start: b } }) => b.line - a.line || b.column - a.column,
  );
  for (const { location, text } of lastFirst) {
    const path = join(root, location.path);
    const file = readFileSync(path, "utf8");
    const filled = [...GIVEN].reduce((written, [gap, value]) => written.replaceAll(gap, value), text);
    const [start, end] = [offset(file, location.start), offset(file, location.end)];
    writeFileSync(path, file.slice(0, start) + filled + file.slice(end));
  }
}

const examples = loadRules().flatMap(({ id, subject }) => {
  const folder = join(FOLDER, subject, id, "examples");
  return readdirSync(folder)
    .filter((name) => /\.(?:bad|unknown)\./.test(name) && !name.endsWith(".out"))
    .map((name) => ({ rule: id, path: join(folder, name) }));
});

/** What a finding says to write at places of the files. */
function fixOf({ remedy: { edits, add } }: Finding) {
  return [...edits, ...(add?.edits ?? [])];
}

let fixes = 0;

test.each(examples.map(({ rule, path }) => [basename(path), rule, path]))(
  "each fix for %s of %s",
  async (name, rule, path) => {
    const copy = () => {
      const root = mkdtempSync(join(copies, "example-"));
      cpSync(path, statSync(path).isDirectory() ? root : join(root, name), { recursive: true });
      return root;
    };
    const before = await findingsIn(copy(), rule);
    for (const finding of before.filter((one) => fixOf(one).length > 0)) {
      const root = copy();
      apply(root, fixOf(finding));
      const after = new Map((await findingsIn(root, rule)).map((one) => [one.fingerprint, one.message]));
      expect(after.get(finding.fingerprint)).toBeUndefined();
      for (const { fingerprint } of before) after.delete(fingerprint);
      expect([...after.values()]).toEqual([]);
      fixes++;
    }
  },
);

test("every statement to add has a place, and every finding a remedy", async () => {
  const open: string[] = [];
  for (const { rule, path } of examples) {
    const root = mkdtempSync(join(copies, "example-"));
    cpSync(path, statSync(path).isDirectory() ? root : join(root, basename(path)), { recursive: true });
    for (const finding of await findingsIn(root, rule)) {
      expect(finding.remedy.text).not.toBe("");
      if (finding.remedy.add && fixOf(finding).length === 0) open.push(`${basename(path)}: ${finding.message}`);
    }
  }
  expect(open).toEqual([]);
  expect(fixes).toBeGreaterThanOrEqual(45);
});
