/** The command check. */
import { check } from "../check.ts";
import { renderJson } from "../report/json.ts";
import type { Report } from "../report/report.ts";
import { renderText } from "../report/text.ts";
import type { Asked } from "./arguments.ts";
import { ask } from "./asking.ts";
import { complain, type ExitCode, print, refuse } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

/** Checks and prints the report. */
export async function runCheck(command: Asked<"check">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const asking = await ask(command, workingFolder);
  if (asking.name === "mistake") return complain(asking);
  if (asking.problems.length > 0) return refuse(asking.problems);
  const { format, output, failOn } = command;
  const { report, excerpts } = await check({ ...asking, failOn: failOn ?? asking.config.failOn ?? "error" });
  const text =
    format === "json" ? renderJson(report) : renderText(report, excerpts, await terminal(environment, output));
  print(text, output);
  return exitCode(report);
}

/** A run without a whole answer is told from one with findings: whoever reads a 1 may trust that there is nothing else. */
export function exitCode({ verdict, problems }: Report): ExitCode {
  if (verdict === "pass") return 0;
  return problems.length > 0 ? 2 : 1;
}
