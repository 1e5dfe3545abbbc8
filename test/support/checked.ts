/** From files to the report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "../../src/check.ts";
import { readConfig } from "../../src/config/read.ts";
import type { Report } from "../../src/report/report.ts";

/** The report about files by their paths, with the configuration that is among them. */
export async function checkFiles(files: Readonly<Record<string, string>>): Promise<Report> {
  const root = mkdtempSync(join(tmpdir(), "checked-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { config, problems } = await readConfig(root);
    if (problems[0]) throw new Error(problems[0].message);
    return (await check({ root, paths: [], ignore: [], config, failOn: config.failOn ?? "error" })).report;
  } finally {
    rmSync(root, { recursive: true });
  }
}
