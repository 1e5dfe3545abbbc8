import { expect, test } from "vitest";
import { lastUpTo } from "./search.ts";

test("the last number that is at most another is found by halves", () => {
  const looked: number[] = [];
  const numbers = new Proxy([2, 4, 4, 8, ...Array.from({ length: 1_000_000 }, (_, index) => index + 9)], {
    get: (all, key) => {
      if (typeof key === "string" && key !== "length") looked.push(Number(key));
      return Reflect.get(all, key);
    },
  });
  expect([1, 2, 3, 4, 8, 9, 2_000_000].map((most) => lastUpTo(numbers, most))).toEqual([-1, 0, 0, 2, 3, 4, 1_000_003]);
  expect(looked.length).toBeLessThan(7 * 21);
  expect(lastUpTo([], 1)).toBe(-1);
});
