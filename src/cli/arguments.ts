/** The command line → a command. Pure: nothing is read, nothing is printed. */
import { parseArgs } from "node:util";
import { nearest } from "../nearest.ts";
import { showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import { scopeValues } from "../verdict/finding.ts";
import { failOnValues } from "../verdict/verdict.ts";
import {
  type Command,
  type CommandName,
  commandNames,
  listFormats,
  NAMES,
  options,
  optionsOf,
  shells,
} from "./command.ts";

/** What is wrong with the command line, and the way out: one sentence each. */
export interface Mistake {
  readonly name: "mistake";
  readonly message: string;
  readonly hint: string;
}

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
