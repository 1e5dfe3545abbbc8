import { expect, test } from "vitest";
import * as github from "./github.ts";
import * as gitlab from "./gitlab.ts";
import * as junit from "./junit.ts";
import * as markdown from "./markdown.ts";
import type { Report } from "./report.ts";
import * as sarif from "./sarif.ts";
import { finding, placeAt, reportOf } from "./testing.ts";

const excerpts = { line: () => '      "valueFrom": "x"' };
const options = { colour: false, width: 80 };

const edit = { location: placeAt("jobs/night ly.json", 7), text: '"arn::"' };
const broken = finding({
  message: "`DB_PASSWORD`: a colon is missing, 100% & <sure>.",
  location: placeAt("jobs/night ly.json", 7, 9),
  related: [{ message: "the role", location: placeAt("iam.json", 2) }],
  remedy: { text: "Write `arn::`.", edits: [edit], add: null, language: "json" },
});
const likely = finding({ confidence: "likely", fingerprint: "ffff", location: placeAt("a.json", 1) });
const report = reportOf([broken, likely], { problems: [{ path: "b.json", line: 3, message: "Expected a comma." }] });
const write = (format: { write: (report: Report, e: typeof excerpts, o: typeof options) => string }) =>
  format.write(report, excerpts, options);

test("SARIF has the rule, a region of one line, the fix and what could not be checked", () => {
  const { runs } = JSON.parse(write(sarif));
  const [run] = runs;
  expect(run.tool.driver.rules).toMatchObject([
    { id: "secret-selector-format", defaultConfiguration: { level: "error" }, helpUri: broken.help },
  ]);
  expect(run.invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      {
        message: { text: "Expected a comma." },
        locations: [{ physicalLocation: { artifactLocation: { uri: "b.json" }, region: { startLine: 3 } } }],
      },
    ],
  });
  const [first, second] = run.results;
  expect(first).toMatchObject({ ruleId: broken.rule, ruleIndex: 0, level: "error" });
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "jobs/night%20ly.json", uriBaseId: "SRCROOT" },
    region: { startLine: 7, startColumn: 9, endLine: 7, endColumn: 23 },
  });
  expect(first.relatedLocations).toMatchObject([{ id: 0, message: { text: "the role" } }]);
  expect(first.fixes[0].artifactChanges).toEqual([
    {
      artifactLocation: { uri: "jobs/night%20ly.json", uriBaseId: "SRCROOT" },
      replacements: [
        {
          deletedRegion: { startLine: 7, startColumn: 9, endLine: 7, endColumn: 40 },
          insertedContent: { text: '"arn::"' },
        },
      ],
    },
  ]);
  expect(first.partialFingerprints).toEqual({
    "batchSecretsCheck/v1": "0123456789abcdef",
    "batchSecretsCheckAnywhere/v1": "any",
  });
  expect(second).toMatchObject({ level: "warning", message: { text: expect.stringMatching(/^Likely: /) } });
});

test("GitLab shows every finding by its line, and a file that was not checked", () => {
  expect(JSON.parse(write(gitlab))).toEqual([
    {
      description: "This file could not be checked: Expected a comma.",
      check_name: "not-checked",
      fingerprint: "not-checked b.json",
      severity: "blocker",
      location: { path: "b.json", lines: { begin: 3 } },
    },
    expect.objectContaining({ severity: "blocker", location: { path: "jobs/night ly.json", lines: { begin: 7 } } }),
    expect.objectContaining({ severity: "minor", fingerprint: "ffff" }),
  ]);
});

test("JUnit fails for what blocks, and its markup is whole whatever a finding says", () => {
  const text = write(junit);
  expect(text).toMatch(/<testsuites name="batch-secrets-check" tests="\d+" failures="1" errors="1" skipped="\d+">/);
  expect(text).toContain('message="`DB_PASSWORD`: a colon is missing, 100% &amp; &lt;sure&gt;."');
  expect(text.match(/<testcase /g)).toHaveLength(text.match(/<\/testcase>/g)?.length ?? 0);
  expect(text).toContain("<system-out>a.json:1");
});

test("commands of a workflow keep to one line each", () => {
  const lines = write(github).trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
  expect(lines.join("\n")).toContain("100%25 & <sure>.%0AWrite `arn::`.");
});

test("Markdown is the summary, with places that lead nowhere", () => {
  const text = write(markdown);
  expect(text).toMatch(/^### ❌ Batch secrets check: 1 file not checked, 1 error, 1 warning\n/);
  expect(text).toContain("`jobs/night ly.json:7`");
  expect(text).not.toContain("](http://");
});
