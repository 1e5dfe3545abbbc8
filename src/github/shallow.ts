/**
 * A clone of one commit, the merge of a pull request, lacks the base. All files but the changed ones are in the merge as
 * well: these come with the query that a run begins with, so that the base costs no request of its own.
 */
import { idOf, type Snapshot, treeIdOf } from "../base/listing.ts";
import { isWalked } from "../sources/walk.ts";
import type { ChangedFile } from "./api.ts";
import { gitOf, mergedWith } from "./base.ts";
import type { Checkout } from "./checkout.ts";
import type { Event } from "./event.ts";
import type { AtPath, CommitPair, Found } from "./query.ts";

/** The base of such a clone. */
export interface Shallow {
  readonly commit: string;
  /** What to ask for; undefined when more has changed than one query is for. */
  readonly ask: (changed: readonly ChangedFile[]) => CommitPair | undefined;
  /** The base from the answer; undefined unless it is proven to be all of it. */
  readonly snapshot: (asked: CommitPair, answer: Found) => Snapshot | undefined;
}

/** A query for more would be a long one: such a base is read as any other. */
const mostPaths = 100;

/** Undefined where the clone has the base, or is no merge. */
export async function openShallow(event: Event, checkout: Checkout): Promise<Shallow | undefined> {
  const { commit } = checkout;
  if (event.kind !== "pull_request" || commit === undefined || commit === event.head) return undefined;
  if (event.changedFiles > mostPaths) return undefined;
  const local = await import("../base/git.ts");
  const git = gitOf(checkout, local);
  if (git === undefined || !local.hasObject(git, commit)) return undefined;
  const base = mergedWith(local.parentsOf(git, commit), event.head);
  if (base === undefined || local.hasObject(git, `${base}^{tree}`)) return undefined;
  return {
    commit: base,
    ask: (changed) => {
      const paths = pathsOf(changed);
      return paths.length > mostPaths ? undefined : { base, head: event.head, paths };
    },
    snapshot: ({ paths }, answer) => before(local.gitSnapshot(git, commit), paths, answer),
  };
}

function pathsOf(changed: readonly ChangedFile[]): readonly AtPath[] {
  const paths = new Set(changed.flatMap(({ path, previous = path }) => [path, previous]));
  return [...paths].map((path) => ({ path, isRead: isWalked(path) }));
}

/** The merge with what the base has at the changed paths; its tree has a name that proves that nothing else differs. */
function before(merge: Snapshot, paths: readonly AtPath[], { contents, trees }: Found): Snapshot | undefined {
  const files = new Map(merge.files);
  const texts = new Map<string, Buffer>();
  for (const [index, { path }] of paths.entries()) {
    const content = contents?.[index];
    if (content === undefined) files.delete(path);
    else files.set(path, { mode: files.get(path)?.mode ?? "100644", id: content.id });
    const bytes = content?.text === undefined ? undefined : Buffer.from(content.text);
    if (content && bytes && idOf(bytes, content.id) === content.id) texts.set(content.id, bytes);
  }
  if (trees?.base === undefined || treeIdOf(files, trees.base) !== trees.base) return undefined;
  return { files, load: async (ids) => new Map([...(await merge.load(ids)), ...texts]) };
}
