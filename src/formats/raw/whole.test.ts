import { expect, test } from "vitest";
import { parseJson } from "../../syntax/json/document.ts";
import { isWhole } from "./whole.ts";

function whole(text: string): boolean | undefined {
  const { value } = parseJson({ path: "job.json", text });
  return value && isWhole(value);
}

test("a value is complete when no part of it may have more entries than are seen", () => {
  expect(whole('{"a": [1, null, true, "x"], "b": {"c": ${X}}}')).toBe(true);
  expect(whole('{"a": [{"b": 1, ${MORE}}]}')).toBe(false);
});

test("text that may be JSON may lack something", () => {
  expect(whole('{"a": " {}"}')).toBe(false);
  expect(whole('{"a": "b {}"}')).toBe(true);
});
