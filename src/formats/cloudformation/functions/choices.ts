/**
 * Functions that choose: `Fn::If`, `Fn::FindInMap`, and the condition functions where a value is expected.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
 */
import { clauseOf } from "../../../facts/choices.ts";
import { hideVariable } from "../../../facts/hidden.ts";
import { isLiteral } from "../../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../../../syntax/value.ts";
import { enumeration } from "../../../words.ts";
import { allowedFor } from "../allowed.ts";
import { byKey } from "../by-key.ts";
import { chooserOf, doubtOf, truthOf } from "../condition.ts";
import { doubt, exhausted, type Scope, spelled } from "../scope.ts";
import { isKnown, moved, saying, sizeOf, textOf } from "../text.ts";
import { argumentsOf, type Call, type Intrinsic, malformed, undecided } from "./call.ts";
import { oneOf } from "./one-of.ts";

/** `[condition, value if it holds, value if not]`. */
export const choose: Intrinsic = (argument, call) => {
  const [condition, then, otherwise, ...more] = argumentsOf(argument);
  if (condition === undefined || then === undefined || otherwise === undefined || more.length > 0) {
    return malformed(argument, call, "Fn::If expects the name of a condition and two values");
  }
  const { scope } = call;
  const name = condition.kind === "text" ? condition.value : undefined;
  const truth = name === undefined ? truthOf(condition, scope) : scope.condition(name, condition.at);
  if (typeof truth === "boolean") return scope.evaluate(truth ? then : otherwise);
  const branch = (value: Value, holds: boolean): Value | undefined =>
    (name === undefined ? scope : scope.assuming(name, holds)).evaluate(value);
  const decides = truth.decides ?? {
    by: keyIn(scope, `condition ${saying(condition)}`),
    words: "the condition",
    holds: true,
  };
  return oneOf([branch(then, true), branch(otherwise, false)], argument, call, truth, chooserOf(decides));
};

/** A key of what decides in one stack. */
function keyIn({ prefix, unit }: Scope, what: string): string {
  return `${prefix}${what}@${unit}`;
}

/** `true` or `false` as a value, in a template that uses a condition function outside `Conditions`. */
export const truth: Intrinsic = (argument, call) => {
  const { name, at, scope } = call;
  const value = truthOf({ kind: "object", entries: [{ key: name, keyAt: at, value: argument }], at }, scope);
  return typeof value === "boolean" ? { kind: "boolean", value, at } : undecided(argument, call, value);
};

/** How many rows of a mapping are compared when its key is not known: there are some forty regions. */
const MAX_ROWS = 200;

/** `[map, first key, second key, {DefaultValue}]`. */
export const findInMap: Intrinsic = (argument, call) => {
  const { scope, at } = call;
  const [mapName, first, second, options] = argumentsOf(argument);
  const [map, top, inner] = [mapName, first, second].map((part) => part && scope.evaluate(part));
  if (!map || !top || !inner)
    return malformed(argument, call, "Fn::FindInMap expects the name of a mapping and two keys");
  const fallback = get(options, "DefaultValue");
  const keys = [textOf(map), textOf(top), textOf(inner)];
  const allowed = [mapName, first, second].map((part) => allowedFor(part, scope));
  const found = lookUp(scope.template.mappings, keys, allowed);
  const why = doubtOf([map, top, inner].find((key) => !isKnown(key)) ?? map, scope);
  if (found === undefined) return undecided(argument, call, why);
  if (found.length === 0) {
    if (get(scope.template.mappings, "Fn::Transform"))
      return undecided(argument, call, doubt(scope, "macro", "Fn::Transform"));
    // The default is for keys: a mapping must be there.
    const isDeclared = lookUp(scope.template.mappings, keys.slice(0, 1))?.length !== 0;
    const [mapping, row, column] = keys.map((key) => spelled(scope, key ?? ""));
    return fallback && isDeclared
      ? scope.evaluate(fallback)
      : malformed(argument, call, `The mapping ${mapping} has no value under ${row} and ${column}`);
  }
  const size = found.reduce((sum, { value }) => sum + sizeOf(value), 0);
  const tooMuch = exhausted(scope, at, size);
  if (tooMuch !== undefined) return undecided(argument, call, tooMuch);
  for (const { value } of found) if (value.kind === "text") hideVariable(keys[2] ?? "", value.value);
  const candidates: (Value | undefined)[] = found.map(({ value }) => scope.evaluate(moved(value, at)));
  const open = keys.filter((key) => key === undefined || !isLiteral(key));
  const names = open.map((key) => (key === undefined ? "a key" : spelled(scope, key)));
  const clauses = found.map(({ by }) => enumeration(by.map((row, index) => clauseOf(names[index] ?? "", row))));
  if (fallback && open.length > 0) {
    candidates.push(scope.evaluate(fallback));
    clauses.push(`${enumeration(names.map((name) => `\`${name}\``))} has another value`);
  }
  const chooser = { by: keyIn(scope, `keys ${open.join("\n")}`), clauses };
  return oneOf(candidates, argument, call, why, chooser);
};

/** A value of a mapping, with the keys that lead to it in place of unknown ones. */
interface Row {
  readonly value: Value;
  readonly by: readonly string[];
}

/** Every value that the keys may lead to; undefined when those are too many. An unknown key may be any that is allowed. */
function lookUp(
  mappings: ObjectValue | undefined,
  keys: readonly (string | undefined)[],
  allowed: readonly (readonly string[] | undefined)[] = [],
): readonly Row[] | undefined {
  let level: readonly Row[] = mappings ? [{ value: mappings, by: [] }] : [];
  for (const [index, key] of keys.entries()) {
    const isAllowed = (row: string) => allowed[index]?.includes(row) !== false;
    const objects = level.flatMap(({ value, by }) => (value.kind === "object" ? [{ object: value, by }] : []));
    if (key !== undefined && isLiteral(key)) {
      level = objects.flatMap(({ object, by }) => {
        const value = byKey(object, key);
        return value ? [{ value, by }] : [];
      });
    } else {
      if (objects.reduce((sum, { object }) => sum + object.entries.length, 0) > MAX_ROWS) return undefined;
      level = objects.flatMap(({ object, by }) =>
        object.entries.flatMap(({ key: row, value }) => (isAllowed(row) ? [{ value, by: [...by, row] }] : [])),
      );
    }
  }
  return level;
}

/** A macro: what it gives is known only when it has run. */
export const transform: Intrinsic = (argument, call: Call) =>
  undecided(argument, call, doubt(call.scope, "macro", textOf(get(argument, "Name") ?? argument) ?? call.name));
