/** A format of reports is added by its file and one line of the table: shown in a copy of the sources. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const TOY = `import type { ReportFormat } from "./report.ts";

export const toy: ReportFormat = {
  name: "toy",
  what: "for children",
  write: ({ verdict, references }) => \`\${verdict} with \${references.length} secrets\\n\`,
};
`;

test("a toy report is one file and one line, and --format, its help and its errors know it", () => {
  cpSync(join(root, "src"), join(copy, "src"), { recursive: true });
  for (const name of ["node_modules", "dist", "policies", "package.json"])
    symlinkSync(join(root, name), join(copy, name));
  const table = join(copy, "src/report/table.ts");
  const lines = readFileSync(table, "utf8")
    .replace(/(= \[\s*text,[^\]]*?),?\s*\];/, "$1, toy];")
    .replace(/^import /m, 'import { toy } from "./toy.ts";\nimport ');
  writeFileSync(table, lines);
  writeFileSync(join(copy, "src/report/toy.ts"), TOY);
  const job = {
    jobDefinitionName: "a",
    type: "container",
    containerProperties: { image: "x", secrets: [{ name: "A", valueFrom: "a" }] },
  };
  writeFileSync(join(copy, "job.json"), JSON.stringify(job));

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["src/cli.ts", ...args], { cwd: copy, encoding: "utf8" });
  expect(run("check", "job.json", "--format", "toy").stdout).toBe("fail with 1 secrets\n");
  expect(run("--help").stdout).toMatch(/--format text\|.*\|toy\n +text: .*\n(?:.*\n)* +toy: for children\n/);
  expect(run("check", "--format", "tyo").stderr).toBe('--format can\'t be "tyo". Did you mean --format toy?\n');
});
