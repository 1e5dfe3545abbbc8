/** Where a comment on a finding can be placed in a pull request. */
import type { Location } from "../source.ts";
import type { Hunk } from "./diff.ts";

/**
 * A place for a comment in the words of the API. A comment of several lines has a `start_line` before `line`, both in
 * one hunk (https://docs.github.com/en/rest/pulls/comments#create-a-review-comment-for-a-pull-request).
 */
export interface Anchor {
  readonly path: string;
  readonly line: number;
  readonly side: "RIGHT";
  readonly start_line?: number;
  readonly start_side?: "RIGHT";
}

/** A comment on more lines would show a page of code above its first word: it is placed on one line instead. */
const longestRange = 20;

/**
 * The lines of the diff for a place in a file: all of it when one hunk holds it, else its first line, else the first
 * line that the pull request added in it. `lines` are those of the file that was checked; where they differ from the
 * hunk's (the checkout is a merge commit, its lines may have moved) nothing is placed. Undefined when GitHub would
 * refuse a comment.
 */
export function anchor(location: Location, hunks: readonly Hunk[], lines: readonly string[]): Anchor | undefined {
  const [first, last] = linesOf(location);
  const at = (line: number): Anchor => ({ path: location.path, line, side: "RIGHT" });
  if (hunks.some((hunk) => last - first < longestRange && holds(hunk, first, last, lines))) {
    return first === last ? at(last) : { ...at(last), start_line: first, start_side: "RIGHT" };
  }
  if (hunks.some((hunk) => holds(hunk, first, first, lines))) return at(first);
  for (const hunk of hunks) {
    for (let line = Math.max(first, hunk.start); line <= Math.min(last, hunk.start + hunk.lines.length - 1); line++) {
      if (hunk.lines[line - hunk.start]?.added === true && holds(hunk, line, line, lines)) return at(line);
    }
  }
  return undefined;
}

/** The first and last line of a place. An end before the first character of a line belongs to the line before. */
function linesOf({ start, end }: Location): [first: number, last: number] {
  return [start.line, Math.max(start.line, end.column === 1 ? end.line - 1 : end.line)];
}

/** Whether a hunk has these lines of the new file, and with the same text. */
function holds(hunk: Hunk, first: number, last: number, lines: readonly string[]): boolean {
  if (first < hunk.start || last >= hunk.start + hunk.lines.length) return false;
  for (let line = first; line <= last; line++) {
    if (hunk.lines[line - hunk.start]?.text !== lines[line - 1]) return false;
  }
  return true;
}
