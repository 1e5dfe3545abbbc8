/** Numeric functions. https://developer.hashicorp.com/terraform/language/functions/abs and its neighbours */

import type { Place } from "../../../../source.ts";
import { calculate, compareNumbers, exactOf, fromExact } from "../evaluate/arithmetic.ts";
import { Complaint } from "../evaluate/complaint.ts";
import { convert } from "../evaluate/convert.ts";
import { ArgumentComplaint, type FunctionSpec } from "../evaluate/function-spec.ts";
import * as big from "../evaluate/number.ts";
import { goQuote } from "../evaluate/quote.ts";
import { ANY, NUMBER, STRING, typeName } from "../evaluate/types.ts";
import { numberOf, type TerraformNumber, type TerraformValue, typeOf } from "../evaluate/values.ts";
import { integerAt, listAt, number, numberAt, parameter } from "./arguments.ts";

function rounding(up: boolean): FunctionSpec {
  return {
    parameters: [number("num")],
    returns: NUMBER,
    run: (values, { at }) => {
      const value = numberAt(values, 0);
      const exact = exactOf(value);
      if (exact.infinite || big.isWhole(exact)) return { ...value, at };
      const cut = big.truncate(exact);
      const negative = exact.mantissa < 0n;
      const whole = up === negative ? cut : up ? cut + 1n : cut - 1n;
      return fromExact(big.fromInteger(whole, exact.precision), at);
    },
  };
}

function extreme(better: (order: number) => boolean): FunctionSpec {
  return {
    parameters: [],
    rest: number("numbers"),
    returns: NUMBER,
    run: (values, { at }) => {
      if (values.length === 0) throw new Complaint("must pass at least one number");
      let best = numberAt(values, 0);
      for (let index = 1; index < values.length; index++) {
        const next = numberAt(values, index);
        if (better(compareNumbers(next, best))) best = next;
      }
      return { ...best, at };
    },
  };
}

/** What Go computes with doubles; no number is refused, as Go refuses it. */
function floating(second: string, compute: (a: number, b: number) => number): FunctionSpec {
  return {
    parameters: [number("num"), number(second)],
    returns: NUMBER,
    run: (values, { at }) => {
      const result = compute(big.toDouble(exactOf(numberAt(values, 0))), big.toDouble(exactOf(numberAt(values, 1))));
      if (Number.isNaN(result)) {
        throw new Complaint("panic in function implementation: Float.SetFloat64(NaN)");
      }
      return Object.is(result, -0) ? numberOf(-0, at) : fromExact(big.fromDouble(result), at);
    },
  };
}

/**
 * `math.Pow` of Go, which multiplies by squaring, so that the last digit is the same.
 * https://cs.opensource.google/go/go/+/master:src/math/pow.go
 */
function power(base: number, exponent: number): number {
  const simple = exponent === 0 || base === 1 || exponent === 1 || base === 0 || Math.abs(exponent) === 0.5;
  if (simple || !Number.isFinite(base) || !Number.isFinite(exponent) || Math.abs(exponent) >= 2 ** 52) {
    return base === 1 ? 1 : base ** exponent;
  }
  let whole = Math.floor(Math.abs(exponent));
  let fraction = Math.abs(exponent) - whole;
  if (fraction !== 0 && base < 0) return Number.NaN;
  if (fraction > 0.5) {
    fraction--;
    whole++;
  }
  let result = fraction === 0 ? 1 : Math.exp(fraction * Math.log(base));
  let scale = Math.ceil(Math.log2(Math.abs(base)));
  let factor = base / 2 ** scale;
  if (Math.abs(factor) >= 1 || Math.abs(factor) < 0.5) {
    scale += Math.abs(factor) >= 1 ? 1 : -1;
    factor = base / 2 ** scale;
  }
  let resultScale = 0;
  for (let left = whole; left !== 0 && Math.abs(scale) <= 4096; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      result *= factor;
      resultScale += scale;
    }
    factor *= factor;
    scale *= 2;
    if (factor < 0.5) {
      factor += factor;
      scale--;
    }
  }
  const [value, exponentOf2] = exponent < 0 ? [1 / result, -resultScale] : [result, resultScale];
  const near = Math.max(-1000, Math.min(1000, exponentOf2));
  return value * 2 ** near * 2 ** (exponentOf2 - near);
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Digits of a base, undefined when they are none. Up to base 36 case does not matter. */
function parseInteger(text: string, base: number): bigint | undefined {
  const match = /^([+-]?)([0-9A-Za-z]+)$/.exec(text);
  if (match === null || text.length > 10_000) return undefined;
  let value = 0n;
  for (const digit of match[2] ?? "") {
    const found = DIGITS.indexOf(base <= 36 ? digit.toLowerCase() : digit);
    if (found < 0 || found >= base) return undefined;
    value = value * BigInt(base) + BigInt(found);
  }
  return match[1] === "-" ? -value : value;
}

function sum(values: readonly TerraformValue[], at: Place): TerraformNumber {
  const [list] = values;
  if (list?.kind !== "list" && list?.kind !== "object") throw new ArgumentComplaint(0, "cannot sum noniterable");
  if ((list.kind === "list" ? list.items : list.entries).length === 0)
    throw new ArgumentComplaint(0, "cannot sum an empty list");
  if (list.kind === "object") {
    throw new ArgumentComplaint(0, `argument must be list, set, or tuple. Received ${typeName(typeOf(list))}`);
  }
  let total: TerraformNumber | undefined;
  for (const item of listAt(values, 0).items) {
    const next = toNumber(item);
    total = total === undefined ? next : (calculate("+", total, next, at) ?? next);
  }
  return total === undefined ? numberOf(0, at) : { ...total, at };
}

function toNumber(value: TerraformValue): TerraformNumber {
  try {
    const converted = convert(value, NUMBER);
    if (converted.kind === "number") return converted;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
  }
  throw new ArgumentComplaint(0, "argument must be list, set, or tuple of number values");
}

export const numericFunctions: Readonly<Record<string, FunctionSpec>> = {
  abs: {
    parameters: [number("num")],
    returns: NUMBER,
    run: (values, { at }) => {
      const exact = exactOf(numberAt(values, 0));
      return fromExact(exact.mantissa < 0n ? big.negate(exact) : exact, at);
    },
  },
  ceil: rounding(true),
  floor: rounding(false),
  log: floating("base", (value, base) => Math.log(value) / Math.log(base)),
  pow: floating("power", power),
  max: extreme((order) => order > 0),
  min: extreme((order) => order < 0),
  parseint: {
    parameters: [parameter("number", ANY), number("base")],
    returns: NUMBER,
    run: (values, { at }) => {
      const [value] = values;
      if (value?.kind !== "text") {
        throw new ArgumentComplaint(
          0,
          `first argument must be a string, not ${typeName(value === undefined ? STRING : typeOf(value))}`,
        );
      }
      const base = integerAt(values, 1, true);
      if (base < 2 || base > 62)
        throw new ArgumentComplaint(1, "base must be a whole number between 2 and 62 inclusive");
      const parsed = parseInteger(value.value, base);
      if (parsed !== undefined) return fromExact(big.fromInteger(parsed, Math.max(big.bitLength(parsed), 64)), at);
      const given = value.sensitive ? "(sensitive value)" : goQuote(value.value);
      throw new ArgumentComplaint(0, `cannot parse ${given} as a base ${base} integer`);
    },
  },
  signum: {
    parameters: [number("num")],
    returns: NUMBER,
    run: (values, { at }) => numberOf(Math.sign(integerAt(values, 0)), at, big.INTEGER_PRECISION),
  },
  sum: { parameters: [parameter("list", ANY)], returns: NUMBER, run: (values, { at }) => sum(values, at) },
};
