/** A fix as a suggested change, which a reader of the pull request can commit with one click. */
import { cleanLines } from "../report/visible.ts";
import { applyEdits, editsOf } from "../verdict/apply.ts";
import type { Finding } from "../verdict/finding.ts";
import type { Anchor } from "./anchor.ts";

/** In UTF-16 units. */
const longest = 2_000;

/**
 * The lines of the comment as they are after the fix; undefined unless all edits are on these lines. `lines` are those
 * of the checked file; `safeLine` gives a line as it may be shown: one with a secret value in it is never repeated.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests
 */
export function suggestion(
  finding: Finding,
  at: Anchor,
  lines: readonly string[],
  safeLine: (path: string, line: number) => string | undefined,
): string | undefined {
  const { location } = finding;
  // The comment is on lines of the head; those of the checked file may have moved.
  const first = location.start.line;
  const last = first + at.line - (at.start_line ?? at.line);
  const edits = editsOf(finding);
  const here = edits.every(({ location: { path, start, end } }) => {
    return path === location.path && start.line >= first && end.line <= last;
  });
  if (edits.length === 0 || !here) return undefined;
  const shown = lines.slice(first - 1, last);
  if (shown.some((text, index) => safeLine(location.path, first + index) !== text)) return undefined;
  const fixed = applyEdits(shown.join("\n"), edits, first);
  // What would be shortened or cleaned to be shown must not be committed.
  return fixed.length <= longest && cleanLines(fixed) === fixed ? fixed : undefined;
}
