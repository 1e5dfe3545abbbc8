import fc from "fast-check";
import { expect, test } from "vitest";
import { Document, parse, parseDocument, stringify, visit } from "yaml";
import { literal } from "../../facts/text.ts";
import { expandTag } from "../../formats/cloudformation/short-tags.ts";
import { plain, texts } from "../../formats/testing.ts";
import type { SourceFile } from "../../source.ts";
import { get, type Value } from "../value.ts";
import { parseYaml } from "./document.ts";

const file = (text: string): SourceFile => ({ path: "stack.yaml", text });
const read = async (text: string) => parseYaml(file(text), expandTag).values.map(plain);
const problems = async (text: string) => parseYaml(file(text), expandTag).problems;
const one = async (text: string): Promise<Value> => {
  const { values, problems } = parseYaml(file(text), expandTag);
  expect(problems).toEqual([]);
  const [value] = values;
  if (!value) throw new Error("no document");
  return value;
};
const written = ({ at }: Value) => at.file.text.slice(at.start, at.end);

test("values know their place, without the tag and comments around them", async () => {
  const value = await one('a: &x !x "b" # c\nlist:\n  - 1\n  - {k: v}\n\n# end\nnext: |\n  text\n\n');
  expect(written(value)).toBe('a: &x !x "b" # c\nlist:\n  - 1\n  - {k: v}\n\n# end\nnext: |\n  text');
  expect(written(get(value, "a") as Value)).toBe('"b"');
  expect(written(get(value, "list") as Value)).toBe("- 1\n  - {k: v}");
  expect(written(get(value, "next") as Value)).toBe("|\n  text");
});

test("scalars are what CloudFormation makes of them, and what has leading zeros, or could be a date or a word, stays text", async () => {
  expect(
    await read(
      "account: 012345678901\nother: 123456789012\nversion: 2012-10-17\nyes: yes\nno: No\noctal: 0777\ntime: 12:30\nexp: 1e3\nlong: 12345678901234567890\n" +
        "quoted: 'true'\ntagged: !!str 1\nnumber: !!int '2'\nfloat: -1.5\nhex: 0x10\nbool: True\nnull1: ~\nnull2:\nnull3: null\nblock: |-\n  1\n",
    ),
  ).toEqual([
    {
      account: "012345678901",
      other: 123456789012,
      version: "2012-10-17",
      yes: "yes",
      no: "No",
      octal: "0777",
      time: "12:30",
      exp: "1e3",
      long: "12345678901234567890",
      quoted: "true",
      tagged: "1",
      number: 2,
      float: -1.5,
      hex: 16,
      bool: true,
      null1: null,
      null2: null,
      null3: null,
      block: "1",
    },
  ]);
});

test("keys are text", async () => {
  expect(await read("1: a\ntrue: b\n~: c\n? [x]\n: d\n&k key: e\n*k : f\n")).toEqual([
    { "1": "a", true: "b", "~": "c", "[x]": "d", key: "f" },
  ]);
});

test("several documents are several values, and empty ones are none", async () => {
  expect(await read("a: 1\n---\n---\n# nothing\n---\n- 2\n...\n")).toEqual([{ a: 1 }, [2]]);
  expect(await read("")).toEqual([]);
});

test("a broken document leaves the others", async () => {
  const { values, problems } = parseYaml(file("a: 1\n---\nb: [\n---\nc: 3\n"));
  expect(values.map(plain)).toEqual([{ a: 1 }, { c: 3 }]);
  expect(problems.map(({ line }) => line)).toEqual([3]);
});

test("aliases repeat the value of the anchor before them", async () => {
  expect(await read("a: &x [1]\nb: *x\nc: &x {d: 2}\ne: *x\n")).toEqual([{ a: [1], b: [1], c: { d: 2 }, e: { d: 2 } }]);
});

test("merge keys bring what the mapping has not, the first of several first", async () => {
  expect(
    await read("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\none: {<<: *x, a: 0}\nboth: {c: 0, <<: [*x, *y]}\n'<<': z\n"),
  ).toEqual([
    {
      x: { a: 1, b: 1 },
      y: { b: 2, c: 2 },
      one: { b: 1, a: 0 },
      both: { a: 1, b: 1, c: 0 },
      "<<": "z",
    },
  ]);
});

test("what is merged and is no mapping leaves the object open", async () => {
  expect(await one("<<: text\na: 1\n")).toMatchObject({
    open: { kind: "shape", name: "<<" },
    entries: [{ key: "a" }],
  });
});

test("short tags are the objects that they abbreviate", async () => {
  expect(
    await read(
      [
        "- !Ref Secret",
        "- !GetAtt Stack.Outputs.Arn",
        "- !GetAtt [Secret, Id]",
        '- !Sub "${Secret}:password::"',
        "- !Sub [text, {A: !Ref B}]",
        "- !Join [':', [a, !Ref b]]",
        "- !If [Prod, 1, !Ref AWS::NoValue]",
        "- !Condition Prod",
        "- !Base64 |",
        "    x",
        "- !Select [0, !Split [',', a]]",
        "- !FindInMap [M, a, b]",
        "- !ImportValue 012",
        "- !GetAZs",
        "- !And [!Equals [a, b], !Not [!Or [!Condition C]]]",
        "- !Cidr [a, 1, 2]",
        "- !Transform {Name: AWS::Include}",
        "- !ToJsonString {a: 1}",
        "- !Length [1]",
      ].join("\n"),
    ),
  ).toEqual([
    [
      { Ref: "Secret" },
      { "Fn::GetAtt": ["Stack", "Outputs.Arn"] },
      { "Fn::GetAtt": ["Secret", "Id"] },
      { "Fn::Sub": "${Secret}:password::" },
      { "Fn::Sub": ["text", { A: { Ref: "B" } }] },
      { "Fn::Join": [":", ["a", { Ref: "b" }]] },
      { "Fn::If": ["Prod", 1, { Ref: "AWS::NoValue" }] },
      { Condition: "Prod" },
      { "Fn::Base64": "x\n" },
      { "Fn::Select": [0, { "Fn::Split": [",", "a"] }] },
      { "Fn::FindInMap": ["M", "a", "b"] },
      { "Fn::ImportValue": "012" },
      { "Fn::GetAZs": "" },
      { "Fn::And": [{ "Fn::Equals": ["a", "b"] }, { "Fn::Not": [{ "Fn::Or": [{ Condition: "C" }] }] }] },
      { "Fn::Cidr": ["a", 1, 2] },
      { "Fn::Transform": { Name: "AWS::Include" } },
      { "Fn::ToJsonString": { a: 1 } },
      { "Fn::Length": [1] },
    ],
  ]);
});

test("a tag is the key of its object, and the parts of a GetAtt have their own places", async () => {
  const value = get(await one("a: !GetAtt 'Secret.Id' # !GetAtt"), "a") as Value;
  expect(written(value)).toBe("!GetAtt 'Secret.Id'");
  const entry = value.kind === "object" ? value.entries[0] : undefined;
  expect(entry && value.at.file.text.slice(entry.keyAt.start, entry.keyAt.end)).toBe("!GetAtt");
  expect(entry && texts(entry.value).map(written)).toEqual(["Secret", "Id"]);
});

test("unknown tags are ignored", async () => {
  expect(await read("a: !vault |\n  x\nb: !foo [1]\nc: !<tag:example.com,2000:bar> {d: 1}\n")).toEqual([
    { a: "x\n", b: [1], c: { d: 1 } },
  ]);
});

test("placeholders without quotes are unknown, and inside texts they stay as they are written", async () => {
  expect(
    await read(
      'a: {{ x }}\nb: {{ y }}-suffix\nc: [[region]]\nd: @ENV@\ne: ["${Q}", ${R}]\nf: arn:aws:s3:::{{ bucket }}/x\ng: "{{ quoted }}"\nh: <region>\n',
    ),
  ).toEqual([
    {
      a: { unknown: "{{ x }}" },
      b: "{{ y }}-suffix",
      c: { unknown: "[[region]]" },
      d: { unknown: "@ENV@" },
      e: ["${Q}", "${R}"],
      f: "arn:aws:s3:::{{ bucket }}/x",
      g: "{{ quoted }}",
      h: "<region>",
    },
  ]);
  expect(await read("a: {{ x }}\n")).toEqual([{ a: { unknown: "{{ x }}" } }]);
});

test("brackets that would be taken for holes become look-alikes", async () => {
  expect(await read('⟨k⟩: "⟨*v⟩ \\u27e8"\n')).toEqual([{ "〈k〉": "〈*v〉 〈" }]);
});

test("syntax errors are problems with their line, and repeat nothing of the file", async () => {
  const problem = (message: string, line: number) => [
    { path: "stack.yaml", message: `This is not valid YAML: ${message}.`, line },
  ];
  expect(await problems("a: 1\nb: [1\nc: 2\n")).toEqual(problem("a bracket is not closed", 2));
  expect(await problems('a: "x\n')).toEqual(problem("a quote is not closed", 1));
  expect(await problems("a:\n\t- 1\n")).toEqual(problem("a line is indented with a tab", 2));
  expect(await problems("a: b: c\n")).toEqual(
    problem("a mapping begins on the line of a key; quote a value that contains a colon", 1),
  );
  expect(await problems("a: *\n")).toEqual(
    problem("an alias or anchor has no name; quote a value that starts with * or &", 1),
  );
  expect(await problems("a: 1\n b: 2\n")).toEqual(
    problem("a key spans several lines; check the indentation and the colons around it", 1),
  );
  expect(await problems("a:\n  b: 1\n c: 2\n")).toEqual(problem("a line is not indented like the lines around it", 3));
  expect(await problems("a: @x\n")).toEqual(problem("a value starts with a character that must be quoted", 1));
  expect(await problems("a: 1\nb\n")).toEqual(problem("a colon is missing after a key", 2));
  expect(await problems('a: "\\y"\n')).toEqual(
    problem("a value in double quotes has an escape that YAML does not know", 1),
  );
  expect(await problems("a: !Sub[b]\n")).toEqual(problem("a space is missing after a tag or anchor", 1));
  expect(await problems("a: [b\n  c: d\n")).toEqual(problem("a bracket is not closed", 1));
  expect(await problems("a: 1\nb: *x\n")).toEqual(problem("an alias has no anchor before it", 2));
  expect(await problems("a: &a [*a]\n")).toEqual(problem("an alias has no anchor before it", 1));
});

test("nesting is bounded, also through aliases", async () => {
  const message = "This YAML was not read: it nests deeper than 500 levels.";
  expect(await problems(`${"[".repeat(500)}${"]".repeat(500)}`)).toEqual([]);
  expect(await problems(`${"[".repeat(501)}${"]".repeat(501)}`)).toMatchObject([{ message }]);
  const chain = Array.from(
    { length: 600 },
    (_, index) => `a${index}: &a${index} [${index > 0 ? `*a${index - 1}` : ""}]`,
  );
  expect(await problems(chain.join("\n"))).toMatchObject([{ message }]);
  expect(await problems("- ".repeat(100_000))).toMatchObject([{ message }]);
  expect(await problems("a: ".repeat(10_000))).toMatchObject([{ message }]);
  expect(await problems("? ".repeat(10_000))).toMatchObject([{ message }]);
});

test("aliases that repeat aliases are bounded", async () => {
  const bomb = Array.from({ length: 30 }, (_, index) => {
    const item = index === 0 ? "x" : `*a${index - 1}`;
    return `a${index}: &a${index} [${Array.from({ length: 10 }, () => item).join(", ")}]`;
  });
  expect(await problems(bomb.join("\n"))).toEqual([
    { path: "stack.yaml", message: "This YAML was not read: its aliases repeat too many values.", line: 6 },
  ]);
});

/** Checks that each character of each text is where its offset says, allowing for escapes and folded line breaks. */
function expectOffsets(value: Value): void {
  for (const text of texts(value)) {
    const offsets = text.offsets?.() ?? [];
    expect(offsets.length).toBe(text.value.length + 1);
    const source = text.at.file.text;
    for (let index = 0; index < text.value.length; index++) {
      const offset = offsets[index] ?? -1;
      expect(offset).toBeGreaterThanOrEqual(text.at.start);
      expect(offsets[index + 1]).toBeGreaterThanOrEqual(offset);
      const character = text.value[index];
      if (source[offset] === "\\" || character === " " || character === "\n") continue;
      expect(literal(source[offset] ?? "")).toBe(character);
    }
    expect(offsets.at(-1)).toBeLessThanOrEqual(source.length);
  }
}

const STYLES = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;
const words = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        "a",
        "bc",
        " ",
        "  ",
        "\n",
        "\n\n",
        "'",
        '"',
        ": ",
        "#",
        "\\",
        "\t",
        "{",
        "⟨",
        "😀",
        "- ",
      ),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
  ),
  { maxLength: 20 },
);

test("each character of a string has its offset in the file, in every style", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(words, fc.constantFrom(...STYLES)), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 10, max: 40 }),
      fc.boolean(),
      async (scalars, lineWidth, crlf) => {
        const document = new Document({ list: scalars.map(([parts]) => parts.join("")) });
        let next = 0;
        visit(document, {
          Scalar(key, node) {
            if (key !== "key") node.type = scalars[next++]?.[1] ?? "PLAIN";
          },
        });
        const text = document.toString({ lineWidth, minContentWidth: 5 });
        // The library writes a few plain scalars, such as "-\n\na", so that it can't read them itself.
        fc.pre(parseDocument(text).errors.length === 0);
        const value = await one(crlf ? text.replaceAll(/\r?\n/g, "\r\n") : text);
        expectOffsets(value);
      },
    ),
    { numRuns: 500 },
  );
});

test("each character of a block scalar has its offset, whatever its header, indentation and line ends", async () => {
  const line = fc.constantFrom("", " ", "   ", "a", "b c", "  more", "\tt", "d ", "- x", "# y");
  const header = fc.tuple(fc.constantFrom("|", ">"), fc.constantFrom("", "2"), fc.constantFrom("", "-", "+"));
  await fc.assert(
    fc.asyncProperty(
      header,
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      async (header, lines, eol, end) => {
        const body = lines.map((text) => (text === "" ? "" : `  ${text}`)).join(eol);
        const { values, problems } = parseYaml(file(`key: ${header.join("")}${eol}${body}${end ? eol : ""}`));
        expect(values.length + problems.length).toBe(1);
        values.forEach(expectOffsets);
      },
    ),
    { numRuns: 1000 },
  );
});

test("each character of a flow scalar over lines has its offset", async () => {
  const part = fc.constantFrom(
    "a",
    "b c",
    " ",
    "\t",
    "\n",
    "\n  ",
    "\r\n ",
    "''",
    "\\n",
    "\\\n  ",
    "\\u00e9",
    "\\x41",
    '\\"',
    "\\ ",
    "x",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.constantFrom("'", '"', ""), async (parts, quote) => {
      const inner = parts.filter((text) => (quote === "'" ? !text.startsWith("\\") : text !== "''")).join("");
      const { values } = parseYaml(file(`key: [${quote}${inner}${quote}]`));
      values.forEach(expectOffsets);
    }),
    { numRuns: 1000 },
  );
});

test("of what the yaml package writes the value is what it was", async () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  await fc.assert(
    fc.asyncProperty(json, async (value) => {
      const text = stringify({ value }, { aliasDuplicateObjects: false });
      expect(await read(text)).toEqual([parse(text)]);
    }),
  );
});

test("no text makes it throw", async () => {
  const tokens = fc.constantFrom(
    ..."{}[],:\"'|>-?&*!%@#\n \t",
    "a",
    "&x ",
    "*x",
    "!Sub ",
    "!GetAtt ",
    "{{ x }}",
    "${X}",
    "<<: ",
    "---\n",
    "...\n",
    "\n  ",
    "%YAML 1.1\n",
    "\ue022",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(tokens).map((all) => all.join("")),
      ),
      async (text) => {
        const { values } = parseYaml(file(text), expandTag);
        values.forEach(expectOffsets);
      },
    ),
    { numRuns: 2000 },
  );
});
