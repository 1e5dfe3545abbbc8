/** The command line → a command. Pure: nothing is read, nothing is printed. */
import { parseArgs } from "node:util";
import { nearest } from "../nearest.ts";
import { type ReportFormat, type Show, showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import { type Scope, scopeValues } from "../verdict/finding.ts";
import { type FailOn, failOnValues } from "../verdict/verdict.ts";

export const listFormats = ["text", "json"] as const;
export type ListFormat = (typeof listFormats)[number];

export type Command =
  | {
      readonly name: "check";
      readonly paths: readonly string[];
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly failOn: FailOn | undefined;
      readonly scope: Scope | undefined;
      /** What findings are compared with: a branch, tag or commit. */
      readonly base: string | undefined;
      readonly deployment: string | undefined;
      /** Bundles of the user's own rules. */
      readonly policies: readonly string[];
      /** Whether the edits of findings are made in the files. */
      readonly fix: boolean;
      /** Files and folders of evidence; undefined: the usual folder. */
      readonly evidence: readonly string[] | undefined;
      /** Where the findings are written that will not fail the check any more. */
      readonly writeBaseline: string | undefined;
    }
  | {
      readonly name: "facts";
      readonly paths: readonly string[];
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly evidence: readonly string[] | undefined;
    }
  | {
      readonly name: "account";
      readonly deployment: string | undefined;
      readonly profile: string | undefined;
      /** The Regions to look at; that of the credentials when there are none. */
      readonly regions: readonly string[];
      /** Whether every active revision of a job definition is judged, not only the newest. */
      readonly allRevisions: boolean;
      /** Whether the least IAM policy is printed in place of asking AWS. */
      readonly printPolicy: boolean;
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly config: string | undefined;
      readonly failOn: FailOn | undefined;
    }
  | {
      readonly name: "collect";
      readonly paths: readonly string[];
      readonly config: string | undefined;
      /** The folder of evidence to write. */
      readonly output: string | undefined;
      readonly deployment: string | undefined;
      readonly profile: string | undefined;
      readonly region: string | undefined;
      /** What is printed in place of asking AWS. */
      readonly print: "commands" | "policy" | undefined;
    }
  | { readonly name: "rules"; readonly format: ListFormat; readonly output: string | undefined }
  | {
      readonly name: "explain";
      readonly rule: string;
      readonly format: ListFormat;
      readonly output: string | undefined;
    }
  | {
      readonly name: "merge";
      /** The paths of JSON reports. */
      readonly reports: readonly string[];
      readonly format: ReportFormat;
      readonly show: Show | undefined;
      readonly output: string | undefined;
      readonly failOn: FailOn | undefined;
    }
  | { readonly name: "init"; readonly isTrial: boolean }
  | { readonly name: "completions"; readonly shell: Shell }
  | { readonly name: "help"; readonly topic: CommandName | undefined }
  | { readonly name: "version" };

export type Asked<Name extends Command["name"]> = Extract<Command, { readonly name: Name }>;

/** What is wrong with the command line, and the way out: one sentence each. */
export interface Mistake {
  readonly name: "mistake";
  readonly message: string;
  readonly hint: string;
}

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export const commandNames = [
  "check",
  "collect",
  "account",
  "facts",
  "rules",
  "explain",
  "merge",
  "init",
  "completions",
] as const;
export type CommandName = (typeof commandNames)[number];

/** What an option accepts besides one of some words, as a sentence says it: `--region needs the name of a Region`. */
const NAMES = {
  FILE: "a file",
  DIR: "a folder",
  REF: "a branch, a tag or a commit",
  PROFILE: "a profile",
  REGION: "a Region",
  NAME: "a deployment",
} as const;

/** What an option accepts: one of some words, or the name of something; undefined for a switch. */
export const options: Readonly<Record<string, readonly string[] | keyof typeof NAMES | undefined>> = {
  format: reports.map(({ name }) => name),
  output: "FILE",
  config: "FILE",
  "fail-on": failOnValues,
  scope: scopeValues,
  base: "REF",
  deployment: "NAME",
  show: showValues,
  evidence: "DIR",
  fix: undefined,
  "write-baseline": "FILE",
  policy: "FILE",
  profile: "PROFILE",
  region: "REGION",
  "dry-run": undefined,
  "print-policy": undefined,
  "all-revisions": undefined,
  help: undefined,
  version: undefined,
};

export const optionsOf: Readonly<Record<CommandName, readonly string[]>> = {
  check: [
    ...["format", "output", "config", "fail-on", "scope", "base", "deployment", "show", "evidence", "fix"],
    ...["write-baseline", "policy"],
  ],
  collect: ["output", "config", "deployment", "profile", "region", "dry-run", "print-policy"],
  account: [
    ...["format", "output", "config", "fail-on", "show", "deployment", "profile", "region"],
    ...["all-revisions", "print-policy"],
  ],
  facts: ["output", "config", "evidence"],
  rules: ["format", "output"],
  explain: ["format", "output"],
  merge: ["format", "output", "show", "fail-on"],
  init: ["dry-run"],
  completions: [],
};

const parseOptions = Object.fromEntries(
  Object.entries(options).map(([name, accepts]) => [
    name,
    {
      type: accepts === undefined ? ("boolean" as const) : ("string" as const),
      ...(name === "help" ? { short: "h" } : name === "version" ? { short: "V" } : {}),
    },
  ]),
);

/** The values of each option, in their order. */
type Given = Map<string, readonly string[]>;

/** Reads the arguments behind the program's name. Never throws: anything that can't be understood is a mistake. */
export function parseArguments(args: readonly string[]): Command | Mistake {
  const { tokens } = parseArgs({
    args: [...args],
    options: parseOptions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const given: Given = new Map();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const mistake = checkOption(name, rawName, inlineValue ? value : value?.startsWith("-") ? undefined : value);
    if (mistake) return mistake;
    given.set(name, [...(given.get(name) ?? []), value ?? ""]);
  }
  const [first, ...rest] = positionals;
  const command = commandNames.find((name) => name === first);
  if (given.has("help")) return { name: "help", topic: command };
  if (given.has("version")) return { name: "version" };
  if (first === "help") return { name: "help", topic: commandNames.find((name) => name === rest[0]) };
  return build(command ?? "check", command ? rest : positionals, given);
}

function checkOption(name: string, written: string, value: string | undefined): Mistake | undefined {
  if (!Object.hasOwn(options, name)) {
    const meant = nearest(name, Object.keys(options));
    return mistake(`There is no option ${written}.`, meant ? `Did you mean --${meant}?` : HELP);
  }
  const accepts = options[name];
  if (accepts === undefined) return value === undefined ? undefined : mistake(`${written} accepts no value.`, HELP);
  if (typeof accepts === "string") {
    if (!value) return mistake(`${written} needs the name of ${NAMES[accepts]}.`, HELP);
    if (accepts === "REGION" && !REGION.test(value)) return mistake(`"${value}" is no Region.`, "One is eu-west-1.");
    return undefined;
  }
  return value !== undefined && accepts.includes(value) ? undefined : wrongValue(written, value, accepts);
}

/** https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

function wrongValue(written: string, value: string | undefined, allowed: readonly string[]): Mistake {
  const meant = value === undefined ? undefined : nearest(value, allowed);
  return mistake(
    value === undefined ? `${written} needs a value.` : `${written} can't be "${value}".`,
    meant ? `Did you mean ${written} ${meant}?` : `Give one of ${allowed.join(", ")}.`,
  );
}

function build(command: CommandName, words: readonly string[], given: Given): Command | Mistake {
  const foreign = [...given.keys()].find((name) => !optionsOf[command].includes(name));
  if (foreign !== undefined) {
    const others = commandNames.filter((name) => optionsOf[name].includes(foreign));
    return mistake(`The command ${command} has no option --${foreign}.`, `It belongs to ${others.join(", ")}.`);
  }
  const output = last(given, "output");
  const config = last(given, "config");
  const evidence = given.get("evidence");
  if (command === "facts") return { name: command, paths: words, output, config, evidence };
  if (command === "collect") return buildCollect(words, given);
  if (command === "rules" || command === "explain") return buildListing(command, words, given);
  if (command === "init") return buildInit(words, given);
  if (command === "completions") return buildCompletions(words);
  const report = {
    format: reports.find(({ name }) => name === last(given, "format")) ?? reports[0],
    show: showValues.find((one) => one === last(given, "show")),
    output,
    failOn: failOnValues.find((one) => one === last(given, "fail-on")),
  };
  if (command === "merge") {
    if (words.length > 0) return { name: command, reports: words, ...report };
    return mistake("The command merge needs the files of JSON reports.", "They come from check --format json.");
  }
  if (command === "check") {
    return {
      name: command,
      paths: words,
      ...report,
      config,
      scope: scopeValues.find((one) => one === last(given, "scope")),
      base: last(given, "base"),
      deployment: last(given, "deployment"),
      evidence,
      fix: given.has("fix"),
      writeBaseline: last(given, "write-baseline"),
      policies: given.get("policy") ?? [],
    };
  }
  if (words[0] !== undefined) {
    return mistake("The command account checks no files.", `Write check ${words[0]}, or collect ${words[0]}.`);
  }
  const [profile, regions] = [last(given, "profile"), [...new Set(given.get("region"))]];
  const [allRevisions, printPolicy] = [given.has("all-revisions"), given.has("print-policy")];
  const deployment = last(given, "deployment");
  return { name: command, ...report, config, deployment, profile, regions, allRevisions, printPolicy };
}

/** The value of an option that counts once: the last one. */
function last(given: Given, name: string): string | undefined {
  return given.get(name)?.at(-1);
}

function buildCollect(paths: readonly string[], given: Given): Command | Mistake {
  const [commands, policy] = [given.has("dry-run"), given.has("print-policy")];
  if (commands && policy) return mistake("--dry-run and --print-policy print different things.", "Give one of them.");
  return {
    name: "collect",
    paths,
    output: last(given, "output"),
    config: last(given, "config"),
    deployment: last(given, "deployment"),
    profile: last(given, "profile"),
    region: last(given, "region"),
    print: commands ? "commands" : policy ? "policy" : undefined,
  };
}

function buildInit([word]: readonly string[], given: Given): Command | Mistake {
  if (word === undefined) return { name: "init", isTrial: given.has("dry-run") };
  return mistake("The command init is about the current folder.", `Start it in ${word}.`);
}

function buildCompletions([word, ...more]: readonly string[]): Command | Mistake {
  const shell = shells.find((one) => one === word);
  if (shell !== undefined && more.length === 0) return { name: "completions", shell };
  return mistake("The command completions needs the name of a shell.", `Give one of ${shells.join(", ")}.`);
}

function buildListing(
  command: "rules" | "explain",
  [word, ...more]: readonly string[],
  given: Given,
): Command | Mistake {
  const output = last(given, "output");
  const asked = last(given, "format") ?? "text";
  const format = listFormats.find((one) => one === asked);
  if (format === undefined) return wrongValue("--format", asked, listFormats);
  if (command === "rules") {
    if (word === undefined) return { name: command, format, output };
    return mistake("The command rules lists all rules.", `Write explain ${word} for one of them.`);
  }
  if (word !== undefined && more.length === 0) return { name: command, rule: word, format, output };
  return mistake("The command explain needs the id of one rule.", "The command rules lists them.");
}

const HELP = "See batch-secrets-check --help.";

function mistake(message: string, hint: string): Mistake {
  return { name: "mistake", message, hint };
}
