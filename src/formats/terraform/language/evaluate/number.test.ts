import fc from "fast-check";
import { expect, test } from "vitest";
import * as big from "./number.ts";
import { numberText, toDecimalText } from "./number-text.ts";

const parse = (digits: string): big.BigFloat => big.parseDecimal(digits) ?? big.infinity(false);

test("digits that fit in 512 bits come out as they went in", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 60n }),
      fc.boolean(),
      fc.integer({ min: 0, max: 40 }),
      (mantissa, negative, places) => {
        const digits = mantissa.toString().padStart(places + 1, "0");
        const whole = digits.slice(0, digits.length - places);
        const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
        const text = `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
        expect(toDecimalText(parse(text))).toBe(text);
      },
    ),
  );
});

test("whole numbers are computed exactly", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
      fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
      (a, b) => {
        const [left, right] = [big.fromInteger(a), big.fromInteger(b)];
        expect(big.truncate(big.add(left, right))).toBe(a + b);
        expect(big.truncate(big.multiply(left, right))).toBe(a * b);
        expect(big.compare(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
      },
    ),
  );
});

test("doubles are printed with JavaScript's digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300, max: 1e300 }), (value) => {
      const text = numberText(big.fromDouble(value), "e", -1).replace(/e([+-])0(\d)$/, "e$1$2");
      expect(text).toBe(value.toExponential());
      expect(big.toDouble(big.fromDouble(value))).toBe(value);
    }),
  );
});

test("numbers are rounded half to even", () => {
  const rounded = (digits: string, places: number) => numberText(parse(digits), "f", places);
  expect(["0.5", "1.5", "2.5", "9.5", "0.4999"].map((digits) => rounded(digits, 0))).toEqual([
    "0",
    "2",
    "2",
    "10",
    "0",
  ]);
  expect(["0.25", "0.75", "0.96", "9.96", "-0.04"].map((digits) => rounded(digits, 1))).toEqual([
    "0.2",
    "0.8",
    "1.0",
    "10.0",
    "-0.0",
  ]);
});

test("a number that would take megabytes is refused", () => {
  let value = parse("1e9999");
  expect(() => {
    for (let round = 0; round < 20; round++) value = big.multiply(value, value);
  }).toThrow("a number is too large or too small to be computed");
  expect(big.parseDecimal("1e99999")).toBeUndefined();
});
