/** Literal text of templates: what strip markers and `<<-` take from it, and how it is joined. */
import { spacesAtEnd, spacesAtStart } from "./space.ts";
import type { LiteralToken, Token } from "./strings.ts";
import type { Chunk } from "./tree.ts";

/** Whether the text is in its place character for character. */
export function isExact(part: Chunk): boolean {
  return part.text.length === part.at.end - part.at.start;
}

/** A chunk without its first or last characters; one that does not stand literally keeps its whole place. */
function cut(part: Chunk, start: number, end: number): Chunk {
  const { at, text } = part;
  return {
    text: text.slice(start, end),
    at: isExact(part) ? { file: at.file, start: at.start + start, end: at.start + end } : at,
  };
}

export function trimStart(chunks: readonly Chunk[]): readonly Chunk[] {
  const kept = [...chunks];
  for (let first = kept[0]; first !== undefined; first = kept[0]) {
    const space = spacesAtStart(first.text);
    if (space < first.text.length) {
      kept[0] = space === 0 ? first : cut(first, space, first.text.length);
      break;
    }
    kept.shift();
  }
  return kept;
}

export function trimEnd(chunks: readonly Chunk[]): readonly Chunk[] {
  const kept = [...chunks];
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const space = spacesAtEnd(last.text);
    if (space < last.text.length) {
      if (space > 0) kept[kept.length - 1] = cut(last, 0, last.text.length - space);
      break;
    }
    kept.pop();
  }
  return kept;
}

function textOf(token: LiteralToken): string {
  return token.chunks.map((part) => part.text).join("");
}

/** `<<-`: takes the smallest indentation of all lines from every line. Blank lines don't count. */
export function stripIndentation(tokens: readonly Token[]): void {
  let smallest = Number.POSITIVE_INFINITY;
  let lineStart = true;
  const lines: LiteralToken[] = [];
  for (const token of tokens) {
    const text = token.kind === "literal" ? textOf(token) : "";
    if (lineStart) {
      lineStart = false;
      const spaces = spacesAtStart(text);
      const blank = spaces === text.length && text.endsWith("\n");
      if (!blank) smallest = Math.min(smallest, spaces);
      if (token.kind === "literal" && !blank) lines.push(token);
    }
    if (text.endsWith("\n")) lineStart = true;
  }
  for (const line of lines) {
    let left = smallest;
    const kept: Chunk[] = [];
    for (const part of line.chunks) {
      const gone = Math.min(left, part.text.length);
      left -= gone;
      if (gone < part.text.length) kept.push(gone === 0 ? part : cut(part, gone, part.text.length));
    }
    line.chunks = kept;
  }
}
