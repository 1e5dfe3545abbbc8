/** Which policies of the user's own judge a run: a change must not be able to replace its judge. */
import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { readPolicies } from "../config/policies.ts";
import type { PolicyFile } from "../policy/own/open.ts";
import { isWithin, wayTo } from "../sources/within.ts";
import type { Checkout } from "./checkout.ts";
import type { Base } from "./configuration.ts";

export interface Named {
  readonly config: Config;
  /** By the workflow. */
  readonly named: readonly string[];
}

/**
 * The bundles that the configuration and the workflow name. Where a `base` judges the change, a bundle in the repository
 * is the base's; one elsewhere was put there by the workflow. Throws a sentence when one can't be read: without its
 * judge nothing is proven.
 */
export async function choosePolicies(
  { root, repository }: Checkout,
  { config, named }: Named,
  base: Base | undefined,
): Promise<readonly PolicyFile[]> {
  const paths = [...config.policies, ...named];
  if (base === undefined) return readPolicies(root, paths);
  const found = await Promise.all(
    paths.map(async (path): Promise<readonly PolicyFile[]> => {
      const full = resolve(root, path);
      if (!isWithin(repository, full)) return readPolicies(root, [path]);
      if (base.bytes === null) throw new Error(`without the input github-token the policy ${path} can't be read`);
      const bytes = await base.bytes(wayTo(repository, full));
      if (bytes === undefined)
        throw new Error(`the policy ${path} is not in ${base.words}, which decides. It counts once it is merged.`);
      return [{ path, bytes }];
    }),
  );
  return found.flat();
}
