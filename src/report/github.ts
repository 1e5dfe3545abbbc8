/** The report as workflow commands, so that the command annotates a run of GitHub Actions without the action. */
import { type Annotation, annotations } from "./annotations.ts";
import { redactReport } from "./redact.ts";
import type { Report } from "./report.ts";

export function write(report: Report): string {
  return annotations(redactReport(report)).map(command).join("");
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function command({ level, message, title, file, startLine, endLine, startColumn, endColumn }: Annotation): string {
  const properties = Object.entries({ title, file, line: startLine, endLine, col: startColumn, endColumn })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeText(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
  return `::${level} ${properties.join(",")}::${escapeText(message)}\n`;
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
