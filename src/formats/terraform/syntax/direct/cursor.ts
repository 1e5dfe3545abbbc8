/** Where a reader of well-formed text is, and what it stops at. */
import type { RawNode } from "../grammar.ts";

export interface Cursor {
  readonly text: string;
  at: number;
  /** Expressions that are open. */
  depth: number;
}

/** More nesting than in any file that people write is left to the grammar, whose reader tells of it. */
const MAX_DEPTH = 100;

/** What is thrown when the text is not, or not certainly, well-formed. It never leaves this folder. */
export const NOT_PLAIN: Error = new Error("the grammar must read this");

export function giveUp(): never {
  throw NOT_PLAIN;
}

const NONE: readonly RawNode[] = [];

export function leaf(type: string, start: number, end: number): RawNode {
  return { type, start, end, children: NONE, broken: false };
}

/** A node around others, of which there is at least one. */
export function around(type: string, children: readonly RawNode[]): RawNode {
  const start = children[0]?.start ?? giveUp();
  return { type, start, end: children.at(-1)?.end ?? start, children, broken: false };
}

/** The token that must stand here. */
export function expect(cursor: Cursor, token: string, type = token): RawNode {
  const { text, at } = cursor;
  if (!text.startsWith(token, at)) return giveUp();
  cursor.at += token.length;
  return leaf(type, at, cursor.at);
}

/** Whether the characters stand here. */
export function isAt(cursor: Cursor, token: string): boolean {
  return cursor.text.startsWith(token, cursor.at);
}

export function nested<T>(cursor: Cursor, read: () => T): T {
  if (++cursor.depth > MAX_DEPTH) return giveUp();
  const result = read();
  cursor.depth--;
  return result;
}

const IDENTIFIER = /[A-Za-z_](?:[\w-]|::)*/y;
/** Words that mean something else in some places, so that only there they are read here. */
const WORDS: ReadonlySet<string> = new Set(["for", "in", "if", "else", "endif", "endfor", "true", "false", "null"]);

/** The word that stands here, undefined when none does. */
export function wordAt({ text, at }: Cursor): string | undefined {
  IDENTIFIER.lastIndex = at;
  return IDENTIFIER.exec(text)?.[0];
}

/** A name that must stand here, where it can be nothing else. */
export function name(cursor: Cursor): RawNode {
  const word = wordAt(cursor) ?? giveUp();
  const start = cursor.at;
  cursor.at += word.length;
  // A letter that is not of ASCII would go on with the word.
  return cursor.text.charCodeAt(cursor.at) > 127 ? giveUp() : leaf("identifier", start, cursor.at);
}

/** A name that must stand here, where a word could be one of the language too. */
export function identifier(cursor: Cursor): RawNode {
  const word = wordAt(cursor);
  return word !== undefined && WORDS.has(word) ? giveUp() : name(cursor);
}

/** A word that must stand here, such as `in`. */
export function keyword(cursor: Cursor, word: string): RawNode {
  return wordAt(cursor) === word ? expect(cursor, word) : giveUp();
}

/** Goes over blanks and comments, and over line ends too where they mean nothing. */
export function skip(cursor: Cursor, lines: boolean): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 32 || code === 9 || code === 13 || (code === 10 && lines)) cursor.at++;
    else if (code === 35 || (code === 47 && text.charCodeAt(cursor.at + 1) === 47)) {
      const end = text.indexOf("\n", cursor.at);
      cursor.at = end < 0 ? text.length : end;
    } else if (code === 47 && text.charCodeAt(cursor.at + 1) === 42) {
      const end = text.indexOf("*/", cursor.at + 2);
      if (end < 0 || (!lines && text.slice(cursor.at, end).includes("\n"))) giveUp();
      cursor.at = end + 2;
    } else return;
  }
}
