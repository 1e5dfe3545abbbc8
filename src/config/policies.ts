/** The bundles that a run is given. */
import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PolicyFile } from "../policy/own/open.ts";

/** More bytes than a compressed bundle has. */
export const LONGEST_BUNDLE = 33_554_432;

/** The bundles at paths that are absolute or relative to a folder. Throws a sentence for one that can't be read. */
export function readPolicies(folder: string, paths: readonly string[]): readonly PolicyFile[] {
  return paths.map((path) => {
    const full = resolve(folder, path);
    const found = lstatSync(full, { throwIfNoEntry: false });
    if (!found) throw new Error(`there is no policy ${path}`);
    if (!found.isFile()) throw new Error(`the policy ${path} must be a regular file, not a link or a folder`);
    if (found.size > LONGEST_BUNDLE) throw new Error(`the policy ${path} is longer than ${LONGEST_BUNDLE} bytes`);
    return { path, bytes: readFileSync(full) };
  });
}
