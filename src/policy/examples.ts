/** A bad and a good example of each rule, for `explain`: dist/examples.json.br. */
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { builtFile } from "./built.ts";

export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** What a rule finds and what it passes, as short as can be; `good` is empty where a format has none. */
export interface Pair {
  /** The title of the format. */
  readonly format: string;
  readonly bad: readonly ExampleFile[];
  /** What the command prints of the rule for the bad one. */
  readonly output: string;
  readonly good: readonly ExampleFile[];
}

/** The shortest pair of a rule, undefined when it has none. Throws a sentence when the file is missing or broken. */
export function loadPair(rule: string): Pair | undefined {
  const path = builtFile("examples.json.br");
  try {
    const pairs: Readonly<Record<string, Pair>> = JSON.parse(brotliDecompressSync(readFileSync(path)).toString("utf8"));
    return Object.hasOwn(pairs, rule) ? pairs[rule] : undefined;
  } catch (error) {
    throw new Error(`${path} can't be read: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
