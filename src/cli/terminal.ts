/** What standard output is: whether it shows colours, and how wide it is. */
import { fstatSync } from "node:fs";
import type { WriteOptions } from "../report/report.ts";
import { DEFAULT_WIDTH } from "../report/width.ts";

/** Narrower, code can't be shown; wider, sentences can't be read. Columns. */
const NARROWEST = 60;
const WIDEST = 120;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Process {
  readonly args: readonly string[];
  readonly workingFolder: string;
  readonly environment: Environment;
}

/**
 * How to render text for standard output, or for a file when `output` names one. FORCE_COLOR decides when it is set (0
 * and false mean no), then NO_COLOR, then whether it is a terminal (https://no-color.org, https://force-color.org).
 */
export async function terminal(environment: Environment, output: string | undefined): Promise<WriteOptions> {
  // Only a character device can be a terminal, and loading node:tty costs milliseconds.
  const columns = output === undefined && fstatSync(1).isCharacterDevice() ? await terminalColumns() : undefined;
  return {
    colour: colour(environment, columns !== undefined),
    width: columns === undefined ? DEFAULT_WIDTH : Math.min(WIDEST, Math.max(NARROWEST, columns)),
  };
}

async function terminalColumns(): Promise<number | undefined> {
  const { isatty } = await import("node:tty");
  if (!isatty(1)) return undefined;
  return process.stdout.columns || DEFAULT_WIDTH;
}

export function colour({ FORCE_COLOR, NO_COLOR, TERM }: Environment, isTerminal: boolean): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return !["0", "false"].includes(FORCE_COLOR.toLowerCase());
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return isTerminal && TERM !== "dumb";
}
