/** Texts that are JSON, and what is put in them. */

import { literal } from "../../facts/text.ts";
import type { Purse } from "../../purse.ts";
import type { Place } from "../../source.ts";
import { barePlaceholder, bareValue } from "../placeholders.ts";
import { type Located, textFrom } from "../text.ts";
import type { Piece, TextValue, Value } from "../value.ts";

/** A string that is JSON: a file, or a string inside one. */
export interface JsonSource {
  readonly text: string;
  /** The place in the file of a range of the text. */
  readonly place: (start: number, end: number) => Place;
  /** Of a string that was put together: its pieces. Then holes in it are kept, and one may represent a value. */
  readonly put?: Located & {
    /** The document that a string is which was put in, undefined when it is none. */
    readonly document: (text: TextValue) => Value | undefined;
  };
  /** Whether comments and trailing commas are errors. */
  readonly strict?: boolean;
  /** What pays for the values, besides the limit of each document. */
  readonly purse?: Purse | undefined;
  /** What the digits of a number mean, where it is more than a number of JavaScript. */
  readonly number?: (digits: string, at: Place) => Value | undefined;
}

/** Whether what a template puts in is not between commas as one item is: it may be any number of items. */
export function isSeveral({ text, put }: JsonSource, start: number, next: string | undefined): boolean {
  if (!put) return false;
  const before = /[^ \t\r\n](?=[ \t\r\n]*$)/.exec(text.slice(Math.max(0, start - 200), start))?.[0];
  return before === "," ? next !== "," && next !== "]" : before !== "[" || next !== ",";
}

/**
 * What is put in, or a placeholder, where a value or a key may stand. Only what can't begin a value, or begins a list
 * or object twice, is looked at for placeholders.
 */
export function placeholderAt(
  source: JsonSource,
  unquoted: boolean,
  start: number,
): { value: Value; end: number } | undefined {
  const { text, put } = source;
  const bracket = text[start] === "{" || text[start] === "[";
  const possible = bracket ? text[start + 1] === text[start] : unquoted;
  const bare = possible ? barePlaceholder(text, start, put !== undefined) : undefined;
  const known = put && knownAt(put, start);
  const end = start + (bare?.length ?? 0);
  if (known && known.end >= end) return known;
  return bare === undefined ? undefined : { value: bareValue(bare, source.place(start, end)), end };
}

/** The value that was put in at an index, when it is more than its characters: something encoded, something unknown. */
function knownAt(put: NonNullable<JsonSource["put"]>, index: number): { value: Value; end: number } | undefined {
  const { piece, start } = put.pieceAt(index);
  if (piece?.value === undefined || start !== index) return undefined;
  const value = piece.value.kind === "text" ? put.document(piece.value) : piece.value;
  const isMore = value && (value.kind === "unknown" || value !== piece.value);
  return isMore ? { value, end: index + piece.text.length } : undefined;
}

/** A string in quotes, with its value as the scanner has it. */
export function textAt(source: JsonSource, start: number, end: number, value: string, at: Place): TextValue {
  const { put } = source;
  if (!put) return { kind: "text", value: literal(value), at, offsets: () => stringOffsets(source.text, start, end) };
  const pieces = contentOf(source.text, start + 1, end - 1, put);
  const mark = pieces.find((piece) => piece.value?.sensitive)?.value?.sensitive;
  return textFrom(pieces, at, mark ?? put.emptyMark(start, end));
}

/** The pieces of a string's content. What only an escape made is no hole. */
function contentOf(text: string, start: number, end: number, put: Located): readonly Piece[] {
  const found: Piece[] = [];
  for (let from = start; from < end; ) {
    const backslash = text.indexOf("\\", from);
    const until = backslash === -1 ? end : Math.min(backslash, end);
    if (until > from) found.push(...put.slice(from, until));
    if (until === end) break;
    const isPair = /^\\u[dD][89abAB]..\\u[dD][c-fC-F]/.test(text.slice(until, until + 12));
    from = until + (text[until + 1] === "u" ? (isPair ? 12 : 6) : 2);
    const made = JSON.parse(`"${text.slice(until, from)}"`) as string;
    found.push({ text: literal(made.toWellFormed()), at: put.place(until, from) });
  }
  return found;
}

/** The offset of each character of a string in quotes and of its closing quote. An escape makes one character. */
function stringOffsets(text: string, start: number, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let index = start + 1; index < end - 1; ) {
    offsets.push(index);
    const escaped = text.charCodeAt(index) === 92;
    index += escaped ? (text.charCodeAt(index + 1) === 117 ? 6 : 2) : 1;
  }
  offsets.push(end - 1);
  return offsets;
}

/** The offset of the first character from there that is no white space of JSON. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}
