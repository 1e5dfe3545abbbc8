/** The command check. */
import { check } from "../check.ts";
import type { Report } from "../report/report.ts";
import type { Asked } from "./arguments.ts";
import { ask } from "./asking.ts";
import { complain, type ExitCode, print, refuse } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

/** Checks and prints the report. */
export async function runCheck(command: Asked<"check">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const asking = await ask(command, workingFolder);
  if (asking.name === "mistake") return complain(asking);
  if (asking.problems.length > 0) return refuse(asking.problems);
  const { format, show, output, failOn } = command;
  const { report, excerpts } = await check({ ...asking, failOn: failOn ?? asking.config.failOn ?? "error" });
  print(format.write(report, excerpts, { ...(await terminal(environment, output)), show }), output);
  return exitCode(report);
}

/** An incomplete result differs from one with findings: after a 1 there is nothing else to find. */
export function exitCode({ verdict, problems }: Report): ExitCode {
  if (verdict === "pass") return 0;
  return problems.length > 0 ? 2 : 1;
}
