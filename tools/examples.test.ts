import { expect, test } from "vitest";
import { type Example, pairsOf } from "./examples.ts";

test("a pair shows what its rule finds, and nothing else that the command prints", () => {
  const output = `error[other]: first
  = help: https://example.com/other

error[a-rule]: second
 --> x:1:1
  |
  = fix: write
  = help: https://example.com/a-rule

warning[a-rule] (likely): third

unverified: 1 open question

failed: 2 errors
`;
  const bad: Example = { name: "x.bad.json", kind: "bad", files: [{ path: "x.bad.json", text: "{}" }], output };
  expect(pairsOf("a-rule", [bad])).toEqual([
    {
      format: "Raw files",
      bad: bad.files,
      output: "error[a-rule]: second\n --> x:1:1\n  |\n  = fix: write\n\nwarning[a-rule] (likely): third",
      good: [],
    },
  ]);
});
