import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceFile } from "../source.ts";
import type { Finding, Unverified } from "../verdict/finding.ts";
import { makeExcerpts } from "./excerpts.ts";
import type { Report, Summary, WriteOptions } from "./report.ts";
import { provenReference, remedy } from "./testing.ts";
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
  assumes: [],
  subject: { kind: "job_definition", address: "Job" },
  location: { path: job.path, start: { line: 12, column: 29 }, end: { line: 12, column: 45 } },
  related: [],
  help: "https://example.com/docs/rules/secret-selector-format.md",
  fingerprint: "0123456789abcdef",
  fingerprintAnywhere: "any",
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
  fullyProven: 0,
  errors: 2,
  warnings: 0,
  infos: 0,
  unverified: 2,
  suppressed: 0,
  existing: 0,
  durationMs: 12,
};

const empty: Report = {
  version: 1,
  verdict: "pass",
  scope: "all",
  base: null,
  fixed: [],
  findings: [],
  unverified: [],
  references: [],
  notes: [],
  problems: [],
  summary,
};

/** An entry that waits for `because`. */
function unverified(because: string, rule: string, line: number): Unverified {
  const location = { path: job.path, start: { line, column: 3 }, end: { line, column: 9 } };
  const reason = `can't tell whether ${line} may be read: ${because}`;
  const cause = { kind: "parameter", name: because, unit: null } as const;
  const settles = { kind: "parameter", name: "RoleArn" } as const;
  return { rule, reason, because, cause, settles, references: [`${line}`], subject: selector.subject, location };
}

function render(report: Report, options: Partial<WriteOptions> = {}): string {
  return renderText(report, makeExcerpts([job], []), { colour: false, width: 100, ...options });
}

test("a whole report: findings with code and remedy, what is unverified, problems, counts", () => {
  const why = "the parameter RoleArn has no value in these files";
  const report: Report = {
    ...empty,
    verdict: "fail",
    scope: "all",
    base: null,
    fixed: [],
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

unverified: 2 open questions

  - the parameter RoleArn has no value in these files
      (4 references: secret-read-allowed, execution-role-trust)
      To settle it, add a value for \`RoleArn\` to the checked files.
      --> stacks/jobs.yaml:4:3
      --> stacks/jobs.yaml:5:3
      --> stacks/jobs.yaml:6:3
      and 1 more place

  - the key is imported from another stack
      (1 reference: secret-decrypt-allowed)
      To settle it, add a value for \`RoleArn\` to the checked files.
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

test("that no job definition was found is reported", () => {
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
    findings: [{ ...selector, status: "suppressed", suppression: { reason: "known", by: "configuration" } }],
    summary: { ...summary, suppressed: 1 },
  };
  expect(render(report)).toBe(`\
passed: no findings, 1 suppressed
3 files, 1 job definition, 4 secret references: 1 proven, 1 with findings, 2 unverified
`);
});

test("more open questions than can be taken in are counted, unless all are asked for", () => {
  const many = Array.from({ length: 12 }, (_, index) => unverified(`reason ${index}`, "secret-read-allowed", index));
  const report = { ...empty, unverified: many };
  const shown = (text: string) => text.split("\n").filter((line) => line.startsWith("  - reason ")).length;
  expect(shown(render(report))).toBe(10);
  expect(render(report)).toContain("\n  and 2 more; --show unverified lists all\n");
  expect(shown(render(report, { show: "unverified" }))).toBe(12);
});

test("with --show unverified every entry is shown with its own words", () => {
  const why = "the parameter RoleArn has no value in these files";
  const entries = [4, 5, 6, 7].map((line) => unverified(why, "secret-read-allowed", line));
  expect(render({ ...empty, unverified: entries }, { show: "unverified" })).toBe(`\
unverified: 1 open question

  - the parameter RoleArn has no value in these files
      (4 references: secret-read-allowed)
      To settle it, add a value for \`RoleArn\` to the checked files.
      --> stacks/jobs.yaml:4:3: can't tell whether 4 may be read (secret-read-allowed)
      --> stacks/jobs.yaml:5:3: can't tell whether 5 may be read (secret-read-allowed)
      --> stacks/jobs.yaml:6:3: can't tell whether 6 may be read (secret-read-allowed)
      --> stacks/jobs.yaml:7:3: can't tell whether 7 may be read (secret-read-allowed)

passed: no findings
3 files, 1 job definition, 4 secret references: 1 proven, 1 with findings, 2 unverified
`);
});

test("with --show proven the chain of every proven reference is shown", () => {
  const references = [
    provenReference(),
    provenReference({ name: null, secret: null, container: "containerProperties.repositoryCredentials" }),
    provenReference({ job: "other", state: "unverified" }),
  ];
  const shown = render(
    { ...empty, references, summary: { ...summary, references: 3, proven: 2, unverified: 1 } },
    {
      show: "proven",
    },
  );
  const links = `\
    --> jobs/nightly.json:7:9
    reference  proven          it is a complete ARN (secret-arn-format, line 7)
                               and it has no selectors (secret-selector-format, line 7)
    role       proven          it names x (execution-role-present, line 7)
    trust      proven          x trusts ECS (execution-role-trust, line 7)
    read       proven          x may read db (secret-read-allowed, iam/x.json:3:9)
    decrypt    outside         what it names is not declared in these files
    content    not applicable
    network    not applicable
    agent      not checked     no rule checks this yet
    assumes                    no service control policy or session policy takes the permission away
                               (read)
`;
  expect(shown).toBe(`\
proven: 2 of 3 secret references

job nightly in jobs/nightly.json

  - DB_PASSWORD = arn:aws:x:db (containerProperties): proven
${links}
  - registry credentials (containerProperties.repositoryCredentials): proven
${links}
passed: no findings
3 files, 1 job definition, 3 secret references: 2 proven, 0 with findings, 1 unverified
`);
});

test("what a finding takes for granted is shown with it", () => {
  const finding: Finding = { ...selector, assumes: ["default-value", "one-deployment"] };
  expect(render({ ...empty, findings: [finding] })).toContain(`
   = assumes: a default that is a value is not overridden at deployment; a unit is deployed to one
              account and Region
`);
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

test("a string without end is cut", () => {
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
