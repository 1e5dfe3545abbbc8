/**
 * Numbers. Terraform computes with 512 bits and writes out every digit. Here only numbers that JavaScript holds exactly
 * are computed: whole numbers up to 2^53, and short fractions. Every other number is unknown.
 */
import type { Place } from "../../../../source.ts";
import { NUMBER } from "./types.ts";
import { unknownValue } from "./unknown.ts";
import type { TerraformNumber, TerraformUnknown } from "./values.ts";

const DECIMAL = /^[+-]?(?=\.?\d)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;
/** Every decimal number of so many digits stays the same as a JavaScript number and back. */
const MAX_DIGITS = 15;
/** JavaScript writes smaller fractions with an exponent. */
const SMALLEST = 1e-6;

/** Digits as Terraform reads them in a string or in source; undefined when they are no number. */
export function parseNumber(digits: string, at: Place): TerraformNumber | TerraformUnknown | undefined {
  const match = DECIMAL.exec(digits);
  const infinite = /^[+-]?(?:Inf|inf)$/.test(digits);
  if (!infinite && match === null) return undefined;
  const value = Number(digits);
  const [, before = "", behind = "", exponent] = match ?? [];
  const whole = before.replace(/^0+/, "");
  const fraction = behind.replace(/(?<!0)0+$/, "");
  const size = Math.abs(value);
  const short = whole.length + fraction.length <= MAX_DIGITS;
  const exact = short ? size >= SMALLEST || whole + fraction === "" : fraction === "" && exponent === undefined;
  if (exact && size <= Number.MAX_SAFE_INTEGER) return { kind: "number", value, at };
  const words = "a number with that many digits";
  const about = { words, cause: { kind: "function", name: words, unit: null } } as const;
  return { ...unknownValue(`number(${digits})`, about, at), type: NUMBER };
}

/** The digits that Terraform makes of a number. */
export function toDigits({ value }: TerraformNumber): string {
  if (Object.is(value, -0)) return "-0";
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

export function compareNumbers(a: TerraformNumber, b: TerraformNumber): number {
  return a.value - b.value;
}

/** The whole number that the value is, undefined when it has a fraction. */
export function integerOf({ value }: TerraformNumber): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

const OPERATIONS = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b + 0,
  "%": (a: number, b: number) => (a % b) + 0,
} as const;

export type Arithmetic = keyof typeof OPERATIONS;

/** Undefined where the result can't be computed exactly. */
export function calculate(
  operator: Arithmetic,
  { value: a }: TerraformNumber,
  { value: b }: TerraformNumber,
  at: Place,
): TerraformNumber | undefined {
  const value = OPERATIONS[operator](a, b);
  const exact = [a, b, value].every(Number.isSafeInteger) || [a, b, value].every(isShort);
  return exact && (operator !== "/" || value * b === a) ? { kind: "number", value, at } : undefined;
}

/** Fractions of ten binary digits: their sums and products are exact, and they have at most 15 decimal digits. */
function isShort(value: number): boolean {
  return Number.isInteger(value * 1024) && Math.abs(value) < 65_536;
}
