/**
 * The formats of reports. A new one is its file and a line here: `--format`, its help and the action follow. All but the
 * usual ones are loaded when one is asked for.
 */
import { json } from "./json.ts";
import type { ReportFormat, Write } from "./report.ts";
import { text } from "./text.ts";

export const reports: readonly [ReportFormat, ...ReportFormat[]] = [
  text,
  json,
  later({ name: "markdown", what: "the summary, for other services", chains: false }, () => import("./markdown.ts")),
  later(
    { name: "html", what: "one page with every chain, for auditors; loads nothing" },
    () => import("./html/html.ts"),
  ),
  later(
    { name: "sarif", what: "for code scanning", chains: false, file: { input: "sarif-file", ending: "sarif" } },
    () => import("./sarif.ts"),
  ),
  later({ name: "junit", what: "for CI servers" }, () => import("./junit.ts")),
  later({ name: "gitlab", what: "for GitLab's code quality", chains: false }, () => import("./gitlab.ts")),
  later({ name: "github", what: "annotations of a run of GitHub Actions", chains: false }, () => import("./github.ts")),
];

function later(format: Omit<ReportFormat, "write">, load: () => Promise<{ readonly write: Write }>): ReportFormat {
  return { ...format, write: async (...all) => (await load()).write(...all) };
}

/** The reports that the action writes to files. */
export const fileReports = reports.flatMap(({ file, write }) => (file ? [{ file, write }] : []));
