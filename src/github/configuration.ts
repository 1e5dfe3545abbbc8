/** Which configuration decides a run. A pull request must not be able to switch off the check that it must pass. */
import { isDeepStrictEqual } from "node:util";
import { type Config, configNames, defaultConfig, parseConfig, type ReadConfig, readConfig } from "../config.ts";

export interface Configuration {
  readonly config: Config;
  readonly notices: readonly string[];
}

/** The text of a file at the base of the pull request, undefined when it has none. */
export type BaseFile = (path: string) => Promise<string | undefined>;

/**
 * The configuration in the checked folder or, for a pull request, the one of its base: default when that has none, or a
 * broken one (so that a pull request can fix it). Throws a sentence when the folder's own is invalid: nothing would
 * read it later.
 */
export async function chooseConfiguration(
  root: string,
  named: string | undefined,
  base: BaseFile | undefined,
): Promise<Configuration> {
  const own = await readConfig(root, named);
  if (own.problems.length > 0) throw new Error(own.problems.map(sentence).join("\n"));
  if (base === undefined) return { config: own.config, notices: [] };
  const found = await readBase(named, base);
  const [mistake] = found.problems;
  if (mistake !== undefined) {
    const notice = `The configuration of the base branch is invalid and was not used: ${sentence(mistake)}`;
    return { config: defaultConfig, notices: [notice] };
  }
  const changed = !isDeepStrictEqual(own.config, found.config);
  const notice = "This pull request changes the configuration of the check. The change takes effect once it is merged.";
  return { config: found.config, notices: changed ? [notice] : [] };
}

async function readBase(named: string | undefined, base: BaseFile): Promise<ReadConfig> {
  const names = named === undefined ? configNames : [named];
  const texts = await Promise.all(names.map(base));
  for (const [index, text] of texts.entries()) {
    if (text !== undefined) return parseConfig(text, names[index] ?? "");
  }
  return { config: defaultConfig, problems: [] };
}

function sentence({ path, line, message }: ReadConfig["problems"][number]): string {
  return `${line === undefined ? path : `${path}:${line}`}: ${message}`;
}
