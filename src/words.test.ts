import { expect, test } from "vitest";
import { grouped } from "./words.ts";

test("commas stand between thousands", () => {
  const counts = [0, 7, 999, 1000, 65_536, 999_999, 1_000_000, 12_345_678];
  expect(counts.map(grouped)).toEqual(["0", "7", "999", "1,000", "65,536", "999,999", "1,000,000", "12,345,678"]);
});
