/** The report for programs (DESIGN §10). Fields are only ever added. */
import { editsIn, type Finding, type Unverified } from "../verdict/finding.ts";
import { assumption } from "./assume.ts";
import { redactReport } from "./redact.ts";
import { type Report, type ReportFormat, remedyText } from "./report.ts";

/** Characters that a terminal would obey, or that reorder text: written as escapes, which mean the same. */
const UNSEEN = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export const json = {
  name: "json",
  what: "for programs, with the chain of every reference",
  write: renderJson,
  file: { input: "report-file", ending: "json" },
} satisfies ReportFormat;

/** The report as JSON with an indent of two, ending with a line end. */
export function renderJson(report: Report): string {
  const { version, verdict, scope, base, findings, fixed, unverified, references, problems, notes, summary } =
    redactReport(report);
  return toJson(
    {
      version,
      verdict,
      scope,
      base,
      findings: findings.map(findingJson),
      fixed: fixed.map(fixedJson),
      unverified: unverified.map(unverifiedJson),
      references,
      problems,
      notes,
      summary,
    },
    2,
  );
}

/** A finding with its remedy as one text, and its edits as a fix. */
function findingJson({ rule, severity, confidence, message, remedy, deployments = [], ...rest }: Finding): object {
  const edits = editsIn(remedy);
  const fix = edits.length === 0 ? {} : { fix: { edits } };
  return { rule, severity, confidence, message, remedy: remedyText(remedy), ...fix, ...rest, deployments };
}

/** What is known of a finding that is gone; its place is in the base. */
function fixedJson({ rule, severity, confidence, message, subject, location, fingerprint }: Finding): object {
  return { rule, severity, confidence, message, subject, location, fingerprint };
}

function unverifiedJson({ rule, reason, cause, settles, subject, location, deployments = [] }: Unverified): object {
  const assume = assumption({ cause });
  return { rule, reason, cause, settles, ...(assume && { assume }), subject, location, deployments };
}

/** Any value as JSON that is safe to show, ending with a line end. `indent` 0 makes one line. */
export function toJson(value: unknown, indent: number): string {
  const json = JSON.stringify(value, null, indent);
  return `${json.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
