/** The report as GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
import { said } from "../verdict/finding.ts";
import { level, worstFirst } from "../verdict/rank.ts";
import { toJson } from "./json.ts";
import { redactReport } from "./redact.ts";
import type { Report, ReportFormat } from "./report.ts";

export const gitlab: ReportFormat = {
  name: "gitlab",
  what: "for GitLab's code quality",
  write: renderGitlab,
};

const severities = { error: "blocker", warning: "minor", notice: "info" } as const;

function renderGitlab(report: Report): string {
  const { findings, problems } = redactReport(report);
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
        severity: severities[level(finding)],
        location: { path: finding.location.path, lines: { begin: finding.location.start.line } },
      })),
    ],
    2,
  );
}
