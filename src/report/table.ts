/** The formats of reports. A new one is its file and a line here: `--format`, its help and the action follow. */
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { html } from "./html/html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { ReportFormat } from "./report.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

export const reports: readonly [ReportFormat, ...ReportFormat[]] = [
  text,
  json,
  markdown,
  html,
  sarif,
  junit,
  gitlab,
  github,
];

/** The reports that the action writes to files. */
export const fileReports = reports.flatMap(({ file, write }) => (file ? [{ file, write }] : []));
