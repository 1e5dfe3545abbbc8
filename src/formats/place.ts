/** Ranges of files: their lines and columns, and which is a part of which. */
import type { Location, Position } from "../report/report.ts";
import type { Place, SourceFile } from "./value.ts";

/** Where each line of a file begins, kept for as long as the file is. */
const lineStartsOf = new WeakMap<SourceFile, readonly number[]>();

/**
 * The offsets at which the lines of a file begin. A line ends with `\n`, as git and GitHub count lines, so a `\r`
 * before it is the last character of its line.
 */
export function lineStarts(file: SourceFile): readonly number[] {
  const known = lineStartsOf.get(file);
  if (known) return known;
  const starts = [0];
  for (let at = file.text.indexOf("\n"); at !== -1; at = file.text.indexOf("\n", at + 1)) starts.push(at + 1);
  lineStartsOf.set(file, starts);
  return starts;
}

/**
 * The line and column (both from 1, columns in UTF-16 units) of an offset; an offset outside the file counts as its
 * nearest end.
 */
export function position(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file);
  const inside = Math.max(0, Math.min(offset, file.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: inside - (starts[low] ?? 0) + 1 };
}

/** The place as a report shows it: `end` is the column after the last character. */
export function locate(place: Place): Location {
  return {
    path: place.file.path,
    start: position(place.file, place.start),
    end: position(place.file, place.end),
  };
}

/** Whether a place is a part of another, or the whole of it. */
export function isWithin(inner: Place, outer: Place): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}
