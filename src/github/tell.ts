/** Tells the runner of a report: log, outputs, annotations, job summary. Nothing here asks GitHub anything. */
import { randomUUID } from "node:crypto";
import * as core from "@actions/core";
import type { Annotation } from "../report/annotations.ts";
import type { Report } from "../report/report.ts";
import { clean, clip } from "../report/visible.ts";
import { blocks } from "../verdict/finding.ts";

/** The outputs of the action by name, as `action.yml` has them. */
export function outputsOf(report: Report, reportFile: string): Readonly<Record<string, string>> {
  return {
    verdict: report.verdict,
    violations: String(report.findings.filter(blocks).length),
    unverified: String(report.unverified.length),
    "report-file": reportFile,
  };
}

/** Prints a text in which no line is taken for a command, whatever a pull request has put into it. */
export function log(text: string): void {
  const end = randomUUID();
  core.info(`::stop-commands::${end}\n${text}\n::${end}::`);
}

/** Shows annotations. The runner drops those beyond its limits: `annotations` of the report keeps to them. */
export function annotate(annotations: readonly Annotation[]): void {
  const say = { error: core.error, warning: core.warning, notice: core.notice };
  for (const { level, message, ...properties } of annotations) say[level](message, properties);
}

/** Says something about the run itself, at the run's page and in the log. */
export function notify(sentences: readonly string[]): void {
  for (const sentence of sentences) core.notice(clip(clean(sentence), 1_000), { title: "Batch secrets check" });
}

/** Adds to the job summary. Runners that have none (GitHub Enterprise Server before 3.6) cost a line in the log. */
export async function addSummary(markdown: string): Promise<void> {
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    core.info(`The job summary could not be written: ${error instanceof Error ? clean(error.message) : ""}`);
  }
}
