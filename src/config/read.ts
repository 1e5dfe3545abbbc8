/** Finding the configuration file. `parse.ts` reads it: loaded only where there is one. */
import { lstatSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Problem } from "../source.ts";
import { defaultConfig, type ReadConfig } from "./config.ts";

/** Where a configuration is looked for, in this order, in the checked folder. */
export const configNames = [
  ".batch-secrets-check.yaml",
  ".batch-secrets-check.yml",
  ".batch-secrets-check.json",
] as const;

/** No configuration that people write is longer. In bytes. */
const LONGEST_FILE = 262_144;

/**
 * The configuration of a folder: the file `named` (absolute, or relative to `root`), else the first of `configNames`
 * that is there, else the default. Links are not followed, since a pull request could point one anywhere.
 */
export async function readConfig(root: string, named?: string): Promise<ReadConfig> {
  for (const path of named === undefined ? configNames : [named]) {
    const read = readOwn(root, path, "configuration", LONGEST_FILE);
    if (read === undefined && named === undefined) continue;
    if (read === undefined) return refused(path, "There is no such configuration file.");
    if ("message" in read) return { config: defaultConfig, problems: [read] };
    return (await import("./parse.ts")).parseConfig(read.text, path);
  }
  return { config: defaultConfig, problems: [] };
}

/**
 * The text of a file (absolute, or relative to `root`) that belongs to a run, or what is wrong with it; undefined when
 * there is none. `what` it is called. Links are not followed.
 */
export function readOwn(
  root: string,
  path: string,
  what: string,
  longest: number,
): { readonly text: string } | Problem | undefined {
  const full = resolve(root, path);
  const found = attempt(() => lstatSync(full, { throwIfNoEntry: false }));
  if (!found) return undefined;
  if (!found.isFile()) return { path, message: `The ${what} must be a regular file, not a link or a folder.` };
  if (found.size > longest) return { path, message: `The ${what} is longer than ${longest} bytes.` };
  const text = attempt(() => readFileSync(full, "utf8"));
  return text === undefined ? { path, message: `The ${what} file cannot be read.` } : { text };
}

/** The name of a folder's configuration, whatever is there. */
export function configOf(folder: string): string | undefined {
  return configNames.find((name) => attempt(() => lstatSync(join(folder, name), { throwIfNoEntry: false })));
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function refused(path: string, message: string): ReadConfig {
  return { config: defaultConfig, problems: [{ path, message }] };
}
