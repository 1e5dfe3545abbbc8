/** The report for programs (DESIGN §10). The report is the format, except that a remedy becomes one text. */
import { redactReport } from "./redact.ts";
import { type Report, remedyText } from "./report.ts";

/** Characters that JSON allows but a terminal would obey, or that turn what is shown: written as escapes, which mean the same. */
const UNSEEN = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The report as JSON of two blanks, ending with a line end. */
export function renderJson(report: Report): string {
  const redacted = redactReport(report);
  const findings = redacted.findings.map((finding) => ({ ...finding, remedy: remedyText(finding.remedy) }));
  return toJson({ ...redacted, findings }, 2);
}

/** Any value as JSON that is safe to show, ending with a line end. `indent` 0 makes one line. */
export function toJson(value: unknown, indent: number): string {
  const json = JSON.stringify(value, null, indent);
  return `${json.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
