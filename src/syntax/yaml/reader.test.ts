import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { plain } from "../../formats/testing.ts";
import { readYaml } from "./reader.ts";
import type { Scalar, YamlRules } from "./state.ts";

const root = join(import.meta.dirname, "../../..");

/** Rules that leave every scalar a string, as the package's failsafe schema does, and no merge key brings anything. */
const text = ({ text, at, offsets }: Scalar) => ({ kind: "text" as const, value: text, at, offsets });
/** Whether the text read last has a list or mapping for a key, which has no name that both agree on. */
let collectionKeys = false;
const FAILSAFE: YamlRules = {
  scalar: text,
  collection: (value) => value,
  key: (scalar) => {
    collectionKeys ||= scalar.style === "collection";
    return text(scalar);
  },
  merged: (own, merges) => ({
    entries: merges.reduceRight(
      (all, { value, before }) => all.toSpliced(before, 0, { key: "<<", keyAt: value.at, value }),
      [...own],
    ),
  }),
};

/** What the reader and the package make of a string; undefined where the package is more or less strict on purpose. */
function both(source: string): { readonly ours: unknown; readonly theirs: unknown } | undefined {
  const documents = parseAllDocuments(source, {
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    strict: false,
    logLevel: "error",
  });
  if (!Array.isArray(documents)) return undefined;
  const codes = documents.flatMap(({ errors }) => errors.map(({ code }) => code));
  // Tags of a handle that is not declared are ignored like all others.
  if (codes.includes("TAG_RESOLVE_FAILED")) return undefined;
  const file = { path: "stack.yaml", text: source };
  const place = (start: number, end: number) => ({ file, start, end });
  collectionKeys = false;
  const results = readYaml({ text: source, place, rules: FAILSAFE });
  if (codes.length > 0) return { ours: results.some(({ kind }) => kind === "failure"), theirs: true };
  const failure = results.find((result) => result.kind === "failure");
  if (collectionKeys || (failure && STRICTER.test(failure.message))) return undefined;
  const ours = results.map((result) => (result.kind === "value" ? plain(result.value) : result));
  return { ours, theirs: documents.map((document) => document.toJS({ maxAliasCount: -1 })) };
}

/**
 * Of an alias without an anchor the package complains later; a key over several lines, and % behind the end, it lets
 * pass.
 */
const STRICTER = /has no anchor|spans several lines|start with %/;

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
  Defaults: &defaults
    Timeout: 60
    <<: {Retries: 1}
  # The job.
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      RetryStrategy: {}
      Base: *defaults
      ? Explicit
      : value
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

test("a template as people write it means the same as to the package", () => {
  const readings = both(TEMPLATE);
  expect(readings?.ours).toEqual(readings?.theirs);
  expect(readings?.ours).toHaveLength(1);
});

test("so do the YAML files of this repository, with any line ends", () => {
  const folders = ["examples", "policies", "test/data", "test/fixtures"];
  for (const folder of folders) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.ya?ml$/.test(path)) continue;
      const source = readFileSync(join(root, folder, path), "utf8");
      for (const lines of [source, source.replaceAll("\n", "\r\n"), `\ufeff${source}`]) {
        const readings = both(lines);
        expect(readings?.ours, path).toEqual(readings?.theirs);
      }
    }
  }
});

test("a template with mistakes and oddities anywhere means the same, or neither can read it", () => {
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
  fc.assert(
    fc.property(piece, fc.array(change, { maxLength: 3 }), (source, changes) => {
      const indents = source.split("\n").map((line) => line.search(/\S/));
      const indent = Math.min(...indents.filter((at) => at >= 0), 80);
      let changed = source.replace(new RegExp(`^ {0,${indent}}`, "gm"), "");
      for (const [at, removed, added] of changes) {
        const place = at % (changed.length + 1);
        changed = changed.slice(0, place) + added + changed.slice(place + removed);
      }
      const readings = both(changed);
      expect(readings?.ours).toEqual(readings?.theirs);
    }),
    { numRuns: 2_000 },
  );
});

test("long lines, many values and deep nesting cost no more than their length", () => {
  const read = (source: string) => {
    const place = (start: number, end: number) => ({ file: { path: "a.yaml", text: source }, start, end });
    return readYaml({ text: source, place, rules: FAILSAFE }).map(({ kind }) => kind);
  };
  expect(read("- Name: !Sub a\n  Value: b\n".repeat(50_000))).toEqual(["value"]);
  expect(read(`- ${"a ".repeat(100_000)}\n`)).toEqual(["value"]);
  expect(read(`${"- ".repeat(100_000)}a\n`)).toEqual(["failure"]);
  expect(read(`a: ${"[".repeat(100_000)}\n`)).toEqual(["failure"]);
  expect(read(`${"a:".repeat(100_000)}\n`)).toEqual(["value"]);
});
