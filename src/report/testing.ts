/** Reports to write tests with. */
import type { Location, Place } from "../source.ts";
import type { Reference } from "../verdict/account.ts";
import { type Answer, judges, linksOf, stateOf } from "../verdict/chains.ts";
import type { Finding, Remedy, Unverified } from "../verdict/finding.ts";
import type { Report } from "./report.ts";

/** A place of one line, or of several. */
export function placeAt(path: string, line: number, lastLine: number = line): Location {
  return { path, start: { line, column: 9 }, end: { line: lastLine, column: 40 } };
}

/** A remedy with a sentence and, if given, a statement to add. */
export function remedy(text: string, code?: string, language: Remedy["language"] = "json"): Remedy {
  return { text, edits: [], add: code === undefined ? null : { location: null, text: code, edits: [] }, language };
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
    assumes: [],
    help: "https://example.com/rules/secret-selector-format.md",
    fingerprint: "0123456789abcdef",
    fingerprintAnywhere: "any",
    status: "new",
    ...given,
  };
}

/** An entry about a role that is not in the files, except for what is given. */
export function unverified(given: Partial<Unverified> = {}): Unverified {
  return {
    rule: "secret-read-allowed",
    reason: "can't tell whether x may read db: the role x is not declared in these files",
    because: "the role x is not declared in these files",
    cause: { kind: "role", name: "x", unit: null },
    settles: { kind: "role", name: "x" },
    references: ["nightly DB_PASSWORD"],
    subject: { kind: "job_definition", address: "nightly" },
    location: placeAt("jobs/nightly.json", 3),
    ...given,
  };
}

/**
 * A report of four job definitions with 17 references that fails when it has certain errors or problems, but for what
 * is given.
 */
export function reportOf(findings: readonly Finding[], given: Partial<Omit<Report, "findings">> = {}): Report {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const certain = findings.some(({ severity, confidence }) => severity === "error" && confidence === "certain");
  const { unverified = [], problems = [] } = given;
  return {
    version: 1,
    verdict: certain || problems.length > 0 ? "fail" : "pass",
    scope: "all",
    base: null,
    findings,
    fixed: [],
    unverified,
    references: [],
    problems,
    notes: [],
    summary: {
      files: 5,
      jobDefinitions: 4,
      references: 17,
      proven: 17 - findings.length - unverified.length,
      fullyProven: 0,
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      unverified: unverified.length,
      suppressed: 0,
      existing: 0,
      durationMs: 3,
    },
    ...given,
  };
}

/** The start of a line of a file. */
function inFile(path: string, line: number): Place {
  return { file: { path, text: `${"\n".repeat(line - 1)}${" ".repeat(40)}` }, start: line + 7, end: line + 38 };
}

/** A proven reference whose decrypt link is outside of the files, but for what is given. */
export function provenReference(given: Partial<Reference> = {}): Reference {
  const answer = (rule: string, because: string, assumes: Answer["assumes"] = []): Answer => ({
    says: "proven",
    rule,
    because,
    at: inFile("jobs/nightly.json", 7),
    assumes,
  });
  const rules = [
    ["secret-arn-format", "reference"],
    ["secret-selector-format", "reference"],
    ["execution-role-present", "role"],
    ["execution-role-trust", "trust"],
    ["secret-read-allowed", "read"],
    ["secret-decrypt-allowed", "decrypt"],
    ["no-binary-secrets", "content"],
    ["vpc-endpoint-present", "network"],
  ] as const;
  const judged = judges(
    rules.map(([id, link]) => ({ id, link })),
    new Set(),
  );
  const answers = [
    answer("secret-arn-format", "it is a complete ARN"),
    answer("secret-selector-format", "it has no selectors"),
    answer("execution-role-present", "it names x"),
    answer("execution-role-trust", "x trusts ECS"),
    {
      ...answer("secret-read-allowed", "x may read db", ["no-organization-policy"]),
      at: inFile("iam/x.json", 3),
    },
  ];
  const links = linksOf(answers, { decrypt: "what it names is not declared in these files" }, judged);
  return {
    job: "nightly",
    container: "containerProperties",
    name: "DB_PASSWORD",
    secret: "arn:aws:x:db",
    deployments: [],
    location: placeAt("jobs/nightly.json", 7),
    state: stateOf(links, judged),
    links,
    ...given,
  };
}
