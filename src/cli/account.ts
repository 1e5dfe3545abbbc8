import { openAws } from "../aws/open.ts";
import { checkAccount } from "../collect/account.ts";
import { leastPolicy } from "../collect/policy.ts";
import { defaultConfig } from "../config/config.ts";
import { readConfig } from "../config/read.ts";
import type { Asked } from "./arguments.ts";
import { nodeTooOld, openProgress } from "./aws.ts";
import { exitCode } from "./check.ts";
import { complain, type ExitCode, print, refuse, tell } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

/** Checks the job definitions of an account. Nothing is written but the report. */
export async function runAccount(
  { profile, regions, allRevisions, printPolicy, format, show, output, config: named, failOn }: Asked<"account">,
  { workingFolder, environment }: Process,
): Promise<ExitCode> {
  const old = nodeTooOld("account", process.versions.node);
  if (old) return complain(old);
  if (printPolicy) return print(`${JSON.stringify(leastPolicy(["jobs"]), null, 2)}\n`, output);
  // The configuration of a folder is about its files: only one that is named counts.
  const { config, problems } =
    named === undefined ? { config: defaultConfig, problems: [] } : await readConfig(workingFolder, named);
  if (problems.length > 0) return refuse(problems);
  const { who, ask } = await openAws({ profile, region: regions[0] });
  const { progress, end } = openProgress(process.stderr.isTTY);
  const chains = format.chains ?? show === "proven";
  const options = {
    config,
    failOn: failOn ?? config.failOn ?? "error",
    chains,
    regions,
    allRevisions,
    progress,
  } as const;
  const { report, excerpts, said } = await checkAccount({ who, ask, ...options }).finally(end);
  for (const sentence of said) tell(sentence);
  print(format.write(report, excerpts, { ...(await terminal(environment, output)), show }), output);
  return exitCode(report);
}
