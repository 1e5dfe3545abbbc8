/** Random expressions for properties of the evaluator. */
import fc from "fast-check";
import { functionNames } from "../functions/table.ts";

/** `var.x` is unknown or anything; `secret.arn` has a narrow hole; one file is JSON, the other does not exist. */
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
    'concat(["c"], var.x == "a" ? ["a", "b"] : ["a"])',
    '(var.x == "a" ? {} : { a = "b" })',
    'merge({ a = "a" }, var.x == "a" ? null : { b = "b" })',
    '{ for k in ["a", "b"] : k => k if var.x == k }',
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
const OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"];

export const randomExpression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
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
      .tuple(tie("any"), fc.constantFrom(...OPERATORS), tie("any"))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("any"), tie("any"), tie("any")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a})[${b}]`),
    tie("any").map((inner) => `[for k, v in ${inner} : "\${k}" if v != null]`),
    tie("any").map((inner) => `{ for v in ${inner} : v => v... }`),
    tie("any").map((inner) => `"a\${${inner}}b%{ for v in ${inner} }\${v}%{ endfor }"`),
    tie("any").map((inner) => `[${inner}][*].a`),
  ),
})).any;
