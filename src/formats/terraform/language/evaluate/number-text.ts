/** Numbers as digits, exactly as Go's `big.Float.Text` writes them. https://pkg.go.dev/math/big#Float.Text */
import { type BigFloat, bitLength } from "./number.ts";

interface Decimal {
  /** Digits without zeros at the end; the value is `0.digits * 10 ** point`. Zero has no digits. */
  readonly digits: string;
  readonly point: number;
}

const ZERO: Decimal = { digits: "", point: 0 };

/** How Terraform turns a number into a string: the fewest digits that stay this number, never an exponent. */
export function toDecimalText(value: BigFloat): string {
  return numberText(value, "f", -1);
}

/**
 * @param style `f`: plain digits. `e`: one digit and an exponent. `g`: `e` for small and large exponents, else `f`.
 * @param precision digits after the point (`g`: digits in all); -1 for the fewest that stay this number.
 */
export function numberText(value: BigFloat, style: "e" | "f" | "g", precision: number): string {
  const sign = value.mantissa < 0n ? "-" : "";
  if (value.infinite) return `${sign === "" ? "+" : sign}Inf`;
  const fewest = precision < 0;
  const decimal = fewest ? shortest(value) : roundTo(exact(magnitude(value), value.exponent), style, precision);
  const { digits, point } = decimal;
  switch (style) {
    case "e":
      return sign + exponentText(decimal, fewest ? digits.length - 1 : precision);
    case "f":
      return sign + fixedText(decimal, fewest ? Math.max(digits.length - point, 0) : precision);
    case "g":
      return sign + generalText(decimal, fewest ? digits.length : precision || 1, fewest);
  }
}

function magnitude(value: BigFloat): bigint {
  return value.mantissa < 0n ? -value.mantissa : value.mantissa;
}

function exact(mantissa: bigint, exponent: number): Decimal {
  if (mantissa === 0n) return ZERO;
  const text = (exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits: withoutZeros(text), point: text.length + Math.min(exponent, 0) };
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === "0") end--;
  return digits.slice(0, end);
}

function roundTo(decimal: Decimal, style: "e" | "f" | "g", precision: number): Decimal {
  return round(decimal, style === "e" ? precision + 1 : style === "f" ? decimal.point + precision : precision || 1);
}

/** Rounds to a number of digits, half to even. Too few digits to keep any give zero. */
function round(decimal: Decimal, length: number): Decimal {
  const { digits, point } = decimal;
  if (length < 0) return ZERO;
  if (length >= digits.length) return decimal;
  const next = digits.charAt(length);
  const half = next === "5" && length + 1 === digits.length;
  const up = half ? length > 0 && Number(digits.charAt(length - 1)) % 2 === 1 : next >= "5";
  return up ? roundUp(decimal, length) : cut(digits.slice(0, length), point);
}

function roundUp({ digits, point }: Decimal, length: number): Decimal {
  let kept = length;
  while (kept > 0 && digits.charAt(kept - 1) === "9") kept--;
  if (kept === 0) return { digits: "1", point: point + 1 };
  return { digits: digits.slice(0, kept - 1) + String(Number(digits.charAt(kept - 1)) + 1), point };
}

function cut(digits: string, point: number): Decimal {
  const kept = withoutZeros(digits);
  return kept === "" ? ZERO : { digits: kept, point };
}

/** The fewest digits that still round to this number at its precision. The bounds are half a unit of the last bit away. */
function shortest(value: BigFloat): Decimal {
  const positive = magnitude(value);
  const decimal = exact(positive, value.exponent);
  if (positive === 0n) return ZERO;
  const shift = value.precision + 1 - bitLength(positive);
  const mantissa = positive << BigInt(shift);
  const low = exact(mantissa - 1n, value.exponent - shift).digits;
  const high = exact(mantissa + 1n, value.exponent - shift).digits;
  const inclusive = (mantissa & 2n) === 0n;
  for (let index = 0; index < decimal.digits.length; index++) {
    const digit = decimal.digits.charAt(index);
    const above = high.charAt(index) || "0";
    const down = (low.charAt(index) || "0") !== digit || (inclusive && index + 1 === low.length);
    const up = digit !== above && (inclusive || Number(digit) + 1 < Number(above) || index + 1 < high.length);
    if (down && up) return round(decimal, index + 1);
    if (down) return cut(decimal.digits.slice(0, index + 1), decimal.point);
    if (up) return roundUp(decimal, index + 1);
  }
  return decimal;
}

function fixedText({ digits, point }: Decimal, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  if (places <= 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return `${whole}.${fraction.slice(0, places).padEnd(places, "0")}`;
}

function exponentText({ digits, point }: Decimal, places: number): string {
  const fraction = places > 0 ? `.${digits.slice(1, places + 1).padEnd(places, "0")}` : "";
  const power = digits === "" ? 0 : point - 1;
  return `${digits.charAt(0) || "0"}${fraction}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function generalText(decimal: Decimal, precision: number, fewest: boolean): string {
  const { digits, point } = decimal;
  const limit = fewest ? 6 : precision > digits.length && digits.length >= point ? digits.length : precision;
  const power = point - 1;
  if (power < -4 || power >= limit) return exponentText(decimal, Math.min(precision, digits.length) - 1);
  return fixedText(decimal, Math.max((precision > point ? digits.length : precision) - point, 0));
}
