/** The changes between a base and the checked files, file by file. */
import { into } from "../maps.ts";
import type { Tree } from "../sources/tree.ts";
import type { Moves } from "../verdict/compare.ts";
import { type Change, changes, likeness, linesOf, oldLine } from "./lines.ts";
import type { SnapshotTree } from "./snapshot.ts";

/** The texts of a changed file; null where it is not there. */
export interface FileChange {
  /** Where it is; where it was, when it is gone. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly parts: readonly Change[];
}

export interface Changes extends Moves {
  /** The changed files, in the order of their paths. One that was moved is one change. */
  readonly files: () => readonly FileChange[];
  /** The lines that a file had, where it was moved from as well; none where there was no such file. */
  readonly linesBefore: (path: string) => readonly string[];
  /** Whether the change wrote a line. */
  readonly wrote: (path: string, line: number) => boolean;
}

/** As git takes a file for renamed. */
const MUCH_THE_SAME = 0.5;
/** Of more files that are gone and more that are new nobody looks which was moved where. */
const MOST_MOVES = 2_500;

/** `paths` are those of all files that may have changed. */
export function openChanges(before: SnapshotTree, checked: Tree, paths: readonly string[]): Changes {
  const known = new Map<string, FileChange | null>();
  const old = (path: string) => textOf(before.tree, path);
  const now = (path: string) => textOf(checked, path);
  const changeOf = (path: string): FileChange | null => {
    const made = known.get(path);
    if (made !== undefined) return made;
    const change = before.differs(path) ? fileChange(path, old(path), now(path)) : null;
    known.set(path, change);
    return change;
  };
  const lineBefore = (path: string, line: number) => oldLine(changeOf(path)?.parts ?? [], line);
  const alike = new Map<string, boolean>();
  const moved = (from: string, to: string): boolean =>
    into(alike, JSON.stringify([from, to]), () => {
      const [was, is] = [old(from), now(to)];
      if (was === null || is === null || now(from) !== null || old(to) !== null) return false;
      return likeness(was, is) >= MUCH_THE_SAME;
    });
  let joined: readonly FileChange[] | undefined;
  const files = () => {
    joined ??= joinMoved(
      paths.flatMap((path) => changeOf(path) ?? []),
      moved,
    );
    return joined;
  };
  return {
    wrote: (path, line) => lineBefore(path, line) === undefined,
    moved,
    files,
    linesBefore: (path) => linesOf(files().find((one) => one.path === path)?.before ?? old(path) ?? ""),
    lineBefore,
  };
}

function fileChange(path: string, before: string | null, after: string | null): FileChange | null {
  return before === after ? null : { path, before, after, parts: changes(before ?? "", after ?? "") };
}

/** A file that is gone and one that is new and much the same are one change of the new one. */
function joinMoved(files: readonly FileChange[], moved: Moves["moved"]): readonly FileChange[] {
  const gone = new Set(files.filter(({ after }) => after === null));
  const added = files.filter(({ before }) => before === null);
  if (gone.size * added.length > MOST_MOVES) return files;
  const joined = new Map<FileChange, FileChange>();
  for (const to of added) {
    const from = [...gone].find(({ path }) => moved(path, to.path));
    if (from === undefined) continue;
    gone.delete(from);
    joined.set(to, fileChange(to.path, from.before, to.after) ?? { ...to, before: from.before, parts: [] });
  }
  return files.flatMap((one) => (one.after === null && !gone.has(one) ? [] : [joined.get(one) ?? one]));
}

function textOf(tree: Tree, path: string): string | null {
  const found = tree.find(path);
  if (found.at !== "path" || tree.kind(found.path) !== "file") return null;
  const read = tree.text(found.path, () => true);
  return read.kind === "text" ? read.text : null;
}
