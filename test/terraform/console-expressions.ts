/**
 * The expressions that the evaluator is compared on: those of `console/expressions.txt`, and every literal with every
 * operator.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the module in which they are evaluated. */
export const CONSOLE_MODULE = join(import.meta.dirname, "console");
/** What Terraform answered, recorded by `tools/terraform-console.ts`. */
export const CONSOLE_ANSWERS = join(import.meta.dirname, "console.json");

/** One expression and Terraform's answer: a result as the console prints it, or the words of its complaint. */
export interface ConsoleAnswer {
  readonly expression: string;
  readonly result?: string;
  readonly error?: string;
}

const LITERALS = [
  ...["1", "-2.5", '"3"', '"a"', "true", "null", "[]", '["x", 1]', "{}", "{ k = 1 }"],
  ...['tolist(["x"])', "toset([1])", "tomap({ k = true })"],
];
const OPERATORS = ["+", "<", "==", "&&"];
const FUNCTIONS = [
  "tostring",
  "tonumber",
  "tobool",
  "tolist",
  "toset",
  "tomap",
  "jsonencode",
  "length",
  "type",
  "upper",
];

/** All expressions, each once. */
export function consoleExpressions(): readonly string[] {
  const lines = readFileSync(join(CONSOLE_MODULE, "expressions.txt"), "utf8").split("\n");
  const written = lines.filter((line) => line !== "" && !line.startsWith("# "));
  const operations = LITERALS.flatMap((a) =>
    LITERALS.flatMap((b) => OPERATORS.map((operator) => `${a} ${operator} ${b}`)),
  );
  const choices = LITERALS.flatMap((a) => LITERALS.map((b) => `true ? ${a} : ${b}`));
  const lists = LITERALS.flatMap((a) => LITERALS.map((b) => `tolist([${a}, ${b}])`));
  const calls = FUNCTIONS.flatMap((name) => LITERALS.map((literal) => `${name}(${literal})`));
  const texts = LITERALS.map((literal) => `"<\${${literal}}>"`);
  return [...new Set([...written, ...operations, ...choices, ...lists, ...calls, ...texts])];
}
