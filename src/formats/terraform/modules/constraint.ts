/** Type constraints of variables, with the defaults of optional attributes. */

import { type Expression, literalString } from "../../../syntax/hcl/tree.ts";
import { Complaint } from "../language/evaluate/complaint.ts";
import type { Setting } from "../language/evaluate/context.ts";
import { convert } from "../language/evaluate/convert.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type } from "../language/evaluate/types.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";

type Fill = (value: TerraformValue) => TerraformValue;

export interface Constraint {
  readonly type: Type;
  /** Gives a value the defaults of optional attributes that it leaves out or sets to null. */
  readonly fill: Fill;
}

const keep: Fill = (value) => value;

const PRIMITIVES: Readonly<Record<string, Type>> = {
  string: STRING,
  number: NUMBER,
  bool: BOOL,
  any: ANY,
  list: listOf(ANY),
  map: mapOf(ANY),
  set: setOf(ANY),
};

/** Reads `list(object({ name = string, port = optional(number, 80) }))`; anything that can't be read is any type. */
export function readConstraint(expression: Expression | undefined, setting: Setting): Constraint {
  if (expression?.kind === "variable") return { type: PRIMITIVES[expression.name] ?? ANY, fill: keep };
  if (expression?.kind === "template") return { type: PRIMITIVES[literalString(expression) ?? ""] ?? ANY, fill: keep };
  if (expression?.kind !== "call") return { type: ANY, fill: keep };
  const [argument] = expression.arguments;
  switch (expression.name) {
    case "list":
    case "set":
    case "map": {
      const { type, fill } = readConstraint(argument, setting);
      const make = { list: listOf, set: setOf, map: mapOf }[expression.name];
      return { type: make(type), fill: fill === keep ? keep : each(fill) };
    }
    case "tuple": {
      if (argument?.kind !== "tuple") return { type: ANY, fill: keep };
      const parts = argument.items.map((item) => readConstraint(item, setting));
      return { type: { is: "tuple", elements: parts.map(({ type }) => type) }, fill: keep };
    }
    case "object":
      return argument?.kind === "object" ? readObject(argument, setting) : { type: ANY, fill: keep };
    case "optional":
      return readConstraint(argument, setting);
    default:
      return { type: ANY, fill: keep };
  }
}

function each(fill: Fill): Fill {
  return (value) => {
    if (value.kind === "list") return { ...value, items: value.items.map(fill) };
    if (value.kind !== "object") return value;
    return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: fill(entry.value) })) };
  };
}

function readObject(expression: Expression & { kind: "object" }, setting: Setting): Constraint {
  const attributes = new Map<string, Type>();
  const optional = new Set<string>();
  const fills = new Map<string, Fill>();
  const defaults = new Map<string, Expression>();
  for (const { key, value } of expression.items) {
    const name = literalString(key);
    if (name === undefined) continue;
    const { type, fill } = readConstraint(value, setting);
    attributes.set(name, type);
    if (fill !== keep) fills.set(name, fill);
    if (value.kind !== "call" || value.name !== "optional") continue;
    optional.add(name);
    const [, given] = value.arguments;
    if (given) defaults.set(name, given);
  }
  const type: Type = { is: "object", attributes, optional };
  if (fills.size === 0 && defaults.size === 0) return { type, fill: keep };
  const fill: Fill = (value) => {
    if (value.kind !== "object") return value;
    const given = value.entries.filter(({ key, value }) => !(defaults.has(key) && value.kind === "null"));
    const missing = [...defaults].filter(([name]) => !given.some(({ key }) => key === name));
    const entries = [
      ...given,
      ...missing.map(([key, expression]) => ({ key, keyAt: expression.at, value: evaluate(expression, setting) })),
    ];
    return {
      ...value,
      entries: entries.map((entry) => ({ ...entry, value: fills.get(entry.key)?.(entry.value) ?? entry.value })),
    };
  };
  return { type, fill };
}

/** Converts a value to a variable's type; one that does not fit is left alone. */
export function conform(value: TerraformValue, { type, fill }: Constraint): TerraformValue {
  try {
    return convert(fill(value), type);
  } catch (error) {
    if (error instanceof Complaint) return value;
    throw error;
  }
}
