import { check } from "../check.ts";
import type { Report } from "../report/report.ts";
import type { Asked } from "./arguments.ts";
import { complain, type ExitCode, print, refuse } from "./print.ts";
import { requestOf } from "./request.ts";
import { type Process, terminal } from "./terminal.ts";

export async function runCheck(command: Asked<"check">, { workingFolder, environment }: Process): Promise<ExitCode> {
  const request = await requestOf(command, workingFolder);
  if (request.name === "mistake") return complain(request);
  if (request.problems.length > 0) return refuse(request.problems);
  const { format, show, output, failOn } = command;
  const { report, excerpts } = await check({
    ...request,
    failOn: failOn ?? request.config.failOn ?? "error",
    chains: format.chains ?? show === "proven",
  });
  print(format.write(report, excerpts, { ...(await terminal(environment, output)), show }), output);
  return exitCode(report);
}

/** An incomplete result differs from one with findings: after a 1 there is nothing else to find. */
export function exitCode({ verdict, problems }: Report): ExitCode {
  if (verdict === "pass") return 0;
  return problems.length > 0 ? 2 : 1;
}
