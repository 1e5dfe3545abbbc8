import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseConfiguration } from "../../../src/syntax/hcl/parse.ts";
import { read } from "./dump.ts";
import { cases, hash, nameOf } from "./texts.ts";

/**
 * By a hash of the text: a hash of HashiCorp's tree, or null where it refuses the text. `tools/hcl-answers.ts` writes
 * it.
 */
const ANSWERS: Readonly<Record<string, string | null>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "answers.json"), "utf8"),
);

test("the reader accepts what HashiCorp's parser accepts, and makes the same tree of it", () => {
  // A string that was changed since it was recorded is left out.
  const known = cases().filter((one) => hash(nameOf(one)) in ANSWERS);
  expect(known.length).toBeGreaterThan(2500);
  const different = known.filter((one) => {
    const dump = read(...one);
    return (dump === null ? null : hash(dump)) !== ANSWERS[hash(nameOf(one))];
  });
  expect(different.map(([mode, text]) => [mode, text, read(mode, text)])).toEqual([]);
});

test("names of arguments may be in quotes, as Terraform 0.11 allowed it", () => {
  const text = 'variables {\n  "x" = 1\n}\na { "y" = 2 }\n';
  const { tree, problems } = parseConfiguration({ path: "main.tf", text });
  expect(problems).toEqual([]);
  const names = tree.blocks.map(({ body }) => body.attributes.map(({ name, value }) => [name, value.kind]));
  expect(names).toEqual([[["x", "number"]], [["y", "number"]]]);
});
