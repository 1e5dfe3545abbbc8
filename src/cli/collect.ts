import { join, resolve } from "node:path";
import { openAws } from "../aws/open.ts";
import { check } from "../check.ts";
import { dryRun } from "../collect/dry-run.ts";
import { evidenceFile } from "../collect/evidence.ts";
import { replaceFolder, requireOurs } from "../collect/folder.ts";
import { gather } from "../collect/gather.ts";
import { openThings } from "../collect/open.ts";
import { leastPolicy } from "../collect/policy.ts";
import { summaryOf } from "../collect/summary.ts";
import type { Thing } from "../collect/things.ts";
import { EVIDENCE_FOLDER } from "../sources/evidence.ts";
import type { ExitCode } from "../verdict/verdict.ts";
import { quantity } from "../words.ts";
import { nodeTooOld, openProgress, requireAccount, type Target, targetOf } from "./aws.ts";
import type { Asked } from "./command.ts";
import { complain, print, refuse, tell } from "./print.ts";
import { requestOf } from "./request.ts";
import type { Process } from "./terminal.ts";

/** Asks AWS what the files leave open, and writes the answers as evidence: all of them, or none. */
export async function runCollect(command: Asked<"collect">, { workingFolder }: Process): Promise<ExitCode> {
  const old = nodeTooOld("collect", process.versions.node);
  if (old) return complain(old);
  const request = await requestOf(command, workingFolder);
  if (request.name === "mistake") return complain(request);
  if (request.problems.length > 0) return refuse(request.problems);
  const target = targetOf(request.config, command, command.region);
  if ("message" in target) return complain(target);
  const { deployment } = command;
  const { report, world } = await check({ ...request, deployment, evidence: [], failOn: "never", chains: false });
  const open = openThings(world, report.unverified);
  const { profile, region } = target;
  if (command.print === "policy")
    return print(`${JSON.stringify(leastPolicy(kindsOf(open.things)), null, 2)}\n`, undefined);
  if (command.print === "commands") return print(dryRun(open, profile, region), undefined);
  if (open.things.length === 0) {
    tell("Nothing is open that an account could answer. Nothing was asked, and nothing was written.");
    return 0;
  }
  const own = join(request.root, target.evidence ?? EVIDENCE_FOLDER);
  const folder = command.output === undefined ? own : resolve(workingFolder, command.output);
  requireOurs(folder);
  await askInto(folder, open.things, target);
  return 0;
}

/** Asks, and replaces the folder by the answers. Throws a sentence when that can't be done; then nothing has changed. */
async function askInto(folder: string, open: readonly Thing[], target: Target): Promise<void> {
  const { who, ask } = await openAws(target);
  requireAccount(target, who);
  const { progress, end } = openProgress(process.stderr.isTTY);
  const answers = await gather({ open, who, ask, progress }).finally(end);
  const files = answers.map((one) => evidenceFile(one, who.account));
  replaceFolder(folder, files);
  for (const sentence of summaryOf(open, answers, who)) tell(sentence);
  tell(`${quantity(files.length, "file")} written to ${folder}.`);
}

function kindsOf<Kind>(things: readonly { readonly kind: Kind }[]): ReadonlySet<Kind> {
  return new Set(things.map(({ kind }) => kind));
}
