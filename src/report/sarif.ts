/** The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning and other viewers. */
import { loadRules, type Rule } from "../policy/rules.ts";
import { homepage, version } from "../product.ts";
import type { Location } from "../source.ts";
import { editsIn, type Finding, said } from "../verdict/finding.ts";
import { level } from "../verdict/rank.ts";
import { encodePath } from "./escape.ts";
import { toJson } from "./json.ts";
import { redactReport } from "./redact.ts";
import { type Excerpts, type Report, remedyText } from "./report.ts";

/** SARIF's words for our levels. */
const levels = { error: "error", warning: "warning", notice: "note" } as const;
const states = { new: "new", existing: "unchanged" } as const;
const severities = { error: "error", warning: "warning", info: "note" } as const;

export function write(report: Report, excerpts: Excerpts): string {
  const { findings, problems, notes, base } = redactReport(report);
  const used = new Set(findings.map(({ rule }) => rule));
  const rules = loadRules().filter(({ id }) => used.has(id));
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const help = new Map(findings.map((finding) => [finding.rule, finding.help]));
  return toJson(
    {
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "batch-secrets-check",
              semanticVersion: version,
              informationUri: homepage,
              rules: rules.map((rule) => ruleOf(rule, help.get(rule.id))),
            },
          },
          columnKind: "utf16CodeUnits",
          originalUriBaseIds: { SRCROOT: { description: { text: "The checked folder." } } },
          invocations: [
            {
              executionSuccessful: problems.length === 0,
              toolExecutionNotifications: [
                ...problems.map((problem) => notification(problem, "error")),
                ...notes.map((note) => notification(note, "note")),
              ],
            },
          ],
          results: findings.map((finding) => ({
            ...resultOf(finding, index.get(finding.rule), excerpts),
            ...(base === null || finding.status === "suppressed" ? {} : { baselineState: states[finding.status] }),
          })),
        },
      ],
    },
    2,
  );
}

function ruleOf({ id, title, description, severity, remedy, link }: Rule, helpUri: string | undefined): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: `${description}\n\n${remedy}`, markdown: `${description}\n\n${remedy}` },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: severities[severity] },
    properties: { tags: ["aws-batch", "secrets", ...(link === null ? [] : [link])], precision: "very-high" },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, excerpts: Excerpts): object {
  const { rule, remedy, location, related, fingerprint, suppression, status } = finding;
  const edits = editsIn(remedy);
  const advice = remedyText(remedy);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[level(finding)],
    message: { text: [said(finding), advice].filter((part) => part !== "").join("\n\n") },
    locations: [
      { physicalLocation: { artifactLocation: artifact(location.path), region: firstLine(location, excerpts) } },
    ],
    relatedLocations: related.map((one, id) => ({
      id,
      message: { text: one.message },
      physicalLocation: { artifactLocation: artifact(one.location.path), region: region(one.location) },
    })),
    partialFingerprints: {
      "batchSecretsCheck/v1": fingerprint,
      "batchSecretsCheckAnywhere/v1": finding.fingerprintAnywhere,
    },
    ...(edits.length === 0 ? {} : { fixes: [{ description: { text: remedy.text }, artifactChanges: changes(edits) }] }),
    ...(status === "suppressed"
      ? {
          suppressions: [
            { kind: suppression?.by === "comment" ? "inSource" : "external", justification: suppression?.reason ?? "" },
          ],
        }
      : {}),
  };
}

function changes(edits: readonly { readonly location: Location; readonly text: string }[]): readonly object[] {
  const paths = [...new Set(edits.map(({ location }) => location.path))];
  return paths.map((path) => ({
    artifactLocation: artifact(path),
    replacements: edits
      .filter(({ location }) => location.path === path)
      .map(({ location, text }) => ({ deletedRegion: region(location), insertedContent: { text } })),
  }));
}

function artifact(path: string): object {
  return { uri: encodePath(path), uriBaseId: "SRCROOT" };
}

function region({ start, end }: Location): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Code scanning shows a result only where all of its region is in the diff: the first line is enough to find it. */
function firstLine(location: Location, excerpts: Excerpts): object {
  const { path, start, end } = location;
  if (start.line === end.line) return region(location);
  const length = excerpts.line(path, start.line)?.length ?? start.column;
  return region({ path, start, end: { line: start.line, column: Math.max(start.column, length) + 1 } });
}

function notification({ path, line, message }: Report["problems"][number], level: "error" | "note"): object {
  return {
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(path),
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
      },
    ],
  };
}
