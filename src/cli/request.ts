/** What to check, by the command line and the configuration. */

import { join, posix, resolve } from "node:path";
import type { Config, ReadConfig } from "../config/config.ts";
import { configOf, readConfig } from "../config/read.ts";
import type { Problem } from "../source.ts";
import type { Mistake } from "./arguments.ts";
import type { Asked } from "./command.ts";
import { repositoryOf, type Scope, scopeOf } from "./paths.ts";

export interface Request {
  readonly name: "request";
  readonly root: string;
  readonly bounds: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly evidence: readonly string[] | undefined;
  readonly config: Config;
  /** The paths of the command line. */
  readonly given: readonly string[];
  readonly problems: readonly Problem[];
  /** What else should be reported about it. */
  readonly notes: readonly Problem[];
}

/**
 * The configuration that counts: the one that is named, that of the root, or, where that has none, the one in the only
 * folder that is checked.
 */
async function configurationOf(
  scope: Scope,
  workingFolder: string,
  named: string | undefined,
): Promise<ReadConfig & Pick<Request, "notes">> {
  const own = scope.paths.flatMap((folder) => {
    const name = folder === "." ? undefined : configOf(join(scope.root, folder));
    return name === undefined ? [] : [{ folder, path: posix.join(folder, name) }];
  });
  const [only] = scope.paths.length === 1 ? own : [];
  if (only && named === undefined && configOf(scope.root) === undefined) {
    const { config, problems } = await readConfig(join(scope.root, only.folder));
    const { below } = await import("../config/parse.ts");
    const inRoot = problems.map((one) => ({ ...one, path: only.path }));
    return { config: below(config, only.folder), problems: inRoot, notes: [] };
  }
  const message = only
    ? `It is not used: ${named ?? "the configuration of the current folder"} counts.`
    : "It is not used, since several paths are checked: name it with `--config`, or check its folder alone.";
  const counting = await readConfig(named === undefined ? scope.root : workingFolder, named);
  return { ...counting, notes: own.map(({ path }) => ({ path, message })) };
}

/** The paths of the command line come before those of the configuration. */
export async function requestOf(
  {
    paths,
    config: named,
    evidence,
  }: Pick<Asked<"check" | "facts" | "collect">, "paths" | "config"> & {
    readonly evidence?: readonly string[] | undefined;
  },
  workingFolder: string,
): Promise<Request | Mistake> {
  const scope = scopeOf(workingFolder, paths);
  if (scope.name === "mistake") return scope;
  const { config, problems, notes } = await configurationOf(scope, workingFolder, named);
  return {
    name: "request",
    root: scope.root,
    bounds: repositoryOf(scope.root),
    paths: scope.paths.length > 0 ? scope.paths : config.paths,
    ignore: config.pathsIgnore,
    evidence: evidence?.map((one) => resolve(workingFolder, one)),
    config,
    given: scope.paths,
    problems,
    notes,
  };
}
