import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceFile } from "../source.ts";
import type { Finding, Unverified } from "../verdict/finding.ts";
import { makeExcerpts } from "./excerpts.ts";
import type { Report, Summary } from "./report.ts";
import { remedy } from "./testing.ts";
import { renderText } from "./text.ts";

const job: SourceFile = {
  path: "stacks/jobs.yaml",
  text: `Resources:
  Role:
    Type: AWS::IAM::Role
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      ContainerProperties:
        Environment:
          - { Name: DB_PASSWORD, Value: hunter2 }
        Secrets:
          - Name: DB_PASSWORD
            ValueFrom: !Sub "\${Db}:password"
`,
};

const selector: Finding = {
  rule: "secret-selector-format",
  severity: "error",
  confidence: "certain",
  message: "${Db}:password has 3 resource parts (secret, Db, password); AWS accepts 2 or 5.",
  remedy: remedy("Name the JSON key and leave the stage and the version empty.", '!Sub "${Db}:password::"', "yaml"),
  subject: { kind: "job_definition", address: "Job" },
  location: { path: job.path, start: { line: 12, column: 29 }, end: { line: 12, column: 45 } },
  related: [],
  help: "https://example.com/docs/rules/secret-selector-format.md",
  fingerprint: "0123456789abcdef",
  status: "new",
};

const plaintext: Finding = {
  ...selector,
  rule: "no-plaintext-secrets",
  confidence: "likely",
  message: "DB_PASSWORD reads like a secret and its value stands in the job definition.",
  remedy: remedy(
    "Put the value into a secret, name it in secrets, and remove it from the environment, where everybody who may describe the job definition reads it.",
  ),
  location: { path: job.path, start: { line: 9, column: 39 }, end: { line: 9, column: 46 } },
  related: [
    {
      message: "the role that could read the secret",
      location: { path: job.path, start: { line: 2, column: 3 }, end: { line: 2, column: 7 } },
    },
  ],
  help: "https://example.com/docs/rules/no-plaintext-secrets.md",
};

const summary: Summary = {
  files: 3,
  jobDefinitions: 1,
  references: 4,
  proven: 1,
  errors: 2,
  warnings: 0,
  infos: 0,
  unverified: 2,
  suppressed: 0,
  durationMs: 12,
};

const empty: Report = { version: 1, verdict: "pass", findings: [], unverified: [], problems: [], summary };

function unverified(reason: string, rule: string, line: number): Unverified {
  const location = { path: job.path, start: { line, column: 3 }, end: { line, column: 9 } };
  return { rule, reason, subject: selector.subject, location };
}

function render(report: Report, options: { colour?: boolean; width?: number } = {}): string {
  const { colour = false, width = 100 } = options;
  return renderText(report, makeExcerpts([job], []), { colour, width });
}

test("a whole report: findings with code and remedy, what is unverified, problems, counts", () => {
  const why = "the execution role is the parameter RoleArn, which has no default";
  const report: Report = {
    ...empty,
    verdict: "fail",
    findings: [plaintext, selector, { ...selector, status: "existing", related: [], severity: "info" }],
    unverified: [
      unverified("the key is imported from another stack", "secret-decrypt-allowed", 12),
      ...[4, 5, 6, 7, 7].map((line) => unverified(why, "secret-read-allowed", line)),
      unverified(why, "execution-role-trust", 4),
    ],
    problems: [{ path: "stacks/broken.yaml", line: 3, message: "Nested mappings are not allowed here." }],
  };
  expect(render(report)).toBe(`\
warning[no-plaintext-secrets] (likely): DB_PASSWORD reads like a secret and its value stands in the job definition.
 --> stacks/jobs.yaml:9:39
  |
9 |           - { Name: DB_PASSWORD, Value: ******* }
  |                                       ^^^^^^^
  |
 ::: stacks/jobs.yaml:2:3
  |
2 |   Role:
  |   ---- the role that could read the secret
  |
  = fix: Put the value into a secret, name it in secrets, and remove it from the environment, where
         everybody who may describe the job definition reads it.
  = help: https://example.com/docs/rules/no-plaintext-secrets.md

error[secret-selector-format]: \${Db}:password has 3 resource parts (secret, Db, password); AWS accepts 2 or 5.
  --> stacks/jobs.yaml:12:29
   |
12 |             ValueFrom: !Sub "\${Db}:password"
   |                             ^^^^^^^^^^^^^^^^
   |
   = fix: Name the JSON key and leave the stage and the version empty.

       !Sub "\${Db}:password::"

   = help: https://example.com/docs/rules/secret-selector-format.md

info[secret-selector-format] (existing): \${Db}:password has 3 resource parts (secret, Db, password); AWS accepts 2 or 5.
  --> stacks/jobs.yaml:12:29
   |
12 |             ValueFrom: !Sub "\${Db}:password"
   |                             ^^^^^^^^^^^^^^^^
   |
   = fix: Name the JSON key and leave the stage and the version empty.

       !Sub "\${Db}:password::"

unverified: 7 questions the files do not answer

  6 × the execution role is the parameter RoleArn, which has no default
      (secret-read-allowed, execution-role-trust)
      --> stacks/jobs.yaml:4:3
      --> stacks/jobs.yaml:5:3
      --> stacks/jobs.yaml:6:3
      and 1 more place

  1 × the key is imported from another stack
      (secret-decrypt-allowed)
      --> stacks/jobs.yaml:12:3

problem: stacks/broken.yaml:3: Nested mappings are not allowed here.

failed: 1 error, 1 warning, 1 info, 1 problem
3 files, 1 job definition, 4 secret references: 1 proven, 1 with findings, 2 unverified
`);
});

test("a clean report is two lines", () => {
  expect(render({ ...empty, summary: { ...summary, proven: 4, unverified: 0 } })).toBe(`\
passed: no findings
3 files, 1 job definition, 4 secret references: 4 proven, 0 with findings, 0 unverified
`);
});

test("that no job definition was found is said", () => {
  expect(render({ ...empty, summary: { ...summary, files: 0, jobDefinitions: 0 } })).toBe(
    "passed: no findings\n0 files, 0 job definitions found\n",
  );
  expect(render({ ...empty, summary: { ...summary, references: 0, proven: 0, unverified: 0 } })).toBe(
    "passed: no findings\n3 files, 1 job definition, 0 secret references\n",
  );
});

test("suppressed findings are counted and not shown", () => {
  const report: Report = {
    ...empty,
    findings: [{ ...selector, status: "suppressed", suppression: { reason: "known" } }],
    summary: { ...summary, suppressed: 1 },
  };
  expect(render(report)).toBe(`\
passed: no findings, 1 suppressed
3 files, 1 job definition, 4 secret references: 1 proven, 1 with findings, 2 unverified
`);
});

test("more reasons than can be taken in are counted", () => {
  const many = Array.from({ length: 12 }, (_, index) => unverified(`reason ${index}`, "secret-read-allowed", 1));
  const lines = render({ ...empty, unverified: many }).split("\n");
  expect(lines.filter((line) => line.includes("× reason")).length).toBe(10);
  expect(lines).toContain("  and 2 more reasons");
});

test("colour marks severity, place and structure, and changes nothing else", () => {
  const report: Report = { ...empty, verdict: "fail", findings: [selector] };
  const coloured = render(report, { colour: true });
  expect(coloured.split("\n").slice(0, 5)).toEqual([
    "\u001b[1;31merror[secret-selector-format]\u001b[0m: \u001b[1m${Db}:password has 3 resource parts (secret, Db, password); AWS accepts 2 or 5.\u001b[0m",
    "\u001b[1;34m  -->\u001b[0m stacks/jobs.yaml:12:29",
    "\u001b[1;34m   |\u001b[0m",
    '\u001b[1;34m12 |\u001b[0m             ValueFrom: !Sub "${Db}:password"',
    "\u001b[1;34m   |\u001b[0m                             \u001b[1;31m^^^^^^^^^^^^^^^^\u001b[0m",
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(coloured.replace(/\u001b\[[\d;]*m/g, "")).toBe(render(report));
});

test("what a pull request writes can't steer a terminal, whatever it is and wherever it stands", () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      "\u001b",
      "[31m",
      "\u009b",
      "\r",
      "\n",
      "\u202e",
      "\u0007",
      "a",
      ":",
      " ::error::x ",
      "##[group]",
    ),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      const location = { ...selector.location, path: text };
      const finding: Finding = {
        ...selector,
        message: text,
        remedy: remedy(text, text),
        related: [{ message: text, location }],
        location,
        rule: text,
      };
      const shown = renderText(
        {
          ...empty,
          findings: [finding],
          unverified: [{ ...unverified(text, text, 1), location }],
          problems: [{ path: text, message: text }],
        },
        { line: () => text.replaceAll("\n", "") },
        { colour: false, width: 80 },
      );
      expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202e]/u);
      for (const line of shown.split("\n")) expect(line).not.toMatch(/^\s*(?:::(?!: )|##\[)/);
    }),
  );
});

test("a secret that a rule quotes is not shown", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const finding: Finding = {
    ...selector,
    message: `The value ${token} stands there.`,
    remedy: remedy(`Remove ${token}.`, token),
    related: [{ message: token, location: selector.location }],
  };
  const report: Report = {
    ...empty,
    findings: [finding],
    unverified: [unverified(token, "x", 1)],
    problems: [{ path: "a", message: token }],
  };
  expect(render(report)).not.toContain(token.slice(4));
});

test("a text without end is cut", () => {
  const long = "x".repeat(1_000_000);
  const report: Report = {
    ...empty,
    findings: [
      {
        ...selector,
        message: long,
        remedy: remedy(long, long),
        related: [{ message: long, location: selector.location }],
      },
    ],
    unverified: [unverified(long, "x", 1)],
    problems: [{ path: "a", message: long }],
  };
  expect(render(report).length).toBeLessThan(50_000);
});
