import fc from "fast-check";
import { expect, test } from "vitest";
import { type Hunk, parsePatch } from "./diff.ts";

test("a hunk has the lines of the new file, kept and added ones, and those that are gone", () => {
  const patch = "@@ -1,3 +1,4 @@ head\n a\n-b\n+B\n+C\r\n c\n@@ -10 +11,2 @@\n-x\n+y\n+z\n\\ No newline at end of file";
  expect(parsePatch(patch)).toEqual([
    {
      start: 1,
      lines: [
        { text: "a", added: false },
        { text: "B", added: true },
        { text: "C", added: true },
        { text: "c", added: false },
      ],
      gone: [{ line: 2, text: "b" }],
    },
    {
      start: 11,
      lines: [
        { text: "y", added: true },
        { text: "z", added: true },
      ],
      gone: [{ line: 10, text: "x" }],
    },
  ]);
});

test("a line that looks like a header is a line as long as its hunk is not full", () => {
  expect(parsePatch("@@ -0,0 +1,2 @@\n+@@ -1 +1 @@\n+++ b")).toEqual([
    {
      start: 1,
      lines: [
        { text: "@@ -1 +1 @@", added: true },
        { text: "++ b", added: true },
      ],
      gone: [],
    },
  ]);
});

test("a deleted file has hunks without lines", () => {
  expect(parsePatch("@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file")).toEqual([
    {
      start: 0,
      lines: [],
      gone: [
        { line: 1, text: "a" },
        { line: 2, text: "b" },
      ],
    },
  ]);
});

test("a hunk that is not what its header says is left out with all after it", () => {
  expect(parsePatch("@@ -1,2 +1,2 @@\n a")).toEqual([]);
  expect(parsePatch("@@ -1 +1 @@\n-a\n+b\nwhat\n@@ -5 +5 @@\n-a\n+b")).toHaveLength(1);
  expect(parsePatch("@@ -1,1 +1,1 @@\n-a\n-b\n+c")).toEqual([]);
  expect(parsePatch("")).toEqual([]);
});

const line = fc.tuple(fc.constantFrom(" ", "-", "+"), fc.stringMatching(/^[^\n\r]*$/));
const hunk = fc.record({
  gap: fc.integer({ min: 1, max: 50 }),
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  unended: fc.boolean(),
});

/** A patch as git writes it, and the hunks that must be read from it. */
const patches = fc.array(hunk, { maxLength: 5 }).map((hunks) => {
  let left = 0;
  let right = 0;
  const expected: Hunk[] = [];
  const text = hunks.map(({ gap, lines, unended }) => {
    const lefts = lines.filter(([mark]) => mark !== "+").length;
    const rights = lines.filter(([mark]) => mark !== "-");
    left += gap;
    right += gap;
    const old = lines.filter(([mark]) => mark !== "+").map(([mark, text], index) => ({ mark, text, index }));
    expected.push({
      start: right,
      lines: rights.map(([mark, text]) => ({ text, added: mark === "+" })),
      // Without old lines git gives the line before, with some the first of them.
      gone: old.flatMap(({ mark, text, index }) => (mark === "-" ? [{ line: left + index, text }] : [])),
    });
    const head = `@@ -${count(left, lefts)} +${count(right, rights.length)} @@ @@ -1 +1 @@`;
    left += lefts;
    right += rights.length;
    const body = lines.map(([mark, text]) => `${mark}${text}`);
    return [head, ...body, ...(unended ? ["\\ No newline at end of file"] : [])].join("\n");
  });
  return { patch: text.join("\n"), expected };
});

function count(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${start},${lines}`;
}

test("any patch is read back", () => {
  fc.assert(
    fc.property(patches, ({ patch, expected }) => {
      expect(parsePatch(patch)).toEqual(expected);
    }),
  );
});

test("any text is read without an error", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("@@ -1,2 +1,2 @@", "+a", " b", "-c"))), (lines) => {
      for (const { lines: right } of parsePatch(lines.join("\n")))
        expect(right.length).toBeLessThanOrEqual(lines.length);
    }),
  );
});
