/** The configuration of a run. People read about it in docs/configuration.md. */
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../source.ts";
import type { Config } from "./settings.ts";

export type { Choice, Config, Level, Suppression } from "./settings.ts";

/** What a configuration file says, if there is one. */
export interface ReadConfig {
  readonly config: Config;
  /** What is wrong with the file. A configuration with problems must not decide anything: callers stop. */
  readonly problems: readonly Problem[];
}

/** That of a folder without a file. */
export const defaultConfig: Config = {
  rolePolicies: new Map(),
  name: undefined,
  paths: [],
  policies: [],
  pathsIgnore: [],
  varFiles: [],
  evidenceMaxAge: 30,
  deployments: [],
  rules: new Map(),
  suppressions: [],
  assume: {},
  baseline: undefined,
  allowNewSuppressions: false,
  scope: undefined,
  failOn: undefined,
};

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
