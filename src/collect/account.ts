/** Checks an account without any files: everything that its job definitions lead to is asked, and judged as evidence. */
import { type Checked, type CheckOptions, check } from "../check.ts";
import { emptyTree, overlay } from "../sources/overlay.ts";
import { accountFiles } from "./account-files.ts";
import { type Ask, type GatherOptions, gather } from "./gather.ts";
import { newestOnly } from "./newest.ts";
import type { Identity } from "./plan.ts";
import { summaryOf } from "./summary.ts";
import type { Thing } from "./things.ts";

export interface AccountOptions
  extends Pick<CheckOptions, "config" | "failOn" | "chains">,
    Pick<GatherOptions, "progress"> {
  readonly who: Identity;
  readonly ask: Ask;
  /** The Regions to look at; that of the credentials when there are none. */
  readonly regions: readonly string[];
  /** Whether every active revision of a job definition is judged, not only the newest. */
  readonly allRevisions: boolean;
}

export interface CheckedAccount extends Checked {
  /** What was asked and what came of it, in sentences. */
  readonly said: readonly string[];
}

/** Asks, then judges. Throws a sentence when AWS can't be asked. */
export async function checkAccount({
  who,
  ask,
  regions,
  allRevisions,
  progress,
  ...options
}: AccountOptions): Promise<CheckedAccount> {
  const wanted = regions.length > 0 ? regions : [who.region];
  const open = wanted.map((region): Thing => ({ kind: "jobs", region }));
  const asking = { open, who, ask: allRevisions ? ask : newestOnly(ask) };
  const answers = await gather({ ...asking, ...(progress && { progress }) });
  const checked = await check({
    ...options,
    root: ".",
    tree: overlay(emptyTree(), accountFiles(answers, who.account)),
    paths: [],
    ignore: [],
    evidence: [who.account],
    ofAccount: true,
  });
  return { ...checked, said: summaryOf(open, answers, who) };
}
