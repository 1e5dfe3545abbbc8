/** Which configuration decides a run. A change must not be able to switch off the check that it must pass. */
import { dirname, posix, resolve } from "node:path";
import { type Config, defaultConfig, isSameConfig, type ReadConfig } from "../config/config.ts";
import { parseConfig } from "../config/parse.ts";
import { configNames, readConfig } from "../config/read.ts";
import { problemLine } from "../source.ts";
import { leadsOut } from "../sources/tree.ts";
import { isThroughLink, isWithin, wayTo } from "../sources/within.ts";
import { type Checkout, repositoryOf } from "./checkout.ts";

export interface Configuration {
  readonly config: Config;
  readonly notices: readonly string[];
  /** Why the configuration that decides is not known: the check fails, after it has shown what it found. */
  readonly failure?: string;
}

/** What judges the change in the checkout. */
export interface Base {
  /** As people call it: "the base branch". */
  readonly words: string;
  /**
   * The texts of files there (paths of the repository), undefined for one that it doesn't have. Throws when they can't
   * be read. Null: there is no token to ask with.
   */
  readonly read: ((paths: readonly string[]) => Promise<readonly (string | undefined)[]>) | null;
  /** The bytes of a file there, in the same way. */
  readonly bytes: ((path: string) => Promise<Uint8Array | undefined>) | null;
}

/** Used when nobody knows what was forbidden. */
const strictest: Config = { ...defaultConfig, failOn: "warning" };

/**
 * The configuration in the checked folder or, where a `base` judges the change, the base's: default when that has none,
 * or a broken one (so that a pull request can fix it). Throws a sentence when the folder's own is invalid: nothing would
 * read it later.
 */
export async function chooseConfiguration(
  checkout: Checkout,
  named: string | undefined,
  base: Base | undefined,
): Promise<Configuration> {
  // What is on the runner is no part of a change whose files are elsewhere.
  const own = checkout.remote === undefined ? await readConfig(checkout.root, named) : undefined;
  if (own !== undefined && own.problems.length > 0) throw new Error(own.problems.map(problemLine).join("\n"));
  const paths = pathsOf(checkout, named);
  if (base === undefined || paths.length === 0) return { config: own?.config ?? defaultConfig, notices: [] };
  if (base.read === null) {
    const notice = `Input github-token is empty, so the configuration of ${base.words} can't be read and the defaults apply.`;
    const isDefault = own !== undefined && isSameConfig(own.config, defaultConfig);
    return { config: defaultConfig, notices: isDefault ? [] : [notice] };
  }
  try {
    return compare(base.words, await readBase(paths, base.read), own?.config);
  } catch (error) {
    return { config: strictest, notices: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

function compare(words: string, { config, problems: [mistake] }: ReadConfig, own: Config | undefined): Configuration {
  if (mistake !== undefined) {
    const notice = `The configuration of ${words} is invalid and was not used: ${problemLine(mistake)}`;
    return { config: defaultConfig, notices: [notice] };
  }
  const notice = `The configuration here differs from that of ${words}, which decides. A change takes effect once it is merged.`;
  return { config, notices: own === undefined || isSameConfig(own, config) ? [] : [notice] };
}

/**
 * Where the configuration stands in the repository. None when the workflow has put it elsewhere: outside the
 * repository, or in a checkout of another one. Throws a sentence when there is a link on the way, which would be part of
 * the change.
 */
function pathsOf({ root, prefix, repository, remote }: Checkout, named: string | undefined): readonly string[] {
  if (named === undefined) return configNames.map((name) => `${prefix}${name}`);
  if (remote !== undefined) {
    const path = posix.join(prefix, named);
    return leadsOut(path) || posix.isAbsolute(path) ? [] : [path];
  }
  const full = resolve(root, named);
  const folder = dirname(full);
  if (isThroughLink(folder)) {
    throw new Error(`Input config is "${named}", which goes through a link. Name the file itself.`);
  }
  const ours = isWithin(repository, full) && repositoryOf(folder, repository) === repository;
  return ours ? [wayTo(repository, full)] : [];
}

async function readBase(paths: readonly string[], read: NonNullable<Base["read"]>): Promise<ReadConfig> {
  const texts = await read(paths);
  for (const [index, text] of texts.entries()) {
    if (text !== undefined) return parseConfig(text, paths[index] ?? "");
  }
  return { config: defaultConfig, problems: [] };
}
