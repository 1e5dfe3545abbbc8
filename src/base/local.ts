/** The base of a local check: a commit of the repository that the checked folder is in. */
import { wayTo } from "../sources/within.ts";
import type { Base } from "./against.ts";
import { commitOf, type Git, gitSnapshot, isShallow, mergeBase, openGit } from "./git.ts";
import { isOf, type Snapshot } from "./listing.ts";

/** Whether a file is of the base, was written by the commits since, or is of no commit. */
export type Origin = "base" | "change" | "none";

export interface LocalBase extends Base {
  readonly snapshot: Snapshot;
  /** Which commit a file of the repository is of, by its path there. */
  readonly originOf: (path: string) => Origin;
}

/**
 * What `ref` and the checked files have in common, or `ref` itself where that has no history in common with them. Throws
 * a sentence with the way out when there is no such commit here.
 */
export function localBase(root: string, repository: string, ref: string): LocalBase {
  const git = openGit(repository);
  const commit = commitOf(git, ref);
  if (commit === undefined) throw new Error(`There is no commit ${ref} in this repository. ${fetchIt(git, ref)}`);
  const head = commitOf(git, "HEAD");
  const common = head === undefined ? commit : mergeBase(git, head, commit);
  if (common === undefined && isShallow(git)) {
    throw new Error(`This clone is too shallow to know what it has in common with ${ref}. ${DEEPEN}`);
  }
  const snapshot = gitSnapshot(git, common ?? commit, head);
  const folder = wayTo(repository, root);
  return { words: ref, folder, open: async () => snapshot, snapshot, originOf: (path) => originIn(snapshot, path) };
}

/** The change is what differs; behind a link and in a submodule anything may. What no commit has was made here. */
function originIn({ files, checked }: Snapshot, path: string): Origin {
  const head = checked?.();
  const [own, before] = [head?.get(path), files.get(path)];
  if (own !== undefined) return own.id === before?.id ? "base" : "change";
  if (head !== undefined && isOf(head, path)) return "change";
  return before === undefined ? "none" : "change";
}

const DEEPEN = "Fetch its history: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout.";

function fetchIt(git: Git, ref: string): string {
  if (isShallow(git)) return `The clone is shallow. ${DEEPEN}`;
  const branch = /^origin\/([\w./-]+)$/.exec(ref)?.[1];
  return branch === undefined ? "Give a branch, a tag or a commit." : `Fetch it: \`git fetch origin ${branch}\`.`;
}
