import { expect, test } from "vitest";
import { pay } from "./purse.ts";

test("what is written pays for itself, and takes the rest from what all share", () => {
  const purse = { left: 10 };
  const first = { own: 5, purse };
  expect([pay(first, 3), pay(first, 4), purse.left]).toEqual([true, true, 8]);
  expect([pay({ own: 1, purse }, 7), purse.left]).toEqual([true, 2]);
});

test("one that needs too much leaves the purse to others, and stays used up", () => {
  const purse = { left: 10 };
  const greedy = { own: 5, purse };
  expect([pay(greedy, 100), purse.left, pay(greedy, 1), greedy.own < 0]).toEqual([false, 10, false, true]);
  expect(pay({ own: 0, purse }, 10)).toBe(true);
});
