/** The files of reports. A pull request chooses the contents of the workspace, so no link in it is followed. */
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Excerpts, Report, ReportFormat } from "../report/report.ts";
import { fileReports } from "../report/table.ts";
import { DEFAULT_WIDTH } from "../report/width.ts";
import { isThroughLink, isWithin } from "../sources/within.ts";
import type { Environment } from "./event.ts";

/** A report that will be written to a file, whose path is an output of the action. */
export interface PlacedReport {
  readonly output: string;
  readonly path: string;
  readonly write: ReportFormat["write"];
}

/** Places every report: where its input says, else in the runner's temporary folder. */
export function placeReports(
  environment: Environment,
  named: Readonly<Record<string, string>>,
  key: string,
): readonly PlacedReport[] {
  return fileReports.map(({ file, write }) => ({
    output: file.input,
    path: placeReportFile(environment, file, named[file.input], key),
    write,
  }));
}

export async function writeReports(placed: readonly PlacedReport[], report: Report, excerpts: Excerpts): Promise<void> {
  for (const { path, write } of placed) {
    writeReportFile(path, await write(report, excerpts, { colour: false, width: DEFAULT_WIDTH }));
  }
}

/**
 * Where a report goes, absolute: `named` by its input (relative to the workspace), else a file of this `key` in the
 * runner's temporary folder. Throws a sentence when that is in neither of the two, or behind a link.
 */
export function placeReportFile(
  { RUNNER_TEMP, GITHUB_WORKSPACE }: Environment,
  { input, ending }: NonNullable<ReportFormat["file"]>,
  named: string | undefined,
  key: string,
): string {
  const workspace = resolve(GITHUB_WORKSPACE ?? ".");
  const temporary = RUNNER_TEMP === undefined ? workspace : resolve(RUNNER_TEMP);
  const wanted = resolve(workspace, named ?? join(temporary, `batch-secrets-check-${key}.${ending}`));
  const folder = [workspace, temporary].find((one) => isWithin(one, wanted));
  if (folder === undefined) {
    throw new Error(`Input ${input} is "${named}", but it must be in the workspace or the runner's temporary folder.`);
  }
  const path = join(realpathSync(folder), relative(folder, wanted));
  if (!isThroughLink(dirname(path))) return path;
  throw new Error(`Input ${input} is "${named}", which goes through a link. Name the folder itself.`);
}

/** Writes a report to a path of `placeReportFile`, replacing what was there. */
export function writeReportFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, text, { flag: "wx" });
}
