/** Takes an item out of a list. */
import type { Edit } from "../facts/writing.ts";
import type { Place } from "../source.ts";

/**
 * The edit that takes the string at a place out of the list that it is written in, with its comma or dash, its line and
 * a comment on it: JSON, also in a string, HCL, or YAML in either style. None where the text shows no such list, where
 * the string is another one, and where it is not within a place, so that others may have the list.
 */
export function withoutItem({ file, start, end }: Place, value: string, within: Place): readonly Edit[] {
  const { text } = file;
  const isWithin = file === within.file && within.start <= start && end <= within.end;
  if (!isWithin || text.slice(start, end).replace(QUOTED, "$2") !== value) return [];
  const before = text.slice(Math.max(0, start - LONGEST_GAP), start);
  const after = text.slice(end, end + LONGEST_GAP);
  const cut = (head: string, tail: string) => [
    { place: { file, start: start - head.length, end: end + tail.length }, text: "" },
  ];
  const [dash] = /\r?\n *- +$/.exec(before) ?? [];
  const [comment = ""] = /^[ \t]*(?:(?:#|\/\/)[^\r\n]*)?(?=\r?\n|$)/.exec(after) ?? [];
  if (dash !== undefined) return /^[ \t]*(?:\s#|\r?\n|$)/.test(after) ? cut(dash, comment) : [];
  if (!IN_LIST.test(before)) return [];
  const [margin] = /\r?\n[ \t]*$/.exec(before) ?? [];
  if (LAST.test(after)) {
    // A comma with a comment behind it stays, which JSON alone would not allow, and that has no comments.
    const [comma] = /,(?:\s|\\[nrt])*$/.exec(before) ?? [];
    return cut(comma ?? margin ?? "", margin === undefined ? "" : comment);
  }
  const [line] = /^[ \t]*,[ \t]*(?:(?:#|\/\/)[^\r\n]*)?(?=\r?\n)/.exec(after) ?? [];
  if (margin !== undefined && line !== undefined) return cut(margin, line);
  const [comma] = /^[ \t]*,[ \t]*(?!\s|#|\/\/)/.exec(after) ?? [];
  return comma === undefined ? [] : cut("", comma);
}

const QUOTED = /^(\\*["'])([^"'\\]*)\1$/;
/** How far around an item its list is looked at. */
const LONGEST_GAP = 400;
/** White space, also as JSON escapes it in a string, and comments. */
const BLANK = String.raw`(?:\s|\\[nrt]|(?:#|\/\/)[^\n]*\n)*`;
const IN_LIST = new RegExp(`[[,]${BLANK}$`);
const LAST = new RegExp(String.raw`^${BLANK}\]`);
