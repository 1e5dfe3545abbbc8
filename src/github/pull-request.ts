/** A run and its pull request: the configuration that counts before the check, the comments after it. */
import { checksAddress, commitAddress, lineAddress } from "./addresses.ts";
import { connect } from "./api.ts";
import type { Checkout } from "./checkout.ts";
import type { Base } from "./configuration.ts";
import { defaultBranch, type Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Situation } from "./plan.ts";
import { publish, type Work } from "./publish.ts";
import { reasonOf } from "./refusal.ts";

/** How long reading the configuration that decides may take, in milliseconds. */
const readTime = 30_000;
/** How long writing may take, in milliseconds: a slow or refusing GitHub must not hold up the verdict. */
const writeTime = 60_000;

/** What judges the files of the checkout; undefined when they are the default branch itself. */
export function baseOf(event: Event, { token }: Inputs, { commit }: Checkout): Base | undefined {
  const judge = event.judge ?? (commit === event.head ? undefined : defaultBranch);
  if (judge === undefined || token === "") return judge && { words: judge.words, read: null };
  const api = connect(token, event.repository, Date.now() + readTime);
  const read = async (path: string) => {
    try {
      return await (await api).fileAt(path, judge.ref);
    } catch (error) {
      throw new Error(`The configuration of ${judge.words} can't be read: ${reasonOf(error, "contents: read")}`, {
        cause: error,
      });
    }
  };
  return { words: judge.words, read };
}

/** Links to lines lead to the commit that was checked, whose lines they are; what people know is the head. */
export function linksTo(
  event: Event,
  { commit }: Checkout,
): Pick<Situation["summary"], "address" | "commit" | "checks"> {
  const { repository, head } = event;
  return {
    ...(event.kind === "pull_request" ? { checks: checksAddress(repository, event.number) } : {}),
    address: (location) => lineAddress(repository, commit ?? head, location),
    commit: { sha: head, address: commitAddress(repository, head) },
  };
}

/** Writes into the pull request. Gives a sentence for each failure. Never throws. */
export async function writePullRequest(
  event: Event,
  { token, comment, review }: Inputs,
  work: Omit<Work, "event" | "comment" | "review">,
): Promise<readonly string[]> {
  if (event.kind !== "pull_request" || (comment === "never" && !review)) return [];
  if (token === "") return ["Input github-token is empty, so nothing was commented."];
  const open = async () => (await connect(token, event.repository, Date.now() + writeTime)).pullRequest(event.number);
  return publish(open, { ...work, event, comment, review });
}
