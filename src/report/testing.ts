/** Reports to write tests with. */
import type { Location } from "../source.ts";
import type { Finding, Remedy, Unverified } from "../verdict/finding.ts";
import type { Report } from "./report.ts";

/** A place of one line, or of several. */
export function placeAt(path: string, line: number, lastLine: number = line): Location {
  return { path, start: { line, column: 9 }, end: { line: lastLine, column: 40 } };
}

/** A remedy with a sentence and, if given, a statement to add. */
export function remedy(text: string, code?: string, language: Remedy["language"] = "json"): Remedy {
  return { text, edits: [], add: code === undefined ? null : { location: null, text: code }, language };
}

/** A certain, new error, but for what is given. */
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    rule: "secret-selector-format",
    severity: "error",
    confidence: "certain",
    message: "arn:aws:x:password has 3 resource parts.",
    remedy: remedy("Write arn:aws:x:password:: instead."),
    subject: { kind: "job_definition", address: "nightly" },
    location: placeAt("jobs/nightly.json", 7),
    related: [],
    help: "https://example.com/rules/secret-selector-format.md",
    fingerprint: "0123456789abcdef",
    status: "new",
    ...given,
  };
}

/** A reference of which the files don't tell enough, but for what is given. */
export function unverified(given: Partial<Unverified> = {}): Unverified {
  return {
    rule: "secret-read-allowed",
    reason: "The role x is not in the files.",
    subject: { kind: "job_definition", address: "nightly" },
    location: placeAt("jobs/nightly.json", 3),
    ...given,
  };
}

/** A report of four job definitions with 17 references that fails when it has certain errors or problems, but for what is given. */
export function reportOf(findings: readonly Finding[], given: Partial<Omit<Report, "findings">> = {}): Report {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const certain = findings.some(({ severity, confidence }) => severity === "error" && confidence === "certain");
  const { unverified = [], problems = [] } = given;
  return {
    version: 1,
    verdict: certain || problems.length > 0 ? "fail" : "pass",
    findings,
    unverified,
    problems,
    summary: {
      files: 5,
      jobDefinitions: 4,
      references: 17,
      proven: 17 - findings.length - unverified.length,
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      unverified: unverified.length,
      suppressed: 0,
      durationMs: 3,
    },
    ...given,
  };
}
