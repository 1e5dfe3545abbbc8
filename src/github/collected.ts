/** Evidence that a run collects itself, with the credentials of its job: `evidence: collect`. */
import { openAws } from "../aws/open.ts";
import { COLLECTED } from "../base/evidence.ts";
import type { Checked, CheckOptions } from "../check.ts";
import { evidenceFile } from "../collect/evidence.ts";
import { gather } from "../collect/gather.ts";
import { openThings } from "../collect/open.ts";
import { summaryOf } from "../collect/summary.ts";
import { contentsOf, overlay } from "../sources/overlay.ts";
import { openFolder } from "../sources/tree.ts";
import type { Event } from "./event.ts";

/** How a run goes on: undefined options when it stays as it is. */
export interface Collected {
  readonly options?: CheckOptions;
  readonly notices: readonly string[];
}

/**
 * Asks AWS what a check left open. A pull request of a fork is never asked for: a stranger would choose the questions.
 * Throws a sentence when AWS can't be asked.
 */
export async function collectFor(
  options: CheckOptions,
  { report, world }: Pick<Checked, "report" | "world">,
  event: Event,
): Promise<Collected> {
  if (event.kind === "pull_request" && (event.fork || event.readOnly !== undefined)) return { notices: [NEVER] };
  const below = options.tree ?? openFolder(options.root, options.bounds);
  if (below.find(COLLECTED).at !== "nowhere") throw new Error(`${COLLECTED} is where this run has what it collects`);
  const open = openThings(world, report.unverified).things;
  if (open.length === 0) return { notices: [] };
  const { who, ask } = await openAws({ profile: undefined, region: undefined });
  const answers = await gather({ open, who, ask });
  const files = answers.map((one) => {
    const { path, text } = evidenceFile(one, who.account);
    return { path: `${COLLECTED}/${path}`, text };
  });
  const tree = overlay(below, contentsOf(files));
  return { options: { ...options, tree, evidence: [COLLECTED] }, notices: summaryOf(open, answers, who) };
}

const NEVER = "Evidence is not collected on pull requests of forks and of Dependabot.";
