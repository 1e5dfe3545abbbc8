import { expect, test } from "vitest";
import { parseJson } from "./json/document.ts";
import { MAX_JSON_VALUES, MAX_YAML_PIECES } from "./limits.ts";
import { parseYaml } from "./yaml/document.ts";

test("JSON with more values than memory is meant for is named", () => {
  const list = (count: number) => parseJson({ path: "a.json", text: `[${"1,".repeat(count - 1)}1]` }).problems;
  expect(list(MAX_JSON_VALUES).map(({ message }) => message)).toEqual([
    "This is not valid JSON: it has more than 2 million values.",
  ]);
  expect(list(1_000)).toEqual([]);
});

test("YAML with more pieces than memory is meant for is named before it is read", () => {
  const lines = (count: number) => parseYaml({ path: "a.yaml", text: `a: b${"\n".repeat(count)}` });
  expect(lines(MAX_YAML_PIECES).problems.map(({ message }) => message)).toEqual([
    "This is not valid YAML: it has more than 2 million names, signs and blanks.",
  ]);
  expect(lines(1_000).problems).toEqual([]);
});
