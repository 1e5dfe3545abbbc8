import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arithmetic, calculate, parseNumber, toDigits } from "./arithmetic.ts";
import type { TerraformNumber } from "./values.ts";

const at = { file: { path: "x", text: "" }, start: 0, end: 0 };

/** Decimal digits with few or many places, some of them with an exponent. */
const digits = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(20), fc.constantFrom(0, 0, 0, 3, -3, 30, -400))
  .map(([whole, places, power]) => ({ whole, places: places - power }))
  .map(({ whole, places }) => ({ text: `${whole}e${-places}`, whole, places }));

/** The value as a whole number of 10^-450. */
function scaled(text: string): bigint {
  const [mantissa = "", exponent = "0"] = text.split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) * 10n ** BigInt(450 + Number(exponent) - fraction.length);
}

test("the digits of a number are its value, or the number is unknown", () => {
  fc.assert(
    fc.property(digits, ({ text }) => {
      const parsed = parseNumber(text, at);
      expect(parsed?.kind).toMatch(/^(?:number|unknown)$/);
      if (parsed?.kind === "number" && !Object.is(parsed.value, -0))
        expect(scaled(toDigits(parsed))).toBe(scaled(text));
    }),
    { numRuns: 2000 },
  );
});

test("short numbers are known", () => {
  for (const text of ["0", "-0", "42", "1.5", "0.1", "1e3", "123456789012", "9007199254740991", "0.000001", "1.50"])
    expect([text, parseNumber(text, at)?.kind]).toEqual([text, "number"]);
  for (const text of ["9007199254740992", "1e-7", "0.1234567890123456", "1e400", "-inf"])
    expect([text, parseNumber(text, at)?.kind]).toEqual([text, "unknown"]);
  for (const text of ["", "-", ".", "0x10", "1 ", "e3", "NaN"])
    expect([text, parseNumber(text, at)]).toEqual([text, undefined]);
});

const number = fc
  .oneof(
    fc.integer(),
    fc.maxSafeInteger(),
    fc.integer({ min: -9999, max: 9999 }).map((value) => value / 16),
  )
  .map((value): TerraformNumber => ({ kind: "number", value, at }));

test("what is computed is exact", () => {
  fc.assert(
    fc.property(number, fc.constantFrom<Arithmetic>("+", "-", "*", "/", "%"), number, (a, operator, b) => {
      const result = calculate(operator, a, b, at);
      if (result === undefined || Object.is(result.value, -0)) return;
      const unit = 10n ** 450n;
      const [left, right, found] = [a, b, result].map((value) => scaled(toDigits(value))) as [bigint, bigint, bigint];
      const expected = {
        "+": () => left + right,
        "-": () => left - right,
        "*": () => (left * right) / unit,
        "/": () => (left * unit) / right,
        "%": () => left % right,
      };
      expect(found).toBe(expected[operator]());
    }),
    { numRuns: 3000 },
  );
});
