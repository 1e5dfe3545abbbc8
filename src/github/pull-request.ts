/** A run and its pull request: the configuration that counts before the check, the comments after it. */
import { EVIDENCE_FOLDER } from "../sources/evidence.ts";
import { checksAddress, commitAddress, lineAddress } from "./addresses.ts";
import { connect } from "./api.ts";
import type { Checkout } from "./checkout.ts";
import type { Base } from "./configuration.ts";
import { defaultBranch, type Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Situation } from "./plan.ts";
import { type Published, publish, type Work } from "./publish.ts";
import type { PullState } from "./pull-state.ts";
import { failureOf, isUnanswered } from "./refusal.ts";
import type { InSubmodule } from "./submodules.ts";

/** How long reading the configuration that decides may take, in milliseconds. */
const readTime = 30_000;
/** How long writing may take, in milliseconds: a slow or refusing GitHub must not hold up the verdict. */
const writeTime = 60_000;

/** What was seen of a base as a whole; nothing without a token, or where GitHub doesn't tell. */
export interface Seen {
  readonly commit?: string | undefined;
  /** Whether it has the usual folder of evidence. */
  readonly hasEvidence?: boolean | undefined;
}

/** A run and GitHub, asked once for all that it needs to know. */
export interface Session {
  /** What judges the files of the checkout; undefined when they are the default branch itself. */
  readonly base: (Base & { readonly seen: () => Promise<Seen> }) | undefined;
  /** Writes into the pull request, if there is one. Never throws. */
  readonly write: (work: Omit<Work, "event" | "comment" | "review" | "fixed">) => Promise<Published>;
}

export function openSession(event: Event, inputs: Inputs, { commit, prefix }: Checkout): Session {
  const { token, comment, review, fixed } = inputs;
  const judge = event.judge ?? (commit === event.head ? undefined : defaultBranch);
  const { ref, words } = judge ?? defaultBranch;
  const open = (time: number) => connect(token, event.repository, Date.now() + time);
  const pull = event.kind === "pull_request" && (comment !== "never" || review) ? event : undefined;
  let state: PullState | undefined;
  let seen: Seen | undefined;
  let silence: unknown;
  const folder = `${prefix}${EVIDENCE_FOLDER}`;
  const read: NonNullable<Base["read"]> = async (paths) => {
    const api = await open(readTime);
    const found = await api.look({ pullRequest: state ? undefined : pull?.number, files: { ref, paths, folder } });
    state ??= found.pull;
    seen ??= { commit: found.commit, hasEvidence: found.hasFolder };
    try {
      return found.texts ?? (await Promise.all(paths.map((path) => api.fileAt(path, ref))));
    } catch (error) {
      if (isUnanswered(error)) silence = error;
      throw failureOf(`The configuration of ${words} can't be read`, error, "contents: read");
    }
  };
  const bytes: NonNullable<Base["bytes"]> = async (path) => {
    const api = await open(readTime);
    try {
      return await api.bytesAt(path, ref);
    } catch (error) {
      throw failureOf(`${path} of ${words} can't be read`, error, "contents: read");
    }
  };
  const look = async (): Promise<Seen> => {
    if (seen === undefined) await read([]);
    return seen ?? {};
  };
  const asked = token === "" ? { read: null, bytes: null, seen: async () => ({}) } : { read, bytes, seen: look };
  return {
    base: judge && { words: judge.words, ...asked },
    write: async (work) => {
      const commented: Published["commented"] = new Set();
      if (pull === undefined) return { sentences: [], commented };
      if (token === "") return { sentences: ["Input github-token is empty, so nothing was commented."], commented };
      // What didn't answer is not waited for a second time.
      const openPull = async () => {
        if (silence !== undefined) throw silence;
        return (await open(writeTime)).pullRequest(pull.number);
      };
      return publish(openPull, { ...work, event: pull, comment, review, fixed }, state);
    },
  };
}

/**
 * Links to lines lead to the commit that was checked, whose lines they are; what people know is the head. A file of a
 * submodule is linked in its own repository, or not at all.
 */
export function linksTo(
  event: Event,
  { commit }: Pick<Checkout, "commit">,
  inSubmodule: (path: string) => InSubmodule | undefined = () => undefined,
): Pick<Situation["summary"], "address" | "commit" | "checks"> {
  const { repository, head } = event;
  return {
    ...(event.kind === "pull_request" ? { checks: checksAddress(repository, event.number) } : {}),
    address: (location) => {
      const inside = inSubmodule(location.path);
      if (inside === undefined) return lineAddress(repository, commit ?? head, location);
      if (inside.repository === undefined || inside.commit === "") return "";
      return lineAddress(inside.repository, inside.commit, { ...location, path: inside.path });
    },
    commit: { sha: head, address: commitAddress(repository, head) },
  };
}
