import { expect, test } from "vitest";
import { lastUpTo, locate, position } from "./source.ts";

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
