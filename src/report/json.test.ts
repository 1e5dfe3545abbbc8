import { expect, test } from "vitest";
import { renderJson, toJson } from "./json.ts";
import type { Report } from "./report.ts";
import { provenReference } from "./testing.ts";

const report: Report = {
  version: 1,
  verdict: "fail",
  scope: "all",
  base: null,
  fixed: [],
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
      assumes: ["default-value"],
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
      fingerprintAnywhere: "any",
      status: "new",
    },
  ],
  unverified: [
    {
      rule: "secret-read-allowed",
      reason: "can't tell whether Role may read db: the parameter Role has no value in these files",
      because: "the parameter Role has no value in these files",
      cause: { kind: "parameter", name: "Role", unit: "jobs.json" },
      settles: { kind: "parameter", name: "Role" },
      references: ["Job a"],
      subject: { kind: "job_definition", address: "Job" },
      location: { path: "jobs.json", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    },
  ],
  references: [],
  notes: [],
  problems: [{ path: "broken.json", message: "Unexpected end.", line: 7 }],
  summary: {
    files: 2,
    jobDefinitions: 1,
    references: 2,
    proven: 0,
    fullyProven: 0,
    errors: 1,
    warnings: 0,
    infos: 0,
    unverified: 1,
    suppressed: 0,
    existing: 0,
    durationMs: 5,
  },
};

test("the JSON report is the report, in the order of the contract", () => {
  expect(renderJson(report)).toBe(`{
  "version": 1,
  "verdict": "fail",
  "scope": "all",
  "base": null,
  "findings": [
    {
      "rule": "secret-selector-format",
      "severity": "error",
      "confidence": "certain",
      "message": "The selector is wrong.",
      "remedy": "Write this.\\n\\nx::",
      "fix": {
        "edits": [
          {
            "location": {
              "path": "jobs.json",
              "start": {
                "line": 1,
                "column": 2
              },
              "end": {
                "line": 1,
                "column": 5
              }
            },
            "text": "x::"
          }
        ]
      },
      "assumes": [
        "default-value"
      ],
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
      "fingerprintAnywhere": "any",
      "status": "new",
      "deployments": []
    }
  ],
  "fixed": [],
  "unverified": [
    {
      "rule": "secret-read-allowed",
      "reason": "can't tell whether Role may read db: the parameter Role has no value in these files",
      "cause": {
        "kind": "parameter",
        "name": "Role",
        "unit": "jobs.json"
      },
      "settles": {
        "kind": "parameter",
        "name": "Role"
      },
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
      },
      "deployments": []
    }
  ],
  "references": [],
  "problems": [
    {
      "path": "broken.json",
      "message": "Unexpected end.",
      "line": 7
    }
  ],
  "notes": [],
  "summary": {
    "files": 2,
    "jobDefinitions": 1,
    "references": 2,
    "proven": 0,
    "fullyProven": 0,
    "errors": 1,
    "warnings": 0,
    "infos": 0,
    "unverified": 1,
    "suppressed": 0,
    "existing": 0,
    "durationMs": 5
  }
}
`);
});

test("every reference has all its links, in the order in which a secret travels", () => {
  const shown = JSON.parse(renderJson({ ...report, references: [provenReference()] })).references;
  const location = { path: "jobs/nightly.json", start: { line: 7, column: 9 }, end: { line: 7, column: 40 } };
  expect(Object.keys(shown[0].links)).toEqual("reference role trust read decrypt content network agent".split(" "));
  expect(shown).toEqual([
    {
      job: "nightly",
      container: "containerProperties",
      name: "DB_PASSWORD",
      secret: "arn:aws:x:db",
      deployments: [],
      location,
      state: "proven",
      links: {
        reference: {
          state: "proven",
          because: "it is a complete ARN",
          location,
          rule: "secret-arn-format",
          assumes: [],
          also: [{ rule: "secret-selector-format", because: "it has no selectors", location, assumes: [] }],
        },
        role: { state: "proven", because: "it names x", location, rule: "execution-role-present", assumes: [] },
        trust: { state: "proven", because: "x trusts ECS", location, rule: "execution-role-trust", assumes: [] },
        read: {
          state: "proven",
          because: "x may read db",
          location: { path: "iam/x.json", start: { line: 3, column: 9 }, end: { line: 3, column: 40 } },
          rule: "secret-read-allowed",
          assumes: ["no-organization-policy"],
        },
        decrypt: {
          state: "outside",
          because: "what it names is not declared in these files",
          location: null,
          rule: null,
          assumes: [],
        },
        content: { state: "not applicable", because: null, location: null, rule: null, assumes: [] },
        network: { state: "not applicable", because: null, location: null, rule: null, assumes: [] },
        agent: { state: "not checked", because: "no rule checks this yet", location: null, rule: null, assumes: [] },
      },
    },
  ]);
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
