/** The patch of a changed file, as GitHub lists it: which lines of the new file it has, and which of the old are gone. */

export interface RightLine {
  /** Without its line break; a `\r` before it is left out too. */
  readonly text: string;
  readonly added: boolean;
}

/** A line of the old file that is not in the new one, with its number there. */
export interface GoneLine {
  readonly line: number;
  readonly text: string;
}

/** One hunk. `lines[0]` is line `start` (1-based) of the new file. */
export interface Hunk {
  readonly start: number;
  readonly lines: readonly RightLine[];
  readonly gone: readonly GoneLine[];
}

const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * The hunks of a patch: unified diff without file headers, the `patch` of
 * https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files. A hunk that does not hold what its header says
 * is left out, and so is everything after it: nothing may be placed by it.
 */
export function parsePatch(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  const lines = patch.split("\n");
  let at = 0;
  while (at < lines.length) {
    const match = header.exec(lines[at] ?? "");
    if (match === null) return hunks;
    const [, oldStart = "0", removed = "1", start = "0", added = "1"] = match;
    const body = readBody(lines, at + 1, Number(oldStart), Number(removed), Number(added));
    if (body === undefined) return hunks;
    hunks.push({ start: Number(start), lines: body.lines, gone: body.gone });
    at = body.end;
  }
  return hunks;
}

/** The lines of a hunk; undefined when its counts don't fit. */
function readBody(
  patch: readonly string[],
  from: number,
  oldStart: number,
  left: number,
  right: number,
): { lines: RightLine[]; gone: GoneLine[]; end: number } | undefined {
  const lines: RightLine[] = [];
  const gone: GoneLine[] = [];
  let end = from;
  let lefts = 0;
  while (lefts < left || lines.length < right || patch[end]?.startsWith("\\") === true) {
    const line = patch[end++];
    if (line === undefined) return undefined;
    const mark = line.charAt(0);
    if (mark === "\\") continue;
    if (mark !== " " && mark !== "-" && mark !== "+") return undefined;
    const text = line.slice(1).replace(/\r$/, "");
    if (mark === "-") gone.push({ line: oldStart + lefts, text });
    if (mark !== "+") lefts++;
    if (mark !== "-") lines.push({ text, added: mark === "+" });
  }
  return lefts === left && lines.length === right ? { lines, gone, end } : undefined;
}
