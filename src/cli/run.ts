/** Runs a command. What a command needs is loaded when it is asked for. */

import type { ExitCode } from "../verdict/verdict.ts";
import { type Mistake, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { complain, print } from "./print.ts";
import type { Process } from "./terminal.ts";

/** Does what the command line asks for, and prints. Throws when the program itself or its policies are broken. */
export async function run(process: Process): Promise<ExitCode> {
  const command: Command | Mistake = parseArguments(process.args);
  switch (command.name) {
    case "mistake":
      return complain(command);
    case "help":
      return print((await import("./help.ts")).help(command.topic), undefined);
    case "version":
      return print(`${(await import("../product.ts")).version}\n`, undefined);
    case "check":
      // What nearly every start needs is in the bundle's main file: each further file costs half a millisecond.
      return (await import(/* webpackMode: "eager" */ "./check.ts")).runCheck(command, process);
    case "collect":
      return (await import("./collect.ts")).runCollect(command, process);
    case "account":
      return (await import("./account.ts")).runAccount(command, process);
    case "facts":
      return (await import("./facts.ts")).runFacts(command, process);
    case "rules":
      return (await import("./rules.ts")).runRules(command);
    case "merge":
      return (await import("./merge.ts")).runMerge(command, process);
    case "init":
      return (await import("./init.ts")).runInit(command, process);
    case "completions":
      return print((await import("./completions.ts")).completions(command.shell), undefined);
    case "explain":
      return (await import("./rules.ts")).runExplain(command, process);
  }
}
