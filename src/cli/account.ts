import { openAws } from "../aws/open.ts";
import { checkAccount } from "../collect/account.ts";
import { leastPolicy } from "../collect/policy.ts";
import { defaultConfig } from "../config/config.ts";
import { readConfig } from "../config/read.ts";
import { type ExitCode, exitCode } from "../verdict/verdict.ts";
import { nodeTooOld, openProgress, requireAccount, targetOf } from "./aws.ts";
import type { Asked } from "./command.ts";
import { complain, print, refuse, tell } from "./print.ts";
import { type Process, terminal } from "./terminal.ts";

/** Checks the job definitions of an account. Nothing is written but the report. */
export async function runAccount(
  { regions, allRevisions, printPolicy, format, show, output, config: named, failOn, ...asked }: Asked<"account">,
  { workingFolder, environment }: Process,
): Promise<ExitCode> {
  const old = nodeTooOld("account", process.versions.node);
  if (old) return complain(old);
  if (printPolicy) return print(`${JSON.stringify(leastPolicy(["jobs"]), null, 2)}\n`, output);
  const read = await readConfig(workingFolder, named);
  if (read.problems.length > 0) return refuse(read.problems);
  // The configuration of a folder is about its files: for the answers of an account, only one that is named counts.
  const config = named === undefined ? defaultConfig : read.config;
  const target = targetOf(read.config, asked, regions[0]);
  if ("message" in target) return complain(target);
  const { who, ask } = await openAws(target);
  requireAccount(target, who);
  const { progress, end } = openProgress(process.stderr.isTTY);
  const chains = format.chains !== false || show === "proven";
  const options = { config, failOn: failOn ?? config.failOn ?? "error", chains, regions, allRevisions, progress };
  const { report, excerpts, said } = await checkAccount({ who, ask, ...options }).finally(end);
  for (const sentence of said) tell(sentence);
  print(await format.write(report, excerpts, { ...(await terminal(environment, output)), show }), output);
  return exitCode(report);
}
