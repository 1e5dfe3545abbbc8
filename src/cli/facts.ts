import { cases } from "../check.ts";
import { renderCase } from "../report/facts.ts";
import { hider } from "../report/hide.ts";
import type { ExitCode } from "../verdict/verdict.ts";
import type { Asked } from "./command.ts";
import { complain, openOutput, refuse } from "./print.ts";
import { requestOf } from "./request.ts";
import type { Process } from "./terminal.ts";

/** Prints the cases, a line each; one is in memory at a time. */
export async function runFacts(command: Asked<"facts">, { workingFolder }: Process): Promise<ExitCode> {
  const request = await requestOf(command, workingFolder);
  if (request.name === "mistake") return complain(request);
  if (request.problems.length > 0) return refuse(request.problems);
  const found = await cases({ ...request, failOn: "error" });
  const output = openOutput(command.output);
  const hide = hider();
  for (const { input } of found.cases) if (!output.write(renderCase(input, hide))) break;
  output.close();
  return found.problems.length > 0 ? refuse(found.problems) : 0;
}
