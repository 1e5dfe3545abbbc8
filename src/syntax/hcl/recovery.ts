/** Where to read on after an error. */
import type { Cursor } from "./cursor.ts";

/** The start of a top-level block: where what is before ends in any case. */
export const BLOCK_START = /^([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\n]*"|[\w-]+))*)[ \t]*\{/gm;

const HEREDOC = /<<-?([A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)\r?\n/y;
/** What may open or close something, or end a line. */
const SIGN = /["\n#/<([{)\]}$%\\]/g;

/** The end of an item with an error: a line end outside of brackets, or the closing brace around it. */
export function itemEnd(c: Cursor, start: number): number {
  const { text } = c;
  const found = c.lost ? undefined : balancedEnd(text, start);
  if (found !== undefined) return found;
  c.lost = true;
  const line = text.indexOf("\n", Math.max(start, c.failure.start));
  return line < 0 ? text.length : line;
}

function balancedEnd(text: string, start: number): number | undefined {
  /** The brackets and quotes that are open. What `${` opens in a string is a brace too. */
  const open: string[] = [];
  /** Where in `open` the outermost quote is, so that it need not be looked for at each line end. */
  let quote = -1;
  SIGN.lastIndex = start;
  for (let match = SIGN.exec(text); match !== null; match = SIGN.exec(text)) {
    const { index } = match;
    const [sign] = match;
    if (sign === "\n") {
      // A string ends with its line at the latest.
      if (quote >= 0 && quote < open.length) open.length = quote;
      quote = -1;
      if (open.length === 0) return index;
    } else if (open.at(-1) === '"') {
      if (sign === "\\") SIGN.lastIndex = index + 2;
      else if (sign === '"') {
        open.pop();
        if (quote === open.length) quote = -1;
      } else if ((sign === "$" || sign === "%") && text[index + 1] === "{") open.push("{");
    } else if (sign === '"' || sign === "(" || sign === "[" || sign === "{") {
      if (sign === '"' && (quote < 0 || quote >= open.length)) quote = open.length;
      open.push(sign);
    } else if (sign === ")" || sign === "]") {
      if (open.at(-1) === (sign === ")" ? "(" : "[")) open.pop();
    } else if (sign === "}") {
      let opened = open.pop();
      while (opened !== undefined && opened !== "{") opened = open.pop();
      // It closes what is around the item.
      if (opened === undefined) return index;
    } else {
      const end = endOfText(text, index);
      if (end === undefined) continue;
      if (end === text.length) return sign === "<" ? undefined : end;
      SIGN.lastIndex = end;
    }
  }
  return open.length === 0 ? text.length : undefined;
}

/** The end of the comment or heredoc that starts here. */
function endOfText(text: string, at: number): number | undefined {
  if (text[at] === "#" || text.startsWith("//", at)) return lineEndAt(text, at);
  if (text.startsWith("/*", at)) {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? text.length : end + 2;
  }
  HEREDOC.lastIndex = at;
  const [opening, marker] = HEREDOC.exec(text) ?? [];
  if (opening === undefined) return undefined;
  for (let from = at + opening.length; from < text.length; ) {
    const end = lineEndAt(text, from);
    if (text.slice(from, end).trim() === marker) return end;
    from = end + 1;
  }
  return text.length;
}

function lineEndAt(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
