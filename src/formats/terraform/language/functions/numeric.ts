/** Numeric functions. https://developer.hashicorp.com/terraform/language/functions/abs and its neighbours */

import type { Place } from "../../../../source.ts";
import { calculate, compareNumbers } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { derived } from "../evaluate/derive.ts";
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { ANY, NUMBER } from "../evaluate/types.ts";
import { numberOf, type TerraformValue } from "../evaluate/values.ts";
import { integerAt, number, numberAt, parameter } from "./arguments.ts";

function mapped(change: (value: number) => number): FunctionSpec {
  return {
    parameters: [number],
    returns: NUMBER,
    run: (values, { at }) => numberOf(change(numberAt(values, 0).value) + 0, at),
  };
}

function extreme(better: (order: number) => boolean): FunctionSpec {
  return {
    parameters: [number],
    rest: number,
    returns: NUMBER,
    run: (values, { at }) => {
      const numbers = values.map((_, index) => numberAt(values, index));
      const best = numbers.reduce((found, next) => (better(compareNumbers(next, found)) ? next : found));
      return { ...best, at };
    },
  };
}

function sum([list]: readonly TerraformValue[], at: Place): TerraformValue {
  if (list?.kind !== "list" || list.items.length === 0) throw new Complaint("argument");
  const numbers = list.items.map((item) => convert(item, NUMBER));
  let total = numberOf(0, at);
  for (const next of numbers) {
    if (next.kind === "null") throw new Complaint("null");
    const added = next.kind === "number" ? calculate("+", total, next, at) : undefined;
    if (added === undefined) return derived("sum", [list], at, NUMBER);
    total = added;
  }
  return total;
}

export const numericFunctions: Readonly<Record<string, FunctionSpec>> = {
  abs: mapped(Math.abs),
  ceil: mapped(Math.ceil),
  floor: mapped(Math.floor),
  signum: {
    parameters: [number],
    returns: NUMBER,
    run: (values, { at }) => numberOf(Math.sign(integerAt(values, 0)), at),
  },
  max: extreme((order) => order > 0),
  min: extreme((order) => order < 0),
  sum: { parameters: [parameter(ANY)], returns: NUMBER, run: (values, { at }) => sum(values, at) },
};
