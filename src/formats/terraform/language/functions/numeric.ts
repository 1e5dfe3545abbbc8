/** Numeric functions. https://developer.hashicorp.com/terraform/language/functions/ceil and its neighbours */
import { compareNumbers } from "../evaluate/arithmetic.ts";
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { NUMBER } from "../evaluate/types.ts";
import { numberOf } from "../evaluate/values.ts";
import { number, numberAt } from "./arguments.ts";

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

export const numericFunctions: Readonly<Record<string, FunctionSpec>> = {
  ceil: mapped(Math.ceil),
  floor: mapped(Math.floor),
  max: extreme((order) => order > 0),
  min: extreme((order) => order < 0),
};
