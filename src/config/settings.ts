/**
 * The table of settings: a row is all that a key of the configuration needs beside its default in `config.ts`. What is
 * read, what changes when the file is that of a folder below, and the JSON schema are made from it; nothing of it is
 * loaded where there is no file. docs/configuration.md describes each key to people; a test holds that it does.
 */
import { builtInRules, OWN_RULE } from "../policy/rules.ts";
import { type Scope, scopeValues } from "../verdict/finding.ts";
import { type FailOn, failOnValues } from "../verdict/verdict.ts";
import { type Assume, assume } from "./assume.ts";
import { deployments } from "./deployments.ts";
import {
  day,
  days,
  type Field,
  flag,
  list,
  mapping,
  nameGlob,
  nameOf,
  oneOf,
  path,
  policyPath,
  type Read,
  record,
  type Shape,
  text,
} from "./shape.ts";

/** The built-in rules, and any that a policy of the user's own may have. */
const ruleIds = { known: () => builtInRules().map(({ id }) => id), also: OWN_RULE };

/** A finding that somebody has decided to live with. Nobody could tell later whether one without a reason is wanted. */
const suppression = record(
  "A suppression",
  {
    rule: { what: "The id of the rule.", shape: nameOf(ruleIds) },
    path: { what: "A path or glob of the files whose findings it fits.", shape: path() },
    address: { what: "The job definition or other subject, as reports name it.", shape: text() },
    fingerprint: { what: "The fingerprint of the finding, from the JSON report.", shape: text() },
    reason: { what: "Why the finding is accepted.", shape: text() },
    until: { what: "The last day on which it counts, such as 2027-03-31.", shape: day },
  },
  ["rule", "reason"],
);

export type Suppression = Read<typeof suppression>;

interface Setting<T> extends Field<T> {
  readonly key: string;
}

/** A row of the table. */
function setting<T>(key: string, row: Field<T>): Setting<T> {
  return { key, ...row };
}

const levels = ["on", "off", "error", "warning", "info"] as const;

/** Whether a rule is on; a severity is that of its findings. */
export type Level = (typeof levels)[number];

/** The level of a rule for the subjects in files that fit a path, in all files when there is none. */
export interface Choice {
  readonly path?: string | undefined;
  readonly level: Level;
}

const level = oneOf(levels);
const byPath = mapping(level, { must: "", name: (path) => path, key: path("a path or a glob") });

/** One level, or a mapping from paths to levels. */
const choices: Shape<readonly Choice[]> = {
  schema: () => ({ anyOf: [level.schema(), { minProperties: 1, ...byPath.schema() }] }),
  read: (value, name, complain) => {
    if (value.kind === "object" && value.entries.length > 0) {
      const read = byPath.read(value, name, complain) ?? new Map();
      return [...read].map(([path, level]) => ({ path, level }));
    }
    const read = level.read(value, name, complain);
    return read === undefined ? undefined : [{ level: read }];
  },
  below: (all, move) => all.map((one) => (one.path === undefined ? one : { ...one, path: move(one.path) })),
};

export const settings = {
  /** A role named here has these policies and no others. */
  rolePolicies: setting("role-policies", {
    what: "For roles whose policies are in files of their own: a role's name or ARN, and its policies as paths, globs or ARNs of managed policies.",
    shape: mapping(list(policyPath), {
      must: "must map the name or ARN of a role to its policies",
      name: (role) => `the policies of ${role}`,
    }),
  }),
  /** Undefined: there is none. */
  name: setting<string | undefined>("name", {
    what: "The name of the check, shown in its summary.",
    shape: text(),
  }),
  paths: setting("paths", {
    what: "The files, folders or globs to check when the caller names none. Default: everything.",
    shape: list(path()),
  }),
  policies: setting("policies", {
    what: "Bundles with rules of your own, as opa build writes them.",
    shape: list(path("a path or a list of them")),
  }),
  pathsIgnore: setting("paths-ignore", {
    what: "Globs of files and folders that are not checked.",
    shape: list(nameGlob),
  }),
  varFiles: setting("var-files", {
    what: "Files of Terraform variables besides terraform.tfvars and *.auto.tfvars.",
    shape: list(path("a path or a list of them")),
  }),
  evidenceMaxAge: setting("evidence-max-age", {
    what: "The number of days after which evidence is too old, and the report says so. Default: 30.",
    shape: days,
  }),
  deployments: setting("deployments", {
    what: "With which values, in which account and Region the parts of the repository are deployed.",
    shape: deployments,
  }),
  rules: setting("rules", {
    what: "By the ids of rules: on, off, or the severity of their findings; or a mapping from paths and globs to these, of which the last one that fits counts.",
    shape: mapping(choices, {
      must: "must map the ids of rules to on, off or a severity",
      name: (rule) => `The rule ${rule}`,
      keys: {
        ...ruleIds,
        unknown: (rule) => `There is no rule ${rule}.`,
        what: (rule) => `${builtInRules().find(({ id }) => id === rule)?.title}.`,
      },
    }),
  }),
  suppressions: setting("suppressions", {
    what: "Findings to live with, each with a reason.",
    shape: list(suppression),
  }),
  assume: setting<Assume>("assume", {
    what: "Facts that the files can't show: roles, policies, secrets, parameters, keys and networks that exist elsewhere.",
    shape: assume,
  }),
  /** Undefined: there is none. */
  baseline: setting<string | undefined>("baseline", {
    what: "A file of findings that are known and don't fail the check, as check --write-baseline writes it.",
    shape: path("the path of a file"),
  }),
  allowNewSuppressions: setting("allow-new-suppressions", {
    what: "Whether a comment that a pull request adds suppresses its findings at once, and not only once it is merged.",
    shape: flag,
  }),
  /** Undefined: the caller decides. */
  scope: setting<Scope | undefined>("scope", {
    what: "Which findings count: `new` for those that the base lacks, `all` for every one. Default: `new` on pull requests.",
    shape: oneOf(scopeValues),
  }),
  failOn: setting<FailOn | undefined>("fail-on", {
    what: "The lowest severity that fails the check. Default: error.",
    shape: oneOf(failOnValues),
  }),
};

export type Config = { readonly [K in keyof typeof settings]: Value<(typeof settings)[K]> };
type Value<S> = S extends Setting<infer T> ? T : never;
