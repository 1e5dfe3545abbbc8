/** The ground that everything stands on: files, ranges of them, and what could not be read. It knows of nothing else. */

/** A file as it was read. `path` is relative to the checked folder, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** How long files are together, in UTF-16 units. */
export function lengthOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

/** A range of a file, in UTF-16 offsets: `end` is the offset after the last character. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Lines and columns start at 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place as reports show it: `end` is the column after the last character. */
export interface Location {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
}

/** A complaint about a file that could not be read, or not completely. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
}

const cuts = new WeakSet<Problem>();

/** The problem of what is beyond a bound, or can't be had: it may be valid, so it may hold anything. */
export function cut(problem: Problem): Problem {
  cuts.add(problem);
  return problem;
}

export function isCut(problem: Problem): boolean {
  return cuts.has(problem);
}

/** Where a problem is: `path:line`, or the path alone. */
export function problemPlace({ path, line }: Problem): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** A problem on a line of its own. */
export function problemLine(problem: Problem): string {
  return `${problemPlace(problem)}: ${problem.message}`;
}

/** The problem of a file that is checked only because of where it is or what is in it, with the way out. */
export function excludable(problem: Problem): Problem {
  return { ...problem, message: `${problem.message} Fix the file, or exclude it with \`paths-ignore\`.` };
}

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

/** The line and column of an offset; one outside the file counts as its nearest end. */
export function position(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file);
  const inside = Math.max(0, Math.min(offset, file.text.length));
  const line = lastUpTo(starts, inside);
  return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
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

/** The index of the last of ascending numbers that is at most this; -1 when there is none. */
export function lastUpTo(ascending: readonly number[], most: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
