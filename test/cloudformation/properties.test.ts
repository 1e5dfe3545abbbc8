/** What holds of every template: reading never throws, and without holes evaluation is what a plain evaluator says. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCloudFormation } from "../../src/formats/cloudformation/read.ts";
import { expandTag } from "../../src/formats/cloudformation/short-tags.ts";
import { isTemplate } from "../../src/formats/cloudformation/template.ts";
import { stackOf } from "../../src/formats/cloudformation/testing.ts";
import { plain } from "../../src/formats/testing.ts";
import { type Document, parseDocuments } from "../../src/syntax/document.ts";
import { get, type Value } from "../../src/syntax/value.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const FIXTURES = new URL("../fixtures/cloudformation/", import.meta.url);

async function documentsOf(path: string, text: string): Promise<readonly Document[]> {
  return (await parseDocuments({ path, text }, expandTag)).documents;
}

async function fixture(path: string): Promise<Json> {
  const [document] = await documentsOf(path, readFileSync(new URL(path, FIXTURES), "utf8"));
  return document ? (plain(document.value) as Json) : null;
}

/** What a damaged template gets in the place of a value. */
const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    "",
    "${",
    "${Role.Arn}",
    "⟨*x⟩",
    [],
    {},
    { Ref: "AWS::NoValue" },
    { Ref: "Job" },
    { Ref: ["Job"] },
    { "Fn::GetAtt": ["Role", "Arn"] },
    { "Fn::GetAtt": "Role" },
    { "Fn::Sub": "${Secretdb}:${Names}:${x" },
    { "Fn::Sub": [] },
    { "Fn::Join": ["", { Ref: "Names" }] },
    { "Fn::If": ["Open", { Ref: "AWS::NoValue" }, []] },
    { "Fn::If": ["Prod"] },
    { "Fn::Select": [9, []] },
    { "Fn::Split": ["", ""] },
    { "Fn::FindInMap": ["Sizes", { Ref: "Stage" }, "Size"] },
    { "Fn::ImportValue": { "Fn::Sub": "${Env}-policy" } },
    { "Fn::Transform": { Name: "X" } },
    { "Fn::Base64": { Ref: "Password" } },
    { "Fn::Unknown": 1 },
    { Condition: "Open" },
    { "Fn::ForEach::X": ["Name", { Ref: "Names" }, { "${Name}": { Ref: "Name" } }] },
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** Puts something strange in the place of the value that is `steps` values into the tree, or drops it. */
function damage(json: Json, steps: number, put: Json | undefined): Json | undefined {
  let left = steps;
  const walk = (value: Json): Json | undefined => {
    if (left-- === 0) return put;
    if (Array.isArray(value)) return value.map(walk).filter((item) => item !== undefined);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner)] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  };
  return walk(json);
}

function count(json: Json): number {
  if (typeof json !== "object" || json === null) return 1;
  return Object.values(json).reduce<number>((sum, inner) => sum + count(inner), 1);
}

test.each(["everything.yaml", "cdk/Jobs.template.json", "cdk/Shared.template.json"])(
  "reading %s, however it is damaged, never throws",
  async (path) => {
    const template = await fixture(path);
    const size = count(template);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(size), fc.option(strange, { nil: undefined })), { minLength: 1, maxLength: 4 }),
        async (damages) => {
          let damaged: Json | undefined = template;
          for (const [steps, put] of damages) damaged = damaged === undefined ? undefined : damage(damaged, steps, put);
          const documents = await documentsOf("t.json", JSON.stringify(damaged ?? null));
          readCloudFormation(documents);
        },
      ),
      { numRuns: 150 },
    );
  },
);

test("what isTemplate says no to is no unit, what it says yes to is one", async () => {
  await fc.assert(
    fc.asyncProperty(strange, async (json) => {
      const documents = await documentsOf("t.json", JSON.stringify({ Resources: json }));
      expect(readCloudFormation(documents).length).toBe(documents.filter(isTemplate).length);
    }),
  );
});

const PARAMETERS = { A: "alpha", B: "be:ta", C: "80" };
const LIST = "x, y,z";
const MAP: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  k1: { a: "one", b: "two:2" },
  k2: { a: "three", b: "four" },
};
const SECTIONS = {
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: {
    A: { Type: "String", Default: "alpha" },
    B: { Type: "String", Default: "be:ta" },
    C: { Type: "Number", Default: 80 },
    L: { Type: "CommaDelimitedList", Default: LIST },
  },
  Mappings: { M: MAP },
  Conditions: { Yes: { "Fn::Equals": ["a", "a"] }, No: { "Fn::Equals": [{ Ref: "A" }, "b"] } },
  Resources: {},
};

const word = fc.stringMatching(/^[a-z0-9:/,. -]{0,6}$/);
const { text } = fc.letrec<{ text: Json; list: Json; condition: Json }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>({ Condition: "Yes" }, { Condition: "No" }),
    fc.tuple(tie("text"), tie("text")).map((pair): Json => ({ "Fn::Equals": pair })),
    fc.array(tie("condition"), { minLength: 2, maxLength: 3 }).map((all): Json => ({ "Fn::And": all })),
    fc.array(tie("condition"), { minLength: 2, maxLength: 3 }).map((all): Json => ({ "Fn::Or": all })),
    tie("condition").map((one): Json => ({ "Fn::Not": [one] })),
  ),
  list: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Json>({ Ref: "L" }),
    fc.array(fc.oneof(tie("text"), fc.constant<Json>({ Ref: "AWS::NoValue" })), { maxLength: 4 }),
    fc.tuple(fc.constantFrom(",", ":", "/"), tie("text")).map((pair): Json => ({ "Fn::Split": pair })),
    fc.tuple(fc.constantFrom("Yes", "No"), tie("list"), tie("list")).map((all): Json => ({ "Fn::If": all })),
  ),
  text: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom<Json>({ Ref: "A" }, { Ref: "B" }, { Ref: "C" }),
    fc
      .tuple(word, fc.constantFrom("A", "B", "V"), word, tie("text"))
      .map(
        ([before, name, after, value]): Json => ({ "Fn::Sub": [`${before}\${${name}}${after}\${!x}`, { V: value }] }),
      ),
    fc.tuple(fc.constantFrom("", "-", "::"), tie("list")).map((pair): Json => ({ "Fn::Join": pair })),
    fc.tuple(fc.constantFrom<Json>(0, "1", 2), tie("list")).map((pair): Json => ({ "Fn::Select": pair })),
    fc
      .tuple(fc.constantFrom("k1", "k2"), fc.constantFrom("a", "b"))
      .map(([first, second]): Json => ({ "Fn::FindInMap": ["M", first, second] })),
    fc.tuple(fc.constantFrom("Yes", "No"), tie("text"), tie("text")).map((all): Json => ({ "Fn::If": all })),
    tie("text").map((one): Json => ({ "Fn::Base64": one })),
    tie("condition").map((one): Json => ({ "Fn::If": [one, "yes", "no"] })),
  ),
}));

/** The plain evaluator: JSON in, JSON out; undefined is removed, a throw is what CloudFormation refuses. */
function naive(json: Json): Json | undefined {
  if (Array.isArray(json)) return json.map(naive).filter((item) => item !== undefined);
  if (typeof json !== "object" || json === null) return json;
  const [[name, argument] = ["", null]] = Object.entries(json) as [string, Json][];
  const args = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
  const at = (index: number): Json => args[index] ?? null;
  const string = (value: Json | undefined): string => String(value);
  switch (name) {
    case "Ref":
      if (argument === "AWS::NoValue") return undefined;
      return argument === "L" ? LIST.split(",").map((item) => item.trim()) : PARAMETERS[argument as "A"];
    case "Fn::Sub": {
      const variables = at(1) as { readonly V: Json };
      return string(at(0))
        .replace("${A}", PARAMETERS.A)
        .replace("${B}", PARAMETERS.B)
        .replace("${V}", () => string(naive(variables.V)))
        .replace("${!x}", "${x}");
    }
    case "Fn::Join":
      return (naive(at(1)) as readonly string[]).join(string(at(0)));
    case "Fn::Select": {
      const found = (naive(at(1)) as readonly Json[])[Number(at(0))];
      if (found === undefined) throw new RangeError();
      return found;
    }
    case "Fn::Split":
      return string(naive(at(1))).split(string(at(0)));
    case "Fn::FindInMap":
      return MAP[string(at(1))]?.[string(at(2))];
    case "Fn::If":
      return naive(holds(typeof at(0) === "string" ? { Condition: at(0) } : at(0)) ? at(1) : at(2));
    case "Fn::Base64":
      return Buffer.from(string(naive(argument))).toString("base64");
    default:
      return holds(json);
  }
}

function holds(json: Json): boolean {
  const [[name, argument] = ["", null]] = Object.entries(json as object) as [string, Json][];
  const args = argument as readonly Json[];
  switch (name) {
    case "Condition":
      return argument === "Yes";
    case "Fn::Equals":
      return naive(args[0] ?? null) === naive(args[1] ?? null);
    case "Fn::And":
      return args.map(holds).every(Boolean);
    case "Fn::Or":
      return args.map(holds).some(Boolean);
    default:
      return !holds(args[0] ?? null);
  }
}

test("a template without holes gives what the plain evaluator gives", async () => {
  await fc.assert(
    fc.asyncProperty(text, async (expression) => {
      const scope = await stackOf(JSON.stringify({ ...SECTIONS, Outputs: { X: { Value: expression } } }));
      let expected: Json | undefined;
      try {
        expected = naive(expression);
      } catch {
        return;
      }
      const written = get(get(scope.template.outputs, "X"), "Value") as Value;
      const value = scope.evaluate(written);
      expect(value && plain(value)).toEqual(expected);
      expect([...scope.run.problems.values()]).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
