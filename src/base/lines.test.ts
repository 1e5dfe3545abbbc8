import fc from "fast-check";
import { expect, test } from "vitest";
import { changes, likeness, oldLine, undo } from "./lines.ts";

const text = fc.array(fc.constantFrom("a", "b", "c", "", " d"), { maxLength: 12 }).map((lines) => lines.join("\n"));

test("a change has the lines that are gone and those that are new, with their numbers", () => {
  expect(changes("a\nb\nc\nd\n", "a\nx\ny\nd\ne\n")).toEqual([
    { oldStart: 2, oldLines: ["b", "c"], newStart: 2, newLines: ["x", "y"] },
    { oldStart: 5, oldLines: [], newStart: 5, newLines: ["e"] },
  ]);
  expect(changes("a\nb\nc\n", "a\nc\n")).toEqual([{ oldStart: 2, oldLines: ["b"], newStart: 2, newLines: [] }]);
  expect(changes("", "a\n")).toEqual([{ oldStart: 1, oldLines: [], newStart: 1, newLines: ["a"] }]);
});

test("equal texts have no changes, and undoing all changes of others gives the old text", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [old, now] = [`${before}\n.\n`, `${after}\n.\n`];
      const found = changes(old, now);
      expect(found.length > 0).toBe(old !== now);
      expect(found.toReversed().reduce(undo, now)).toBe(old);
    }),
  );
});

test("a line that no change wrote is the same line of the old text", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [old, now] = [`${before}\n.\n`.split("\n"), `${after}\n.\n`.split("\n")];
      const found = changes(old.join("\n"), now.join("\n"));
      const lines = now.flatMap((line, index) => {
        const at = oldLine(found, index + 1);
        return at === undefined || index === now.length - 1 ? [] : [[line, old[at - 1]]];
      });
      expect(lines.every(([line, same]) => line === same)).toBe(true);
      expect(lines.length + found.reduce((sum, { newLines }) => sum + newLines.length, 0)).toBe(now.length - 1);
    }),
  );
});

test("two texts are as alike as the lines that both have", () => {
  expect(likeness("a\nb\nc\nd\n", "a\nc\nx\ny\n")).toBe(0.5);
  expect(likeness("a\na\n", "a\n")).toBe(0.5);
  expect(likeness("", "")).toBe(0);
});

test("long texts that have nothing in common are one change, soon", () => {
  const lines = (word: string) => Array.from({ length: 30_000 }, (_, index) => `${word} ${index}\n`).join("");
  expect(changes(lines("a"), lines("b"))).toHaveLength(1);
});
