import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../../source.ts";
import { readJson } from "../json/reader.ts";
import type { TextValue } from "../value.ts";
import { attributeOf, blocksOf } from "./body.ts";
import {
  parseConfiguration,
  parseExpression,
  parseJsonConfiguration,
  parseTemplateFile,
  parseTemplateText,
} from "./parse.ts";
import { type Expression, literalString, type TemplatePart } from "./tree.ts";

const BROKEN = "its block has a syntax error";

const written = ({ file, start, end }: Place): string => file.text.slice(start, end);
const configuration = (text: string) => parseConfiguration({ path: "main.tf", text });
const expression = (text: string): Expression => parseExpression({ path: "x.tf", text }).tree;

/** An expression with brackets around every part, so that precedence can be seen. */
function grouped(tree: Expression): string {
  switch (tree.kind) {
    case "number":
      return tree.digits;
    case "variable":
      return tree.name;
    case "attribute":
      return `${grouped(tree.source)}.${tree.name}`;
    case "index":
      return `${grouped(tree.source)}[${grouped(tree.key)}]`;
    case "item":
      return "@";
    case "splat":
      return `${grouped(tree.source)}[* ${grouped(tree.each)}]`;
    case "unary":
      return `(${tree.operator}${grouped(tree.operand)})`;
    case "binary":
      return `(${grouped(tree.left)} ${tree.operator} ${grouped(tree.right)})`;
    case "conditional":
      return `(${grouped(tree.condition)} ? ${grouped(tree.yes)} : ${grouped(tree.no)})`;
    default:
      return tree.kind;
  }
}

function parts(tree: Expression): readonly unknown[] {
  const shown = (part: TemplatePart): unknown => {
    switch (part.kind) {
      case "text":
        return part.chunks.map((chunk) => chunk.text).join("");
      case "interpolation":
        return [grouped(part.expression)];
      case "if":
        return { if: grouped(part.condition), yes: part.yes.map(shown), no: part.no.map(shown) };
      case "for":
        return { for: part.valueName, in: grouped(part.collection), body: part.body.map(shown) };
    }
  };
  return tree.kind === "template" ? tree.parts.map(shown) : [tree.kind];
}

test("blocks, labels and attributes have their places, in UTF-16 offsets", () => {
  const text = '# 😀 comment\nresource "aws_x" "né😀" {\n  name = "😀" # 😀\n  other = var.x\n}\n';
  const { tree, problems } = configuration(text);
  expect(problems).toEqual([]);
  const [block] = blocksOf(tree, "resource");
  expect(block?.labels.map((label) => [label.name, written(label.at)])).toEqual([
    ["aws_x", '"aws_x"'],
    ["né😀", '"né😀"'],
  ]);
  expect(block && written(block.at)).toBe(text.slice(text.indexOf("resource"), -1));
  const name = block && attributeOf(block.body, "name");
  expect(name && [written(name.nameAt), written(name.value.at), written(name.at)]).toEqual([
    "name",
    '"😀"',
    'name = "😀"',
  ]);
  const other = block && attributeOf(block.body, "other");
  expect(other && written(other.value.at)).toBe("var.x");
});

test("operators bind as Terraform binds them", () => {
  const cases: Readonly<Record<string, string>> = {
    "1 + 2 * 3 - 4": "((1 + (2 * 3)) - 4)",
    "a || b && c == d < e + f * !g": "(a || (b && (c == (d < (e + (f * (!g)))))))",
    "a ? b : c ? d : e": "(a ? b : (c ? d : e))",
    "a ? b ? c : d : e ? f : g ? h : i": "(a ? (b ? c : d) : (e ? f : (g ? h : i)))",
    "(a ? b : c) ? d : e": "((a ? b : c) ? d : e)",
    "-a.b[0] + 1": "((-a.b[0]) + 1)",
    "a == b ? c : d + 1": "((a == b) ? c : (d + 1))",
    "1e5 + 2E-3 + 1.5e+7": "((1e5 + 2E-3) + 1.5e+7)",
  };
  for (const [text, result] of Object.entries(cases)) expect([text, grouped(expression(text))]).toEqual([text, result]);
});

test("a full splat takes every operator behind it, an attribute splat only attributes and numbers", () => {
  expect(grouped(expression("a[*].b[0].c"))).toBe("a[* @.b[0].c]");
  expect(grouped(expression("a.*.b.0.c[1].d"))).toBe("a[* @.b[0].c][1].d");
  expect(grouped(expression("a[*].b[*].c"))).toBe("a[* @.b[* @.c]]");
});

test("a line break before a key in parentheses ends an item", () => {
  const { tree, problems } = configuration("x = {\n  a = b\n  (c) = 1\n  d = f(e)\n}\n");
  expect(problems).toEqual([]);
  const value = attributeOf(tree, "x")?.value;
  expect(value?.kind === "object" && value.items.map((item) => [written(item.key.at), written(item.value.at)])).toEqual(
    [
      ["a", "b"],
      ["c", "1"],
      ["d", "f(e)"],
    ],
  );
});

test("names of arguments may be in quotes, as in Terraform 0.11, where an object is a block then", () => {
  const text = `x "y" {
  "name" = "a"
  "statement" = {
    "actions" = ["s3:*"]
    "principals" = { "type" = "AWS" }
  }
  "statement" = { effect = "Deny" }
}
`;
  const { tree, problems } = configuration(text);
  expect(problems).toEqual([]);
  const body = tree.blocks[0]?.body;
  const statements = body ? blocksOf(body, "statement") : [];
  expect(statements.map((statement) => statement.body.attributes.map((attribute) => attribute.name))).toEqual([
    ["actions", "principals"],
    ["effect"],
  ]);
  const [principals] = statements[0] ? blocksOf(statements[0].body, "principals") : [];
  expect(principals && written(principals.at)).toBe('{ "type" = "AWS" }');
  const name = body && attributeOf(body, "name");
  expect(name && literalString(name.value)).toBe("a");
});

test("an argument that is set twice is reported", () => {
  expect(configuration("x {\n  a = 1\n  a = 2\n}\n").problems).toEqual([
    { path: "main.tf", line: 3, message: "This Terraform can't be read: an argument is set twice." },
  ]);
});

test("escape sequences are replaced in quotes; only the template's own are in heredocs", () => {
  expect(parts(expression('"a\\n\\"\\u00e9\\U0001F600$${x}%%{y}$$${z}"'))).toEqual(['a\n"é😀${x}%{y}$${z}']);
  const heredoc = attributeOf(configuration("x = <<E\n\\n $${a} %%{b} ${c}\nE\n").tree, "x")?.value;
  expect(heredoc && parts(heredoc)).toEqual(["\\n ${a} %{b} ", ["c"], "\n"]);
});

test("chunks of a string know where they are", () => {
  const tree = expression('"ab\\n${x}😀"');
  const chunks =
    tree.kind === "template" ? tree.parts.flatMap((part) => (part.kind === "text" ? part.chunks : [])) : [];
  expect(chunks.map((chunk) => [chunk.text, written(chunk.at)])).toEqual([
    ["ab", "ab"],
    ["\n", "\\n"],
    ["😀", "😀"],
  ]);
});

test("a heredoc with a dash loses the indentation that all its lines have", () => {
  const { tree } = configuration("x = <<-E\n    a\n      ${b}\n\n    c\n  E\ny = <<-E\n\t\ta\n\t  b\n\tE\n");
  const x = attributeOf(tree, "x")?.value;
  const y = attributeOf(tree, "y")?.value;
  expect(x && parts(x)).toEqual(["a\n  ", ["b"], "\n\nc\n"]);
  expect(y && parts(y)).toEqual(["a\n b\n"]);
});

test("directives nest, and strip markers take the spaces beside them", () => {
  const text = "a %{ if x ~}\n  b %{~ else ~} c %{ endif }%{ for k, v in y }<${~ k ~}>%{ endfor }";
  expect(parts(parseTemplateFile({ path: "t.tftpl", text }).tree)).toEqual([
    "a ",
    { if: "x", yes: ["  b"], no: ["c "] },
    { for: "v", in: "y", body: ["<", ["k"], ">"] },
  ]);
});

test("a single interpolation is the value itself, unless text stood beside it", () => {
  expect(expression('"${x}"').kind).toBe("wrap");
  expect(expression('" ${~ x}"').kind).toBe("template");
  expect(parseTemplateFile({ path: "t", text: "${x}" }).tree.kind).toBe("wrap");
});

test("an error in one block leaves the others, and is reported with its line", () => {
  const text = 'a "x" {\n  b = 1\n}\nc "y" {\n  d = "open\n}\ne "z" {\n  f = ,\n}\ng "w" {\n  h = 2\n}\n';
  const { tree, problems } = configuration(text);
  expect(tree.blocks.map((block) => [block.type, block.labels.map((label) => label.name)])).toEqual([
    ["a", ["x"]],
    ["c", ["y"]],
    ["e", ["z"]],
    ["g", ["w"]],
  ]);
  expect(problems.map((problem) => problem.line)).toEqual([5, 8]);
  expect(problems[0]?.message).toBe("This Terraform can't be read: a string is not closed.");
  const body = (type: string) => tree.blocks.find((block) => block.type === type)?.body;
  expect(body("g") && attributeOf(body("g") ?? tree, "h")?.value.kind).toBe("number");
  expect(body("c")?.attributes.map((attribute) => attribute.value.kind)).toEqual(["invalid"]);
  expect([body("a")?.broken, body("c")?.broken, body("e")?.broken]).toEqual([undefined, BROKEN, BROKEN]);
});

test("no part of the text is in a problem, since it may be a secret", () => {
  const { problems } = configuration('x = "hunter2\ny = 1\n');
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(problems)).not.toContain("hunter2");
});

test("what is nested too deeply is reported instead of overflowing the stack", () => {
  for (const text of [
    `${"(".repeat(3000)}1${")".repeat(3000)}`,
    `${"!".repeat(3000)}x`,
    `${"a ? 1 : ".repeat(3000)}2`,
  ]) {
    expect(configuration(`x = ${text}\n`).problems.length).toBe(1);
  }
});

test("a JSON file is the same tree, with templates in its strings and blocks as objects", () => {
  const text =
    '{"resource": {"aws_x": {"y": {"name": "a-${var.b}", "n": 1.50, "tag": [{"k": 1}, {"k": 2}]}}}, "//": "no"}';
  const file = { path: "main.tf.json", text };
  const read = readJson({ text, place: (start, end) => ({ file, start, end }) });
  if (read.kind !== "value") throw new Error("the test's JSON is none");
  const { tree, problems } = parseJsonConfiguration(read.value);
  expect(problems).toEqual([]);
  const [block] = blocksOf(tree, "resource", 2);
  expect(block?.labels.map((label) => [label.name, written(label.at)])).toEqual([
    ["aws_x", '"aws_x"'],
    ["y", '"y"'],
  ]);
  const name = block && attributeOf(block.body, "name")?.value;
  expect(name && [parts(name), written(name.at)]).toEqual([["a-", ["var.b"]], '"a-${var.b}"']);
  expect(name?.kind === "template" && name.parts[1]?.kind === "interpolation" && written(name.parts[1].at)).toBe(
    "${var.b}",
  );
  const tags = block === undefined ? [] : blocksOf(block.body, "tag");
  expect(tags.map((tag) => written(tag.at))).toEqual(['{"k": 1}', '{"k": 2}']);
});

test("templates in strings have their places through the string's escape sequences", () => {
  const file = { path: "a.json", text: '"\\"${x}\\n${y}"' };
  const value: TextValue = {
    kind: "text",
    value: '"${x}\n${y}',
    at: { file, start: 0, end: file.text.length },
    offsets: () => [1, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13],
  };
  const { tree } = parseTemplateText(value);
  const places =
    tree.kind === "template"
      ? tree.parts.flatMap((part) => (part.kind === "interpolation" ? [written(part.at)] : []))
      : [];
  expect(places).toEqual(["${x}", "${y}"]);
});

test("labels and keys are strings, keywords included", () => {
  expect(expression('{ a = 1, true = 2, null = 3, "b" = 4 }')).toMatchObject({ kind: "object" });
  const tree = expression("{ a = 1, true = 2, null = 3 }");
  expect(tree.kind === "object" && tree.items.map((item) => literalString(item.key))).toEqual(["a", "true", "null"]);
});

test("no text makes the reader throw", () => {
  const pieces = [
    "${",
    "%{",
    "}",
    "{",
    '"',
    "<<E\n",
    "E\n",
    "\n",
    "a",
    " = ",
    "(",
    ")",
    "[",
    "]",
    "?",
    ":",
    "~",
    "if ",
    "for ",
    "endif",
    "1e5",
    "\\",
    "é",
    "😀",
    "#",
    "/*",
    ",",
    ".",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (list) => {
      const text = list.join("");
      configuration(text);
      parseTemplateFile({ path: "t", text });
      expression(text);
    }),
    { numRuns: 300 },
  );
});
