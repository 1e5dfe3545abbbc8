/** Texts put together from pieces that know where they come from, so that a document inside a string can be placed. */

import { into } from "../maps.ts";
import { lastUpTo, type Place } from "../source.ts";
import type { Mark, Piece, TextValue } from "./value.ts";

/** The pieces of a string. One that is not known to be put together consists of what is in its file in one run. */
export function piecesOf(text: TextValue): readonly Piece[] {
  if (text.pieces !== undefined) return text.pieces;
  const offsets = text.offsets?.();
  if (offsets === undefined) return text.value === "" ? [] : [{ text: text.value, at: text.at }];
  const { file } = text.at;
  const pieces: Piece[] = [];
  for (let start = 0; start < text.value.length; ) {
    const end = endOfRun(offsets, start, text.value.length);
    const first = offsets[start] ?? 0;
    pieces.push({ text: text.value.slice(start, end), at: { file, start: first, end: offsets[end] ?? first } });
    start = end;
  }
  return pieces;
}

/** Where the characters end that are in the file one behind the other, or all in one place. */
function endOfRun(offsets: readonly number[], start: number, length: number): number {
  const first = offsets[start] ?? 0;
  let end = start + 1;
  if (offsets[end] === first + 1) while (end < length && offsets[end + 1] === (offsets[end] ?? 0) + 1) end++;
  else while (end < length && offsets[end] === first) end++;
  return end;
}

/** Whether a piece is in its place character for character. */
function isExact({ text, at, value, offsets }: Piece): boolean {
  return value === undefined && offsets === undefined && text.length === at.end - at.start;
}

/** A string of pieces. Where each of its characters stands is worked out when somebody asks. */
export function textFrom(pieces: readonly Piece[], at: Place, sensitive?: Mark): TextValue {
  return {
    kind: "text",
    value: joined(pieces),
    at,
    pieces,
    ...(standsInOrder(pieces, at) && { offsets: () => offsetsOf(pieces, at) }),
    ...(sensitive && { sensitive }),
  };
}

export function joined(pieces: readonly Piece[]): string {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only.text : pieces.map((piece) => piece.text).join("");
}

/** Whether all of a string is literal text of one file, one piece behind the other. */
function standsInOrder(pieces: readonly Piece[], at: Place): boolean {
  let end = 0;
  for (const piece of pieces) {
    if (piece.value !== undefined || piece.at.file !== at.file || piece.at.start < end) return false;
    end = piece.at.end;
  }
  return true;
}

/** The offset of each character of the text that the pieces make, and of its end. */
export function offsetsOf(pieces: readonly Piece[], at: Place): readonly number[] {
  const offsets: number[] = [];
  let end = at.start;
  for (const piece of pieces) {
    const own = piece.offsets?.();
    const exact = isExact(piece);
    for (let index = 0; index < piece.text.length; index++) {
      offsets.push(own?.[index] ?? piece.at.start + (exact ? index : 0));
    }
    end = own?.[piece.text.length] ?? piece.at.end;
  }
  offsets.push(end);
  return offsets;
}

/** Where the characters of a string are that consists of pieces. */
export interface Located {
  /** The piece that a character is in, and the index at which it begins. */
  readonly pieceAt: (index: number) => { readonly piece: Piece | undefined; readonly start: number };
  /** The place of the characters from `start` to `end`. What comes from two files has the place of its first part. */
  readonly place: (start: number, end: number) => Place;
  /** The pieces of the text from `start` to `end`. */
  readonly slice: (start: number, end: number) => readonly Piece[];
  /** The mark of an empty piece between two characters, which have the indices `start` and `end - 1`. */
  readonly emptyMark: (start: number, end: number) => Mark | undefined;
}

export function locate(pieces: readonly Piece[], whole: Place): Located {
  const starts: number[] = [];
  let length = 0;
  const empty = new Map<number, Mark>();
  for (const piece of pieces) {
    if (piece.text === "" && piece.value?.sensitive) empty.set(length, piece.value.sensitive);
    starts.push(length);
    length += piece.text.length;
  }
  const numberAt = (index: number): number => Math.max(0, lastUpTo(starts, index));
  const pieceAt = (index: number) => {
    const number = numberAt(index);
    return { piece: pieces[number], start: starts[number] ?? 0 };
  };
  const known = new Map<Piece, readonly number[]>();
  const offsetIn = (piece: Piece, index: number): number | undefined => {
    const { offsets, at } = piece;
    if (offsets) return into(known, piece, offsets)[index];
    return isExact(piece) ? at.start + index : undefined;
  };
  const place = (start: number, end: number): Place => {
    const { piece: from, start: fromStart } = pieceAt(start);
    const { piece: to, start: toStart } = pieceAt(Math.max(end - 1, start));
    if (from === undefined || to === undefined) return whole;
    const begin = offsetIn(from, start - fromStart) ?? from.at.start;
    if (from.at.file !== to.at.file) return { file: from.at.file, start: begin, end: from.at.end };
    const finish = offsetIn(to, end - toStart) ?? to.at.end;
    return { file: from.at.file, start: begin, end: Math.max(begin, finish) };
  };
  const slice = (start: number, end: number): readonly Piece[] => {
    const number = numberAt(start);
    const offset = starts[number] ?? 0;
    const last = numberAt(Math.max(end - 1, start));
    return slicePieces(pieces.slice(number, last + 1), start - offset, end - offset);
  };
  const emptyMark = (start: number, end: number): Mark | undefined => {
    if (empty.size === 0) return undefined;
    for (let index = start + 1; index < end; index++) if (empty.has(index)) return empty.get(index);
    return undefined;
  };
  return { pieceAt, place, slice, emptyMark };
}

/** The characters from `start` to `end` of a string, in their places. */
export function slicePieces(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  const found: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, piece.text.length);
    offset += piece.text.length;
    if (from < to) found.push(cutPiece(piece, from, to));
  }
  return found;
}

function cutPiece(piece: Piece, start: number, end: number): Piece {
  if (start === 0 && end === piece.text.length) return piece;
  const text = piece.text.slice(start, end);
  const { file } = piece.at;
  if (isExact(piece)) return { text, at: { file, start: piece.at.start + start, end: piece.at.start + end } };
  const own = piece.offsets;
  return own ? { text, at: piece.at, offsets: () => own().slice(start, end + 1) } : { text, at: piece.at };
}

export function sliceText(text: TextValue, start: number, end: number): TextValue {
  const { offsets, pieces, json: _, decoded: __, ...rest } = text;
  const value = text.value.slice(start, end);
  return {
    ...rest,
    value,
    ...(pieces && { pieces: slicePieces(pieces, start, end) }),
    ...(offsets && { offsets: () => offsets().slice(start, end + 1) }),
  };
}

/** The characters from `start` to `end` of a string as a piece. */
export function partOf({ value, at, offsets }: TextValue, start: number, end: number): Piece {
  const text = value.slice(start, end);
  return offsets ? { text, at, offsets: () => offsets().slice(start, end + 1) } : { text, at };
}

/** A piece that was put in place of the characters from `start` to `end` of a string, and is where they are. */
export function inPlaceOf({ at, offsets }: TextValue, start: number, end: number, text: string): Piece {
  if (!offsets) return { text, at };
  const places = (): readonly number[] => {
    const known = offsets();
    return [...Array<number>(text.length).fill(known[start] ?? at.start), known[end] ?? at.end];
  };
  return { text, at, offsets: places };
}

/** A piece of a string with the token that takes its place. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** The string with tokens in place of some of its pieces, in their order. A token has the place where its piece begins. */
export function withTokens(text: TextValue, tokens: readonly Token[]): TextValue {
  if (tokens.length === 0) return text;
  const whole = remembering(text);
  const { offsets, pieces: _, ...rest } = whole;
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end, token } of tokens) {
    pieces.push(partOf(whole, from, start), inPlaceOf(whole, start, end, token));
    from = end;
  }
  pieces.push(partOf(whole, from, text.value.length));
  return { ...rest, value: joined(pieces), ...(offsets && { offsets: () => offsetsOf(pieces, text.at) }) };
}

/** The text, whose offsets are computed once. */
export function remembering(text: TextValue): TextValue {
  const { offsets } = text;
  if (!offsets) return text;
  let known: readonly number[] | undefined;
  return { ...text, offsets: () => (known ??= offsets()) };
}

/**
 * The pieces of a string that is written in a string of pieces: `offsets` are where its characters and its end are in
 * that text. What an escape or a folded line made is a piece of its own.
 */
export function piecesAt(written: Located, source: string, text: string, offsets: readonly number[]): readonly Piece[] {
  const found: Piece[] = [];
  for (let start = 0; start < text.length; ) {
    const from = offsets[start] ?? 0;
    let count = 0;
    while (offsets[start + count] === from + count && source[from + count] === text[start + count]) count++;
    count = Math.min(count, text.length - start);
    if (count > 0) found.push(...written.slice(from, from + count));
    else found.push({ text: text[start] ?? "", at: written.place(from, Math.max(from, offsets[start + 1] ?? from)) });
    start += Math.max(count, 1);
  }
  return found;
}
