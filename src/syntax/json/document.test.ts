import fc from "fast-check";
import { expect, test } from "vitest";
import { literal } from "../../facts/text.ts";
import { plain, texts } from "../../formats/testing.ts";
import type { SourceFile } from "../../source.ts";
import { parseJson } from "./document.ts";

const file = (text: string): SourceFile => ({ path: "job.json", text });
const read = (text: string) => {
  const { value, problems } = parseJson(file(text));
  return { value: value && plain(value), problems };
};
const problem = (message: string, line: number) => ({
  value: undefined,
  problems: [{ path: "job.json", message: `This is not valid JSON: ${message}.`, line }],
});

test("values know their place, strings with their quotes", () => {
  const json = file('{\n  "vcpus": 2,\n  "a": ["x"]\n}');
  const at = (start: number, end: number) => ({ file: json, start, end });
  const { value, problems } = parseJson(json);
  expect(problems).toEqual([]);
  expect(value).toEqual({
    kind: "object",
    at: at(0, 30),
    entries: [
      { key: "vcpus", keyAt: at(4, 11), value: { kind: "number", value: 2, at: at(13, 14) } },
      {
        key: "a",
        keyAt: at(18, 21),
        value: {
          kind: "list",
          at: at(23, 28),
          items: [{ kind: "text", value: "x", at: at(24, 27), offsets: expect.any(Function) }],
        },
      },
    ],
  });
});

test("comments, trailing commas and a byte order mark are accepted", () => {
  expect(read('\ufeff{ // the job\n "a": [1, 2,], /* b */ }')).toEqual({ value: { a: [1, 2] }, problems: [] });
});

test("a file of nothing but white space and comments is no document", () => {
  expect(read(" \n// nothing\n")).toEqual({ value: undefined, problems: [] });
});

test("a key given twice stands twice, so the last one counts", () => {
  const { value } = parseJson(file('{"a": 1, "a": 2}'));
  expect(value?.kind === "object" && value.entries.map(({ key, value }) => [key, plain(value)])).toEqual([
    ["a", 1],
    ["a", 2],
  ]);
});

test("brackets that would be taken for holes become look-alikes, also when they are escaped", () => {
  expect(read('{"⟨k⟩": "⟨*v⟩ \\u27e8x\\u27E9"}').value).toEqual({ "〈k〉": "〈*v〉 〈x〉" });
});

test("syntax errors are problems with their line", () => {
  expect(read('https://example.com/image\n{"a": 1}')).toEqual(
    problem("a value is expected here, not text without quotes", 1),
  );
  expect(read('{\n  "a": 1\n  "b": 2\n}')).toEqual(problem('a comma or "}" is expected here, not a string', 3));
  expect(read('{"a":}')).toEqual(problem('a value is expected here, not "}"', 1));
  expect(read('{"a" 1}')).toEqual(problem("a colon is expected here, not a number", 1));
  expect(read("{a: 1}")).toEqual(problem('a key in quotes or "}" is expected here, not text without quotes', 1));
  expect(read("[1,,2]")).toEqual(problem("a value is expected here, not a comma", 1));
  expect(read('[\n"a')).toEqual(problem("a string does not end on its line", 2));
  expect(read('["\\x"]')).toEqual(problem("a string has an escape that JSON does not know", 1));
  expect(read('["a\tb"]')).toEqual(problem("a string has a control character that must be escaped", 1));
  expect(read("[1")).toEqual(problem('a comma or "]" is expected here, not the end', 1));
  expect(read("{}\n{}")).toEqual(problem("there is more text after the value", 2));
});

test("nesting is bounded", () => {
  expect(read(`${"[".repeat(500)}${"]".repeat(500)}`).problems).toEqual([]);
  expect(read("[".repeat(100_000))).toEqual({
    value: undefined,
    problems: [{ path: "job.json", message: "This JSON was not read: it nests deeper than 500 levels.", line: 1 }],
  });
});

test("placeholders without quotes are unknown values named after their spelling", () => {
  const { value, problems } = parseJson(
    file('{"a": ${{RAM}}, "b": {{ cpu }}, "c": [<region>, [[region]], __X__, %ENV%, REPLACE_ME], "d": ${A}-${B}}'),
  );
  expect(problems).toEqual([]);
  const unknown = (name: string) => ({ unknown: name });
  expect(value && plain(value)).toEqual({
    a: unknown("${{RAM}}"),
    b: unknown("{{ cpu }}"),
    c: ["<region>", "[[region]]", "__X__", "%ENV%", "REPLACE_ME"].map(unknown),
    d: unknown("${A}-${B}"),
  });
});

test("what is behind a placeholder keeps its place", () => {
  const text = '{"vcpus": ${{VCPUS}}, "image": "x"}';
  const { value } = parseJson(file(text));
  const image = value?.kind === "object" ? value.entries[1]?.value.at : undefined;
  expect(text.slice(image?.start, image?.end)).toBe('"x"');
});

test("a placeholder in place of entries leaves the object open, with or without commas", () => {
  for (const text of ['{"a": 1, ${MORE}}', '{"a": 1 ${MORE}}', '{${MORE}, "a": 1}']) {
    expect(parseJson(file(text)).value).toMatchObject({
      open: { kind: "placeholder", name: "${MORE}", unit: null },
      entries: [{ key: "a" }],
    });
  }
  expect(read("[1 ${MORE}]").value).toEqual([1, { unknown: "${MORE}" }]);
});

test("lists in lists are not placeholders", () => {
  expect(read("[[1]]").value).toEqual([[1]]);
  expect(read("[[true]]").value).toEqual([[true]]);
  expect(read('[["a"]]').value).toEqual([["a"]]);
});

test("of valid JSON the value is what JSON.parse says", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      expect(read(text.replace(/[⟨⟩]/g, "x"))).toEqual({
        value: JSON.parse(text.replace(/[⟨⟩]/g, "x"), (_key, value) => (value === 0 ? 0 : value)),
        problems: [],
      });
    }),
  );
});

test("each character of a string has its offset in the file", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 20 })), (strings) => {
      const json = file(JSON.stringify(strings, null, 1));
      const { value } = parseJson(json);
      for (const text of value ? texts(value) : []) {
        const offsets = text.offsets?.() ?? [];
        expect(offsets.length).toBe(text.value.length + 1);
        expect(offsets.at(-1)).toBe(text.at.end - 1);
        for (let index = 0; index < text.value.length; index++) {
          const written = json.text.slice(offsets[index], offsets[index + 1]);
          expect(literal(JSON.parse(`"${written}"`))).toBe(text.value[index]);
        }
      }
    }),
  );
});

test("no text makes it throw", () => {
  const tokens = fc.constantFrom(
    ...'{}[],:"\\',
    "${X}",
    "{{ x }}",
    "[[a]]",
    "<a>",
    "//",
    "/*",
    "1e",
    "-",
    "null",
    "\\u12",
    "⟨*a⟩",
    "\n",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(tokens).map((all) => all.join("")),
      ),
      (text) => {
        const { value, problems } = parseJson(file(text));
        expect(value === undefined || problems.length === 0).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});
