import fc from "fast-check";
import { expect, test } from "vitest";
import { plain, texts } from "../formats/testing.ts";
import { parseEmbeddedJson } from "./embedded.ts";
import { parseJson } from "./json/document.ts";
import type { TextValue, Value } from "./value.ts";
import { parseYaml } from "./yaml/document.ts";

const at = { file: { path: "main.tf", text: "x" }, start: 3, end: 9 };
const computed = (value: string): TextValue => ({ kind: "text", value, at });
const written = ({ at }: Value) => at.file.text.slice(at.start, at.end);
const only = (value: Value | undefined): TextValue => {
  const [text] = value ? texts(value) : [];
  if (!text) throw new Error("no text");
  return text;
};

test("JSON in a string of JSON in a string of JSON has its places in the file", () => {
  const policy = { Statement: [{ Action: 'a"b\\c', Resource: "é\n😀" }] };
  const text = JSON.stringify({ outer: JSON.stringify({ inner: JSON.stringify(policy) }) });
  const outer = only(parseJson({ path: "a.json", text }).value);
  const inner = only(parseEmbeddedJson(outer));
  const value = parseEmbeddedJson(inner) as Value;
  expect(plain(value)).toEqual(policy);
  const [action, resource] = texts(value);
  expect(written(action as Value)).toBe('\\\\\\"a\\\\\\\\\\\\\\"b\\\\\\\\\\\\\\\\c\\\\\\"');
  expect(written(resource as Value)).toBe('\\\\\\"é\\\\\\\\n😀\\\\\\"');
});

test("JSON in a block scalar of YAML has its places in the file", async () => {
  const text = 'Policy: !Sub |\n    {\n      "Action": "kms:Decrypt",\n      "Resource": ["*"]\n    }\n';
  const { values } = await parseYaml({ path: "a.yaml", text });
  const value = parseEmbeddedJson(only(values[0])) as Value;
  expect(plain(value)).toEqual({ Action: "kms:Decrypt", Resource: ["*"] });
  expect(texts(value).map(written)).toEqual(['"kms:Decrypt"', '"*"']);
  expect(written(value)).toBe('{\n      "Action": "kms:Decrypt",\n      "Resource": ["*"]\n    }');
});

test("holes stay in strings, and bare ones are unknown values or texts", () => {
  expect(
    plain(parseEmbeddedJson(computed('{"a": "x⟨b⟩:⟨*c⟩", "d": ⟨*var.e⟩, "f": ⟨g⟩, "h": 1, "i": ⟨j⟩0}')) as Value),
  ).toEqual({
    a: "x⟨b⟩:⟨*c⟩",
    d: { unknown: "var.e" },
    f: "⟨g⟩",
    h: 1,
    i: "⟨j⟩0",
  });
});

test("what only an escape made is no hole", () => {
  expect(plain(parseEmbeddedJson(computed('["\\u27e8*x\\u27E9⟨y⟩", "\\\\u27e8"]')) as Value)).toEqual([
    "〈*x〉⟨y⟩",
    "\\u27e8",
  ]);
});

test("a string that begins with a hole may be anything", () => {
  expect(parseEmbeddedJson(computed(" ⟨*var.policy⟩"))).toEqual({
    kind: "unknown",
    name: "var.policy",
    at,
  });
});

test("a string that is neither a list nor an object is not a document", () => {
  for (const text of ["", "plain", '"text"', "12", "null", "{", "[1] x", "{a}"]) {
    expect(parseEmbeddedJson(computed(text))).toBeUndefined();
  }
});

test("without offsets everything is where the text is", () => {
  const value = parseEmbeddedJson(computed('["a"]')) as Value;
  expect(value.at).toEqual(at);
  expect(only(value).at).toEqual(at);
});

test("each character of an embedded string has its offset in the file, through JSON and every style of YAML", async () => {
  const string = fc.string({ unit: "binary", maxLength: 10 });
  const indented = (text: string) => text.replaceAll("\n", "\n    ");
  await fc.assert(
    fc.asyncProperty(fc.array(string), fc.constantFrom("json", "|", ">", "'", '"'), async (strings, style) => {
      const clean = strings.map((text) => text.replace(/[⟨⟩]|[^ -~]/gu, "é"));
      const json = JSON.stringify(clean, null, style === "|" ? 1 : 0);
      const quoted = new Map([
        ["json", JSON.stringify(json)],
        ['"', JSON.stringify(json)],
        ["'", `'${json.replaceAll("'", "''")}'`],
      ]).get(style);
      const text = quoted === undefined ? `a: ${style}-\n    ${indented(json)}\n` : `{"a": ${quoted}}`;
      const file = { path: "a", text };
      const outer = style === "json" ? parseJson(file).value : (await parseYaml(file)).values[0];
      const value = parseEmbeddedJson(only(outer)) as Value;
      expect(plain(value)).toEqual(clean);
      for (const text of texts(value)) {
        const offsets = text.offsets?.() ?? [];
        expect(offsets.length).toBe(text.value.length + 1);
        for (let index = 0; index < text.value.length; index++) {
          const character = file.text[offsets[index] ?? -1];
          expect(character === "\\" || character === text.value[index]).toBe(true);
        }
      }
    }),
  );
});
