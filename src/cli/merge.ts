/** One report of several JSON reports, as of the repositories of an organization. */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { mergeReports, type Named, reportIn } from "../report/merge.ts";
import { decide, type ExitCode, exitCode } from "../verdict/verdict.ts";
import type { Asked } from "./command.ts";
import { print, refuse } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

export async function runMerge(command: Asked<"merge">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const read = command.reports.map((path) => readReport(path, resolve(workingFolder, path)));
  const problems = read.flatMap((one) => ("message" in one ? [one] : []));
  if (problems.length > 0) return refuse(problems);
  const merged = mergeReports(read.flatMap((one) => ("report" in one ? [one] : [])));
  const { failOn, format, output, show } = command;
  const report =
    failOn === undefined ? merged : { ...merged, verdict: decide(merged.findings, merged.problems, failOn) };
  const options = { ...(await terminal(environment, output)), show };
  print(await format.write(report, { line: () => undefined }, options), output);
  return exitCode(report);
}

function readReport(path: string, full: string): Named | { readonly path: string; readonly message: string } {
  let text: string;
  try {
    text = readFileSync(full, "utf8");
  } catch {
    return { path, message: "There is no such file, or it can't be read." };
  }
  const report = reportIn(text);
  if (!report) return { path, message: "The file is no JSON report of batch-secrets-check, version 1." };
  return { name: basename(path).replace(/\.json$/, ""), report };
}
