/**
 * A format is its folder and its entry of the table: this adds one, for job definitions such as `batchjob nightly` with
 * lines such as `secret DB = ARN`, to a copy of the program, and checks a file of it.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFiles } from "../support/files.ts";

const PROJECT = join(import.meta.dirname, "../..");

/** The folder of the format. YAML reads its files as one string. */
const FOLDER = {
  "format.ts": `
import type { Format } from "../format.ts";

export const lines: Format = {
  name: "lines",
  words: [{ word: "batchjob" }],
  recognises: ({ value }) => value.kind === "text" && value.value.startsWith("batchjob "),
  open: async () => (await import("./read.ts")).openLines(),
};
`,
  "read.ts": `
import { noResources, type Unit } from "../../facts/resources.ts";
import type { Document } from "../../syntax/document.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { readJobDefinition } from "../batch/job-definition.ts";
import type { Reader } from "../format.ts";
import { writeLines } from "./write.ts";

export function openLines(): Reader {
  const units: Unit[] = [];
  return {
    add: (documents) => units.push(...documents.map(read)),
    read: () => ({ units }),
  };
}

function read({ file }: Document): Unit {
  const unit = file.path;
  const at = { file, start: 0, end: file.text.length };
  const object = (entries: Record<string, Value>): ObjectValue => ({
    kind: "object",
    at,
    entries: Object.entries(entries).map(([key, value]) => ({ key, keyAt: at, value })),
  });
  const text = (found: RegExpMatchArray, group: number): Value => {
    const value = found[group] ?? "";
    const start = (found.index ?? 0) + found[0].indexOf(value);
    return { kind: "text", value, at: { file, start, end: start + value.length } };
  };
  const [head] = [...file.text.matchAll(/batchjob (\\S+)/g)];
  const secrets = [...file.text.matchAll(/secret (\\S+) = (\\S+)/g)].map((found) =>
    object({ name: text(found, 1), valueFrom: text(found, 2) }),
  );
  const container = object({
    image: { kind: "text", value: "busybox", at },
    executionRoleArn: { kind: "text", value: "arn:aws:iam::111122223333:role/x", at },
    secrets: { kind: "list", items: secrets, at },
  });
  const job = object({
    ...(head && { jobDefinitionName: text(head, 1) }),
    type: { kind: "text", value: "container", at },
    containerProperties: container,
  });
  const read = readJobDefinition(job, { id: unit + "#job", address: "job", unit, style: "api" });
  return {
    id: unit,
    format: "lines",
    write: writeLines,
    resources: { ...noResources, job_definitions: [read] },
    spellings: new Map(),
    problems: [],
    sensitive: [],
  };
}
`,
  "write.ts": `
import type { Writer } from "../../facts/resources.ts";
import type { Place } from "../../source.ts";

export function writeLines(place: Place): Writer {
  return {
    language: "yaml",
    place,
    value: ({ text }) => text,
    statement: (actions, resources) => "allow " + actions.join() + " on " + resources.join(),
    policy: () => ({ text: "", edits: [] }),
  };
}
`,
};

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "added-format-"));
  const source = join(PROJECT, "src");
  cpSync(source, join(copy, "src"), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
  for (const name of ["package.json", "dist"]) cpSync(join(PROJECT, name), join(copy, name), { recursive: true });
  for (const name of ["node_modules", "policies"]) symlinkSync(join(PROJECT, name), join(copy, name), "dir");
  writeFiles(join(copy, "src/formats/lines"), FOLDER);
  const table = join(copy, "src/formats/table.ts");
  const written = readFileSync(table, "utf8");
  const added = written.replace(", raw]", ", lines, raw]");
  expect(added).not.toBe(written);
  writeFileSync(table, `import { lines } from "./lines/format.ts";\n${added}`);
});
afterAll(() => rmSync(copy, { recursive: true }));

const SELECTOR = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password";

test("a format that is added by its folder and its entry of the table is read, judged and written", () => {
  const jobs = join(copy, "jobs");
  mkdirSync(jobs);
  writeFileSync(join(jobs, "nightly.yaml"), `batchjob nightly\n  secret DB = ${SELECTOR}\n`);
  const program = [
    "import { run } from './src/cli/run.ts';",
    "const args = ['check', '--format', 'json', '--output', 'report.json', 'jobs'];",
    "await run({ args, workingFolder: process.cwd(), environment: {} });",
  ].join("\n");
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: copy, stdio: "pipe" });
  const report = JSON.parse(readFileSync(join(copy, "report.json"), "utf8"));
  expect(report.problems).toEqual([]);
  expect(report.summary).toMatchObject({ jobDefinitions: 1, references: 1 });
  expect(report.findings).toEqual([
    expect.objectContaining({
      rule: "secret-selector-format",
      location: {
        path: "jobs/nightly.yaml",
        start: { line: 2, column: 15 },
        end: { line: 2, column: 15 + SELECTOR.length },
      },
      remedy: expect.stringMatching(`\n\n${SELECTOR}::$`),
    }),
  ]);
});
