/** Gives a report to the runner: log, outputs, annotations, job summary. Nothing here asks GitHub anything. */
import { randomUUID } from "node:crypto";
import * as core from "@actions/core";
import type { Annotation } from "../report/annotations.ts";
import { redactSource } from "../report/redact.ts";
import { countedIn, type Report } from "../report/report.ts";
import { clean, clip } from "../report/visible.ts";
import { blocks } from "../verdict/finding.ts";
import type { ExitCode } from "../verdict/verdict.ts";
import type { PlacedReport } from "./report-file.ts";

export function outputsOf(
  report: Report,
  files: readonly Pick<PlacedReport, "output" | "path">[],
): Readonly<Record<string, string>> {
  return {
    verdict: report.verdict,
    violations: String(countedIn(report).filter(blocks).length),
    unverified: String(report.unverified.length),
    ...Object.fromEntries(files.map(({ output, path }) => [output, path])),
  };
}

/** The outputs of a run that was stopped: nothing was shown to be right. */
export const stopped = { verdict: "fail", violations: "0", unverified: "0" } as const;

export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

/** Fails the step. To a workflow every code but 0 is the same; in the log it is that of the command. */
export function fail(sentence: string, code: Exclude<ExitCode, 0>): void {
  core.setFailed(sentence);
  process.exitCode = code;
}

/** Prints a string in which no line is taken for a command, whatever a pull request put into it. */
export function log(text: string): void {
  const end = randomUUID();
  core.info(`::stop-commands::${end}\n${text}\n::${end}::`);
}

/** Shows annotations. The runner drops those beyond its limits: `annotations` of the report keeps to them. */
export function annotate(annotations: readonly Annotation[]): void {
  const say = { error: core.error, warning: core.warning, notice: core.notice };
  for (const { level, message, ...properties } of annotations) say[level](message, properties);
}

/** Shows sentences about the run itself, on the page of the run and in the log. */
export function notify(sentences: readonly string[]): void {
  for (const sentence of sentences)
    core.notice(clip(clean(redactSource(sentence)), 1_000), { title: "Batch secrets check" });
}

/** Adds to the job summary. Runners that have none (GitHub Enterprise Server before 3.6) cost a line in the log. */
export async function addSummary(markdown: string): Promise<void> {
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    core.info(`The job summary could not be written: ${error instanceof Error ? clean(error.message) : ""}`);
  }
}
