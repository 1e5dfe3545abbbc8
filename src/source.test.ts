import { expect, test } from "vitest";
import { locate, position } from "./source.ts";

const file = (text: string) => ({ path: "jobs/a.json", text });

test("a place on the first line begins at line 1, column 1", () => {
  expect(locate({ file: file("abc"), start: 0, end: 3 })).toEqual({
    path: "jobs/a.json",
    start: { line: 1, column: 1 },
    end: { line: 1, column: 4 },
  });
});

test("a place may span lines", () => {
  expect(locate({ file: file("{\n  x\n}\n"), start: 0, end: 7 })).toEqual({
    path: "jobs/a.json",
    start: { line: 1, column: 1 },
    end: { line: 3, column: 2 },
  });
});

test("columns are the same with CRLF as with LF", () => {
  const text = "a\r\nbc\r\ndef";
  expect(position(file(text), text.indexOf("bc"))).toEqual({ line: 2, column: 1 });
  expect(position(file(text), text.indexOf("f"))).toEqual({ line: 3, column: 3 });
});

test("columns count UTF-16 units", () => {
  expect(position(file("😀x"), 2)).toEqual({ line: 1, column: 3 });
});

test("an offset outside the file is its nearest end", () => {
  expect(position(file("ab\n"), 99)).toEqual({ line: 2, column: 1 });
  expect(position(file("ab\n"), -1)).toEqual({ line: 1, column: 1 });
});
