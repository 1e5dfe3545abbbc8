import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as yaml from "yaml";
import { root } from "./opa.ts";
import { listsOfLexer, listsOfParser } from "./yaml.ts";

type Package = Pick<typeof yaml, "Lexer" | "Parser">;

const folder = mkdtempSync(join(tmpdir(), "yaml-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let lists: Package;
beforeAll(async () => {
  cpSync(join(root, "node_modules/yaml/browser/dist"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const [lexer, parser] = ["parse/lexer.js", "parse/parser.js"].map((file) => join(folder, file));
  if (!lexer || !parser) throw new Error("no files");
  writeFileSync(lexer, listsOfLexer(readFileSync(lexer, "utf8")));
  writeFileSync(parser, listsOfParser(readFileSync(parser, "utf8")));
  const [{ Lexer }, { Parser }] = await Promise.all([lexer, parser].map((file) => import(pathToFileURL(file).href)));
  lists = { Lexer, Parser };
});

function tokensOf({ Lexer, Parser }: Package, text: string): unknown[] {
  const parser = new Parser();
  const tokens = [...new Lexer().lex(text)].flatMap((piece) => [...parser.next(piece)]);
  return [...tokens, ...parser.end()];
}

test("lists give the tokens that generators give, of every YAML file of the examples and of the program", () => {
  const files = ["examples", "policies", ".github", "test"].flatMap((below) =>
    readdirSync(join(root, below), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.ya?ml$/.test(path))
      .map((path) => readFileSync(join(root, below, path), "utf8")),
  );
  expect(files.length).toBeGreaterThan(100);
  for (const text of files) expect(tokensOf(lists, text)).toEqual(tokensOf(yaml, text));
});

test("lists give the tokens that generators give, of any string", () => {
  const sign = fc.constantFrom(
    ..."a b:-?,[]{}#&*!|>'\"%@`\n\t\r.~<",
    "\n  ",
    "\n- ",
    ": ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "|+2\n",
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
      const text = signs.join("");
      expect(tokensOf(lists, text)).toEqual(tokensOf(yaml, text));
    }),
    { numRuns: 2_000 },
  );
});

test("another parser is refused", () => {
  expect(() => listsOfParser("class Parser {}")).toThrow("the parser of the yaml package is another one");
});
