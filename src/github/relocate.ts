/** Paths of a report, told from the repository instead of from the folder that was checked. */

import type { Report } from "../report/report.ts";
import type { Location } from "../source.ts";

/** The report with `prefix` (empty, or ending in `/`) before every path. */
export function relocate(report: Report, prefix: string): Report {
  if (prefix === "") return report;
  const path = (path: string) => `${prefix}${path}`;
  const move = <T extends { readonly location: Location }>(item: T): T => ({
    ...item,
    location: { ...item.location, path: path(item.location.path) },
  });
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...move(finding), related: finding.related.map(move) })),
    unverified: report.unverified.map(move),
    problems: report.problems.map((problem) => ({ ...problem, path: path(problem.path) })),
  };
}
