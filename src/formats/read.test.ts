import { expect, test } from "vitest";
import { hole } from "../facts/text.ts";
import { type ObjectValue, unknownOf, type Value } from "../syntax/value.ts";
import { causeUnread, objects, toBoolean, toNumber, toText, toTexts } from "./read.ts";

const at = { file: { path: "a.json", text: "" }, start: 7, end: 9 };
const text = (value: string): Value => ({ kind: "text", value, at });
const list = (...items: Value[]): Value => ({ kind: "list", items, at });
const object = (fields: Record<string, Value>): ObjectValue => ({
  kind: "object",
  entries: Object.entries(fields).map(([key, value]) => ({ key, keyAt: at, value })),
  at,
});
const nothing: Value = { kind: "null", at };
const cause = { kind: "variable", name: "var.arn", unit: "env" } as const;
const unknown: Value = unknownOf(hole("var.arn@env", "wide", { cause }), at);

test("text, numbers and booleans are text, absent is null, unknown is a wide hole", () => {
  expect(toText(text("a"))).toEqual({ value: "a", at });
  expect(toText({ kind: "number", value: 123456789012, at })).toEqual({ value: "123456789012", at });
  expect(toText({ kind: "boolean", value: true, at })).toEqual({ value: "true", at });
  expect(toText(nothing)).toBeNull();
  expect(toText(undefined)).toBeNull();
  expect(toText(unknown)).toEqual({ value: "⟨*var.arn@env⟩", at });
});

test("a list or object in place of a string is a wide hole of its own", () => {
  expect(toText(list())).toEqual({ value: "⟨*list.7@a.json⟩", at });
  expect(toText(object({}))).toEqual({ value: "⟨*object.7@a.json⟩", at });
});

test("one text is a list of one, an unknown item is a wide hole, an unknown list is unseen", () => {
  expect(toTexts(text("a"), "Action")).toEqual({ values: [{ value: "a", at }], unseen: [] });
  expect(toTexts(list(text("a"), nothing, unknown), "Action")).toEqual({
    values: [
      { value: "a", at },
      { value: "⟨*var.arn@env⟩", at },
    ],
    unseen: [],
  });
  expect(toTexts(unknown, "Action")).toEqual({
    values: [],
    unseen: [{ part: "Action", cause, at }],
  });
  expect(toTexts(undefined, "Action")).toEqual({ values: [], unseen: [] });
});

test("a boolean may be a string, its default is the service's, and unknown is null", () => {
  expect(toBoolean({ kind: "boolean", value: false, at }, true)).toBe(false);
  expect(toBoolean(text("True"), null)).toBe(true);
  expect(toBoolean(text("off"), null)).toBe(false);
  expect(toBoolean(text("maybe"), true)).toBeNull();
  expect(toBoolean(undefined, true)).toBe(true);
  expect(toBoolean(nothing, false)).toBe(false);
  expect(toBoolean(unknown, true)).toBeNull();
});

test("a number may be a string, and unknown is null", () => {
  expect(toNumber({ kind: "number", value: 443, at }, null)).toBe(443);
  expect(toNumber(text("443"), null)).toBe(443);
  expect(toNumber(text("https"), 0)).toBeNull();
  expect(toNumber(undefined, 0)).toBe(0);
  expect(toNumber(unknown, 0)).toBeNull();
});

test("objects of something that is no list are unseen, and of nothing none", () => {
  expect(objects(text("a"), "secrets")).toEqual({
    values: [],
    unseen: [{ part: "secrets", cause: { kind: "shape", name: "secrets", unit: "a.json" }, at }],
  });
  expect(objects(undefined, "secrets")).toEqual({ values: [], unseen: [] });
});

test("items that are no objects are unseen by their index", () => {
  const one = object({ name: text("A") });
  expect(objects(list(one, nothing, unknown), "secrets")).toEqual({
    values: [one],
    unseen: [{ part: "secrets[2]", cause, at }],
  });
  expect(objects(one, "secrets")).toEqual({ values: [one], unseen: [] });
});

test("what a computed text depends on is why it can't be read, and a value of another kind has the wrong shape", () => {
  const cause = { kind: "variable", name: "var.a", unit: "main" } as const;
  const token = hole("var.a@main", "wide", { words: "var.a", unit: "main", cause });
  expect(causeUnread(text(`[${token}, ⟨b@main⟩`), "secrets")).toEqual(cause);
  const shape = { kind: "shape", name: "secrets", unit: "a.json" };
  expect(causeUnread({ kind: "number", value: 1, at }, "secrets")).toEqual(shape);
  expect(causeUnread(text("oops"), "secrets")).toEqual(shape);
});
