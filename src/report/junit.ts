/** The report as JUnit XML, which every CI server shows: a test case for each reference and each finding. */
import { problemPlace } from "../source.ts";
import { blocks, type Finding } from "../verdict/finding.ts";
import { worstFirst } from "../verdict/rank.ts";
import { redactReport } from "./redact.ts";
import { countedIn, olderIn, type Report, remedyText } from "./report.ts";
import { cleanLines } from "./visible.ts";

export function write(report: Report): string {
  const redacted = redactReport(report);
  const { references, problems } = redacted;
  const shown = worstFirst(countedIn(redacted));
  const older = olderIn(redacted);
  const cases = [
    ...problems.map((problem) =>
      testCase(
        problem.path,
        "could be checked",
        `<error message="${xml(problem.message)}">${xml(problemPlace(problem))}</error>`,
      ),
    ),
    ...shown.map(findingCase),
    ...older.map((one) => caseOf(one, '<skipped message="existing: the base has this finding too"/>')),
    ...references
      .filter(({ state }) => state !== "with findings")
      .map(({ job, container, name, state }) => {
        const skipped =
          state === "unverified" ? '<skipped message="unverified: the files do not contain enough to decide"/>' : "";
        return testCase(job, [container, name].filter((part) => part !== null).join(" "), skipped);
      }),
  ];
  const skipped = older.length + references.filter(({ state }) => state === "unverified").length;
  const counts = `tests="${cases.length}" failures="${shown.filter(blocks).length}" errors="${problems.length}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="batch-secrets-check" ${counts}>`,
    `<testsuite name="batch-secrets-check" ${counts}>`,
    ...cases,
    "</testsuite>",
    "</testsuites>\n",
  ].join("\n");
}

/** What does not block is no failure: its words are the output of a test case that passes. */
function findingCase(finding: Finding): string {
  const { path, start } = finding.location;
  const place = `${path}:${start.line}`;
  const words = xml([place, finding.message, remedyText(finding.remedy)].join("\n\n"));
  const message = xml(finding.message);
  return caseOf(
    finding,
    blocks(finding)
      ? `<failure type="${xml(finding.rule)}" message="${message}">${words}</failure>`
      : `<system-out>${words}</system-out>`,
  );
}

function caseOf({ rule, subject, location: { path, start } }: Finding, content: string): string {
  return testCase(subject.address, `${rule} at ${path}:${start.line}`, content);
}

function testCase(of: string, name: string, content: string): string {
  return `<testcase classname="${xml(of)}" name="${xml(name)}">${content}</testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** XML has no way to write most control characters: they are shown as replaced. */
function xml(text: string): string {
  return cleanLines(text).replace(/[&<>"\n]/g, (character) => entities[character] ?? "");
}
