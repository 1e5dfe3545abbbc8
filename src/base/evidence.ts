/**
 * Which evidence counts on a change. What its author brings along proves nothing about it, and what the base has still
 * speaks: who deletes the answer that broke a job must not get an open question for it.
 */
import { posix } from "node:path";
import type { Problem, SourceFile } from "../source.ts";
import { type EvidenceFolder, isEvidenceFile, noteAbout } from "../sources/evidence.ts";
import { readBytes } from "../sources/read-file.ts";
import { leadsOut, type Tree } from "../sources/tree.ts";
import { formerFolder } from "./folder.ts";
import { idOf, type Snapshot } from "./listing.ts";
import { contentsOf, FILES, relativeTo } from "./snapshot.ts";

/** Where the answers are that a run collects itself, in memory: nothing of them is written. */
export const COLLECTED = ".batch-secrets-check/collected";

/** Whether the path of evidence is one of a run that collected it itself. */
export function isCollected(path: string): boolean {
  return path.startsWith(`${COLLECTED}/`);
}

/** Whose evidence counts where a change is judged. */
export interface Judge {
  /** As people call it: "the base branch". */
  readonly words: string;
  /** The checked folder in its repository, empty for the top. */
  readonly folder: string;
  /** Whether evidence, by its path from the checked folder, is not the change's: the run put it there. */
  readonly isOwn: (path: string) => boolean;
  /** Whether the checked commit has a file, by its path from the checked folder: no step of the workflow made that. */
  readonly isCommitted: (path: string) => Promise<boolean>;
  /** Its files; undefined when it is known to have no evidence. Throws a sentence when they can't be read. */
  readonly open: () => Promise<Snapshot | undefined>;
}

/** The evidence of the checked folder, and where it can be. */
export interface Checked {
  readonly tree: Tree;
  readonly files: readonly SourceFile[];
  readonly folders: readonly EvidenceFolder[];
  /** The paths of what is checked. */
  readonly paths: readonly string[];
}

export interface Believed {
  /** All that proves. */
  readonly files: readonly SourceFile[];
  readonly notes: readonly Problem[];
}

/**
 * The evidence that counts for everything; undefined when it is that of the checked folder. What is outside of the
 * repository was put there by the workflow.
 */
export async function believedEvidence(judge: Judge, checked: Checked): Promise<Believed | undefined> {
  const isOwn = ({ path }: SourceFile) => leadsOut(posix.join(judge.folder, path)) || judge.isOwn(path);
  const own = new Map(checked.files.filter(isOwn).map((file) => [file.path, file]));
  const brought = new Map(checked.files.filter((one) => !isOwn(one)).map((file) => [file.path, file]));
  const { files: before, failure } = await evidenceOf(judge, checked, brought);
  const kept = before.filter(({ path }) => !own.has(path));
  const doubted = [...brought.values()].filter((file) => !kept.includes(file));
  const gone = kept.filter(({ path }) => !brought.has(path));
  if (doubted.length + gone.length === 0 && failure === undefined) return undefined;
  const { words } = judge;
  return {
    files: [...own.values(), ...kept].sort((a, b) => (a.path < b.path ? -1 : 1)),
    notes: [
      ...(failure === undefined ? [] : [{ path: words, message: `${UNREADABLE} ${failure}` }]),
      ...noteAbout(pathsOf(doubted), `The evidence is not in ${words}, or differs there, so ${DOUBTED}`),
      ...noteAbout(pathsOf(gone), `The evidence is in ${words} and not here. It still counts.`),
    ],
  };
}

function pathsOf(files: readonly SourceFile[]): readonly string[] {
  return files.map(({ path }) => path);
}

const UNREADABLE = "It can't be read, so its evidence does not count, and that of the change proves nothing.";
const DOUBTED = "it proves nothing here: it counts for findings alone.";

/** The evidence of the base: the files of the change themselves where it has them byte for byte. */
async function evidenceOf(
  judge: Judge,
  { tree, folders, paths }: Checked,
  brought: ReadonlyMap<string, SourceFile>,
): Promise<{ readonly files: readonly SourceFile[]; readonly failure?: string }> {
  try {
    const snapshot = await judge.open();
    if (snapshot === undefined) return { files: [] };
    const folder = formerFolder(snapshot, judge.folder, tree, paths);
    const found = [...relativeTo(folder, snapshot.files)].flatMap(([path, { mode, id }]) => {
      if (!FILES.has(mode) || !isEvidenceFile(folders, path)) return [];
      const here = brought.get(path);
      return [{ path, id, here: here && idOf(tree.bytes(path) ?? Buffer.alloc(0), id) === id ? here : undefined }];
    });
    const contents = await contentsOf(
      snapshot,
      found.flatMap(({ id, here }) => (here ? [] : [id])),
    );
    return { files: found.flatMap(({ path, id, here }) => here ?? textOf(path, contents.get(id))) };
  } catch (error) {
    return { files: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(path: string, content: Buffer | string | undefined): readonly SourceFile[] {
  if (!Buffer.isBuffer(content)) throw new Error(`${path}: ${content}`);
  const read = readBytes(content, () => true);
  return read.kind === "text" ? [{ path, text: read.text }] : [];
}
