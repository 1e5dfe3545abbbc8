import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { readBody } from "../body.ts";
import { loadGrammar, type RawTree } from "../grammar.ts";
import { parseByGrammar } from "../mend.ts";
import { fileOrigin } from "../origin.ts";
import { parsePlain } from "./parse.ts";

beforeAll(loadGrammar);

const ROOT = join(import.meta.dirname, "../../../../..");

/** Expressions of every kind, and files of the examples of rules and of the tests. */
const EXPRESSIONS = readFileSync(join(ROOT, "test/terraform/console/expressions.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((expression) => `x = (\n${expression}\n)\n`);
const FILES = ["policies", "test", "examples"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => join(ROOT, folder, path)),
  )
  .filter((path) => /\.(?:tf|tfvars|hcl)$/.test(path))
  .map((path) => readFileSync(path, "utf8"));

/** What is read of a concrete tree: everything but the file itself. */
function readingOf(text: string, { root }: RawTree): string {
  const file = { path: "main.tf", text };
  const complaints: string[] = [];
  const body = readBody(fileOrigin(file, text), root, (start, end, why) => {
    complaints.push(`${start}-${end} ${why}`);
    return { kind: "invalid", why, at: { file, start, end } };
  });
  return JSON.stringify([body, complaints], (key, value) => (key === "file" ? undefined : value));
}

/** Expects that what is read at once is what the grammar reads. */
function compare(text: string): boolean {
  const plain = parsePlain(text);
  if (plain === undefined) return false;
  const reference = parseByGrammar(text);
  expect(reference.hasError, text).toBe(false);
  expect(readingOf(text, plain), text).toBe(readingOf(text, reference));
  return true;
}

test("well-formed text is read as the grammar reads it, and nearly all is well-formed", () => {
  const read = EXPRESSIONS.filter(compare).length;
  expect(read / EXPRESSIONS.length).toBeGreaterThan(0.9);
  expect(FILES.length).toBeGreaterThan(10);
  expect(FILES.map((text) => compare(text.endsWith("\n") ? text : `${text}\n`))).not.toContain(false);
});

const TOKENS = [
  ..."\n ()[]{}\"$%=:?.,*-!~#<\\é'@0a_",
  ...[
    "${",
    "%{",
    "$${",
    "==",
    "//",
    "/*",
    "*/",
    "<<EOT\n",
    "<<-EOT\n",
    "\nEOT\n",
    "\\n",
    "\r\n",
    "...",
    "=>",
    "[*]",
    ".*",
    ".0",
  ],
  ...["for ", " in ", "if ", "else", "endif", "null", "true", "1.5", "1e3", "&&", "||", "::", "a.b", "(x)"],
];

test("text that is changed at random is read the same way, or left to the grammar", () => {
  const text = fc
    .tuple(
      fc.constantFrom(...EXPRESSIONS, ...FILES.filter((file) => file.length < 3000)),
      fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("", ...TOKENS)), { minLength: 1, maxLength: 3 }),
    )
    .map(([start, changes]) =>
      changes.reduce((changed, [at, gone, token]) => {
        const offset = at % (changed.length + 1);
        return changed.slice(0, offset) + token + changed.slice(offset + gone);
      }, start),
    );
  fc.assert(
    fc.property(text, (changed) => {
      compare(`${changed}\n`);
    }),
    { numRuns: 1500 },
  );
});

test("what could be read in two ways is left to the grammar", () => {
  const readable = ["a = 1", "b {}", "", "# nothing", 'b "l" m { a = 1 }', "a = null\nnull = 1", "for {}"];
  for (const text of readable) expect(parsePlain(`${text}\n`), text).toBeDefined();
  const unreadable = [
    "a",
    "a = ",
    "a = 1 b = 2",
    "a =\n1",
    "a = b\n(c)",
    "a = [b [0]]",
    "a = [b\n.c]",
    "a = b.0.1",
    'a = "\\q"',
    'a = "\n"',
    'a = "${}"',
    'a = "%{ if b }"',
    'a = "%{ endif }"',
    "a = <<EOT\nb",
    "a = <<EOT b\nEOT",
    "a = { b c }",
    "a = { b = 1 c = 2 }",
    "a = { b = 1\n- c = 2 }",
    "a = [for]",
    "a = in",
    "a = 0x1f",
    "a = 1x",
    "a = .5",
    "a = é",
    "a = b ? c",
    "a = f(b c)",
    "a = f(b..., c)",
    "b {",
    "b }",
    'b "${c}" {}',
    "b\n{}",
    "a = 1 /*\n*/",
    "/*",
  ];
  for (const text of unreadable) expect(parsePlain(`${text}\n`), text).toBeUndefined();
});

test("depth is left to the grammar, and no text takes long", () => {
  for (const [open, close] of ["()", "[]", "{}"].map((pair) => [...pair])) {
    const nested = `a = ${open?.repeat(5000)}1${close?.repeat(5000)}\n`;
    expect(parsePlain(nested)).toBeUndefined();
  }
  const bombs = [
    "a {\n",
    "a = [\n",
    'a = "${',
    "a = <<A\n",
    "/*",
    "a = 1\n",
    "a = !",
    "a = b ? ",
    "a = 1 + ",
    "a.b",
    "[*]",
    '"',
  ];
  for (const bomb of bombs) {
    for (const before of ["", "a = ", "a = <<B\n", 'a = "']) {
      const started = performance.now();
      parsePlain(`${before}${bomb.repeat(100_000)}\n`);
      expect(performance.now() - started, bomb).toBeLessThan(1000);
    }
  }
});
