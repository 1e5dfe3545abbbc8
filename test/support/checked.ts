/** From files to the report. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checked, type CheckOptions, check } from "../../src/check.ts";
import { readBaseline } from "../../src/config/baseline.ts";
import { readConfig } from "../../src/config/read.ts";
import { writeFiles } from "./files.ts";

/** What is said of files by their paths, with the configuration and the baseline that are among them. */
export async function checkFiles(
  files: Readonly<Record<string, string>>,
  more: Partial<CheckOptions> = {},
): Promise<Checked> {
  const root = mkdtempSync(join(tmpdir(), "checked-"));
  try {
    writeFiles(root, files);
    const { config, problems } = await readConfig(root);
    if (problems[0]) throw new Error(problems[0].message);
    const baseline = readBaseline(root, config);
    if (baseline !== undefined && "message" in baseline) throw new Error(baseline.message);
    return await check({ root, paths: [], ignore: [], config, failOn: config.failOn ?? "error", baseline, ...more });
  } finally {
    rmSync(root, { recursive: true });
  }
}
