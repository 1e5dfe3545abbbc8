import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceFile } from "../../source.ts";
import { readCommonYaml } from "./common.ts";
import { readByPackage } from "./document.ts";

const root = join(import.meta.dirname, "../../..");
const file = (text: string): SourceFile => ({ path: "stack.yaml", text });

/** A value with all its places and offsets as plain data. */
const inFull = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === "file" ? undefined : key === "offsets" ? inner() : inner)));

/** Both readings of a text that the short one accepts. */
async function both(text: string): Promise<{ common: unknown; byPackage: unknown } | undefined> {
  const common = readCommonYaml(file(text));
  if (!common) return undefined;
  const { values, problems } = await readByPackage(file(text));
  expect(problems).toEqual([]);
  return { common: inFull([common]), byPackage: inFull(values) };
}

const TEMPLATE = `# What people write.
AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  One job,
  and its secret.
Parameters:
  Stage: { Type: String, Default: test, AllowedValues: [test, "prod"] }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]

Resources:
  # The job.
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      RetryStrategy: {}
      Timeout: {AttemptDurationSeconds: 0x10}
      ContainerProperties:
        Image: !Sub \${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/job:1  # latest
        Command: [python, -m, job, --id, "1", 'it''s', 012, 1.5, ~, true]
        ExecutionRoleArn: !GetAtt Role.Arn
        Secrets:
        - Name: "PASS\\tWORD"
          ValueFrom: !Join
          - ':'
          - - arn
            - !Ref AWS::Partition
            - secretsmanager
        - Name: TOKEN
          ValueFrom:
            Fn::Sub: "\${Secret}:token::"
  Function:
    Properties:
      Code: |
        import os

        if os.environ:
          print("a: b # c")
      Last: |-
        no line break


  Role:
    Statement:
      -
        Effect: Allow
        Action: [ "a:b" , c:d ]
`;

test("a template as people write it means the same as to the package, to the last offset", async () => {
  const readings = await both(TEMPLATE);
  expect(readings).toBeDefined();
  expect(readings?.common).toEqual(readings?.byPackage);
});

test("so do the YAML files of this repository, most of which are accepted", async () => {
  const folders = ["examples", "policies", "test/data", "test/fixtures"];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.ya?ml$/.test(path))
      .map((path) => join(root, folder, path)),
  );
  let accepted = 0;
  for (const path of paths) {
    const readings = await both(readFileSync(path, "utf8"));
    if (readings) accepted++;
    expect(readings?.common, path).toEqual(readings?.byPackage);
  }
  expect(accepted / paths.length).toBeGreaterThan(0.7);
});

test("a template with mistakes and oddities anywhere is refused or means the same", async () => {
  const oddity = fc.constantFrom(
    ..."' \" : # - , [ ] { } | > ! & * ? % @ ` \\ ~ = < é ⟨".split(" "),
    ...[
      " ",
      "  ",
      "\n",
      "\n\n",
      "\n  ",
      ": ",
      " #",
      "- ",
      "|-\n",
      "!Sub ",
      "!Other ",
      "&a ",
      "*a",
      "<<: ",
      "? ",
      "---\n",
      "...\n",
    ],
    ...["''", "\\n", "\\u00e9", "null", "1e3", "{{ a }}", "[[a]]", "\u00a0", "\u2028", "\t", "\r"],
  );
  const lines = TEMPLATE.split("\n");
  const piece = fc
    .tuple(fc.nat(lines.length - 1), fc.integer({ min: 1, max: 12 }))
    .map(([from, count]) => `${lines.slice(from, from + count).join("\n")}\n`);
  const change = fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 3 }), oddity);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(piece, fc.array(change, { maxLength: 3 }), async (text, changes) => {
      const indent = Math.min(
        ...text
          .split("\n")
          .map((line) => line.search(/\S/))
          .filter((at) => at >= 0),
      );
      let changed = text.replace(new RegExp(`^ {0,${Number.isFinite(indent) ? indent : 0}}`, "gm"), "");
      for (const [at, removed, added] of changes) {
        const place = at % (changed.length + 1);
        changed = changed.slice(0, place) + added + changed.slice(place + removed);
      }
      const readings = await both(changed);
      if (readings) accepted++;
      expect(readings?.common).toEqual(readings?.byPackage);
    }),
    { numRuns: 2_000 },
  );
  expect(accepted).toBeGreaterThan(200);
});

test.each([
  ["an anchor", "a: &x 1\n"],
  ["an alias", "a: *x\n"],
  ["a merge key", "<<: {a: b}\n"],
  ["another tag", "a: !!str 1\n"],
  ["a key without a value", "a:\nb: 1\n"],
  ["a text over several lines", "a: b\n  c\n"],
  ["brackets over several lines", "a: [b,\n  c]\n"],
  ["a placeholder", "a: {{ b }}\n"],
  ["a second document", "a: 1\n---\nb: 2\n"],
  ["a tab", "a:\tb\n"],
  ["a carriage return", "a: b\r\n"],
  ["nothing but comments", "# a\n"],
  ["a key that is no text", "? a\n: b\n"],
  ["a block that keeps its blank lines", "a: |+\n  b\n\n"],
  ["what is not YAML", "a: b: c\n"],
])("%s is left to the package", (_, text) => {
  expect(readCommonYaml(file(text))).toBeUndefined();
});

test("a file of a hundred thousand values is read in a moment, for none is searched beyond its line", () => {
  const value = readCommonYaml(file("- Name: !Sub a\n  Value: b\n".repeat(50_000)));
  expect(value?.kind === "list" && value.items.length).toBe(50_000);
});

test("long lines and deep nesting cost no more than their length", () => {
  expect(readCommonYaml(file(`${"- ".repeat(100_000)}a\n`))).toBeUndefined();
  expect(readCommonYaml(file(`a: ${"[".repeat(100_000)}\n`))).toBeUndefined();
  expect(readCommonYaml(file(`${"a:".repeat(100_000)}\n`))).toBeUndefined();
  expect(readCommonYaml(file(`- ${"a ".repeat(100_000)}\n`))?.kind).toBe("list");
});
