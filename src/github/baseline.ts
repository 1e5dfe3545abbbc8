/** Which baseline counts in a run: a change must not be able to declare its own findings known. */
import { posix } from "node:path";
import { missing, readBaseline } from "../config/baseline.ts";
import type { Config } from "../config/config.ts";
import { type Problem, problemLine } from "../source.ts";
import { type Baseline, parseBaseline } from "../verdict/baseline.ts";
import type { Checkout } from "./checkout.ts";
import type { Base } from "./configuration.ts";

/** The baseline that counts; without one, why it can't be used. */
export interface ChosenBaseline {
  readonly baseline?: Baseline;
  readonly notices: readonly string[];
}

/**
 * The baseline that the configuration names: that of the checked folder or, where a `base` judges the change, the
 * base's. Where it can't be read every finding counts. Throws a sentence when the folder's own is invalid.
 */
export async function chooseBaseline(
  checkout: Checkout,
  config: Config,
  base: Base | undefined,
): Promise<ChosenBaseline> {
  const { baseline: path } = config;
  if (path === undefined) return { notices: [] };
  if (base === undefined) {
    const own = readBaseline(checkout.root, config);
    if (own !== undefined && "message" in own) throw new Error(problemLine(own));
    return own === undefined ? { notices: [] } : { baseline: own, notices: [] };
  }
  try {
    const found = await readFrom(base, posix.join(checkout.prefix, path), path);
    if (!("message" in found)) return { baseline: found, notices: [] };
    return { notices: [`The baseline of ${base.words} was not used: ${problemLine(found)}`] };
  } catch (error) {
    return { notices: [`The baseline was not used: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

async function readFrom({ read, words }: Base, path: string, shown: string): Promise<Baseline | Problem> {
  if (read === null) throw new Error(`without the input github-token that of ${words} can't be read.`);
  const [text] = await read([path]);
  return text === undefined ? missing(shown) : parseBaseline(text, shown);
}
