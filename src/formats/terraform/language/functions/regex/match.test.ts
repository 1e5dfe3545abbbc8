import fc from "fast-check";
import { expect, test } from "vitest";
import { createBudget } from "../../evaluate/bounds.ts";
import { compileRegex, findAll, findMatch } from "./match.ts";

/** The first match and its groups as texts, undefined where a group took no part. */
function groups(pattern: string, text: string): readonly (string | undefined)[] | undefined {
  const match = findMatch(compileRegex(pattern), text, 0, createBudget());
  return (
    match &&
    Array.from({ length: match.length / 2 }, (_, index) => {
      const [start = -1, end = -1] = [match[index * 2], match[index * 2 + 1]];
      return start < 0 ? undefined : text.slice(start, end);
    })
  );
}

const atom = fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d");
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    atom,
    fc.constantFrom("^", "$", "\\b", "\\B"),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(?:${a}|${b})`),
    tie("node").map((inner) => `(${inner})`),
    fc.tuple(atom, fc.constantFrom("*", "+", "?", "*?", "+?", "{1,2}")).map(([one, operator]) => one + operator),
  ),
})).node;

test("patterns that both know match as JavaScript matches them", () => {
  fc.assert(
    fc.property(pattern, fc.stringMatching(/^[abc1 ]{0,8}$/), (source, text) => {
      const expected = new RegExp(source, "u").exec(text);
      expect(groups(source, text)).toEqual(expected === null ? undefined : [...expected]);
    }),
    { numRuns: 2000 },
  );
});

test("the cost grows with the text, not with the ways through the pattern", () => {
  const start = performance.now();
  expect(findMatch(compileRegex("(x+x+)+y"), "x".repeat(20_000), 0, createBudget())).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(1000);
});

test("all matches are found, empty ones between characters and never twice", () => {
  const found = (source: string, text: string) =>
    findAll(compileRegex(source), text, createBudget()).map(([start, end]) => text.slice(start, end));
  expect(found("a*", "baac")).toEqual(["", "aa", ""]);
  expect(found("😀|x", "x😀x")).toEqual(["x", "😀", "x"]);
});
