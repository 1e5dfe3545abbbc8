/** Numbers of values. Whole numbers that JavaScript holds exactly are computed there, everything else in 512 bits (`number.ts`). */
import type { Place } from "../../../../source.ts";
import * as big from "./number.ts";
import { toDecimalText } from "./number-text.ts";
import type { TerraformNumber } from "./values.ts";

/** The number in full precision. */
export function exactOf(value: TerraformNumber): big.BigFloat {
  return value.exact ?? (Number.isSafeInteger(value.value) ? big.fromInteger(value.value) : decimalOf(value.value));
}

/** A number that came from another format, where it was written in decimal digits. */
function decimalOf(value: number): big.BigFloat {
  return big.parseDecimal(String(value)) ?? big.fromDouble(value);
}

/** A number of that exact value, as simple as can be. */
export function fromExact(exact: big.BigFloat, at: Place): TerraformNumber {
  const value = big.toDouble(exact);
  const plain = Number.isSafeInteger(value) && big.isWhole(exact) && exact.precision === big.DECIMAL_PRECISION;
  return plain ? { kind: "number", value: value === 0 ? 0 : value, at } : { kind: "number", value, exact, at };
}

/** Digits as Terraform reads them in a string or in source; undefined when they are no number. */
export function parseNumber(digits: string, at: Place): TerraformNumber | undefined {
  if (/^(?:0|[1-9]\d{0,14})$/.test(digits)) return { kind: "number", value: Number(digits), at };
  const exact = big.parseDecimal(digits);
  if (exact?.mantissa === 0n && digits.startsWith("-")) return { kind: "number", value: -0, at };
  return exact === undefined ? undefined : fromExact(exact, at);
}

/** The digits that Terraform makes of a number. */
export function toDigits(value: TerraformNumber): string {
  if (value.exact !== undefined || !Number.isSafeInteger(value.value)) return toDecimalText(exactOf(value));
  return Object.is(value.value, -0) ? "-0" : String(value.value);
}

export function compareNumbers(a: TerraformNumber, b: TerraformNumber): number {
  if (a.exact === undefined && b.exact === undefined) return a.value - b.value;
  return big.compare(exactOf(a), exactOf(b));
}

/** The whole number that the value is, undefined when it has a fraction or is beyond what can be counted. */
export function integerOf(value: TerraformNumber): number | undefined {
  return Number.isSafeInteger(value.value) && (value.exact === undefined || big.isWhole(value.exact))
    ? value.value
    : undefined;
}

export type Arithmetic = "+" | "-" | "*" | "/" | "%";

/** Undefined where Terraform has no answer: zero by zero. */
export function calculate(
  operator: Arithmetic,
  a: TerraformNumber,
  b: TerraformNumber,
  at: Place,
): TerraformNumber | undefined {
  if (a.exact === undefined && b.exact === undefined && operator !== "/" && operator !== "%") {
    const value = operator === "+" ? a.value + b.value : operator === "-" ? a.value - b.value : a.value * b.value;
    if (Number.isSafeInteger(value)) return { kind: "number", value, at };
  }
  const left = exactOf(a);
  const right = exactOf(b);
  const result =
    operator === "+"
      ? big.add(left, right)
      : operator === "-"
        ? big.add(left, big.negate(right))
        : operator === "*"
          ? big.multiply(left, right)
          : operator === "/"
            ? big.divide(left, right)
            : big.modulo(left, right);
  return result === undefined ? undefined : fromExact(result, at);
}

export function negative(value: TerraformNumber, at: Place): TerraformNumber {
  return value.exact === undefined
    ? { kind: "number", value: -value.value, at }
    : fromExact(big.negate(value.exact), at);
}
