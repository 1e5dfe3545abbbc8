/** What a configuration says. The table in `settings.ts` has all that it may say. */
import { posix } from "node:path";
import { nearest } from "../nearest.ts";
import { type Problem, position } from "../source.ts";
import { parseDocuments } from "../syntax/document.ts";
import type { Entry, ObjectValue } from "../syntax/value.ts";
import { type Config, defaultConfig, type ReadConfig } from "./config.ts";
import { settings } from "./settings.ts";
import type { Complain, Shape } from "./shape.ts";

/** Reads YAML or JSON. Never throws: what is wrong is a problem with its line. An empty file is the default. */
export async function parseConfig(text: string, path: string): Promise<ReadConfig> {
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

/** The configuration of a folder for the folder above it: its paths then begin with `folder`. */
export function below(config: Config, folder: string): Config {
  const move = (path: string) => posix.join(folder, path);
  const moved = Object.entries(settings).map(([field, { shape }]) => {
    const value = config[field as keyof Config];
    return [field, value === undefined ? value : ((shape as Shape<unknown>).below?.(value, move) ?? value)];
  });
  return Object.fromEntries(moved) as Config;
}
