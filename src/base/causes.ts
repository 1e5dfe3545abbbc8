/**
 * Which changed lines made a finding that is elsewhere: those without whose change it would not be there. This is tried,
 * change by change, so it holds whatever links the two: a deleted statement, a variable, a Deny in another file.
 */
import { groupBy } from "../maps.ts";
import type { Location } from "../source.ts";
import { type Content, overlay } from "../sources/overlay.ts";
import type { Tree } from "../sources/tree.ts";
import type { Cause } from "../verdict/finding.ts";
import type { Found } from "../verdict/findings.ts";
import type { Changes, FileChange } from "./changes.ts";
import type { JudgedTree } from "./judged-tree.ts";
import { type Change, undo } from "./lines.ts";

/** So many trees are judged, and so many characters of files in all of them. */
const MOST_RUNS = 24;
const MOST_CHARACTERS = 12_000_000;

/** Changes of one file that are undone together. */
interface Trial {
  readonly file: FileChange;
  readonly parts: readonly Change[];
  readonly wanted: readonly Found[];
}

/** The causes of findings in lines that the change did not write. `head` is what was found in `checked`. */
export async function causesOf(
  fresh: readonly Found[],
  changes: Changes,
  checked: Tree,
  head: JudgedTree,
  judge: (tree: Tree) => Promise<JudgedTree>,
): Promise<ReadonlyMap<Found, Cause>> {
  const causes = new Map<Found, Cause>();
  const wanted = fresh.filter(({ finding }) => finding.severity !== "info" && !isWritten(finding.location, changes));
  let left = Math.min(MOST_RUNS, Math.floor(MOST_CHARACTERS / Math.max(1, head.characters)));
  if (wanted.length === 0 || left === 0) return causes;
  const queue = trials(changes.files(), wanted, left);
  for (let trial = queue.shift(); trial !== undefined && left > 0; trial = queue.shift()) {
    const open = trial.wanted.filter((one) => !causes.has(one));
    if (open.length === 0) continue;
    left--;
    const without = await judge(overlay(checked, new Map([undone(trial)])));
    if (hasNewProblem(without, head)) continue;
    const gone = missing(open, head, without);
    const [only, ...others] = trial.parts;
    if (only && others.length === 0) for (const one of gone) causes.set(one, causeOf(trial.file, only));
    else if (gone.length > 0) queue.unshift(...single(trial.file, gone));
  }
  return causes;
}

/** Whether the change wrote one of the lines of a place. */
function isWritten({ path, start, end }: Location, { wrote }: Changes): boolean {
  for (let line = start.line; line <= end.line; line++) if (wrote(path, line)) return true;
  return false;
}

/** What is tried, the likeliest first: each change by itself or, where these are too many, each file first. */
function trials(files: readonly FileChange[], wanted: readonly Found[], most: number): Trial[] {
  const places = wanted.flatMap(({ finding: { location, related } }) => [
    location,
    ...related.map((one) => one.location),
  ]);
  const near = new Set(places.map(({ path }) => path));
  const folders = new Set(places.map(({ path }) => folderOf(path)));
  const distance = ({ path }: FileChange) => (near.has(path) ? 0 : folders.has(folderOf(path)) ? 1 : 2);
  const sorted = files.toSorted((a, b) => distance(a) - distance(b));
  const isFew = sorted.reduce((sum, { parts }) => sum + parts.length, 0) <= most;
  return sorted.flatMap((file) => (isFew ? single(file, wanted) : [{ file, parts: file.parts, wanted }]));
}

function single(file: FileChange, wanted: readonly Found[]): Trial[] {
  return file.parts.map((part) => ({ file, parts: [part], wanted }));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function undone({ file: { path, before, after, parts: all }, parts }: Trial): [string, Content | null] {
  const isWhole = parts.length === all.length;
  const text = isWhole ? before : parts.toReversed().reduce(undo, after ?? "");
  return [path, text === null ? null : { kind: "file", read: () => Buffer.from(text) }];
}

/** What can't be read without a change says nothing about it. */
function hasNewProblem(without: JudgedTree, head: JudgedTree): boolean {
  const known = new Set(head.problems.map((one) => JSON.stringify(one)));
  return without.problems.some((one) => !known.has(JSON.stringify(one)));
}

/** The findings that are not there any more; of equal ones there may be fewer. */
function missing(wanted: readonly Found[], head: JudgedTree, without: JudgedTree): readonly Found[] {
  const before = groupBy(head.findings, ({ key }) => key);
  const after = groupBy(without.findings, ({ key }) => key);
  return wanted.filter(({ key }) => (after.get(key)?.length ?? 0) < (before.get(key)?.length ?? 0));
}

/** A comment on more lines is not read. */
const MOST_LINES = 10;

/** The lines that were written or, where there are none, those that are gone. */
function causeOf({ path }: FileChange, { oldStart, oldLines, newStart, newLines }: Change): Cause {
  const isGone = newLines.every((line) => !/\w/.test(line));
  const [from, lines] = isGone ? [oldStart, oldLines] : [newStart, newLines];
  // Brackets alone say nothing.
  const first = Math.max(
    0,
    lines.findIndex((line) => /\w/.test(line)),
  );
  const last = lines.findLastIndex((line) => /\w/.test(line));
  const end = last - first < MOST_LINES ? Math.max(first, last) : first;
  const column = (lines[first] ?? "").search(/\S|$/) + 1;
  const location = {
    path,
    start: { line: from + first, column },
    end: { line: from + end, column: (lines[end] ?? "").replace(/\r$/, "").length + 1 },
  };
  return { side: isGone ? "base" : "head", location };
}
