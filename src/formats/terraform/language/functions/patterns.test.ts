import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createBudget } from "../evaluate/bounds.ts";
import { compilePattern, findAll, findMatch, loadPatterns, type Pattern } from "./patterns.ts";

beforeAll(loadPatterns);

function compiled(source: string): Pattern {
  const pattern = compilePattern(source);
  if (pattern === undefined) throw new Error(`${source} is not understood`);
  return pattern;
}

/** The first match and its groups, undefined where a group took no part. */
function groups(source: string, text: string): readonly (string | undefined)[] | undefined {
  const match = findMatch(compiled(source), text, 0, createBudget());
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

test("a pattern that other engines never end is matched, and paid for by its length", () => {
  const budget = createBudget();
  expect(findMatch(compiled("(x+x+)+y"), "x".repeat(20_000), 0, budget)).toBeUndefined();
  expect(createBudget().own - budget.own).toBeLessThan(20_000);
});

test("all matches are found, one behind the other", () => {
  const found = (source: string, text: string) =>
    findAll(compiled(source), text, createBudget()).map(([start, end]) => text.slice(start, end));
  expect(found("a+", "baaca")).toEqual(["aa", "a"]);
  expect(found("😀|x", "x😀x")).toEqual(["x", "😀", "x"]);
});

test("two groups of one name are not understood here", () => {
  expect(compilePattern("(?P<n>a)(?P<n>b)")).toBeUndefined();
});
