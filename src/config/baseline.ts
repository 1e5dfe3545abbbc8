/** The baseline that a configuration names. */
import type { Problem } from "../source.ts";
import { type Baseline, LONGEST_BASELINE, parseBaseline } from "../verdict/baseline.ts";
import type { Config } from "./config.ts";
import { readOwn } from "./read.ts";

/** The baseline in the checked folder, or what is wrong with it; undefined when the configuration names none. */
export function readBaseline(root: string, { baseline: path }: Config): Baseline | Problem | undefined {
  if (path === undefined) return undefined;
  const read = readOwn(root, path, "baseline", LONGEST_BASELINE);
  if (read === undefined) return missing(path);
  return "message" in read ? read : parseBaseline(read.text, path);
}

export function missing(path: string): Problem {
  return { path, message: `There is no such baseline. \`check --write-baseline ${path}\` writes it.` };
}
