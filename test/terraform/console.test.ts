/** The evaluator agrees with `terraform console` on every recorded expression. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { evaluate } from "../../src/formats/terraform/language/evaluate/evaluate.ts";
import { typeOf } from "../../src/formats/terraform/language/evaluate/values.ts";
import { functionNames } from "../../src/formats/terraform/language/functions/table.ts";
import { loadYaml } from "../../src/formats/terraform/language/functions/yaml.ts";
import { parseExpression } from "../../src/syntax/hcl/parse.ts";
import { CONSOLE_ANSWERS, type ConsoleAnswer, consoleExpressions } from "./console-expressions.ts";
import { formatType, formatValue } from "./console-format.ts";
import { type ConsoleModule, loadConsoleModule } from "./console-module.ts";

const answers: readonly ConsoleAnswer[] = JSON.parse(readFileSync(CONSOLE_ANSWERS, "utf8"));
const UNKNOWN = "(known after apply)";

let module: ConsoleModule;
beforeAll(async () => {
  module = await loadConsoleModule();
  await loadYaml();
});

interface Outcome {
  readonly result: string;
  /** What Terraform would say when it refuses, if it does. */
  readonly error: string | undefined;
  readonly readable: boolean;
}

function outcomeOf(expression: string): Outcome {
  const { tree, problems } = parseExpression({ path: "console.tf", text: expression });
  const setting = module.setting();
  // `type` is the console's own function.
  const [argument] = tree.kind === "call" && tree.name === "type" ? tree.arguments : [];
  const value = evaluate(argument ?? tree, setting);
  const result = argument === undefined ? formatValue(value) : formatType(typeOf(value));
  return { result, error: setting.faults[0]?.why, readable: problems.length === 0 };
}

/** Complaints about names that only a whole configuration can make, and of files that the reader can't read. */
const OF_CONFIGURATION =
  /has not been declared|No module call named|object (?:can|is not)|reference to a resource type|provider::|is a directory/;

/** Words that depend on the implementation: where in the template, the YAML parser's own complaint, the reasons of every argument. */
function comparable(complaint: string): string {
  return complaint
    .replace(/, referenced at .*\.$/, ".")
    .replace(/(Call to function "yamldecode" failed: ).*/, "$1…")
    .replace(/(no expression succeeded).*/, "$1")
    .replace(/failed: \S+: Template result is null; /, "failed: ")
    .replace(/\.+$/, ".");
}

test("every recorded expression gives what Terraform's console prints", () => {
  const wrong = answers
    .filter((answer) => answer.result !== undefined)
    .map((answer) => ({ ...answer, ...outcomeOf(answer.expression) }))
    .filter(
      (outcome, index) => outcome.result !== answers.filter((answer) => answer.result !== undefined)[index]?.result,
    );
  expect(wrong).toEqual([]);
});

test("every expression that Terraform refuses is unknown, and readable ones have Terraform's complaint as reason", () => {
  const wrong: unknown[] = [];
  for (const { expression, error } of answers) {
    if (error === undefined) continue;
    const outcome = outcomeOf(expression);
    const same = outcome.error !== undefined && comparable(outcome.error) === comparable(error);
    const acceptable = same || !outcome.readable || (OF_CONFIGURATION.test(error) && outcome.result === UNKNOWN);
    if (!acceptable) wrong.push({ expression, expected: error, ...outcome });
  }
  expect(wrong).toEqual([]);
});

test("the reference has at least 500 expressions, and its file is complete", () => {
  expect(answers.map((answer) => answer.expression)).toEqual(consoleExpressions());
  expect(answers.length).toBeGreaterThan(3000);
});

test("every function is in the reference, but those whose answer is never the same", () => {
  const text = answers.map((answer) => answer.expression).join("\n");
  const missing = functionNames().filter((name) => !text.includes(`${name}(`));
  expect(missing).toEqual(["abspath", "base64gzip", "plantimestamp", "timestamp", "uuid"]);
});
