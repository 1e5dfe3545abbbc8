import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { check } from "../check.ts";
import { readConfig } from "../config/read.ts";
import { finding } from "../report/testing.ts";
import type { Edit } from "../verdict/apply.ts";
import { fixAll } from "./fix.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "fix-")));
});
afterEach(() => rmSync(root, { recursive: true }));

const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-Xk3p9Q";
const job = (valueFrom: string, newline = "\n") =>
  [
    "{",
    '  "jobDefinitionName": "job", "type": "container",',
    '  "containerProperties": {',
    '    "image": "a", "executionRoleArn": "arn:aws:iam::123456789012:role/run",',
    `    "secrets": [{ "name": "A", "valueFrom": "${valueFrom}" }]`,
    "  }",
    "}",
  ].join(newline);

async function fix() {
  const { config } = await readConfig(root);
  return await fixAll(root, () => check({ root, paths: [], ignore: [], config, failOn: "error" }));
}
const read = (path: string) => readFileSync(join(root, path), "utf8");

test.each([
  ["a byte order mark", (text: string) => `\ufeff${text}`],
  ["lines that end with CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["no end of its last line", (text: string) => text],
])("a file with %s keeps it", async (_, form) => {
  writeFileSync(join(root, "job.json"), form(job(`${ARN}:password`)));
  const { checked, sentences } = await fix();
  expect(sentences).toEqual(["1 finding fixed in job.json."]);
  expect(read("job.json")).toBe(form(job(`${ARN}:password::`)));
  expect(checked.report.findings).toEqual([]);
});

test("a file that is not changed is named with the reason", async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), "outside-")));
  const text = job(`${ARN}:password`);
  writeFileSync(join(root, "wide.json"), `\ufeff${text}`, "utf16le");
  mkdirSync(join(root, "jobs"));
  writeFileSync(join(root, "jobs/target.txt"), text);
  symlinkSync("jobs/target.txt", join(root, "link.json"));
  writeFileSync(join(outside, "far.json"), text);
  symlinkSync(outside, join(root, "folder"));
  const { sentences } = await fix();
  expect(sentences).toEqual([
    "0 findings fixed.",
    "1 finding not fixed: link.json is a symbolic link.",
    "1 finding not fixed: wide.json is not UTF-8.",
  ]);
  expect([read("jobs/target.txt"), readFileSync(join(outside, "far.json"), "utf8")]).toEqual([text, text]);
  rmSync(outside, { recursive: true });
});

/** The results of checks, one after the other, of a file of one line. */
async function fixing(
  text: string,
  ...results: { findings?: [id: string, ...edits: Edit[]][]; problems?: string[] }[]
) {
  writeFileSync(join(root, "a"), text);
  const seen: string[] = [];
  const { sentences } = await fixAll(root, async () => {
    seen.push(read("a"));
    const { findings = [], problems = [] } = results.shift() ?? {};
    const report = {
      scope: "all",
      findings: findings.map(([fingerprint, ...edits]) => {
        return finding({
          fingerprint,
          confidence: "certain",
          remedy: { text: "", edits, add: null, language: "json" },
        });
      }),
      problems: problems.map((path) => ({ path, message: "" })),
    };
    return { report } as unknown as Awaited<ReturnType<typeof check>>;
  });
  return { sentences, seen, text: read("a") };
}
const edit = (from: number, to: number, text: string): Edit => ({
  location: { path: "a", start: { line: 1, column: from }, end: { line: 1, column: to } },
  text,
});

test("fixes that overlap are made one after the other, each as a whole", async () => {
  const first: [string, ...Edit[]] = ["1", edit(1, 3, "AB")];
  const { sentences, seen } = await fixing(
    "abcdef",
    { findings: [first, ["2", edit(2, 4, "xy"), edit(6, 7, "!")]] },
    { findings: [["2", edit(2, 4, "xy"), edit(6, 7, "!")]] },
  );
  expect(seen).toEqual(["abcdef", "ABcdef", "Axyde!"]);
  expect(sentences).toEqual(["2 findings fixed in a."]);
});

test("a fix that does not help is made once, and is reported", async () => {
  const same: { findings: [string, ...Edit[]][] } = { findings: [["1", edit(2, 2, "x")]] };
  const { sentences, text } = await fixing("ab", same, same, same);
  expect([text, sentences]).toEqual([
    "axb",
    ["0 findings fixed in a.", "1 finding not fixed: the edits did not help."],
  ]);
});

test("fixes after which a file can't be read are taken back", async () => {
  const findings: [string, ...Edit[]][] = [["1", edit(2, 2, "{")]];
  const { sentences, text } = await fixing("ab", { findings }, { problems: ["a"] }, { findings });
  expect([text, sentences]).toEqual([
    "ab",
    ["0 findings fixed.", "1 finding not fixed: a could not be read with its fixes, which were taken back."],
  ]);
});

test("fixes that bring about each other end, and what is left is reported", async () => {
  const endless = Array.from({ length: 20 }, (_, index) => {
    return { findings: [[String(index), edit(1, 1, "x")]] as [string, ...Edit[]][] };
  });
  const { sentences, text } = await fixing("a", ...endless);
  expect([text, sentences]).toEqual([
    `${"x".repeat(10)}a`,
    ["10 findings fixed in a.", "1 finding left to fix. Run --fix again."],
  ]);
});

test("a key ID becomes the ARN of its key, and no statement is added for what that allows", async () => {
  const template = (key: string) => `Resources:
  Key: { Type: AWS::KMS::Key, Properties: {} }
  Token: { Type: AWS::SecretsManager::Secret, Properties: { KmsKeyId: !Ref Key, SecretString: x } }
  Run:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Token }
              - Effect: Allow
                Action: kms:Decrypt
                Resource: ${key} # the key
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: a
        ExecutionRoleArn: !GetAtt Run.Arn
        Secrets: [{ Name: TOKEN, ValueFrom: !Ref Token }]
`;
  writeFileSync(join(root, "stack.yaml"), template("!Ref Key"));
  const { sentences } = await fix();
  expect(read("stack.yaml")).toBe(template("!GetAtt Key.Arn"));
  expect(sentences).toEqual(["2 findings fixed in stack.yaml."]);
});

test("a role gets its policies also in a template that is one line of JSON", async () => {
  const template = {
    Resources: {
      Token: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "x" } },
      Run: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [
              { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } },
            ],
          },
        },
      },
      Job: {
        Type: "AWS::Batch::JobDefinition",
        Properties: {
          Type: "container",
          ContainerProperties: {
            Image: "a",
            ExecutionRoleArn: { "Fn::GetAtt": ["Run", "Arn"] },
            Secrets: [{ Name: "TOKEN", ValueFrom: { Ref: "Token" } }],
          },
        },
      },
    },
  };
  writeFileSync(join(root, "stack.json"), JSON.stringify(template));
  const { sentences } = await fix();
  expect(sentences).toEqual(["1 finding fixed in stack.json."]);
  const [policy] = JSON.parse(read("stack.json")).Resources.Run.Properties.Policies;
  expect(policy.PolicyName).toBe("read-secrets");
});
