/** Reading the configuration file. What it may say is the table in `settings.ts`. */
import { lstatSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nearest } from "../nearest.ts";
import { type Problem, position } from "../source.ts";
import type { Entry, ObjectValue } from "../syntax/value.ts";
import { type Config, defaultConfig } from "./config.ts";
import { settings } from "./settings.ts";
import type { Complain } from "./shape.ts";

export interface ReadConfig {
  readonly config: Config;
  /** What is wrong with the file. A configuration with problems must not decide anything: callers stop. */
  readonly problems: readonly Problem[];
}

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
    return "message" in read ? { config: defaultConfig, problems: [read] } : parseConfig(read.text, path);
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

/** Reads YAML or JSON. Never throws: what is wrong is a problem with its line. An empty file is the default. */
export async function parseConfig(text: string, path: string): Promise<ReadConfig> {
  // Most folders have no configuration: then nothing that reads one is loaded.
  const { parseDocuments } = await import(/* webpackMode: "eager" */ "../syntax/document.ts");
  const { documents, problems } = await parseDocuments({ path, text });
  const found: Problem[] = [...problems];
  const complain: Complain = (at, message) => {
    found.push({ path, message, line: position(at.file, at.start).line });
  };
  let config = defaultConfig;
  for (const { value } of documents) {
    if (value.kind === "null") continue;
    if (value.kind === "object") config = { ...config, ...readSettings(value, complain) };
    else complain(value.at, `The configuration must be a mapping with the keys ${keys.join(", ")}.`);
  }
  return { config, problems: found };
}

const keys = Object.values(settings).map(({ key }) => key);
const rows = new Map(Object.entries(settings).map(([field, { key, shape }]) => [key, { field, shape }]));

/** By which editors find the schema of a JSON file. */
const SCHEMA_KEY = "$schema";

function readSettings(object: ObjectValue, complain: Complain): Partial<Config> {
  const read: Record<string, unknown> = {};
  for (const entry of object.entries) {
    const row = rows.get(entry.key);
    if (entry.key === SCHEMA_KEY) continue;
    if (!row) complain(entry.keyAt, unknownKey(entry));
    else if (entry.value.kind !== "null") {
      const value = row.shape.read(entry.value, entry.key, complain);
      if (value !== undefined) read[row.field] = value;
    }
  }
  return read;
}

function unknownKey({ key }: Entry): string {
  const meant = nearest(key, keys);
  return `Unknown key "${key}". ${meant ? `Did you mean "${meant}"?` : `The keys are ${keys.join(", ")}.`}`;
}
