/** A run and its pull request: the configuration that counts before the check, the comments after it. */

import { EVIDENCE_FOLDER } from "../sources/evidence.ts";
import { checksAddress, commitAddress, lineAddress } from "./addresses.ts";
import type { ChangedFile, RepositoryApi } from "./api.ts";
import type { Checkout } from "./checkout.ts";
import type { Base } from "./configuration.ts";
import { connect } from "./connect.ts";
import { defaultBranch, type Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import { type Published, publish } from "./publish.ts";
import type { PullState } from "./pull-state.ts";
import type { CommitPair, Found } from "./query.ts";
import { failureOf, isUnanswered } from "./refusal.ts";
import type { Seen, Session } from "./session.ts";
import type { Shallow } from "./shallow.ts";
import type { Situation } from "./situation.ts";
import type { InSubmodule } from "./submodules.ts";

/** How long reading the configuration that decides may take, in milliseconds. */
const readTime = 30_000;
/** How long writing may take, in milliseconds: a slow or refusing GitHub must not hold up the verdict. */
const writeTime = 60_000;

export function openSession(event: Event, inputs: Inputs, checkout: Checkout): Session {
  const { commit, prefix } = checkout;
  const { token, comment, review, fixed } = inputs;
  const judge = event.judge ?? (commit === event.head ? undefined : defaultBranch);
  const { ref, words } = judge ?? defaultBranch;
  const open = (time: number) => connect(token, event.repository, Date.now() + time);
  const pull = event.kind === "pull_request" && (comment !== "never" || review) ? event : undefined;
  let state: PullState | undefined;
  let seen: Seen | undefined;
  let silence: unknown;
  let lacking: (Lacking & { readonly answer: Found }) | undefined;
  let isFirst = true;
  const folder = `${prefix}${EVIDENCE_FOLDER}`;
  const read: NonNullable<Base["read"]> = async (paths) => {
    const api = await open(readTime);
    const number = state ? undefined : pull?.number;
    try {
      const asked = isFirst ? await lackingIn(event, checkout, api) : undefined;
      isFirst = false;
      const found = await api.look({ pullRequest: number, files: { ref, paths, folder }, commits: asked?.commits });
      if (asked !== undefined) lacking = { ...asked, answer: found };
      state ??= found.pull;
      seen ??= { commit: found.commit, hasEvidence: found.hasFolder };
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
    before: (commit) => {
      const { shallow, commits, answer } = lacking ?? {};
      return commits && answer && shallow?.commit === commit ? shallow.snapshot(commits, answer) : undefined;
    },
    headTree: () => lacking?.answer.trees?.head,
    texts: async (commit, paths) => {
      if (token === "" || silence !== undefined) return [];
      return (await readTexts(await open(readTime), commit, paths)).texts;
    },
    write: async (work) => {
      const commented: Published["commented"] = new Set();
      if (pull === undefined) return { sentences: [], commented };
      if (token === "") return { sentences: ["Input github-token is empty, so nothing was commented."], commented };
      // What didn't answer is not waited for a second time.
      const openPull = async () => {
        if (silence !== undefined) throw silence;
        return (await open(writeTime)).pullRequest(pull.number);
      };
      const listed = { ...work, event: pull, comment, review, fixed, files: lacking?.files };
      return publish(openPull, listed, state);
    },
  };
}

/** What a clone of one commit lacks, as far as it is known before the first query. */
interface Lacking {
  readonly shallow: Shallow;
  /** The changed files. */
  readonly files: readonly ChangedFile[];
  readonly commits: CommitPair | undefined;
}

/** Undefined where nothing is lacking, or it is to be read in another way. Throws when GitHub doesn't answer. */
async function lackingIn(event: Event, checkout: Checkout, api: RepositoryApi): Promise<Lacking | undefined> {
  const { openShallow } = await import("./shallow.ts");
  const shallow = await openShallow(event, checkout);
  if (shallow === undefined || event.kind !== "pull_request") return undefined;
  try {
    const files = await api.pullRequest(event.number).files();
    return { shallow, files, commits: shallow.ask(files) };
  } catch (error) {
    if (isUnanswered(error)) throw error;
    return undefined;
  }
}

/**
 * Texts of a ref, by the order of the paths, undefined for one that is not there or can't be read; and its commit, where
 * GitHub tells it.
 */
export async function readTexts(api: RepositoryApi, ref: string, paths: readonly string[]) {
  const { commit, texts } = await api.look({ files: { ref, paths } });
  const oneByOne = () => Promise.all(paths.map((path) => api.fileAt(path, ref).catch(() => undefined)));
  return { commit, texts: texts ?? (await oneByOne()) };
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
