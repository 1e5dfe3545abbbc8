/**
 * What findings are compared with: what the checkout was merged with, or where the change began. Not the commit that
 * the event gives for the base branch, which is that of the last push to the pull request.
 */

import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { Base } from "../base/against.ts";
import type { Judge } from "../base/evidence.ts";
import type { Git } from "../base/git.ts";
import { isOf, type Snapshot } from "../base/listing.ts";
import { into } from "../maps.ts";
import type { Scope } from "../verdict/finding.ts";
import type { RepositoryApi } from "./api.ts";
import type { Checkout } from "./checkout.ts";
import { connect } from "./connect.ts";
import type { Event } from "./event.ts";
import { reasonOf } from "./refusal.ts";
import type { Session } from "./session.ts";

/** How long reading the base may take, in milliseconds. */
const readTime = 60_000;

/** Which findings count where nobody says so: of a change those that it brings with it. */
export function usualScope(event: Event): Scope {
  return event.kind === "pull_request" || event.name === "merge_group" ? "new" : "all";
}

/**
 * The base of what is checked; undefined where there is none, as for a schedule. `before` gives a commit that the run has
 * asked GitHub for already.
 */
export function openBase(event: Event, token: string, checkout: Checkout, before: Session["before"]): Base | undefined {
  const words = event.kind === "pull_request" ? event.judge.words : event.before && "the commit before";
  if (words === undefined) return undefined;
  let opened: Promise<Snapshot> | undefined;
  const open = () => {
    const commitOf: CommitOf = (local, api) => baseCommit(event, checkout.commit, local, api);
    opened ??= read(checkout, asking(event, token), commitOf, before);
    return opened;
  };
  return { words, folder: folderOf(checkout), open };
}

/**
 * Whose evidence counts: of a pull request what it is compared with, else the branch that judges. `isUsual`: evidence is
 * in no other folder than the usual one.
 */
export function openJudge(
  event: Event,
  token: string,
  checkout: Checkout,
  { words, seen }: NonNullable<Session["base"]>,
  { base, isUsual, isOwn }: Pick<Judge, "isOwn"> & { readonly base: Base | undefined; readonly isUsual: boolean },
): Judge {
  const open = async () => {
    const { commit, hasEvidence } = await seen();
    if (isUsual && hasEvidence === false) return undefined;
    if (event.kind === "pull_request" && base !== undefined) return base.open();
    if (commit === undefined) throw new Error("GitHub does not tell its commit.");
    return read(checkout, asking(event, token), async () => commit);
  };
  let listed: Promise<Snapshot["files"] | undefined> | undefined;
  const isCommitted = async (path: string) => {
    listed ??= filesOf(checkout);
    const files = await listed;
    return files === undefined || isOf(files, posix.join(checkout.prefix, path));
  };
  return { words, folder: folderOf(checkout), isOwn, isCommitted, open };
}

/** What the checked commit lists; undefined where git can't tell. */
async function filesOf(checkout: Checkout): Promise<Snapshot["files"] | undefined> {
  const local = await import("../base/git.ts");
  const git = gitOf(checkout, local);
  const { commit } = checkout;
  return git && commit !== undefined ? local.checkedIn(git, commit).checked() : undefined;
}

function folderOf({ prefix }: Checkout): string {
  return prefix.replace(/\/$/, "");
}

function asking({ repository }: Event, token: string) {
  return async (): Promise<RepositoryApi> => {
    if (token === "") throw new Error("It is not in this clone, and input github-token is empty.");
    return connect(token, repository, Date.now() + readTime);
  };
}

async function read(
  checkout: Checkout,
  ask: () => Promise<RepositoryApi>,
  commitOf: CommitOf,
  before: Session["before"] = () => undefined,
): Promise<Snapshot> {
  // Most runs find nothing: then git is not loaded.
  const local = await import("../base/git.ts");
  const git = gitOf(checkout, local);
  const fromApi = async <T>(get: (api: RepositoryApi) => Promise<T>): Promise<T> => {
    const api = await ask();
    try {
      return await get(api);
    } catch (error) {
      throw new Error(reasonOf(error, "contents: read"), { cause: error });
    }
  };
  const commit = await commitOf(git && { git, ...local }, fromApi);
  const remote = () => fromApi((api) => api.snapshot(commit));
  const isHere = git !== undefined && local.hasObject(git, `${commit}^{tree}`);
  const known = isHere ? local.gitSnapshot(git, commit) : before(commit);
  const snapshot = known === undefined ? await remote() : completed(known, remote);
  const { commit: head } = checkout;
  if (git !== undefined && head !== undefined) return { ...snapshot, ...local.checkedIn(git, head) };
  // What is read through the API is all of a commit.
  return { ...snapshot, isFetchedInCommit: () => checkout.remote !== undefined };
}

/** A clone may lack contents of the commits that it has. */
function completed(local: Snapshot, remote: () => Promise<Snapshot>): Snapshot {
  return {
    files: local.files,
    load: async (ids) => {
      const found = await local.load(ids);
      const missing = ids.filter((id) => !Buffer.isBuffer(found.get(id)));
      return missing.length === 0 ? found : new Map([...found, ...(await (await remote()).load(missing))]);
    },
  };
}

type GitModule = typeof import("../base/git.ts");
type Local = GitModule & { readonly git: Git };

const opened = new Map<Checkout, Git | null>();

/** Git, where it is there and the files are those of its checkout. A run looks for it once. */
export function gitOf(checkout: Checkout, local: GitModule): Git | undefined {
  return into(opened, checkout, () => openGitOf(checkout, local) ?? null) ?? undefined;
}

function openGitOf({ repository, remote }: Checkout, { openGit }: GitModule): Git | undefined {
  if (remote !== undefined || !existsSync(join(repository, ".git"))) return undefined;
  try {
    const git = openGit(repository);
    git.run(["version"]);
    return git;
  } catch {
    return undefined;
  }
}

type FromApi = <T>(get: (api: RepositoryApi) => Promise<T>) => Promise<T>;
type CommitOf = (local: Local | undefined, api: FromApi) => Promise<string>;

async function baseCommit(event: Event, checkedOut: string | undefined, local: Local | undefined, api: FromApi) {
  if (event.kind !== "pull_request") return event.before ?? "";
  const { head, base } = event;
  if (checkedOut !== undefined && checkedOut !== head) {
    const tip = mergedWith(await parentsIn(checkedOut, local, api), head);
    if (tip !== undefined) return tip;
  }
  if (base === undefined) throw new Error("The payload of the event does not name it.");
  const common = local?.hasObject(local.git, base) ? local.mergeBase(local.git, base, head) : undefined;
  return common ?? api(({ mergeBase }) => mergeBase(base, head));
}

/** The tip of the base branch, by the parents of the merge that GitHub makes of it and the head. */
export function mergedWith(parents: readonly string[], head: string): string | undefined {
  const [first, second, third] = parents;
  return second === head && third === undefined ? first : undefined;
}

async function parentsIn(commit: string, local: Local | undefined, api: FromApi): Promise<readonly string[]> {
  if (local?.hasObject(local.git, commit)) return local.parentsOf(local.git, commit);
  return api(({ parents }) => parents(commit));
}
