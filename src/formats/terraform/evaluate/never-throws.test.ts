/** Whatever functions, operators and templates are given: a value, or an unknown with a reason, and never an exception. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { functionNames } from "../functions/table.ts";
import { loadYaml } from "../functions/yaml.ts";
import { loadGrammar } from "../syntax/parse.ts";
import { attributes } from "./testing.ts";
import { hasMark, isWhollyKnown, reasonOf, type TerraformValue, typeOf } from "./values.ts";

beforeAll(async () => {
  await loadGrammar();
  await loadYaml();
});

const ATOMS = [
  ...[
    "null",
    "true",
    "0",
    "1",
    "-3",
    "1.5",
    "1e20",
    '""',
    '"a"',
    '"10.0.0.0/8"',
    '"2020-01-02T03:04:05Z"',
    '"%s-%d"',
    '"/(a|b)+/"',
  ],
  ...[
    "[]",
    "{}",
    '["a", "b"]',
    "[1, [2, null]]",
    '{ a = 1, b = "x" }',
    "{ a = { b = [] } }",
    'tolist(["a"])',
    "toset([2, 1])",
    "tomap({ k = true })",
  ],
  ...[
    "var.x",
    '"${var.x}"',
    '"${secret.arn}:a::"',
    "[var.x]",
    "[for i in var.x : i]",
    "{ (var.x) = 1 }",
    "merge({ a = 1 }, var.x)",
    "concat([1], var.x)",
  ],
  ...[
    "sensitive(1)",
    'sensitive("s")',
    "[sensitive(true)]",
    'file("a.json")',
    'file("none")',
    'file("../x")',
    '"é😀\\n"',
    '"{\\"a\\": [1]}"',
    "tostring(null)",
  ],
];

const expressions = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    { arbitrary: fc.constantFrom(...ATOMS), weight: 2 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...functionNames()), fc.array(tie("any"), { maxLength: 3 }), fc.boolean())
        .map(([name, list, expand]) => `${name}(${list.join(", ")}${expand && list.length > 0 ? "..." : ""})`),
      weight: 6,
    },
    fc
      .tuple(tie("any"), fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"), tie("any"))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("any"), tie("any"), tie("any")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `${a}[${b}]`.replace(/^(-?[\d.e]+)/, "($1)")),
    tie("any").map((inner) => `[for k, v in ${inner} : "\${k}" if v != null]`),
    tie("any").map((inner) => `{ for v in ${inner} : v => v... }`),
    tie("any").map((inner) => `"a\${${inner}}b%{ for v in ${inner} }\${v}%{ endfor }"`),
    tie("any").map((inner) => `[${inner}][*].a`),
  ),
})).any;

function ask(value: TerraformValue): void {
  typeOf(value);
  hasMark(value);
  expect(isWhollyKnown(value) || reasonOf(value) !== undefined).toBe(true);
  if (value.kind === "text") {
    value.json?.();
    expect(value.offsets?.().length ?? value.value.length + 1).toBe(value.value.length + 1);
  }
}

test("any expression has a value, and one that is not known has a reason", () => {
  fc.assert(
    fc.property(expressions, (text) => {
      const resolve = ({ root }: { readonly root: string }) =>
        root === "secret"
          ? ({
              kind: "text",
              value: "arn:⟨AWS.Region⟩:x",
              at: { file: { path: "x", text: "" }, start: 0, end: 0 },
            } as const)
          : undefined;
      ask(attributes(`x = ${text}\n`, resolve, { "a.json": '{"a": ["x"]}' }).of("x"));
    }),
    { numRuns: 3000 },
  );
});
