/** The answer about an expression while something is not known stays true, whatever that turns out to be. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { holes, isLiteral } from "../../../../facts/text.ts";
import { notComputedFunctions } from "../functions/not-computed.ts";
import { loadAllLibraries } from "../libraries.ts";
import { randomExpression } from "./random-expressions.ts";
import { attributes } from "./testing.ts";
import { entryOf, listedOthers, type TerraformList, type TerraformObject, type TerraformValue } from "./values.ts";

beforeAll(loadAllLibraries);

const CONCRETE = [
  ...['"a"', '""', '"x:y"', '"%s"', "1", "true", "null", "[]", '["a", "b"]', "[null]", "[{ a = 1 }]"],
  ...["{}", '{ a = "q" }', 'tomap({ a = "z" })', 'toset(["a"])'],
];
const REGION = "eu-west-1";
const FILES = { "a.json": '{"a": ["x"]}' };
const NOWHERE = { file: { path: "x", text: "" }, start: 0, end: 0 };

function evaluated(text: string, region: string) {
  const secret = { kind: "text", value: `arn:${region}:x`, at: NOWHERE } as const;
  const values = attributes(text, ({ root }) => (root === "secret" ? secret : undefined), FILES);
  return { value: values.of("x"), faults: values.faults() };
}

/** Why a value is none of those that `partial` represents; undefined when it is one. */
function misfit(partial: TerraformValue, value: TerraformValue): string | undefined {
  if (partial.kind === "unknown" || value.kind === "unknown") return undefined;
  if (partial.kind === "text" && value.kind === "text") return misfitOfText(partial.value, value.value);
  if (partial.kind === "list" && value.kind === "list") return misfitOfList(partial, value);
  if (partial.kind === "object" && value.kind === "object") return misfitOfObject(partial, value);
  if (partial.kind !== value.kind) return `${partial.kind} became ${value.kind}`;
  if ("value" in partial && "value" in value && partial.value !== value.value)
    return `${partial.value} became ${value.value}`;
  return undefined;
}

function misfitOfText(partial: string, text: string): string | undefined {
  let rest = partial;
  let pattern = "";
  for (const { token, name } of holes(partial)) {
    const start = rest.indexOf(token);
    pattern += escaped(rest.slice(0, start)) + (name === "AWS.Region" ? REGION : "[^]*");
    rest = rest.slice(start + token.length);
  }
  return new RegExp(`^${pattern}${escaped(rest)}$`).test(text) ? undefined : `${partial} became ${text}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A set with unknown items has them in another order, and items that turn out to be equal are one. */
function misfitOfList(partial: TerraformList, value: TerraformList): string | undefined {
  if (partial.collection === "set" || value.collection === "set") return undefined;
  const several = partial.items.findIndex((item) => item.kind === "unknown" && item.several);
  if (several < 0 && partial.items.length !== value.items.length)
    return `${partial.items.length} became ${value.items.length} items`;
  return first(partial.items.slice(0, several < 0 ? undefined : several), (item, index) => {
    const other = value.items[index];
    if (other === undefined) return `item ${index} went`;
    // The type of all items may yet make text of a number.
    return several >= 0 && item.kind !== other.kind ? undefined : misfit(item, other);
  });
}

function misfitOfObject(partial: TerraformObject, value: TerraformObject): string | undefined {
  const others = partial.open === undefined ? [] : listedOthers(partial);
  const vague = others === undefined || partial.entries.some(({ key }) => !isLiteral(key));
  const expected = new Set([...partial.entries, ...(others ?? [])].map(({ key }) => key));
  const extra = vague ? undefined : value.entries.find(({ key }) => !expected.has(key));
  if (extra !== undefined) return `${extra.key} came`;
  return first(partial.entries, ({ key }) => {
    const [said, found] = [entryOf(partial, key), entryOf(value, key)];
    if (!isLiteral(key) || said === undefined) return undefined;
    return found === undefined ? `${key} went` : misfit(said.value, found.value);
  });
}

function first<T>(list: readonly T[], ask: (one: T, index: number) => string | undefined): string | undefined {
  for (const [index, one] of list.entries()) {
    const answer = ask(one, index);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Functions that nothing is known of, and those whose marks are not compared here. */
const UNFIT = new RegExp(["sensitive", ...Object.keys(notComputedFunctions)].join("|"));

test("a value with something unknown in it represents every value that it can be", () => {
  fc.assert(
    fc.property(
      randomExpression.filter((text) => /var\.x|secret/.test(text) && !UNFIT.test(text)),
      fc.constantFrom(...CONCRETE),
      (text, concrete) => {
        const partial = evaluated(`x = ${text}\n`, "⟨AWS.Region⟩");
        const whole = evaluated(`v = ${concrete}\nx = ${text.replaceAll("var.x", "local.v")}\n`, REGION);
        if (whole.faults.length > 0 || whole.value.kind === "unknown") return;
        expect(partial.faults).toEqual([]);
        expect(misfit(partial.value, whole.value)).toBeUndefined();
      },
    ),
    { numRuns: 3000 },
  );
});
