/**
 * The findings of the checked files against those of their base: what is new, what is fixed, and which changed line is
 * the cause of what is new. A base that can't be judged excuses nothing.
 */
import type { Problem } from "../source.ts";
import { type History, NO_HISTORY } from "../sources/history.ts";
import type { Tree } from "../sources/tree.ts";
import { compare } from "../verdict/compare.ts";
import type { Cause, Finding } from "../verdict/finding.ts";
import type { Found } from "../verdict/findings.ts";
import { causesOf } from "./causes.ts";
import { openChanges } from "./changes.ts";
import type { Judge } from "./evidence.ts";
import { formerFolder } from "./folder.ts";
import type { JudgedTree } from "./judged-tree.ts";
import type { Snapshot } from "./listing.ts";
import { FETCHED, snapshotTree } from "./snapshot.ts";

/** What the checked files are compared with. */
export interface Base {
  /** As people call it: "the base branch". */
  readonly words: string;
  /** The checked folder in its repository, empty for the top. */
  readonly folder: string;
  /**
   * Whether evidence, by its path from the checked folder, is of no commit: collected by the run or a step before it. What
   * it shows of the account is so for the base as well.
   */
  readonly isBeside?: (path: string) => boolean;
  /** Throws a sentence when it can't be read. */
  readonly open: () => Promise<Snapshot>;
}

export interface Against {
  readonly old: ReadonlySet<Found>;
  readonly fixed: readonly Finding[];
  readonly causes: ReadonlyMap<Found, Cause>;
  /** Files that could not be read before either, and are as they were. */
  readonly oldProblems: ReadonlySet<Problem>;
  /** The fingerprints of findings that comments of the base suppress. */
  readonly suppressed: ReadonlySet<string>;
  /** The lines of a file in the base; none where it has no such file. */
  readonly linesBefore: (path: string) => readonly string[];
  /** Why the base was not judged. */
  readonly failure?: string;
}

/** How the files of the tree of a base came about: all are committed but what `terraform init` made for both. */
export function historyOfBase({ isCommitted }: Pick<Judge, "isCommitted">): History {
  return { ...NO_HISTORY, isCommitted: async (path) => !FETCHED.test(path) || isCommitted(path) };
}

/** So often a tree of a base is judged, each time with the files that the last one lacked. */
const MOST_ROUNDS = 4;

const NOTHING: Against = {
  old: new Set(),
  fixed: [],
  causes: new Map(),
  oldProblems: new Set(),
  suppressed: new Set(),
  linesBefore: () => [],
};

/** Judges the base of what was found in `checked`. `judge` judges a tree. Never throws. */
export async function against(
  base: Base,
  checked: Tree,
  head: JudgedTree,
  judge: (tree: Tree) => Promise<JudgedTree>,
): Promise<Against> {
  try {
    return await compareWith(base, checked, head, judge);
  } catch (error) {
    return { ...NOTHING, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function compareWith(
  base: Base,
  checked: Tree,
  head: JudgedTree,
  judge: (tree: Tree) => Promise<JudgedTree>,
): Promise<Against> {
  const snapshot = await base.open();
  const before = await snapshotTree(snapshot, formerFolder(snapshot, base.folder, checked, head.files), checked);
  let judged = await judge(before.tree);
  for (let round = 1; await before.load(); round++) {
    if (round === MOST_ROUNDS) throw new Error("It asks for ever more files.");
    judged = await judge(before.tree);
  }
  const changes = openChanges(before, checked, before.changed(head.files));
  const { old, fixed } = compare(head.findings, judged.findings, changes);
  const isUnread = head.problems.length > 0;
  const known = new Set(judged.problems.map(({ path, message }) => JSON.stringify([path, message])));
  const oldProblems = head.problems.filter(
    ({ path, message }) => known.has(JSON.stringify([path, message])) && !before.differs(path),
  );
  const fresh = head.findings.filter((one) => !old.has(one));
  return {
    old,
    // What is not seen may still be there.
    fixed: isUnread ? [] : fixed.map(({ finding }) => judged.show(finding)),
    causes: await causesOf(fresh, changes, checked, head, judge),
    oldProblems: new Set(oldProblems),
    suppressed: new Set(await judged.suppressed()),
    linesBefore: changes.linesBefore,
  };
}
