/** The command facts. */
import { cases } from "../check.ts";
import { renderCase } from "../report/facts.ts";
import type { Asked } from "./arguments.ts";
import { ask } from "./asking.ts";
import { complain, type ExitCode, openOutput, refuse } from "./print.ts";
import type { Process } from "./terminal.ts";

/** Prints the cases, a line each; one is in memory at a time. */
export async function runFacts(command: Asked<"facts">, { workingFolder }: Process): Promise<ExitCode> {
  const asking = await ask(command, workingFolder);
  if (asking.name === "mistake") return complain(asking);
  if (asking.problems.length > 0) return refuse(asking.problems);
  const found = await cases({ ...asking, failOn: "error" });
  const output = openOutput(command.output);
  for (const { input } of found.cases) if (!output.write(renderCase(input))) break;
  output.close();
  return found.problems.length > 0 ? refuse(found.problems) : 0;
}
