/** The formats of reports. A new one is its file and a line here: `--format`, its help and the action follow. */
import { json } from "./json.ts";
import type { ReportFormat } from "./report.ts";
import { text } from "./text.ts";

export const reports: readonly [ReportFormat, ...ReportFormat[]] = [text, json];

/** The reports that the action writes to files. */
export const fileReports = reports.flatMap(({ file, write }) => (file ? [{ file, write }] : []));
