/** The base of a local check: a commit of the repository that the checked folder is in. */
import { posix, relative, sep } from "node:path";
import type { Base } from "./against.ts";
import { commitOf, type Git, gitSnapshot, isShallow, mergeBase, openGit } from "./git.ts";
import type { Snapshot } from "./snapshot.ts";

export interface LocalBase extends Base {
  readonly snapshot: Snapshot;
  /** Gives what tells whether a file of the repository, by its path there, is one that the commits since the base wrote. */
  readonly brought: () => (path: string) => boolean;
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
  const snapshot = gitSnapshot(git, common ?? commit);
  const folder = relative(repository, root).split(sep).join("/");
  const brought = () => broughtBy(head === undefined ? undefined : gitSnapshot(git, head), snapshot);
  return { words: ref, folder, open: async () => snapshot, snapshot, brought };
}

/** What a commit has at a path and the base has not, or not so. What it has behind a link or in a submodule is unknown. */
function broughtBy(head: Snapshot | undefined, base: Snapshot): (path: string) => boolean {
  return (path) => {
    const own = head?.files.get(path);
    if (own !== undefined) return own.id !== base.files.get(path)?.id;
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
      if (head?.files.has(folder)) return true;
    }
    return false;
  };
}

const DEEPEN = "Fetch its history: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout.";

function fetchIt(git: Git, ref: string): string {
  if (isShallow(git)) return `The clone is shallow. ${DEEPEN}`;
  const branch = /^origin\/([\w./-]+)$/.exec(ref)?.[1];
  return branch === undefined ? "Give a branch, a tag or a commit." : `Fetch it: \`git fetch origin ${branch}\`.`;
}
