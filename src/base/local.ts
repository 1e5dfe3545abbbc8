/** The base of a local check: a commit of the repository that the checked folder is in. */
import { relative, sep } from "node:path";
import type { Base } from "./against.ts";
import { commitOf, type Git, gitSnapshot, isShallow, mergeBase, openGit } from "./git.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * What `ref` and the checked files have in common, or `ref` itself where that has no history in common with them. Throws
 * a sentence with the way out when there is no such commit here.
 */
export function localBase(root: string, repository: string, ref: string): Base & { readonly snapshot: Snapshot } {
  const git = openGit(repository);
  const commit = commitOf(git, ref);
  if (commit === undefined) throw new Error(`There is no commit ${ref} in this repository. ${fetchIt(git, ref)}`);
  const head = commitOf(git, "HEAD");
  const common = head === undefined ? commit : mergeBase(git, head, commit);
  if (common === undefined && isShallow(git)) {
    throw new Error(`This clone is too shallow to know what it has in common with ${ref}. ${DEEPEN}`);
  }
  const snapshot = gitSnapshot(git, common ?? commit);
  const folder = relative(repository, root).split(sep).join("/");
  return { words: ref, folder, open: async () => snapshot, snapshot };
}

const DEEPEN = "Fetch its history: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout.";

function fetchIt(git: Git, ref: string): string {
  if (isShallow(git)) return `The clone is shallow. ${DEEPEN}`;
  const branch = /^origin\/([\w./-]+)$/.exec(ref)?.[1];
  return branch === undefined ? "Give a branch, a tag or a commit." : `Fetch it: \`git fetch origin ${branch}\`.`;
}
