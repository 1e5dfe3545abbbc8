import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exampleKind, FORMATS } from "../../src/formats/table.ts";

test("the page of formats names every kind of files that is read", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/formats.md"), "utf8").toLowerCase();
  const titles = FORMATS.flatMap(({ kinds = [] }) => kinds.map(({ title }) => title));
  expect(titles.filter((title) => !page.includes(title.toLowerCase()))).toEqual([]);
});

test.each([
  ["main.bad.tf", "terraform"],
  ["stack.bad.terraform", "terraform"],
  ["stack.bad.plan.json", "plan"],
  ["stack.good.yaml", "cloudformation"],
  ["stack.good.template.json", "cloudformation"],
  ["job.unknown.json", "raw"],
  ["jobs.bad.raw", "raw"],
  ["notes.md", undefined],
])("the name of the example %s says its kind: %s", (name, kind) => {
  expect(exampleKind(name)?.name).toBe(kind);
});
