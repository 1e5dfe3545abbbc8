import { expect, test } from "vitest";
import { causeWords } from "../../facts/causes.ts";
import { existence } from "./condition.ts";
import type { Truth } from "./scope.ts";
import { stackOf } from "./testing.ts";

async function scopeWith(conditions: string) {
  return await stackOf(`AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Env: {Type: String, Default: prod}
  Stage: {Type: String}
  Empty: {Type: String, Default: ""}
Mappings:
  M: {prod: {Create: "true"}, dev: {Create: "false"}}
Conditions:
  Yes: !Equals [a, a]
  No: !Equals [a, b]
  Open: !Equals [!Ref Stage, prod]
  X: ${conditions}
Resources:
  Always: {Type: "AWS::X::Y"}
  Sometimes: {Type: "AWS::X::Y", Condition: X}
`);
}

async function truth(condition: string): Promise<unknown> {
  const scope = await scopeWith(condition);
  return told(scope.condition("X", scope.template.root.at));
}

function told(truth: Truth): boolean | string {
  return typeof truth === "boolean" ? truth : causeWords(truth.cause);
}

const OPEN = "the parameter Stage has no value in these files";

test("Equals compares texts, numbers and lists as text", async () => {
  expect(await truth("!Equals [!Ref Env, prod]")).toBe(true);
  expect(await truth("!Equals [!Ref Env, dev]")).toBe(false);
  expect(await truth('!Equals [1, "1"]')).toBe(true);
  expect(await truth("!Equals [true, 'true']")).toBe(true);
  expect(await truth("!Equals [[a, b], !Split [',', 'a,b']]")).toBe(true);
  expect(await truth("!Equals [!FindInMap [M, !Ref Env, Create], 'true']")).toBe(true);
});

test("Equals of what is not known is open, with the reason", async () => {
  expect(await truth("!Equals [!Ref Stage, prod]")).toEqual(OPEN);
  expect(await truth('!Equals [!Ref Empty, ""]')).toBe("the parameter Empty has no value in these files");
  expect(await truth('!Equals [!Ref "AWS::Region", us-east-1]')).toBe(
    "the Region depends on where the files are deployed",
  );
});

test("Equals of one unknown with itself holds, and texts that can't be equal aren't", async () => {
  expect(await truth("!Equals [!Ref Stage, !Ref Stage]")).toBe(true);
  expect(await truth('!Equals [!Sub "a-${Stage}", "b-x"]')).toBe(false);
  expect(await truth('!Equals [!Sub "${Stage}-a", "x-b"]')).toBe(false);
  expect(await truth('!Equals [!Sub "a-${Stage}", "a-x"]')).toEqual(OPEN);
});

test("And, Or and Not know what one operand decides", async () => {
  expect(await truth("!And [!Condition Yes, !Condition Open]")).toEqual(OPEN);
  expect(await truth("!And [!Condition No, !Condition Open]")).toBe(false);
  expect(await truth("!And [!Condition Open, !Not [!Condition Open]]")).toBe(false);
  expect(await truth("!Or [!Not [!Condition Open], !Condition Open]")).toBe(true);
  expect(await truth("!And [!Condition Yes, !Condition Yes]")).toBe(true);
  expect(await truth("!Or [!Condition Yes, !Condition Open]")).toBe(true);
  expect(await truth("!Or [!Condition No, !Condition Open]")).toEqual(OPEN);
  expect(await truth("!Or [!Condition No, !Condition No]")).toBe(false);
  expect(await truth("!Not [!Condition No]")).toBe(true);
  expect(await truth("!Not [!Condition Open]")).toEqual(OPEN);
});

test("a condition that is nowhere, or depends on itself, is open and refused", async () => {
  for (const [condition, why] of [
    ["!Condition Nowhere", "the condition Nowhere is not declared"],
    ["!Condition X", "the condition X can't be evaluated"],
    ["!Equals [a]", "Fn::Equals can't be evaluated"],
  ] as const) {
    const scope = await scopeWith(condition);
    expect(told(scope.condition("X", scope.template.root.at))).toBe(why);
    expect(scope.run.problems.size).toBe(1);
  }
});

test("a chain of conditions as long as a template ends in a doubt, not in a crash", async () => {
  const chain = Array.from(
    { length: 5000 },
    (_, index) => `"C${index}": {"Fn::Not": [{"Condition": "C${index + 1}"}]}`,
  );
  const scope = await stackOf(
    `{"Conditions": {${chain.join(",")}, "C5000": {"Fn::Equals": ["a", "a"]}}, "Resources": {"A": {"Type": "AWS::X::Y"}}}`,
  );
  expect(told(scope.condition("C0", scope.template.root.at))).toBe("stack.json is larger than what is evaluated here");
});

test("a resource is made, may be made, is left out by a default, or is never made", async () => {
  const exists = async (condition: string) => {
    const scope = await scopeWith(condition);
    const resource = scope.resources().get("Sometimes");
    const found = resource && existence(scope, resource);
    return found && { ...found, maybe: found.maybe && causeWords(found.maybe) };
  };
  expect(await exists("!Condition Yes")).toEqual({ made: "yes", maybe: null });
  expect(await exists("!Equals [!Ref Env, prod]")).toEqual({ made: "yes", maybe: null });
  expect(await exists("!Condition No")).toEqual({ made: "no", maybe: null });
  expect(await exists("!Condition Open")).toEqual({
    made: "maybe",
    maybe: "the parameter Stage has no value in these files",
  });
  expect(await exists("!Equals [!Ref Env, dev]")).toEqual({
    made: "off",
    maybe: "Env has only a default, which a deployment may replace",
  });
  const scope = await scopeWith("!Condition Yes");
  const always = scope.resources().get("Always");
  expect(always && existence(scope, always)).toEqual({ made: "yes", maybe: null });
});
