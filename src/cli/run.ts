/** Runs a command. Everything that a command needs is loaded here, when it is needed. */
import type { Config } from "../config.ts";
import type { Problem } from "../formats/value.ts";
import { clean } from "../report/escape.ts";
import { redact } from "../report/redact.ts";
import type { Report } from "../report/report.ts";
import { type Command, type Mistake, parseArguments } from "./arguments.ts";
import { fileOutput, type Output, stream } from "./output.ts";
import { type Environment, terminal } from "./terminal.ts";

/** 0 passed, 1 findings that fail the check, 2 no whole answer (DESIGN §8). */
export type ExitCode = 0 | 1 | 2;

export interface Process {
  /** The arguments behind the program's name. */
  readonly args: readonly string[];
  readonly workingFolder: string;
  readonly environment: Environment;
}

type Asked<Name extends Command["name"]> = Extract<Command, { readonly name: Name }>;

/** Does what the command line asks for, and prints. Throws when the program itself or its policies are broken. */
export async function run(process: Process): Promise<ExitCode> {
  const command = parseArguments(process.args);
  switch (command.name) {
    case "mistake":
      return complain(command);
    case "help": {
      const { help } = await import("./help.ts");
      return print(help(command.topic), undefined);
    }
    case "version": {
      const { version } = await import("../product.ts");
      return print(`${version}\n`, undefined);
    }
    case "check":
      return runCheck(command, process);
    case "facts":
      return runFacts(command, process);
    case "rules":
      return runRules(command);
    case "explain":
      return runExplain(command, process);
  }
}

async function runCheck(command: Asked<"check">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const asked = await optionsOf(command, workingFolder);
  if ("name" in asked) return complain(asked);
  if (asked.problems.length > 0) return refuse(asked.problems);
  const { check } = await import("../check.ts");
  const { report, excerpts } = await check({ ...asked, failOn: command.failOn ?? asked.config.failOn ?? "error" });
  if (command.format === "json") {
    const { renderJson } = await import("../report/json.ts");
    print(renderJson(report), command.output);
  } else {
    const { renderText } = await import("../report/text.ts");
    print(renderText(report, excerpts, await terminal(environment, command.output)), command.output);
  }
  return exitCode(report);
}

/** A run without a whole answer is told from one with findings: whoever reads a 1 may trust that there is nothing else. */
export function exitCode({ verdict, problems }: Report): ExitCode {
  if (verdict === "pass") return 0;
  return problems.length > 0 ? 2 : 1;
}

async function runFacts(command: Asked<"facts">, { workingFolder }: Process): Promise<ExitCode> {
  const asked = await optionsOf(command, workingFolder);
  if ("name" in asked) return complain(asked);
  if (asked.problems.length > 0) return refuse(asked.problems);
  const { cases } = await import("../check.ts");
  const { renderCase } = await import("../report/facts.ts");
  const found = await cases({ ...asked, failOn: "error" });
  const output = openOutput(command.output);
  for (const { input } of found.cases) if (!output.write(renderCase(input))) break;
  output.close();
  return found.problems.length > 0 ? refuse(found.problems) : 0;
}

async function runRules({ format, output }: Asked<"rules">): Promise<ExitCode> {
  const { loadRules } = await import("../policy/rules.ts");
  const { renderRules, rulesJson } = await import("./rules.ts");
  return print(format === "json" ? rulesJson(loadRules()) : renderRules(loadRules()), output);
}

async function runExplain({ rule: id, format, output }: Asked<"explain">, process: Process): Promise<ExitCode> {
  const { loadRules } = await import("../policy/rules.ts");
  const rules = loadRules();
  const rule = rules.find((one) => one.id === id);
  if (!rule) {
    const { nearest } = await import("../nearest.ts");
    const meant = nearest(
      id,
      rules.map((one) => one.id),
    );
    return complain({
      name: "mistake",
      message: `There is no rule ${id}.`,
      hint: meant ? `Did you mean ${meant}?` : "The command rules lists them.",
    });
  }
  const { renderRule, ruleJson } = await import("./rules.ts");
  if (format === "json") return print(ruleJson(rule), output);
  return print(renderRule(rule, (await terminal(process.environment, output)).width), output);
}

interface Asking {
  readonly root: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly config: Config;
  /** What is wrong with the configuration. */
  readonly problems: readonly Problem[];
}

/** What to check: the paths of the command line before those of the configuration. */
async function optionsOf(
  { paths, config: named }: Asked<"check" | "facts">,
  workingFolder: string,
): Promise<Asking | Mistake> {
  const { scopeOf } = await import("./paths.ts");
  const scope = scopeOf(workingFolder, paths);
  if (scope.name === "mistake") return scope;
  const { readConfig } = await import("../config.ts");
  const { config, problems } = await readConfig(named === undefined ? scope.root : workingFolder, named);
  return {
    root: scope.root,
    paths: scope.paths.length > 0 ? scope.paths : config.paths,
    ignore: config.pathsIgnore,
    config,
    problems,
  };
}

function print(text: string, path: string | undefined): 0 {
  const output = openOutput(path);
  output.write(text);
  output.close();
  return 0;
}

/** Throws a sentence when the file can't be written. */
function openOutput(path: string | undefined): Output {
  return path === undefined ? stream(1) : fileOutput(path);
}

function complain({ message, hint }: Mistake): 2 {
  stream(2).write(`${clean(`${message} ${hint}`)}\n`);
  return 2;
}

/** Tells what could not be read. */
function refuse(problems: readonly Problem[]): 2 {
  const lines = problems.map(({ path, line, message }) => `${path}${line === undefined ? "" : `:${line}`}: ${message}`);
  stream(2).write(lines.map((line) => `${clean(redact(line))}\n`).join(""));
  return 2;
}
