/** The configuration of a run. People read about it in docs/configuration.md. */
import { posix } from "node:path";
import { type Config, settings } from "./settings.ts";
import type { Shape } from "./shape.ts";

export { type Choice, type Config, failOnValues, type Level, type Suppression } from "./settings.ts";

/** That of a folder without a file. */
export const defaultConfig = Object.fromEntries(
  Object.entries(settings).map(([field, { initial }]) => [field, initial]),
) as Config;

/** The configuration of a folder for the folder above it: its paths then begin with `folder`. */
export function below(config: Config, folder: string): Config {
  const move = (path: string) => posix.join(folder, path);
  const moved = Object.entries(settings).map(([field, { shape }]) => {
    const value = config[field as keyof Config];
    return [field, value === undefined ? value : ((shape as Shape<unknown>).below?.(value, move) ?? value)];
  });
  return Object.fromEntries(moved) as Config;
}
