/** What to check, by the command line and the configuration. */

import { type Config, readConfig } from "../config.ts";
import type { Problem } from "../source.ts";
import type { Asked, Mistake } from "./arguments.ts";
import { scopeOf } from "./paths.ts";

export interface Request {
  readonly name: "request";
  readonly root: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** The paths of the command line come before those of the configuration. */
export async function requestOf(
  { paths, config: named }: Asked<"check" | "facts">,
  workingFolder: string,
): Promise<Request | Mistake> {
  const scope = scopeOf(workingFolder, paths);
  if (scope.name === "mistake") return scope;
  const { config, problems } = await readConfig(named === undefined ? scope.root : workingFolder, named);
  return {
    name: "request",
    root: scope.root,
    paths: scope.paths.length > 0 ? scope.paths : config.paths,
    ignore: config.pathsIgnore,
    config,
    problems,
  };
}
