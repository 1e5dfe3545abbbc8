import { expect, test } from "vitest";
import type { Place } from "../source.ts";
import { behind, entry, isStatement } from "./insert.ts";

/** The text with a statement added behind the one at the mark `«…»`. */
function added(marked: string, statement: string): string {
  const text = marked.replace(/[«»]/g, "");
  const place: Place = { file: { path: "a", text }, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
  return behind(place, statement)
    .toReversed()
    .reduce((all, { place: { start, end }, text }) => all.slice(0, start) + text + all.slice(end), text);
}

test("an object goes into the list of the other one", () => {
  expect(added('[«{"a": 1}»]', "{\n  b\n}")).toBe('[{"a": 1}, {\n  b\n}]');
  expect(added("x = [\n  {},\n  «{ a = 1 }»,\n]", "{\n  b\n}")).toBe("x = [\n  {},\n  { a = 1 },\n  {\n    b\n  },\n]");
  expect(added("x = [{},\n  # https://a.b [c]\n  // d\n  «{ a = 1 }»]", "{ b }")).toBe(
    "x = [{},\n  # https://a.b [c]\n  // d\n  { a = 1 },\n  { b }]",
  );
  expect(added(String.raw`"[\n «{\"a\": 1}»]"`, "{ b }")).toBe(String.raw`"[\n {\"a\": 1}, { b }]"`);
});

test("an object alone becomes a list", () => {
  expect(added('{"Statement": «{"a": 1}»}', "{ b }")).toBe('{"Statement": [{"a": 1}, { b }]}');
  expect(added("Statement = «{ a = 1 }»", "{ b }")).toBe("Statement = [{ a = 1 }, { b }]");
  expect(added(String.raw`"{\"Statement\": «{\"a\": 1}»}"`, "{ b }")).toBe(
    String.raw`"{\"Statement\": [{\"a\": 1}, { b }]}"`,
  );
});

test("a block goes behind the other one", () => {
  expect(added('data "a" "b" {\n  statement «{\n    a = 1\n  }»\n}', "statement {\n  b\n}")).toBe(
    'data "a" "b" {\n  statement {\n    a = 1\n  }\n\n  statement {\n    b\n  }\n}',
  );
});

test("an item of YAML goes below the other one, and a comment stays where it is", () => {
  expect(added("Statement:\n  - «A: 1\n    B: 2» # why\nC: d\n", "- A: 2\n  B: 3")).toBe(
    "Statement:\n  - A: 1\n    B: 2 # why\n  - A: 2\n    B: 3\nC: d\n",
  );
  expect(added("Statement:\n  «A: 1\n  B: 2» # why\nC: d\n", "- A: 2\n  B: 3")).toBe(
    "Statement:\n  - A: 1\n    B: 2 # why\n  - A: 2\n    B: 3\nC: d\n",
  );
  for (const mark of ["&first", "&first # why", ""]) {
    const list = `Statement:\n  -${mark && ` ${mark}`}\n    A: 1\n    B: 2\n`;
    expect(added(list.replace("A: 1", "«A: 1").replace("B: 2", "B: 2»"), "- A: 2\n  B: 3")).toBe(
      `${list}  - A: 2\n    B: 3\n`,
    );
  }
  expect(added("Statement: [«{A: 1}»]", "{ A: 2 }")).toBe("Statement: [{A: 1}, { A: 2 }]");
});

test("what an alias repeats stays as it is: it may be of another role", () => {
  for (const [marked, isRepeated] of [
    ["Statement:\n  - &a\n    «A: 1»\nOther: [*a]\n", true],
    ["Statement: &all\n  - A: 1\n  - «A: 2»\nOther: *all\n", true],
    ["Statement: &all\n- A: 1\n- «A: 2»\nOther: *all\n", true],
    ["One: &policy\n  Doc:\n\n# why\n    Statement: [«{A: 2}»]\nOther: *policy\n", true],
    ["One: &policy {Statement: [«{A: 2}»]}\nOther: *policy\n", true],
    ["One: &other\n  A: 1\nStatement:\n  - «A: 2»\nOther: *other\n", false],
    ["- &other\n  A: 1\n- «A: 2»\n- *other\n", false],
    ["Statement: &all\n  - «A: 2»\nOther: a*all\n", false],
  ] as const) {
    const text = marked.replace(/[«»]/g, "");
    expect(added(marked, "- A: 3") === text, marked).toBe(isRepeated);
  }
});

test("what is made by an expression is left to people", () => {
  for (const marked of [
    "[for one in all : «{ a = 1 }»]",
    'dynamic "statement" {\n  content «{\n    a = 1\n  }»\n}',
    "x: «A: 1»",
    "locals {\n  one = «{ a = 1 }»\n}",
  ]) {
    expect(added(marked, "{ b }")).toBe(marked.replace(/[«»]/g, ""));
  }
});

test("the ARN of a policy is no statement", () => {
  const at = (text: string): Place => ({ file: { path: "a", text }, start: 0, end: text.length });
  expect(isStatement(at("arn:aws:iam::aws:policy/service-role/Action"))).toBe(false);
  for (const text of ["Effect: Allow", '{ "NotAction": [] }', String.raw`{\"Effect\": 1}`, "{ not_resources = [] }"]) {
    expect(isStatement(at(text))).toBe(true);
  }
});

/** The text with a key and a string put into the object at the mark. */
function put(marked: string): string {
  const text = marked.replace(/[«»]/g, "");
  const place: Place = { file: { path: "a", text }, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
  const [edit] = entry(place, "role", "x:y");
  return edit ? text.slice(0, edit.place.start) + edit.text + text.slice(edit.place.end) : "nowhere";
}

test("a key goes before the first one of an object, as it is written", () => {
  expect(put('{"c": «{"a": 1}»}')).toBe('{"c": {"role": "x:y", "a": 1}}');
  expect(put('«{\n  "a": 1\n}»')).toBe('{\n  "role": "x:y",\n  "a": 1\n}');
  expect(put("x = f(«{\n  a = 1\n}»)")).toBe('x = f({\n  role = "x:y"\n  a = 1\n})');
  expect(put("x = «{ a = 1 }»")).toBe('x = { role = "x:y", a = 1 }');
  expect(put("c: «{ a: 1 }»")).toBe('c: { role: "x:y", a: 1 }');
  expect(put("c:\n  «a: 1\n  b: 2»\n")).toBe('c:\n  role: "x:y"\n  a: 1\n  b: 2\n');
  expect(put("c:\n  - «a: 1\n    b: 2»\n")).toBe('c:\n  - role: "x:y"\n    a: 1\n    b: 2\n');
  expect(put("c: «*anchor»")).toBe("nowhere");
  expect(put(String.raw`"«{\"a\": 1}»"`)).toBe("nowhere");
});
