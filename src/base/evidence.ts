/** Which evidence counts on a change: what its author brings along proves nothing about it. */
import { posix } from "node:path";
import type { Problem, SourceFile } from "../source.ts";
import { leadsOut } from "../sources/tree.ts";
import { quantity } from "../words.ts";

/** Where the answers are that a run collects itself, in memory: nothing of them is written. */
export const COLLECTED = ".batch-secrets-check/collected";

/** Whether the path of evidence is one of a run that collected it itself. */
export function isCollected(path: string): boolean {
  return path.startsWith(`${COLLECTED}/`);
}

/** What judges the change. */
export interface Judge {
  /** As people call it: "the base branch". */
  readonly words: string;
  /** The texts of files there (paths of the repository), undefined for one that it doesn't have; null: unreadable. */
  readonly read: ((paths: readonly string[]) => Promise<readonly (string | undefined)[]>) | null;
}

export interface DoubtedEvidence {
  /** The paths of files that prove nothing. */
  readonly paths: ReadonlySet<string>;
  readonly notes: readonly Problem[];
}

/** More files are not compared with the base: what is beyond them is doubted. */
const MOST = 2_000;

/**
 * The files of evidence that the `base` of a change does not have, or not so. `collected` are those that the run itself
 * collected; what is outside of the repository was put there by the workflow. Paths are relative to the checked folder,
 * whose path in the repository is `prefix`.
 */
export async function doubtedEvidence(
  files: readonly SourceFile[],
  { prefix, collected = () => false }: { readonly prefix: string; readonly collected?: (path: string) => boolean },
  base: Judge | undefined,
): Promise<DoubtedEvidence> {
  const brought = files.filter(({ path }) => !collected(path) && !leadsOut(posix.join(prefix, path)));
  if (base === undefined || brought.length === 0) return { paths: new Set(), notes: [] };
  const texts = await textsOf(base, prefix, brought.slice(0, MOST));
  const doubted = brought.filter(({ text }, index) => withoutMark(texts[index]) !== text);
  const [first, ...others] = doubted;
  if (!first) return { paths: new Set(), notes: [] };
  const more = others.length === 0 ? "" : ` So it is with ${quantity(others.length, "other file")} of evidence.`;
  const message = `The evidence is not in ${base.words}, or differs there, so it proves nothing here: it counts for findings alone.${more}`;
  return { paths: new Set(doubted.map(({ path }) => path)), notes: [{ path: first.path, message }] };
}

/** What the base has in place of the files. Where it can't be read, it has nothing. */
async function textsOf(
  { read }: Judge,
  prefix: string,
  files: readonly SourceFile[],
): Promise<readonly (string | undefined)[]> {
  if (read === null) return [];
  try {
    return await read(files.map(({ path }) => posix.join(prefix, path)));
  } catch {
    return [];
  }
}

/** A file is read without its byte order mark. */
function withoutMark(text: string | undefined): string | undefined {
  return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
