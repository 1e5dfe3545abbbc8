import { expect, test } from "vitest";
import { exponent, median } from "./measure.ts";

test("the exponent of linear, quadratic and constant growth is 1, 2 and 0", () => {
  const sizes = [10, 100, 1000];
  const growth = (f: (x: number) => number) => exponent(sizes.map((x) => ({ x, y: f(x) })));
  expect(growth((x) => 3 * x)).toBeCloseTo(1);
  expect(growth((x) => x * x)).toBeCloseTo(2);
  expect(growth(() => 7)).toBeCloseTo(0);
});

test("the median is the middle value, or the mean of the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 100])).toBe(3);
});
