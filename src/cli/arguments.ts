/** The command line → a command. Pure: nothing is read, nothing is printed. */
import { parseArgs } from "node:util";
import { failOnValues } from "../config/config.ts";
import { nearest } from "../nearest.ts";
import { type ReportFormat, type Show, showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import type { FailOn } from "../verdict/verdict.ts";

const listFormats = ["text", "json"] as const;
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
      /** Whether the edits of findings are made in the files. */
      readonly fix: boolean;
      /** Where the findings are written that will not fail the check any more. */
      readonly writeBaseline: string | undefined;
    }
  | {
      readonly name: "facts";
      readonly paths: readonly string[];
      readonly output: string | undefined;
      readonly config: string | undefined;
    }
  | { readonly name: "rules"; readonly format: ListFormat; readonly output: string | undefined }
  | {
      readonly name: "explain";
      readonly rule: string;
      readonly format: ListFormat;
      readonly output: string | undefined;
    }
  | { readonly name: "help"; readonly topic: CommandName | undefined }
  | { readonly name: "version" };

export type Asked<Name extends Command["name"]> = Extract<Command, { readonly name: Name }>;

/** What is wrong with the command line, and the way out: one sentence each. */
export interface Mistake {
  readonly name: "mistake";
  readonly message: string;
  readonly hint: string;
}

export const commandNames = ["check", "facts", "rules", "explain"] as const;
export type CommandName = (typeof commandNames)[number];

/** What an option accepts: one of some words, or the name of a file; undefined for a switch. */
const options: Readonly<Record<string, readonly string[] | "FILE" | undefined>> = {
  format: reports.map(({ name }) => name),
  output: "FILE",
  config: "FILE",
  "fail-on": failOnValues,
  show: showValues,
  fix: undefined,
  "write-baseline": "FILE",
  help: undefined,
  version: undefined,
};

const optionsOf: Readonly<Record<CommandName, readonly string[]>> = {
  check: ["format", "output", "config", "fail-on", "show", "fix", "write-baseline"],
  facts: ["output", "config"],
  rules: ["format", "output"],
  explain: ["format", "output"],
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
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const mistake = checkOption(name, rawName, inlineValue ? value : value?.startsWith("-") ? undefined : value);
    if (mistake) return mistake;
    given.set(name, value ?? "");
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
  if (accepts === "FILE") return value ? undefined : mistake(`${written} needs the name of a file.`, HELP);
  return value !== undefined && accepts.includes(value) ? undefined : wrongValue(written, value, accepts);
}

function wrongValue(written: string, value: string | undefined, allowed: readonly string[]): Mistake {
  const meant = value === undefined ? undefined : nearest(value, allowed);
  return mistake(
    value === undefined ? `${written} needs a value.` : `${written} can't be "${value}".`,
    meant ? `Did you mean ${written} ${meant}?` : `Give one of ${allowed.join(", ")}.`,
  );
}

function build(command: CommandName, words: readonly string[], given: ReadonlyMap<string, string>): Command | Mistake {
  const foreign = [...given.keys()].find((name) => !optionsOf[command].includes(name));
  if (foreign !== undefined) {
    const others = commandNames.filter((name) => optionsOf[name].includes(foreign));
    return mistake(`The command ${command} has no option --${foreign}.`, `It belongs to ${others.join(", ")}.`);
  }
  const output = given.get("output");
  const config = given.get("config");
  if (command === "facts") return { name: command, paths: words, output, config };
  if (command !== "check") return buildListing(command, words, given);
  return {
    name: command,
    paths: words,
    format: reports.find(({ name }) => name === given.get("format")) ?? reports[0],
    show: showValues.find((one) => one === given.get("show")),
    output,
    config,
    failOn: failOnValues.find((one) => one === given.get("fail-on")),
    fix: given.has("fix"),
    writeBaseline: given.get("write-baseline"),
  };
}

function buildListing(
  command: "rules" | "explain",
  [word, ...more]: readonly string[],
  given: ReadonlyMap<string, string>,
): Command | Mistake {
  const output = given.get("output");
  const asked = given.get("format") ?? "text";
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
