/** Both sides of a condition that can't be decided, and what loops make of elements that are not known. */
import { expect, test } from "vitest";
import { holeOf, insides, isLiteral } from "../../../../facts/text.ts";
import type { Value } from "../../../../syntax/value.ts";
import { attributes } from "./testing.ts";

/** A value; what may be there is in `maybe`, and unknown values are the names of what they hang on. */
function shown(value: Value): unknown {
  switch (value.kind) {
    case "text":
      return isLiteral(value.value)
        ? value.value
        : insides(value.value).reduce((text, inside) => text.replace(inside, holeOf(inside).words), value.value);
    case "boolean":
    case "number":
      return value.value;
    case "null":
      return null;
    case "list":
      return value.items.map(shown);
    case "object": {
      const entries = value.entries.map(({ key, value }) => [key, shown(value)]);
      const others = value.others?.map(({ key, value }) => [`${isLiteral(key) ? key : "…"}?`, shown(value)]) ?? [];
      const more = value.open !== undefined && !value.others ? [["…", value.open.name]] : [];
      return Object.fromEntries([...entries, ...others, ...more]);
    }
    case "unknown":
      return value.like ? { maybe: shown(value.like) } : `? ${holeOf(value.name).cause.name}`;
  }
}

const value = (expression: string) => shown(attributes(`x = ${expression}\n`).of("x"));

test("a list that one side of a condition adds to may have those items", () => {
  expect(value('concat(["a"], var.x ? ["b"] : [])')).toEqual(["a", { maybe: "b" }]);
  expect(value('concat(["a"], var.x ? null : [{ k = 1 }])')).toEqual(["a", { maybe: { k: 1 } }]);
  expect(value('var.x ? ["a", "b"] : ["a", "c"]')).toEqual(["a", { maybe: "b" }, { maybe: "c" }]);
  expect(value('flatten([["a"], var.x ? [{ k = "b" }] : []])')).toEqual(["a", { maybe: { k: "b" } }]);
  expect(value('[for i in concat(["a"], var.x ? ["b"] : []) : { n = i }]')).toEqual([
    { n: "a" },
    { maybe: { n: "b" } },
  ]);
});

test("an object that one side of a condition adds to may have those entries, and no others", () => {
  expect(value("var.x ? {} : { a = 1 }")).toEqual({ "a?": 1 });
  expect(value('merge({ s = ["k"] }, var.x ? {} : { e = { n = 1 } })')).toEqual({ s: ["k"], "e?": { n: 1 } });
  expect(value('merge({ a = "1" }, var.x ? {} : { a = "2" })')).toEqual({ a: "? var.x" });
  expect(value('merge(var.x ? {} : { a = "2" }, { a = "1" })')).toEqual({ a: "1" });
  expect(value('merge({ a = "1" }, var.x ? {} : { b = "2" }, var.y)')).toEqual({ a: "? var.y", "…": "var.y" });
  expect(value('merge({ a = "1" }, var.x ? null : { b = "2" })')).toEqual({ a: "1", "b?": "2" });
  expect(value('var.x ? { a = ["k"] } : { a = [] }')).toEqual({ a: [{ maybe: "k" }] });
});

test("what may be there is not there for sure: lengths, keys and lookups don't count it", () => {
  for (const expression of [
    'length(concat(["a"], var.x ? ["b"] : []))',
    "length(var.x ? {} : { a = 1 })",
    "keys(var.x ? {} : { a = 1 })[0]",
    'contains(concat(["a"], var.x ? ["b"] : []), "b")',
    "try((var.x ? {} : { a = 1 }).a, 2)",
    'lookup(var.x ? {} : { a = 1 }, "a", 2)',
    "(var.x ? null : [1]) == null",
    'concat(["a"], var.x ? ["b"] : [])[1]',
  ]) {
    expect(attributes(`x = ${expression}\n`).of("x"), expression).toMatchObject({
      kind: expect.stringMatching(/unknown/),
    });
  }
});

test("an unknown collection has any number of elements of a known form", () => {
  expect(value('[for k in var.x : { name = k, from = "arn:${k}" }]')).toEqual([
    { maybe: { name: "? var.x", from: "arn:⟨*var.x[…]⟩" } },
  ]);
  expect(value('[for k, v in var.x : { name = k, from = "${v}:p" }]')).toEqual([
    { maybe: { name: "? var.x", from: "⟨*var.x[…]⟩:p" } },
  ]);
  expect(value('[for k in concat(["a"], var.x) : { name = k }]')).toEqual([
    { name: "a" },
    { maybe: { name: "? var.x" } },
  ]);
  expect(value('[for k in ["a"] : { name = k } if var.x]')).toEqual([{ maybe: { name: "a" } }]);
  expect(value('{ for k in ["a"] : k => 1 if var.x }')).toEqual({ "a?": 1 });
  expect(value("{ for k, v in var.x : k => { n = v } }")).toEqual({ "…?": { n: "? var.x" } });
  expect(value("[for k, v in merge({ a = 1 }, var.x ? {} : { b = 2 }) : { name = k, n = v }]")).toEqual([
    { name: "a", n: 1 },
    { maybe: { name: "b", n: 2 } },
  ]);
});

test("of two documents of JSON what both have is known", () => {
  const of = attributes('x = var.x ? jsonencode({ a = 1, b = "x" }) : jsonencode({ a = 1, b = "y" })\n').of("x");
  const document = of.kind === "text" ? of.json?.() : undefined;
  expect(document && shown(document)).toMatchObject({ a: 1 });
});
