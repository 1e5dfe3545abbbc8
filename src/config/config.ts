/** The configuration of a run. People read about it in docs/configuration.md. */
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Config, settings } from "./settings.ts";
import type { Shape } from "./shape.ts";

export { type Choice, type Config, failOnValues, type Level, type Suppression } from "./settings.ts";

/** That of a folder without a file. */
export const defaultConfig = Object.fromEntries(
  Object.entries(settings).map(([field, { initial }]) => [field, initial]),
) as Config;

/** Whether two configurations say the same, wherever they say it. */
export function isSameConfig(left: Config, right: Config): boolean {
  return isDeepStrictEqual(withoutPlaces(left), withoutPlaces(right));
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, withoutPlaces(one)]));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "at");
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutPlaces(one)]));
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
