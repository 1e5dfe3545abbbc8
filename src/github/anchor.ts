/** Where a comment on a finding can be placed in a pull request. */
import { addTo } from "../maps.ts";
import type { Location } from "../source.ts";
import type { Hunk } from "./diff.ts";

/**
 * A place for a comment in the words of the API. A comment of several lines has a `start_line` before `line`, both in
 * one hunk (https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request).
 */
export interface Anchor {
  readonly path: string;
  readonly line: number;
  /** `LEFT`: a deleted line, numbered as in the old file. */
  readonly side: "RIGHT" | "LEFT";
  readonly start_line?: number;
  readonly start_side?: "RIGHT" | "LEFT";
}

/** A comment on more lines would show a page of code above its first word: it is placed on one line instead. */
const longestRange = 20;

/** A hunk of the head's file, and how many lines further down it stands in the file that was checked. */
export interface AlignedHunk extends Hunk {
  readonly shift: number;
}

/**
 * Finds the hunks in the file that was checked, whose lines are `lines`: that is the merge of the head with a base that
 * may have moved on. A hunk is where all of its lines are; where that is not one place it is taken to have moved as far
 * as the hunk before it, and `anchor` compares each line.
 */
export function align(hunks: readonly Hunk[], lines: readonly string[]): readonly AlignedHunk[] {
  let places: ReadonlyMap<string, readonly number[]> | undefined;
  let shift = 0;
  return hunks.map((hunk) => {
    if (!isAt(hunk, hunk.start + shift, lines)) {
      places ??= placesOf(lines);
      const candidates = places.get(hunk.lines[0]?.text ?? "") ?? [];
      const found = candidates.length > mostCandidates ? [] : candidates.filter((start) => isAt(hunk, start, lines));
      if (found.length === 1 && found[0] !== undefined) shift = found[0] - hunk.start;
    }
    return { ...hunk, shift };
  });
}

/** So that a file of equal lines costs no more than others. */
const mostCandidates = 100;

/** The numbers of the lines by their texts; needed only where the base has moved on. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, text] of lines.entries()) addTo(places, text, index + 1);
  return places;
}

function isAt({ lines }: Hunk, start: number, checked: readonly string[]): boolean {
  return lines.every(({ text }, index) => checked[start - 1 + index] === text);
}

/**
 * The lines of the diff for a place in the checked file: all of it when one hunk holds it, else its first line, else the
 * first line that the pull request added in it. Undefined when GitHub would refuse a comment, or the lines of the diff
 * are others than those of the checked file.
 */
export function anchor(
  location: Location,
  hunks: readonly AlignedHunk[],
  lines: readonly string[],
): Anchor | undefined {
  const [first, last] = linesOf(location);
  const at = ({ shift }: AlignedHunk, line: number): Anchor => ({
    path: location.path,
    line: line - shift,
    side: "RIGHT",
  });
  const whole = hunks.find((hunk) => last - first < longestRange && holds(hunk, first, last, lines));
  if (whole) {
    const end = at(whole, last);
    return first === last ? end : { ...end, start_line: first - whole.shift, start_side: "RIGHT" };
  }
  const begins = hunks.find((hunk) => holds(hunk, first, first, lines));
  if (begins) return at(begins, first);
  for (const hunk of hunks) {
    const start = hunk.start + hunk.shift;
    for (let line = Math.max(first, start); line <= Math.min(last, start + hunk.lines.length - 1); line++) {
      if (hunk.lines[line - start]?.added === true && holds(hunk, line, line, lines)) return at(hunk, line);
    }
  }
  return undefined;
}

/**
 * The deleted lines of the diff for a place in the base: where their texts are gone. The base may have moved on since the
 * change began, so numbers alone prove nothing. Undefined when they are not in the diff, or not in one place.
 */
export function anchorGone(location: Location, hunks: readonly Hunk[], before: readonly string[]): Anchor | undefined {
  const [first, last] = linesOf(location);
  const texts = before.slice(first - 1, last);
  const found = hunks.flatMap(({ gone }) =>
    gone.flatMap(({ line }, index) => {
      const fits = texts.every((text, at) => gone[index + at]?.text === text && gone[index + at]?.line === line + at);
      return fits ? [line] : [];
    }),
  );
  const start = texts.length === 0 ? undefined : (found.find((line) => line === first) ?? found[0]);
  if (start === undefined || (found.length > 1 && start !== first)) return undefined;
  const end = start + texts.length - 1;
  const at = { path: location.path, line: end, side: "LEFT" } as const;
  return start === end ? at : { ...at, start_line: start, start_side: "LEFT" };
}

/** The first and last line of a place. An end before the first character of a line belongs to the line before. */
function linesOf({ start, end }: Location): [first: number, last: number] {
  return [start.line, Math.max(start.line, end.column === 1 ? end.line - 1 : end.line)];
}

/** Whether a hunk has these lines of the checked file, and with the same text. */
function holds(hunk: AlignedHunk, first: number, last: number, lines: readonly string[]): boolean {
  const start = hunk.start + hunk.shift;
  if (first < start || last >= start + hunk.lines.length) return false;
  for (let line = first; line <= last; line++) {
    if (hunk.lines[line - start]?.text !== lines[line - 1]) return false;
  }
  return true;
}
