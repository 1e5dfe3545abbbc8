/** The evaluator agrees with `terraform console` on every recorded expression. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { evaluate } from "../../src/formats/terraform/language/evaluate/evaluate.ts";
import { typeOf } from "../../src/formats/terraform/language/evaluate/values.ts";
import { functionNames } from "../../src/formats/terraform/language/functions/table.ts";
import { loadAllLibraries } from "../../src/formats/terraform/language/libraries.ts";
import { parseExpression } from "../../src/syntax/hcl/parse.ts";
import { CONSOLE_ANSWERS, type ConsoleAnswer, consoleExpressions } from "./console-expressions.ts";
import { formatType, formatValue } from "./console-format.ts";
import { type ConsoleModule, loadConsoleModule } from "./console-module.ts";

const answers: readonly ConsoleAnswer[] = JSON.parse(readFileSync(CONSOLE_ANSWERS, "utf8"));
const UNKNOWN = "(known after apply)";

/** Complaints about names that only a whole configuration can make, and of files that the reader can't read. */
const OF_CONFIGURATION =
  /has not been declared|No module call named|object (?:can|is not)|reference to a resource type|provider::|is a directory/;

/** How many recorded answers are not computed here, by function or operator. No answer may be wrong. */
const UNKNOWN_ANSWERS: Readonly<Record<string, number>> = {
  "%": 2,
  "*": 8,
  "+": 8,
  "-": 1,
  "/": 5,
  abs: 5,
  ceil: 2,
  chunklist: 6,
  cidrhost: 8,
  cidrnetmask: 3,
  cidrsubnet: 3,
  cidrsubnets: 1,
  ephemeralasnull: 1,
  fileset: 1,
  floor: 2,
  format: 50,
  formatdate: 16,
  issensitive: 2,
  jsondecode: 1,
  jsonencode: 4,
  length: 2,
  literal: 10,
  log: 11,
  lower: 4,
  matchkeys: 5,
  parseint: 11,
  pathexpand: 1,
  pow: 17,
  regex: 1,
  regexall: 7,
  replace: 7,
  signum: 3,
  strrev: 4,
  sum: 7,
  textdecodebase64: 3,
  textencodebase64: 5,
  timeadd: 10,
  timecmp: 4,
  title: 5,
  tonumber: 1,
  transpose: 5,
  type: 2,
  upper: 4,
  urlencode: 4,
  uuidv5: 5,
  yamldecode: 8,
  yamlencode: 48,
};

/** How many refused expressions are unknown here without being refused: their functions or numbers are not computed. */
const NOT_REFUSED: Readonly<Record<string, number>> = {
  "/": 1,
  abs: 5,
  bcrypt: 1,
  chunklist: 1,
  cidrhost: 5,
  cidrnetmask: 2,
  cidrsubnet: 2,
  cidrsubnets: 5,
  format: 1,
  formatdate: 13,
  log: 1,
  matchkeys: 2,
  parseint: 10,
  rsadecrypt: 1,
  signum: 1,
  sum: 6,
  textdecodebase64: 2,
  textencodebase64: 2,
  timeadd: 4,
  timecmp: 1,
  transpose: 2,
  uuidv5: 1,
};

let module: ConsoleModule;
beforeAll(async () => {
  module = await loadConsoleModule();
  await loadAllLibraries();
});

interface Outcome {
  readonly result: string;
  readonly refused: boolean;
}

function outcomeOf(expression: string): Outcome {
  const { tree, problems } = parseExpression({ path: "console.tf", text: expression });
  const setting = module.setting();
  // `type` is the console's own function.
  const [argument] = tree.kind === "call" && tree.name === "type" ? tree.arguments : [];
  const value = evaluate(argument ?? tree, setting);
  const result = argument === undefined ? formatValue(value) : formatType(typeOf(value));
  return { result, refused: problems.length > 0 || setting.faults.length > 0 };
}

/** The first function, or else operator, of an expression. */
function subjectOf(expression: string): string {
  return /[a-z]\w*(?=\()/.exec(expression)?.[0] ?? / [-+*/%] |[?]/.exec(expression)?.[0].trim() ?? "literal";
}

function counted(expressions: readonly string[]): Record<string, number> {
  const subjects = expressions.map(subjectOf).sort();
  return Object.fromEntries(
    [...new Set(subjects)].map((name) => [name, subjects.filter((one) => one === name).length]),
  );
}

test("every recorded expression gives what Terraform's console prints, or is unknown on purpose", () => {
  const outcomes = answers.flatMap(({ expression, result }) =>
    result === undefined ? [] : [{ expression, expected: result, ...outcomeOf(expression) }],
  );
  const different = outcomes.filter(({ expected, result }) => result !== expected);
  const vague = different.filter(({ result }) => /\(known after apply\)|⟨|dynamic/.test(result));
  expect(different.filter((outcome) => !vague.includes(outcome))).toEqual([]);
  expect(vague.filter(({ refused }) => refused)).toEqual([]);
  expect(counted(vague.map(({ expression }) => expression))).toEqual(UNKNOWN_ANSWERS);
});

test("every expression that Terraform refuses is unknown", () => {
  const outcomes = answers.flatMap(({ expression, error }) =>
    error === undefined ? [] : [{ expression, error, ...outcomeOf(expression) }],
  );
  expect(outcomes.filter(({ result }) => !result.includes(UNKNOWN))).toEqual([]);
  const accepted = outcomes.filter(({ refused, error }) => !refused && !OF_CONFIGURATION.test(error));
  expect(counted(accepted.map(({ expression }) => expression))).toEqual(NOT_REFUSED);
});

test("the reference has at least 500 expressions, and its file is complete", () => {
  expect(answers.map((answer) => answer.expression)).toEqual(consoleExpressions());
  expect(answers.length).toBeGreaterThan(3000);
});

test("every function is in the reference, but those whose answer is never the same", () => {
  const text = answers.map((answer) => answer.expression).join("\n");
  const missing = functionNames().filter((name) => !name.startsWith("provider::") && !text.includes(`${name}(`));
  expect(missing).toEqual(["abspath", "base64gzip", "plantimestamp", "template file", "timestamp", "uuid"]);
});
