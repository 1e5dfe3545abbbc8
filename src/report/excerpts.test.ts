import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place, SourceFile } from "../source.ts";
import { makeExcerpts } from "./excerpts.ts";

function source(text: string): SourceFile {
  return { path: "stacks/secrets.yaml", text };
}

function placeOf(file: SourceFile, text: string): Place {
  const start = file.text.indexOf(text);
  return { file, start, end: start + text.length };
}

function linesOf(file: SourceFile, sensitive: readonly Place[]): (string | undefined)[] {
  const { line } = makeExcerpts([file], sensitive);
  return file.text.split("\n").map((_, index) => line(file.path, index + 1));
}

test("a sensitive range is masked, its quotes and everything around it stay", () => {
  const file = source('Secret:\n  Value: "top one" # note\n  Other: plain\n');
  expect(linesOf(file, [placeOf(file, '"top one"')])).toEqual([
    "Secret:",
    '  Value: "*** ***" # note',
    "  Other: plain",
    "",
  ]);
});

test("a range of several lines is masked to its end, the indentation stays", () => {
  const file = source("Value: |\n  first line\n  second\nNext: 1");
  expect(linesOf(file, [placeOf(file, "|\n  first line\n  second\n")])).toEqual([
    "Value: *",
    "  ***** ****",
    "  ******",
    "Next: 1",
  ]);
});

test("ranges that touch, overlap or repeat are masked once", () => {
  const file = source("abcdefghij");
  const range = (start: number, end: number): Place => ({ file, start, end });
  expect(linesOf(file, [range(4, 8), range(0, 2), range(1, 5), range(4, 8)])).toEqual(["********ij"]);
});

test("a literal that no reader called sensitive is masked by the name it is given to", () => {
  const file = source(
    "Environment:\n  - Name: DB_PASSWORD\n    Value: hunter2\n  - Name: DB_HOST\n    Value: db.local\n",
  );
  expect(linesOf(file, []).join("\n")).toBe(
    "Environment:\n  - Name: DB_PASSWORD\n    Value: *******\n  - Name: DB_HOST\n    Value: db.local\n",
  );
});

test("the end of a line is not part of it, whatever the line ends with", () => {
  expect(linesOf(source("a: 1\r\nb: 2\r\n"), [])).toEqual(["a: 1", "b: 2", ""]);
});

test("a line or a file that is not there has no excerpt", () => {
  const { line } = makeExcerpts([source("a: 1\n")], []);
  expect([line("stacks/secrets.yaml", 0), line("stacks/secrets.yaml", 3), line("other.yaml", 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("no planted secret shows in any line, wherever the ranges lie", () => {
  const planted = fc
    .array(fc.constantFrom(..."ABCDEFabcdef0123456789!#%&/"), { minLength: 6, maxLength: 30 })
    .map((all) => `S${all.join("")}E`);
  const filler = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, planted), { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, crlf) => {
      const text = parts.map(([before, secret]) => `${before}"${secret}"`).join(crlf ? "\r\n" : "\n");
      const file = source(text);
      const places: Place[] = [];
      let at = 0;
      for (const [before, secret] of parts) {
        const start = at + before.length;
        places.push({ file, start, end: start + secret.length + 2 });
        at = start + secret.length + 2 + (crlf ? 2 : 1);
      }
      const shown = linesOf(file, places).join("\n");
      for (const [, secret] of parts)
        if (!parts.some(([before]) => before.includes(secret))) expect(shown).not.toContain(secret);
      expect(shown.length).toBe(text.replaceAll("\r\n", "\n").length);
    }),
  );
});
