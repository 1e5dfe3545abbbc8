/**
 * Terraform's numbers: binary floating point with 512 bits of mantissa, as Go's `big.Float` computes and prints it.
 * Whole numbers that JavaScript holds exactly never get here; see `arithmetic.ts`.
 */

import { Complaint } from "./complaint.ts";

/** The value is `mantissa * 2 ** exponent`; the mantissa is odd or zero, so equal numbers look equal. */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
  /** Bits of mantissa that an operation on this number rounds to. */
  readonly precision: number;
  readonly infinite?: true;
}

/** What Terraform reads decimal digits with. https://pkg.go.dev/github.com/zclconf/go-cty/cty#ParseNumberVal */
export const DECIMAL_PRECISION = 512;
/** What whole numbers made by functions have. */
export const INTEGER_PRECISION = 64;
/** What results of floating point functions have. */
const FLOAT_PRECISION = 53;
/** Binary exponents beyond this would take too long to print. A decimal one of 10,000 is 33,220. No limit of Terraform's. */
const MAX_BINARY_EXPONENT = 70_000;
/** Decimal exponents beyond this are refused: the number would be megabytes long. No limit of Terraform's. */
const MAX_EXPONENT = 10_000;

export function bitLength(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return hex === "0" ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

function normal(mantissa: bigint, exponent: number, precision: number): BigFloat {
  if (mantissa === 0n) return { mantissa, exponent: 0, precision };
  if (Math.abs(exponent) > MAX_BINARY_EXPONENT)
    throw new Complaint("a number is too large or too small to be computed");
  let odd = mantissa;
  let shift = 0;
  while ((odd & 0xffffffffn) === 0n) {
    odd >>= 32n;
    shift += 32;
  }
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    shift++;
  }
  return { mantissa: odd, exponent: exponent + shift, precision };
}

/** Rounds half to even. `sticky` says that the exact value is a little further from zero than the mantissa tells. */
function rounded(mantissa: bigint, exponent: number, precision: number, sticky = false): BigFloat {
  const negative = mantissa < 0n;
  let bits = negative ? -mantissa : mantissa;
  const excess = bitLength(bits) - precision;
  if (excess <= 0) return normal(mantissa, exponent, precision);
  const shift = BigInt(excess);
  const rest = bits & ((1n << shift) - 1n);
  const half = 1n << (shift - 1n);
  bits >>= shift;
  if (rest > half || (rest === half && (sticky || (bits & 1n) === 1n))) bits += 1n;
  return normal(negative ? -bits : bits, exponent + excess, precision);
}

export function fromInteger(value: number | bigint, precision = DECIMAL_PRECISION): BigFloat {
  return normal(BigInt(value), 0, precision);
}

/** An exact JavaScript number, as a function that computes in floating point returns it. */
export function fromDouble(value: number, precision = FLOAT_PRECISION): BigFloat {
  if (!Number.isFinite(value)) return infinity(value < 0, precision);
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent--;
  }
  return normal(BigInt(scaled), exponent, precision);
}

export function infinity(negative: boolean, precision = DECIMAL_PRECISION): BigFloat {
  return { mantissa: negative ? -1n : 1n, exponent: 0, precision, infinite: true };
}

/** Decimal digits as Go's `big.ParseFloat` takes them, undefined for anything else and for absurd exponents. */
export function parseDecimal(text: string): BigFloat | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return parseSpecial(text);
  const [, sign = "", whole = "", fraction = "", power = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  if (whole.length + fraction.length > MAX_EXPONENT) return undefined;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  return exponent >= 0
    ? rounded(digits * 10n ** BigInt(exponent), 0, DECIMAL_PRECISION)
    : quotient(digits, 10n ** BigInt(-exponent), 0, DECIMAL_PRECISION);
}

function parseSpecial(text: string): BigFloat | undefined {
  return /^[+-]?(?:Inf|inf)$/.test(text) ? infinity(text.startsWith("-")) : undefined;
}

/** `dividend / divisor * 2 ** exponent`, rounded once. */
function quotient(dividend: bigint, divisor: bigint, exponent: number, precision: number): BigFloat {
  const shift = Math.max(0, precision + 3 + bitLength(divisor) - bitLength(dividend));
  const scaled = dividend << BigInt(shift);
  return rounded(scaled / divisor, exponent - shift, precision, scaled % divisor !== 0n);
}

export function toDouble(value: BigFloat): number {
  if (value.infinite) return value.mantissa < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const { mantissa, exponent } = rounded(value.mantissa, value.exponent, FLOAT_PRECISION);
  const near = Math.max(-1000, Math.min(1000, exponent));
  return Number(mantissa) * 2 ** near * 2 ** (exponent - near);
}

export function add(a: BigFloat, b: BigFloat): BigFloat {
  const precision = Math.max(a.precision, b.precision);
  if (a.infinite || b.infinite) return { ...(a.infinite ? a : b), precision };
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.mantissa << BigInt(a.exponent - exponent);
  const right = b.mantissa << BigInt(b.exponent - exponent);
  return rounded(left + right, exponent, precision);
}

export function negate(a: BigFloat): BigFloat {
  return { ...a, mantissa: -a.mantissa };
}

/** The product keeps every bit that fits in 512, whatever the precision of its factors. */
export function multiply(a: BigFloat, b: BigFloat): BigFloat {
  const precision = Math.max(a.precision, b.precision);
  if (a.infinite || b.infinite) return infinity(a.mantissa < 0n !== b.mantissa < 0n, precision);
  const product = rounded(a.mantissa * b.mantissa, a.exponent + b.exponent, DECIMAL_PRECISION);
  return { ...product, precision: Math.max(precision, bitLength(product.mantissa)) };
}

/** Undefined for zero by zero and infinity by infinity, which have no quotient. */
export function divide(a: BigFloat, b: BigFloat): BigFloat | undefined {
  const precision = Math.max(a.precision, b.precision);
  const negative = a.mantissa < 0n !== b.mantissa < 0n;
  if (a.infinite) return b.infinite ? undefined : infinity(negative, precision);
  if (b.infinite) return fromInteger(0, precision);
  if (b.mantissa === 0n) return a.mantissa === 0n ? undefined : infinity(a.mantissa < 0n, precision);
  const divisor = b.mantissa < 0n ? -b.mantissa : b.mantissa;
  return quotient(b.mantissa < 0n ? -a.mantissa : a.mantissa, divisor, a.exponent - b.exponent, precision);
}

/** The remainder of the division that is cut towards zero. */
export function modulo(a: BigFloat, b: BigFloat): BigFloat | undefined {
  if (a.infinite || b.infinite) return multiply(a, b);
  if (b.mantissa === 0n) return a;
  const ratio = divide(a, b);
  if (ratio === undefined) return undefined;
  const whole = rounded(truncate(ratio), 0, ratio.precision);
  return add(a, negate(rounded(b.mantissa * whole.mantissa, b.exponent + whole.exponent, a.precision)));
}

export function compare(a: BigFloat, b: BigFloat): number {
  if (a.infinite || b.infinite) {
    const rank = (value: BigFloat) => (value.infinite ? (value.mantissa < 0n ? -1 : 1) : 0);
    return rank(a) - rank(b);
  }
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = (a.mantissa << BigInt(a.exponent - exponent)) - (b.mantissa << BigInt(b.exponent - exponent));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The whole part, cut towards zero. */
export function truncate(a: BigFloat): bigint {
  if (a.exponent >= 0) return a.mantissa << BigInt(a.exponent);
  const divisor = 1n << BigInt(-a.exponent);
  return a.mantissa / divisor;
}

export function isWhole(a: BigFloat): boolean {
  return a.infinite !== true && a.exponent >= 0;
}
