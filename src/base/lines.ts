/** What changed between two texts, line by line. */

/** Lines that were replaced by others: one of the two may be none. Numbers of lines start at 1. */
export interface Change {
  /** The first line of the old text that is gone, or the one before which something was put in. */
  readonly oldStart: number;
  readonly oldLines: readonly string[];
  readonly newStart: number;
  readonly newLines: readonly string[];
}

/** A table of more cells takes too long: what is between the first and the last difference is then one change. */
const MOST_CELLS = 4_000_000;

export function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The changes from one text to another, in order: as few lines as possible. */
export function changes(before: string, after: string): readonly Change[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const left = old.slice(start, old.length - end);
  const right = now.slice(start, now.length - end);
  if (left.length === 0 && right.length === 0) return [];
  const common = left.length * right.length > MOST_CELLS ? [] : commonLines(left, right);
  const found: Change[] = [];
  let [a, b] = [0, 0];
  for (const [i, j] of [...common, [left.length, right.length] as const]) {
    if (i > a || j > b) {
      const oldLines = left.slice(a, i);
      const newLines = right.slice(b, j);
      found.push({ oldStart: start + a + 1, oldLines, newStart: start + b + 1, newLines });
    }
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

/** The pairs of lines of a longest common subsequence. */
function commonLines(left: readonly string[], right: readonly string[]): (readonly [number, number])[] {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** The line of the old text that a line of the new one is, undefined when a change wrote it. */
export function oldLine(parts: readonly Change[], line: number): number | undefined {
  const above = parts.filter(({ newStart }) => newStart <= line);
  if (above.some(({ newStart, newLines }) => line < newStart + newLines.length)) return undefined;
  return above.reduce((at, { oldLines, newLines }) => at + oldLines.length - newLines.length, line);
}

/** The new text with one change undone. */
export function undo(after: string, { newStart, newLines, oldLines }: Change): string {
  const now = after.split("\n");
  now.splice(newStart - 1, newLines.length, ...oldLines);
  return now.join("\n");
}

/** How alike two texts are, from 0 to 1: the lines that both have, of the longer one. */
export function likeness(one: string, other: string): number {
  const [left, right] = [linesOf(one), linesOf(other)];
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of right) {
    const count = counts.get(line) ?? 0;
    if (count > 0) shared++;
    counts.set(line, count - 1);
  }
  return shared / Math.max(1, left.length, right.length);
}
