import { expect, test } from "vitest";
import type { Position } from "../source.ts";
import { renderFrame } from "./frame.ts";
import { painter } from "./paint.ts";
import { widthOf } from "./width.ts";

function frame(
  lines: readonly string[],
  start: Position,
  end: Position,
  options: { label?: string; width?: number } = {},
) {
  const location = { path: "jobs.yaml", start, end };
  return renderFrame(
    { location, arrow: "-->", mark: "^", style: "red", label: options.label ?? "" },
    {
      excerpts: { line: (_, line) => lines[line - 1] },
      paint: painter(false),
      width: options.width ?? 60,
      gutter: 2,
    },
  ).join("\n");
}

test("the exact range is underlined", () => {
  expect(frame(["a: 1", 'b: "two"'], { line: 2, column: 4 }, { line: 2, column: 9 })).toBe(`  --> jobs.yaml:2:4
   |
 2 | b: "two"
   |    ^^^^^`);
});

test("an empty range, also at the end of a line, has one mark", () => {
  expect(frame(["key:"], { line: 1, column: 5 }, { line: 1, column: 5 })).toBe(`  --> jobs.yaml:1:5
   |
 1 | key:
   |     ^`);
});

test("tabs and wide characters don't move the marks", () => {
  expect(frame(["\t名前\t: x"], { line: 1, column: 2 }, { line: 1, column: 4 })).toBe(`  --> jobs.yaml:1:2
   |
 1 |     名前    : x
   |     ^^^^`);
  expect(frame(["a 👩‍💻 b"], { line: 1, column: 9 }, { line: 1, column: 10 })).toBe(`  --> jobs.yaml:1:9
   |
 1 | a 👩‍💻 b
   |      ^`);
});

test("a label is beside the marks, or below when there is no room", () => {
  expect(frame(["Db:"], { line: 1, column: 1 }, { line: 1, column: 3 }, { label: "the secret" })).toBe(
    `  --> jobs.yaml:1:1
   |
 1 | Db:
   | ^^ the secret`,
  );
  expect(
    frame(
      ["  Db:"],
      { line: 1, column: 3 },
      { line: 1, column: 5 },
      { label: "the secret that is declared here and is named by every job of the stack" },
    ),
  ).toBe(`  --> jobs.yaml:1:3
   |
 1 |   Db:
   |   ^^
   |   the secret that is declared here and is named by
   |   every job of the stack`);
});

test("a range of a few lines is shown whole", () => {
  expect(frame(["Role:", "  Type: X", "  A: 1", ""], { line: 1, column: 1 }, { line: 4, column: 1 })).toBe(
    `  --> jobs.yaml:1:1
   |
 1 | / Role:
 2 | |   Type: X
 3 | |   A: 1
   | |______^`,
  );
});

test("a range of many lines is abbreviated", () => {
  const lines = ["Role: {", ...Array.from({ length: 20 }, (_, index) => `  a${index}: 1,`), "}"];
  expect(frame(lines, { line: 1, column: 7 }, { line: 22, column: 2 })).toBe(`  --> jobs.yaml:1:7
   |
 1 | / Role: {
 2 | |   a0: 1,
...  |
22 | | }
   | |_^`);
});

test("a line longer than the terminal is cut around the range", () => {
  const line = `{"a":"${"x".repeat(100)}","valueFrom":"arn:aws","b":"${"y".repeat(100)}"}`;
  const at = line.indexOf('"arn:aws"') + 1;
  const shown = frame([line], { line: 1, column: at }, { line: 1, column: at + 9 });
  expect(shown).toBe(`  --> jobs.yaml:1:${at}
   |
 1 | …xxxxxxxxx","valueFrom":"arn:aws","b":"yyyyyyyyyyyyyyy…
   |                         ^^^^^^^^^`);
});

test("a long range comes whole before what leads to it", () => {
  const line = `{"a":"${"x".repeat(60)}","valueFrom":"${"y".repeat(40)}"}`;
  const at = line.indexOf('"yyy') + 1;
  expect(frame([line], { line: 1, column: at }, { line: 1, column: at + 42 })).toBe(`  --> jobs.yaml:1:${at}
   |
 1 | …valueFrom":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}
   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`);
});

test("of a file of one line, however long, only what is around the place is shown", () => {
  const line = `${"x".repeat(20_000_000)}"here"${"y".repeat(20_000_000)}`;
  const shown = frame([line], { line: 1, column: 20_000_001 }, { line: 1, column: 20_000_007 });
  expect(shown).toBe(`  --> jobs.yaml:1:20000001
   |
 1 | …xxxxxxxxxxxxxxxxxxxxxxx"here"yyyyyyyyyyyyyyyyyyyyyyyy…
   |                         ^^^^^^`);
});

test("no line of a frame is wider than the terminal", () => {
  const line = `${"日本 ".repeat(40)}x: 1`;
  for (let column = 1; column < line.length; column += 7) {
    const shown = frame([line], { line: 1, column }, { line: 1, column: column + 5 }, { width: 50, label: "here" });
    for (const one of shown.split("\n")) expect(widthOf(one)).toBeLessThanOrEqual(50);
  }
});

test("a range longer than the terminal is marked as far as it is shown", () => {
  const line = `a: "${"x".repeat(100)}"`;
  expect(frame([line], { line: 1, column: 4 }, { line: 1, column: 106 })).toBe(`  --> jobs.yaml:1:4
   |
 1 | a: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
   |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`);
});

test("a file that has no excerpt is identified by its place, and the label stays", () => {
  expect(frame([], { line: 7, column: 3 }, { line: 7, column: 9 }, { label: "the role" })).toBe(
    "  --> jobs.yaml:7:3\n   | the role",
  );
});
