import { expect, test } from "vitest";
import { parseConfiguration, parseTemplateFile } from "./parse.ts";

const BROKEN = "its block has a syntax error";

test("a text that breaks off over and over is read to its end, in steps that grow with its length", () => {
  const bombs = [
    "a {\n",
    "a = [\n",
    'a = "${',
    "a = <<A\n",
    "/*",
    "a = !",
    "a = b ? ",
    "a = 1 + ",
    "a.b",
    "[*]",
    '"',
    "\r",
    "}\n",
  ];
  for (const bomb of [...bombs, "a {\n x = [\n", "a {\n x = <<E\n", "a = <<E\n]\n", "%{ if a }"]) {
    for (const before of ["", "a = ", "a = <<B\n", 'a = "']) {
      const text = `${before}${bomb.repeat(20_000)}\n`;
      parseConfiguration({ path: "main.tf", text });
      parseTemplateFile({ path: "t", text });
    }
  }
});

test("a block that is not closed ends where the next one starts", () => {
  const { tree, problems } = parseConfiguration({
    path: "main.tf",
    text: 'a "x" {\n  b {\n    c = 1\n}\nd "y" {\n  e = 2\n}\n',
  });
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [1, "This Terraform can't be read: a block is not closed."],
  ]);
  expect(tree.blocks.map(({ type, body }) => [type, body.broken])).toEqual([
    ["a", BROKEN],
    ["d", undefined],
  ]);
});

test("an error leaves what is behind it whole, heredocs too", () => {
  const text = "a {\n  x = <<F\n}\nb {\n  y = [\n}\nc {\n  z = <<E\n  text\nE\n}\n";
  const { tree, problems } = parseConfiguration({ path: "main.tf", text });
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [2, "This Terraform can't be read: a heredoc is not closed."],
    [6, "This Terraform can't be read: an expression is missing."],
  ]);
  expect(tree.blocks.map(({ type, body }) => [type, body.broken])).toEqual([
    ["a", BROKEN],
    ["b", BROKEN],
    ["c", undefined],
  ]);
});
