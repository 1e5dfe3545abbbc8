import { expect, test } from "vitest";
import { get } from "../../../syntax/value.ts";
import { plain, reason } from "../../testing.ts";
import { evaluated, sourceAt, stackOf } from "../testing.ts";

const TEMPLATE = `
Parameters:
  Stage: {Type: String}
  Env: {Type: String, Default: prod}
  Arn: {Type: String}
Mappings:
  Sizes:
    prod: {Size: big, Same: x, Arn: "arn:aws:a:b:c:d", List: [1, 2]}
    dev: {Size: small, Same: x, Arn: "arn:aws:a:b:c:e", Only: y}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Open: !Equals [!Ref Stage, prod]
  Both: !And [!Condition Open, !Condition Prod]
`;

async function gives(expression: string): Promise<unknown> {
  const { value } = await evaluated(expression, TEMPLATE);
  return value && plain(value);
}

test("If gives the branch of a known condition, where that branch stands", async () => {
  const { value } = await evaluated('!If [Prod, "yes", "no"]', TEMPLATE);
  expect(value && plain(value)).toBe("yes");
  expect(value && sourceAt(value.at)).toBe('"yes"');
});

test("If of an undecided condition with equal branches is known", async () => {
  expect(await gives("!If [Open, [a, b], [a, b]]")).toEqual(["a", "b"]);
});

test("If of an undecided condition between texts without a colon has no colon", async () => {
  expect(await gives("!If [Open, a, b]")).toBe("⟨If(Open,a,b)@u⟩");
});

test("If of an undecided condition between texts with equally many colons is what they have in common", async () => {
  expect(await gives('!If [Open, "x:a:b", "x:c:b"]')).toBe("x:⟨If(Open,x_a_b,x_c_b).1@u⟩:b");
});

test("If of an undecided condition is unknown with the reason", async () => {
  const { value } = await evaluated('!If [Open, "arn:a", b]', TEMPLATE);
  expect(value).toMatchObject({ kind: "unknown", name: "If(Open,arn_a,b)@u" });
  expect(reason(value)).toBe("the parameter Stage has no value in these files");
});

test("If between objects is an object, and each of its parts is conditional", async () => {
  const { value } = await evaluated(
    '!If [Open, {Name: A, ValueFrom: "arn:a", Same: [1, x]}, {Name: B, ValueFrom: "arn:b", Same: [1, y], More: 1}]',
    TEMPLATE,
  );
  const name = "If(Open,{Name=A,ValueFrom=arn_a,Same=1,x},{Name=B,ValueFrom=arn_b,Same=1,y,More=1})";
  expect(value && plain(value)).toEqual({
    Name: `⟨${name}.Name@u⟩`,
    ValueFrom: `arn:⟨${name}.ValueFrom.1@u⟩`,
    Same: [1, `⟨${name}.Same.1@u⟩`],
    More: { unknown: `${name}.More@u` },
  });
  expect(value?.kind === "object" && value.entries[3]?.value).toMatchObject({ removable: true });
});

test("If between lists of different lengths is unknown", async () => {
  expect(await gives("!If [Open, [a], [a, b]]")).toEqual({ unknown: "If(Open,a,a,b)@u" });
});

test("If that may give nothing may be removed", async () => {
  const { value } = await evaluated('!If [Open, a, !Ref "AWS::NoValue"]', TEMPLATE);
  expect(value).toMatchObject({ kind: "unknown", removable: true });
  expect(await gives('!If [Prod, !Ref "AWS::NoValue", a]')).toBeUndefined();
});

test("inside a branch its condition is known", async () => {
  expect(await gives("!If [Open, !If [Open, a, b], !If [Open, b, a]]")).toBe("a");
  expect(await gives("!If [Open, !If [Both, a, b], a]")).toBe("a");
});

test("If with another shape is refused", async () => {
  for (const wrong of ["!If [Prod, a]", "!If Prod", "!If [Prod, a, b, c]", "!If [Nowhere, a, b:c]"]) {
    const { value, scope } = await evaluated(wrong, TEMPLATE);
    expect([wrong, value?.kind, scope.run.problems.size]).toEqual([wrong, "unknown", 1]);
  }
});

test("FindInMap looks up two keys, and gives the value the place of the call", async () => {
  const { value } = await evaluated("!FindInMap [Sizes, !Ref Env, Size]", TEMPLATE);
  expect(value && plain(value)).toBe("big");
  expect(value && sourceAt(value.at)).toBe("!FindInMap [Sizes, !Ref Env, Size]");
  expect(await gives("!FindInMap [Sizes, prod, List]")).toEqual([1, 2]);
});

test("FindInMap by a key that is not known gives what all rows have in common", async () => {
  expect(await gives("!FindInMap [Sizes, !Ref Stage, Same]")).toBe("x");
  expect(await gives('!FindInMap [Sizes, !Ref "AWS::Region", Size]')).toBe(
    "⟨FindInMap(Sizes,Ref(AWS__Region),Size)@u⟩",
  );
  expect(await gives("!FindInMap [Sizes, !Ref Stage, Arn]")).toBe(
    "arn:aws:a:b:c:⟨FindInMap(Sizes,Ref(Stage),Arn).5@u⟩",
  );
});

test("a parameter is one of the values that it allows, as a key and in a condition", async () => {
  const template = TEMPLATE.replace("Stage: {Type: String}", "Stage: {Type: String, AllowedValues: [prod, qa]}");
  const allowed = async (expression: string) => {
    const { value } = await evaluated(expression, template);
    return value && plain(value);
  };
  expect(await allowed("!FindInMap [Sizes, !Ref Stage, Size]")).toBe("big");
  expect(await allowed("!FindInMap [Sizes, !Sub '${Stage}', Size]")).not.toBe("big");
  const chosen = async (name: string, text: string) => {
    const declared = "  Dev: !Equals [!Ref Stage, dev]\n  IsProd: !Equals [prod, !Ref Stage]\n";
    const { value } = await evaluated(`!If [${name}, a, b]`, text.replace("Conditions:\n", `Conditions:\n${declared}`));
    return value && plain(value);
  };
  expect(await chosen("Dev", template)).toBe("b");
  expect(await chosen("IsProd", template)).toContain("⟨If(");
  expect(await chosen("IsProd", template.replace("[prod, qa]", "[prod]"))).toBe("a");
  // What a parameter of Systems Manager allows are names.
  const stored = template.replace("Stage: {Type: String", "Stage: {Type: AWS::SSM::Parameter::Value<String>");
  expect(await chosen("Dev", stored)).toContain("⟨If(");
});

test("FindInMap has a default", async () => {
  expect(await gives("!FindInMap [Sizes, test, Size, {DefaultValue: !Ref Env}]")).toBe("prod");
  expect(await gives("!FindInMap [Sizes, prod, Size, {DefaultValue: none}]")).toBe("big");
  expect(await gives("!FindInMap [Sizes, !Ref Stage, Same, {DefaultValue: z}]")).toBe(
    "⟨FindInMap(Sizes,Ref(Stage),Same,DefaultValue(z))@u⟩",
  );
});

test("FindInMap in a mapping that is not declared is unknown, whatever its default", async () => {
  const inFragment = async (mapping: string) => {
    const text = `Resources: {Topic: {Type: AWS::SNS::Topic}}\nMappings: {Sizes: {prod: {Size: big}}}\nOutputs: {X: {Value: !FindInMap [${mapping}, dev, Size, {DefaultValue: ""}]}}\n`;
    const scope = await stackOf(text);
    const written = get(get(scope.template.outputs, "X"), "Value");
    return [written && scope.evaluate(written)?.kind, scope.run.problems.size];
  };
  expect(await inFragment("Elsewhere")).toEqual(["unknown", 0]);
  expect(await inFragment("Sizes")).toEqual(["text", 0]);
  const { value, scope } = await evaluated('!FindInMap [Elsewhere, dev, Size, {DefaultValue: ""}]', TEMPLATE);
  expect([value?.kind, scope.run.problems.size]).toEqual(["unknown", 1]);
});

test("FindInMap of a key that is not there is refused", async () => {
  const { value, scope } = await evaluated("!FindInMap [Sizes, test, Size]", TEMPLATE);
  expect(reason(value)).toBe("Fn::FindInMap can't be evaluated");
  expect(scope.run.problems.size).toBe(1);
});

test("FindInMap does not compare more rows than there are regions", async () => {
  const rows = Array.from({ length: 300 }, (_, index) => `    r${index}: {k: same}`).join("\n");
  const { value } = await evaluated('!FindInMap [Big, !Ref "AWS::Region", k]', `Mappings:\n  Big:\n${rows}\n`);
  expect(reason(value)).toBe("the Region depends on where the files are deployed");
});

test("a macro is unknown", async () => {
  const { value } = await evaluated("Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}", TEMPLATE);
  expect(reason(value)).toBe("the macro AWS::Include may change the template");
});

test("a condition function where a value is expected is true or false", async () => {
  expect(await gives("!Equals [!Ref Env, prod]")).toBe(true);
  expect(await gives("!Not [!Equals [!Ref Env, prod]]")).toBe(false);
  expect(await gives("!Equals [!Ref Stage, prod]")).toEqual({ unknown: "Equals(Ref(Stage),prod)@u" });
});

test("a function that is not known is unknown, not an object", async () => {
  const { value } = await evaluated("Fn::Whatever: x", TEMPLATE);
  expect(reason(value)).toBe("Fn::Whatever is not computed here");
});

test("text of a template is in no name of a hole, since it may be a secret", async () => {
  expect(JSON.stringify(await gives("!If [Open, hunter2hunter2, !Ref Stage]"))).not.toContain("hunter2");
});
