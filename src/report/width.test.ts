import fc from "fast-check";
import { expect, test } from "vitest";
import { cells, widthOf, wrap } from "./width.ts";

test("wide characters take two columns, marks none, whatever they are made of", () => {
  expect(["abc", "日本", "é", "e\u0301", "👩‍💻", "한글", "ｆ", "→", "❤️"].map(widthOf)).toEqual([
    3, 4, 1, 1, 2, 4, 2, 1, 2,
  ]);
});

test("a tab leads to the next multiple of four", () => {
  expect(cells("a\tb\t\tc").map(({ text, column }) => [text, column])).toEqual([
    ["a", 0],
    ["   ", 1],
    ["b", 4],
    ["   ", 5],
    ["    ", 8],
    ["c", 12],
  ]);
});

test("what a terminal would obey, and what hides or turns text, is shown as a replacement character", () => {
  const shown = (line: string) =>
    cells(line)
      .map(({ text }) => text)
      .join("");
  expect(shown("a\u001b[31mb\u0007\u009bc\u202ed\u200be")).toBe("a�[31mb��c�d�e");
});

test("cells follow each other without gaps, in the line and on the screen", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (line) => {
      let from = 0;
      let column = 0;
      for (const cell of cells(line)) {
        expect([cell.from, cell.column]).toEqual([from, column]);
        from = cell.to;
        column += cell.width;
      }
      expect(from).toBe(line.length);
    }),
  );
});

test("a sentence is broken at blanks only", () => {
  expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(wrap("arn:aws:secretsmanager:eu-west-1:1:secret:x is long", 10)).toEqual([
    "arn:aws:secretsmanager:eu-west-1:1:secret:x",
    "is long",
  ]);
  expect(wrap("", 10)).toEqual([]);
});
