import { expect, test } from "vitest";
import { renderJson, toJson } from "./json.ts";
import type { Report } from "./report.ts";

const report: Report = {
  version: 1,
  verdict: "fail",
  findings: [
    {
      rule: "secret-selector-format",
      severity: "error",
      confidence: "certain",
      message: "The selector is wrong.",
      remedy: {
        text: "Write this.",
        edits: [
          {
            location: { path: "jobs.json", start: { line: 1, column: 2 }, end: { line: 1, column: 5 } },
            text: "x::",
          },
        ],
        add: null,
        language: "json",
      },
      subject: { kind: "job_definition", address: "Job" },
      location: { path: "jobs.json", start: { line: 1, column: 2 }, end: { line: 3, column: 4 } },
      related: [
        {
          message: "the secret",
          location: { path: "s.json", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
        },
      ],
      help: "https://example.com/secret-selector-format",
      fingerprint: "0123456789abcdef",
      status: "new",
    },
  ],
  unverified: [
    {
      rule: "secret-read-allowed",
      reason: "the role is a parameter",
      subject: { kind: "job_definition", address: "Job" },
      location: { path: "jobs.json", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    },
  ],
  problems: [{ path: "broken.json", message: "Unexpected end.", line: 7 }],
  summary: {
    files: 2,
    jobDefinitions: 1,
    references: 2,
    proven: 0,
    errors: 1,
    warnings: 0,
    infos: 0,
    unverified: 1,
    suppressed: 0,
    durationMs: 5,
  },
};

test("the JSON report is the report, in the order of the contract", () => {
  expect(renderJson(report)).toBe(`{
  "version": 1,
  "verdict": "fail",
  "findings": [
    {
      "rule": "secret-selector-format",
      "severity": "error",
      "confidence": "certain",
      "message": "The selector is wrong.",
      "remedy": "Write this.\\n\\nx::",
      "subject": {
        "kind": "job_definition",
        "address": "Job"
      },
      "location": {
        "path": "jobs.json",
        "start": {
          "line": 1,
          "column": 2
        },
        "end": {
          "line": 3,
          "column": 4
        }
      },
      "related": [
        {
          "message": "the secret",
          "location": {
            "path": "s.json",
            "start": {
              "line": 1,
              "column": 1
            },
            "end": {
              "line": 1,
              "column": 2
            }
          }
        }
      ],
      "help": "https://example.com/secret-selector-format",
      "fingerprint": "0123456789abcdef",
      "status": "new"
    }
  ],
  "unverified": [
    {
      "rule": "secret-read-allowed",
      "reason": "the role is a parameter",
      "subject": {
        "kind": "job_definition",
        "address": "Job"
      },
      "location": {
        "path": "jobs.json",
        "start": {
          "line": 1,
          "column": 1
        },
        "end": {
          "line": 1,
          "column": 2
        }
      }
    }
  ],
  "problems": [
    {
      "path": "broken.json",
      "message": "Unexpected end.",
      "line": 7
    }
  ],
  "summary": {
    "files": 2,
    "jobDefinitions": 1,
    "references": 2,
    "proven": 0,
    "errors": 1,
    "warnings": 0,
    "infos": 0,
    "unverified": 1,
    "suppressed": 0,
    "durationMs": 5
  }
}
`);
});

test("characters that a terminal would obey are escapes, and mean the same", () => {
  const hostile = "\u001b[31m \u009b \u202e \u2028 \ufeff é 日本";
  const json = toJson({ hostile }, 0);
  expect(json).toBe('{"hostile":"\\u001b[31m \\u009b \\u202e \\u2028 \\ufeff é 日本"}\n');
  expect(JSON.parse(json)).toEqual({ hostile });
});

test("a secret that a rule quotes is masked, places stay", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const [finding] = report.findings;
  if (!finding) throw new Error("the report has a finding");
  const shown = JSON.parse(renderJson({ ...report, findings: [{ ...finding, message: `value ${token}` }] }));
  expect(shown.findings[0].message).toBe(`value ${"*".repeat(40)}`);
  expect(shown.findings[0].location).toEqual(finding.location);
});
