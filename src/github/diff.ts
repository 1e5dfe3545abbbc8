/** The patch of a changed file, as GitHub lists it, read for one question: which lines of the new file does it have? */

export interface RightLine {
  /** Without its line break; a `\r` before it is left out too. */
  readonly text: string;
  readonly added: boolean;
}

/** One hunk, the side of the new file: `lines[0]` is line `start` (1-based) of that file. */
export interface Hunk {
  readonly start: number;
  readonly lines: readonly RightLine[];
}

const header = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

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
    const [, removed = "1", start = "0", added = "1"] = match;
    const body = readBody(lines, at + 1, Number(removed), Number(added));
    if (body === undefined) return hunks;
    hunks.push({ start: Number(start), lines: body.lines });
    at = body.end;
  }
  return hunks;
}

/** The right-hand lines of a hunk; undefined when its counts don't fit. */
function readBody(
  patch: readonly string[],
  from: number,
  left: number,
  right: number,
): { lines: RightLine[]; end: number } | undefined {
  const lines: RightLine[] = [];
  let end = from;
  let lefts = 0;
  while (lefts < left || lines.length < right || patch[end]?.startsWith("\\") === true) {
    const line = patch[end++];
    if (line === undefined) return undefined;
    const mark = line.charAt(0);
    if (mark === "\\") continue;
    if (mark !== " " && mark !== "-" && mark !== "+") return undefined;
    if (mark !== "+") lefts++;
    if (mark !== "-") lines.push({ text: line.slice(1).replace(/\r$/, ""), added: mark === "+" });
  }
  return lefts === left && lines.length === right ? { lines, end } : undefined;
}
