import { expect, test } from "vitest";
import { characterCount } from "./tree.ts";

test("a module that many root modules call pays for each, but less, and not for ever", () => {
  const shared = { path: "modules/jobs/main.tf", text: "x".repeat(400_000) };
  const root = (name: number) => ({ path: `${name}/main.tf`, text: "x".repeat(100) });
  const count = characterCount();
  const paid = Array.from({ length: 30 }, (_, index) => count([root(index), shared]));
  expect(paid.slice(0, 3)).toEqual([400_100, 100_100, 100_100]);
  expect(paid.slice(-3)).toEqual([100, 100, 100]);
});
