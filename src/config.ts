/** The configuration file: what it may say, and reading it. People read about it in docs/configuration.md. */
import { lstatSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { nearest } from "./nearest.ts";
import { loadRules } from "./policy/rules.ts";
import { type Place, type Problem, position } from "./source.ts";
import type { Entry, ObjectValue, Value } from "./syntax/value.ts";
import type { Suppression } from "./verdict/suppress.ts";
import type { FailOn } from "./verdict/verdict.ts";

export interface Config {
  /**
   * For roles that are in files of their own: the name or ARN of a role, and its policies as files or globs relative
   * to the checked folder, or as ARNs of managed policies. A role named here has these policies and no others.
   */
  readonly rolePolicies: ReadonlyMap<string, readonly string[]>;
  readonly paths: readonly string[];
  readonly pathsIgnore: readonly string[];
  /** Files of Terraform variables (`.tfvars`) besides those that Terraform reads by itself. */
  readonly varFiles: readonly string[];
  /** Rules that are switched on (true) or off, by their ids. */
  readonly rules: ReadonlyMap<string, boolean>;
  readonly suppressions: readonly Suppression[];
  /** Undefined: the caller decides. */
  readonly failOn: FailOn | undefined;
}

export const defaultConfig: Config = {
  rolePolicies: new Map(),
  paths: [],
  pathsIgnore: [],
  varFiles: [],
  rules: new Map(),
  suppressions: [],
  failOn: undefined,
};

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

export const failOnValues = ["error", "warning", "never"] as const satisfies readonly FailOn[];

/** No configuration that people write is longer. In bytes. */
const LONGEST_FILE = 262_144;

/**
 * The configuration of a folder: the file `named` (absolute, or relative to `root`), else the first of `configNames`
 * that is there, else the default. Links are not followed, since a pull request could point one anywhere.
 */
export async function readConfig(root: string, named?: string): Promise<ReadConfig> {
  for (const path of named === undefined ? configNames : [named]) {
    const full = resolve(root, path);
    const found = attempt(() => lstatSync(full, { throwIfNoEntry: false }));
    if (!found && named === undefined) continue;
    if (!found) return refused(path, "There is no such configuration file.");
    if (!found.isFile()) return refused(path, "The configuration must be a regular file, not a link or a folder.");
    if (found.size > LONGEST_FILE) return refused(path, `The configuration is longer than ${LONGEST_FILE} bytes.`);
    const text = attempt(() => readFileSync(full, "utf8"));
    return text === undefined ? refused(path, "The configuration file cannot be read.") : parseConfig(text, path);
  }
  return { config: defaultConfig, problems: [] };
}

/** The name of a folder's configuration, whatever is there. */
export function configOf(folder: string): string | undefined {
  return configNames.find((name) => attempt(() => lstatSync(join(folder, name), { throwIfNoEntry: false })));
}

/** The configuration of a folder for the folder above it: its paths then begin with `folder`. */
export function below(config: Config, folder: string): Config {
  const move = (path: string) => (path.startsWith("arn:") ? path : posix.join(folder, path));
  return {
    ...config,
    rolePolicies: new Map([...config.rolePolicies].map(([role, policies]) => [role, policies.map(move)])),
    paths: config.paths.map(move),
    pathsIgnore: config.pathsIgnore.map((glob) => move(glob.includes("/") ? glob : `**/${glob}`)),
    varFiles: config.varFiles.map(move),
    suppressions: config.suppressions.map((one) => (one.path === undefined ? one : { ...one, path: move(one.path) })),
  };
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

type Complain = (at: Place, message: string) => void;

/** What a key of the file may hold: gives the part of the configuration that it sets, or complains. */
type Setting = (value: Value, complain: Complain) => Partial<Config>;

const settings: Readonly<Record<string, Setting>> = {
  "role-policies": (value, complain) => {
    if (value.kind !== "object") {
      complain(value.at, "role-policies must map the name or ARN of a role to its policies.");
      return {};
    }
    const roles = value.entries.map(({ key, value: policies }): [string, readonly string[]] => [
      key,
      pathList(policies, `the policies of ${key}`, complain),
    ]);
    return { rolePolicies: new Map(roles) };
  },
  paths: (value, complain) => ({ paths: pathList(value, "paths", complain) }),
  "paths-ignore": (value, complain) => ({ pathsIgnore: pathList(value, "paths-ignore", complain) }),
  "var-files": (value, complain) => ({ varFiles: pathList(value, "var-files", complain, "a path or a list of them") }),
  rules: (value, complain) => {
    if (value.kind === "object") return { rules: switches(value, complain) };
    complain(value.at, "rules must map the ids of rules to on or off.");
    return {};
  },
  suppressions: (value, complain) => ({
    suppressions: (value.kind === "list" ? value.items : [value]).flatMap((item) => suppression(item, complain)),
  }),
  "fail-on": (value, complain) => {
    const failOn = failOnValues.find((one) => value.kind === "text" && value.value === one);
    if (failOn) return { failOn };
    complain(value.at, `fail-on must be one of ${failOnValues.join(", ")}.`);
    return {};
  },
};

/** Reads YAML or JSON. Never throws: what is wrong is a problem with its line. An empty file is the default. */
export async function parseConfig(text: string, path: string): Promise<ReadConfig> {
  // Most folders have no configuration: then nothing that reads one is loaded.
  const { parseDocuments } = await import(/* webpackMode: "eager" */ "./syntax/document.ts");
  const { documents, problems } = await parseDocuments({ path, text });
  const found: Problem[] = [...problems];
  const complain: Complain = (at, message) => {
    found.push({ path, message, line: position(at.file, at.start).line });
  };
  let config = defaultConfig;
  for (const { value } of documents) {
    if (value.kind === "null") continue;
    if (value.kind === "object") config = { ...config, ...readSettings(value, complain) };
    else complain(value.at, `The configuration must be a mapping with the keys ${Object.keys(settings).join(", ")}.`);
  }
  return { config, problems: found };
}

function readSettings(object: ObjectValue, complain: Complain): Partial<Config> {
  let read: Partial<Config> = {};
  for (const entry of object.entries) {
    const setting = Object.hasOwn(settings, entry.key) ? settings[entry.key] : undefined;
    if (!setting) complain(entry.keyAt, unknownKey(entry));
    else if (entry.value.kind !== "null") read = { ...read, ...setting(entry.value, complain) };
  }
  return read;
}

function unknownKey({ key }: Entry): string {
  const known = Object.keys(settings);
  const meant = nearest(key, known);
  return `Unknown key "${key}". ${meant ? `Did you mean "${meant}"?` : `The keys are ${known.join(", ")}.`}`;
}

const SWITCH: ReadonlyMap<unknown, boolean> = new Map([
  ["on", true],
  ["off", false],
]);

function switches({ entries }: ObjectValue, complain: Complain): ReadonlyMap<string, boolean> {
  const known = loadRules().map(({ id }) => id);
  const read = new Map<string, boolean>();
  for (const { key, keyAt, value } of entries) {
    const on = value.kind === "text" ? SWITCH.get(value.value) : undefined;
    const meant = nearest(key, known);
    if (!known.includes(key)) complain(keyAt, `There is no rule ${key}.${meant ? ` Did you mean ${meant}?` : ""}`);
    else if (on === undefined) complain(value.at, `The rule ${key} must be on or off.`);
    else read.set(key, on);
  }
  return read;
}

const SUPPRESSION = ["rule", "path", "address", "fingerprint", "reason", "until"] as const;

/** A suppression without a rule or a reason is a mistake: nobody could tell later whether it is still wanted. */
function suppression(value: Value, complain: Complain): readonly Suppression[] {
  const given = new Map<string, string>();
  for (const { key, keyAt, value: item } of value.kind === "object" ? value.entries : []) {
    const meant = nearest(key, SUPPRESSION);
    if (!SUPPRESSION.some((one) => one === key)) {
      complain(
        keyAt,
        `A suppression has no ${key}. ${meant ? `Did you mean ${meant}?` : `It has ${SUPPRESSION.join(", ")}.`}`,
      );
    } else if (item.kind === "text" && item.value.trim() !== "") given.set(key, item.value);
    else complain(item.at, `${key} of a suppression must be a text.`);
  }
  const [rule, reason, until] = [given.get("rule"), given.get("reason"), given.get("until")];
  if (rule === undefined || reason === undefined) {
    complain(value.at, "A suppression must have a rule and a reason.");
    return [];
  }
  if (!loadRules().some(({ id }) => id === rule)) complain(value.at, `There is no rule ${rule} to suppress.`);
  if (until !== undefined && !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(until)) {
    complain(value.at, `until is "${until}", but it must be a day such as 2027-03-31.`);
  }
  const [path, address, fingerprint] = [given.get("path"), given.get("address"), given.get("fingerprint")];
  return [{ rule, reason, path, address, fingerprint, until }];
}

/** One path or a list of them. A path leads nowhere outside the checked folder; an ARN represents a managed policy. */
function pathList(
  value: Value,
  name: string,
  complain: Complain,
  what = "a path, a glob or a list of them",
): readonly string[] {
  const items = value.kind === "list" ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind !== "text" || item.value === "") {
      complain(item.at, `${name} must be ${what}.`);
      return [];
    }
    if (item.value.startsWith("/") || item.value.split("/").includes("..")) {
      complain(item.at, `${name}: "${item.value}" leads out of the checked folder. Write it relative to that folder.`);
      return [];
    }
    return [item.value];
  });
}
