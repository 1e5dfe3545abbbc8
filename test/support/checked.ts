/** From files to the report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Checked, type CheckOptions, check } from "../../src/check.ts";
import { readBaseline } from "../../src/config/baseline.ts";
import { readConfig } from "../../src/config/read.ts";

/** What is said of files by their paths, with the configuration and the baseline that are among them. */
export async function checkFiles(
  files: Readonly<Record<string, string>>,
  more: Partial<CheckOptions> = {},
): Promise<Checked> {
  const root = mkdtempSync(join(tmpdir(), "checked-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { config, problems } = await readConfig(root);
    if (problems[0]) throw new Error(problems[0].message);
    const baseline = readBaseline(root, config);
    if (baseline !== undefined && "message" in baseline) throw new Error(baseline.message);
    return await check({ root, paths: [], ignore: [], config, failOn: config.failOn ?? "error", baseline, ...more });
  } finally {
    rmSync(root, { recursive: true });
  }
}
