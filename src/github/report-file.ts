/** The file of the JSON report. A pull request chooses what stands in the workspace, so no link in it is followed. */
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isWithin } from "./checkout.ts";
import type { Environment } from "./event.ts";

/**
 * Where the report goes, absolute: `named` (relative to the workspace), else a file of this `key` in the runner's temporary
 * folder. Throws a sentence when that is in neither of the two.
 */
export function placeReportFile(
  { RUNNER_TEMP, GITHUB_WORKSPACE }: Environment,
  named: string | undefined,
  key: string,
): string {
  const workspace = resolve(GITHUB_WORKSPACE ?? ".");
  const temporary = RUNNER_TEMP === undefined ? workspace : resolve(RUNNER_TEMP);
  const wanted = resolve(workspace, named ?? join(temporary, `batch-secrets-check-${key}.json`));
  const path = join(resolveExisting(dirname(wanted)), basename(wanted));
  if ([workspace, temporary].some((folder) => isWithin(realpathSync(folder), path))) return path;
  throw new Error(`Input report-file is "${named}", but it must be in the workspace or the runner's temporary folder.`);
}

/** A path with the links in its existing part resolved. */
function resolveExisting(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(resolveExisting(dirname(path)), basename(path));
  }
}

/** Writes the report to a path of `placeReportFile`, in place of what was there. */
export function writeReportFile(path: string, json: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, json, { flag: "wx" });
}
