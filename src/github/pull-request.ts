/** A run and its pull request: the configuration that counts before the check, the comments after it. */
import { commitAddress, lineAddress } from "./addresses.ts";
import { connect, messageOf } from "./api.ts";
import type { Checkout } from "./checkout.ts";
import type { BaseFile } from "./configuration.ts";
import type { Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Situation } from "./plan.ts";
import { publish, type Work } from "./publish.ts";

/** How long reading the configuration of the base may take, in milliseconds. */
const readTime = 60_000;
/** How long writing may take, in milliseconds: a slow or refusing GitHub must not hold up the verdict. */
const writeTime = 60_000;

/**
 * Reads files (paths relative to the checked folder) at the base of the pull request; undefined when the event is of no
 * pull request. Without a token the base has no files. A file that can't be read is an error: guessing what it says
 * could pass what it forbids.
 */
export function baseFiles(event: Event, { token }: Inputs, { prefix }: Checkout): BaseFile | undefined {
  if (event.kind !== "pull_request") return undefined;
  if (token === "") return async () => undefined;
  const api = connect(token, event.repository, event.number, Date.now() + readTime);
  return async (path) => {
    try {
      return await (await api).fileAt(`${prefix}${path}`, event.base);
    } catch (error) {
      throw new Error(
        `The configuration of the base branch can't be read (${messageOf(error)}). The job needs permissions: contents: read.`,
        { cause: error },
      );
    }
  };
}

export function linksTo({ repository, head }: Event): Pick<Situation["summary"], "address" | "commit"> {
  return {
    address: (location) => lineAddress(repository, head, location),
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
  const open = () => connect(token, event.repository, event.number, Date.now() + writeTime);
  return publish(open, { ...work, event, comment, review });
}
