/** Lines of YAML for `yaml-common.ts`: finding the next one, looking at one, and refusing what is not common. */

import type { SourceFile } from "../../source.ts";

/** A line that is neither blank nor a comment: where its content begins and the line ends. */
export interface Line {
  readonly start: number;
  readonly indent: number;
  readonly end: number;
}

export interface Reader {
  readonly file: SourceFile;
  /** Of the file, with a line break at its end. */
  readonly text: string;
  /** The line to read next; undefined behind the last one. */
  line: Line | undefined;
}

/** A longer key must be marked as one. */
export const LONGEST_KEY = 500;
/** Deeper nesting is left to the bounds of the package's reader. */
export const DEEPEST = 50;

/** Thrown for what is not common. */
export const REFUSED = new Error("not as nearly everybody writes it");

export function refuse(): never {
  throw REFUSED;
}

/** Finds the next line with content from the beginning of a line on. */
export function moveTo(state: Reader, offset: number): void {
  const { text } = state;
  for (let from = offset; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const start = skipSpaces(text, from);
    if (start !== end && text[start] !== "#") {
      if (start === from && /[-.%]/.test(text[start] ?? "") && isMarker(text, start)) refuse();
      state.line = { start, indent: start - from, end };
      return;
    }
    from = end + 1;
  }
  state.line = undefined;
}

/** Directives, and what separates documents. */
function isMarker(text: string, at: number): boolean {
  return text[at] === "%" || text.startsWith("---", at) || text.startsWith("...", at);
}

/** Goes on behind a line whose value is complete: lines further in than `indent` would continue it. */
export function endLine(state: Reader, { end }: Line, indent: number): void {
  moveTo(state, end + 1);
  if (state.line && state.line.indent > indent) refuse();
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at++;
  return at;
}

/** The offset before the spaces that end at an offset. */
export function trimmed(text: string, to: number): number {
  let at = to;
  while (text[at - 1] === " ") at--;
  return at;
}

/** Whether nothing but a comment follows on a line, from behind what was read. */
export function isLineEnd(text: string, after: number): boolean {
  const at = skipSpaces(text, after);
  return text[at] === "\n" || (text[at] === "#" && at > after);
}

export function isDash(text: string, at: number): boolean {
  return text[at] === "-" && (text[at + 1] === " " || text[at + 1] === "\n");
}

export function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function here(state: Reader): Line {
  return state.line ?? refuse();
}
