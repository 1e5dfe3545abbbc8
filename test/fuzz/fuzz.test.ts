import { expect, test } from "vitest";
import { attempt, filesOf } from "./attempt.ts";

/** Seeds that once failed are kept here, so that they are tried for ever. */
const kept: readonly number[] = [];

const seeds = (from: number) => Array.from({ length: 100 }, (_, index) => from + index);

test.each([1, 101, 201, 301])(
  "whatever becomes of the examples is read, judged and reported: seeds from %i",
  async (from) => {
    for (const seed of seeds(from)) await attempt(seed);
  },
);

test("what once failed does not", async () => {
  for (const seed of kept) await attempt(seed);
});

test("a seed is always the same input, and seeds differ", () => {
  expect(filesOf(7)).toEqual(filesOf(7));
  const texts = new Set(seeds(1).map((seed) => JSON.stringify([...filesOf(seed)])));
  expect(texts.size).toBeGreaterThan(95);
});
