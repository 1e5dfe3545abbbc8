import { expect, test } from "vitest";
import { withoutItem } from "./remove.ts";

/** The text without the item at the mark `«…»`, undefined where it stays. */
function without(marked: string, [from, to] = [0, marked.length]): string | undefined {
  const file = { path: "a", text: marked.replace(/[«»]/g, "") };
  const place = { file, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
  const [edit] = withoutItem(place, "b", { file, start: from, end: to });
  return edit && file.text.slice(0, edit.place.start) + edit.text + file.text.slice(edit.place.end);
}

test.each([
  ["the first", '[«"b"», "a"]', '["a"]'],
  ["one between", "['a', «'b'», 'c']", "['a', 'c']"],
  ["the last", '["a", «"b"»]', '["a"]'],
  ["the last with a comma", '["a", «"b"», ]', '["a", ]'],
  ["the only one", 'concat(x, [«"b"»])', "concat(x, [])"],
  ["plain", "[a,«b»]", "[a]"],
  ["escaped", String.raw`"[\"a\",\n \"x\", «\"b\"»\n]"`, String.raw`"[\"a\",\n \"x\"\n]"`],
  ["escaped, the first", String.raw`"[\n «\"b\"»,\n \"a\"]"`, String.raw`"[\n \n \"a\"]"`],
  ["with a line", '[\n  "a",\n  «"b"»,\n  "c"\n]', '[\n  "a",\n  "c"\n]'],
  ["with the last line", '[\r\n  "a",\r\n  «"b"»\r\n]', '[\r\n  "a"\r\n]'],
  ["with a comment", '[\n  "a", # why\n  «"b"», # who\n]', '[\n  "a", # why\n]'],
  ["with a comment and no comma", '[\n  "a", // why\n  «"b"» // who\n]', '[\n  "a", // why\n]'],
  ["with the comment of the last", '[\n  "a",\n  «"b"» # who\n]', '[\n  "a"\n]'],
  ["a dash", "A:\n  - «b»\n  - a\n", "A:\n  - a\n"],
  ["a dash with a comment", "A:\r\n- a\r\n- «'b'» # why\r\nB: c", "A:\r\n- a\r\nB: c"],
  ["a dash at the end", "A:\n  - a\n  - «b»", "A:\n  - a"],
])("an item goes with what separates it: %s", (_, marked, expected) => {
  expect(without(marked)).toBe(expected);
});

test.each([
  "A: «b»\n",
  "A:\n  - - «b»\n",
  "A:\n  - «b»: c\n",
  'x ? «"b"» : "c"',
  'f(«"b"», "c")',
  'f(x, «"b"»)',
  "[«local.b», c]",
  '[«"b" # why»\n, "c"]',
  '[«"b"», # why\n "c"]',
])("what is no plain item of a list stays: %s", (marked) => {
  expect(without(marked)).toBeUndefined();
});

test("an item of a list elsewhere stays: others may have the list", () => {
  expect(without('actions = ["a", «"b"»]\nAction = local.actions', [20, 44])).toBeUndefined();
});
