/** The report as GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
import { counted, said } from "../verdict/finding.ts";
import { level, worstFirst } from "../verdict/rank.ts";
import { toJson } from "./json.ts";
import { redactReport } from "./redact.ts";
import type { Report } from "./report.ts";

const severities = { error: "blocker", warning: "minor", notice: "info" } as const;

export function write(report: Report): string {
  const { findings, problems, scope } = redactReport(report);
  const standing = new Set(counted(findings, scope));
  return toJson(
    [
      ...problems.map(({ path, line, message }) => ({
        description: `This file could not be checked: ${message}`,
        check_name: "not-checked",
        fingerprint: `not-checked ${path}`,
        severity: "blocker",
        location: { path, lines: { begin: line ?? 1 } },
      })),
      ...worstFirst(findings).map((finding) => ({
        description: said(finding),
        check_name: finding.rule,
        fingerprint: finding.fingerprint,
        // GitLab takes what a report leaves out for fixed.
        severity: standing.has(finding) ? severities[level(finding)] : severities.notice,
        location: { path: finding.location.path, lines: { begin: finding.location.start.line } },
      })),
    ],
    2,
  );
}
