/**
 * Records what `terraform console` answers to every expression of the reference, into `test/terraform/console.json`.
 *
 * Run it with `node tools/terraform-console.ts` after adding expressions; it needs `terraform` 1.11 on the PATH and
 * takes a few minutes, since the console prints only the last answer when its input is a pipe: one process an
 * expression. The tests need only the file.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CONSOLE_ANSWERS,
  CONSOLE_MODULE,
  type ConsoleAnswer,
  consoleExpressions,
} from "../test/terraform/console-expressions.ts";

const AT_ONCE = 8;

/** A copy of the module, outside the working tree, so that terraform's own files do not get into it. */
const temporary = mkdtempSync(join(tmpdir(), "terraform-console-"));
const folder = join(temporary, "module");
cpSync(CONSOLE_MODULE, folder, { recursive: true });
writeFileSync(join(temporary, "empty.rc"), "");

try {
  const expressions = consoleExpressions();
  const answers: ConsoleAnswer[] = new Array(expressions.length);
  let next = 0;
  const worker = async (_: unknown, state: number) => {
    for (let index = next++; index < expressions.length; index = next++) {
      answers[index] = await ask(expressions[index] ?? "", state);
      if (index % 200 === 0) process.stderr.write(`${index} of ${expressions.length}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }).map(worker));
  writeFileSync(CONSOLE_ANSWERS, `[\n${answers.map((answer) => JSON.stringify(answer)).join(",\n")}\n]\n`);
} finally {
  rmSync(temporary, { recursive: true });
}

/** Terraform's answer to one expression. `state`: the number of the worker, since a console locks its state file. */
async function ask(expression: string, state: number): Promise<ConsoleAnswer> {
  const child = spawn("terraform", ["console", `-state=${join(temporary, `${state}.tfstate`)}`], {
    cwd: folder,
    env: { PATH: process.env["PATH"], CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: join(temporary, "empty.rc") },
  });
  let output = "";
  let complaint = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  child.stdin.end(`${expression}\n`);
  await new Promise((resolve) => child.on("close", resolve));
  return complaint.includes("Error: ")
    ? { expression, error: readComplaint(complaint) }
    : { expression, result: output.replace(/\n$/, "") };
}

/** The sentences of the first error, without its frame, its place and the stack of a panic. */
function readComplaint(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terraform colours its errors with escape sequences
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
  const frame = /╷\n([\s\S]*?)╵/.exec(plain.slice(plain.indexOf("Error: ") - 4))?.[1] ?? plain;
  const paragraphs = frame
    .split("\n")
    .map((line) => line.replace(/^│ ?/, ""))
    .join("\n")
    .split(/\n\s*\n/);
  const [summary = "", ...rest] = paragraphs;
  const words = rest.filter((paragraph) => !/^\s+on .* line \d+/.test(paragraph));
  return (words.length > 0 ? words.join(" ") : summary.replace("Error: ", ""))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/ goroutine \d+ \[.*$/, ".");
}
