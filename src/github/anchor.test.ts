import fc from "fast-check";
import { expect, test } from "vitest";
import type { Location } from "../source.ts";
import { align, anchor as anchorIn } from "./anchor.ts";
import { type Hunk, parsePatch } from "./diff.ts";

const lines = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const hunks: readonly Hunk[] = parsePatch(
  "@@ -2,3 +2,4 @@\n two\n+three\n four\n five\n@@ -8,2 +9,2 @@\n nine\n-x\n+ten",
);

const anchor = (location: Location, of: readonly Hunk[], checked: readonly string[]) =>
  anchorIn(location, align(of, checked), checked);

function range(from: number, to: number = from, endColumn = 5): Location {
  return { path: "a.json", start: { line: from, column: 1 }, end: { line: to, column: endColumn } };
}

test("a place on a line of a hunk has its comment there, changed or not", () => {
  expect(anchor(range(3), hunks, lines)).toEqual({ path: "a.json", line: 3, side: "RIGHT" });
  expect(anchor(range(5), hunks, lines)).toEqual({ path: "a.json", line: 5, side: "RIGHT" });
});

test("a place outside of all hunks has no comment", () => {
  expect(anchor(range(1), hunks, lines)).toBeUndefined();
  expect(anchor(range(6, 8), hunks, lines)).toBeUndefined();
  expect(anchor(range(11), hunks, lines)).toBeUndefined();
});

test("a place of several lines in one hunk has its comment on all of them", () => {
  expect(anchor(range(2, 4), hunks, lines)).toEqual({
    path: "a.json",
    start_line: 2,
    start_side: "RIGHT",
    line: 4,
    side: "RIGHT",
  });
});

test("a place that ends before the first character of a line ends on the line before", () => {
  expect(anchor(range(2, 4, 1), hunks, lines)).toMatchObject({ start_line: 2, line: 3 });
  expect(anchor(range(3, 4, 1), hunks, lines)).toEqual({ path: "a.json", line: 3, side: "RIGHT" });
});

test("a place that leaves its hunk has its comment on its first line", () => {
  expect(anchor(range(4, 9), hunks, lines)).toEqual({ path: "a.json", line: 4, side: "RIGHT" });
});

test("a place that begins before its hunk has its comment on the first line added in it", () => {
  expect(anchor(range(1, 6), hunks, lines)).toEqual({ path: "a.json", line: 3, side: "RIGHT" });
  expect(anchor(range(6, 10), hunks, lines)).toEqual({ path: "a.json", line: 10, side: "RIGHT" });
  expect(anchor(range(6, 9), hunks, lines)).toBeUndefined();
});

test("a place of more than twenty lines has its comment on its first line", () => {
  const many = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const all = parsePatch(`@@ -0,0 +1,30 @@\n${many.map((text) => `+${text}`).join("\n")}`);
  expect(anchor(range(2, 21), all, many)).toMatchObject({ start_line: 2, line: 21 });
  expect(anchor(range(2, 22), all, many)).toEqual({ path: "a.json", line: 2, side: "RIGHT" });
});

test("where the checked file has other lines than the hunk nothing is placed", () => {
  expect(anchor(range(2, 4), hunks, lines.with(2, "changed"))).toEqual({ path: "a.json", line: 2, side: "RIGHT" });
  expect(anchor(range(3), hunks, lines.with(2, "changed"))).toBeUndefined();
  expect(anchor(range(3), hunks, [])).toBeUndefined();
});

test("where the base has moved on, each hunk is found at its new place", () => {
  const merged = ["zero", "zero", ...lines.slice(0, 6), ...lines.slice(7)];
  expect(anchor(range(5), hunks, merged)).toEqual({ path: "a.json", line: 3, side: "RIGHT" });
  expect(anchor(range(4, 6), hunks, merged)).toMatchObject({ start_line: 2, line: 4 });
  expect(anchor(range(11), hunks, merged)).toEqual({ path: "a.json", line: 10, side: "RIGHT" });
  expect(anchor(range(3), hunks, merged)).toBeUndefined();
});

test("a hunk that could be in two places is placed by none of them", () => {
  const twice = ["x", ...lines.slice(0, 5), ...lines.slice(0, 5)];
  expect(anchor(range(4), hunks, twice)).toBeUndefined();
  expect(anchor(range(9), hunks, twice)).toBeUndefined();
});

test("whatever the place, the comment is on lines of one hunk, in order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(12), fc.integer({ min: 1, max: 9 }), (from, more, column) => {
      const found = anchor(range(from, from + more, column), hunks, lines);
      if (found === undefined) return;
      const { line, start_line = line } = found;
      expect(start_line <= line && start_line >= from && line <= from + more).toBe(true);
      const inside = ({ start, lines }: Hunk) => start_line >= start && line < start + lines.length;
      expect(hunks.filter(inside)).toHaveLength(1);
    }),
  );
});
