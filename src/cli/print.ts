/** Printing: results to standard output or a file, complaints to standard error. */

import { redactSource } from "../report/redact.ts";
import { clean } from "../report/visible.ts";
import { type Problem, problemLine } from "../source.ts";
import type { Mistake } from "./arguments.ts";
import { fileOutput, type Output, stream } from "./output.ts";

/** Standard output, or the file that is named. Throws a sentence when that can't be written. */
export function openOutput(path: string | undefined): Output {
  return path === undefined ? stream(1) : fileOutput(path);
}

export function print(text: string, path: string | undefined): 0 {
  const output = openOutput(path);
  output.write(text);
  output.close();
  return 0;
}

/** A sentence about the run itself, to standard error. */
export function tell(sentence: string): void {
  stream(2).write(`${clean(sentence)}\n`);
}

export function complain({ message, hint }: Mistake): 2 {
  stream(2).write(`${clean(`${message} ${hint}`.trimEnd())}\n`);
  return 2;
}

/** Reports what could not be read, a line each. */
export function refuse(problems: readonly Problem[]): 2 {
  const lines = problems.map(problemLine);
  stream(2).write(lines.map((line) => `${clean(redactSource(line))}\n`).join(""));
  return 2;
}
