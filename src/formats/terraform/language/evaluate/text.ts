/** Texts put together from parts: which part came from where, so that a document inside the text can be placed. */

import { hole } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { isAscii } from "../../../../syntax/hcl/origin.ts";
import type { Mark } from "../../../../syntax/value.ts";
import { toDigits } from "./arithmetic.ts";
import { Complaint } from "./complaint.ts";
import { jsonOf } from "./json-text.ts";
import { isCollection } from "./types.ts";
import type { Piece, TerraformText, TerraformValue } from "./values.ts";
import { typeOf } from "./values.ts";

/** The runs that a text consists of. One that is not known to be put together is a run of its own. */
export function piecesOf(text: TerraformText): readonly Piece[] {
  if (text.pieces !== undefined) return text.pieces;
  const offsets = text.offsets?.();
  if (offsets === undefined) return text.value === "" ? [] : [{ text: text.value, at: text.at }];
  const { file } = text.at;
  const pieces: Piece[] = [];
  for (let start = 0; start < text.value.length; ) {
    let end = start + 1;
    const first = offsets[start] ?? 0;
    const next = offsets[end] ?? first;
    if (next === first + 1) {
      while (end < text.value.length && offsets[end + 1] === (offsets[end] ?? 0) + 1) end++;
    }
    pieces.push({ text: text.value.slice(start, end), at: { file, start: first, end: offsets[end] ?? first } });
    start = end;
  }
  return pieces;
}

/** Whether the run stands in its place character for character. */
export function isExact(piece: Piece): boolean {
  return piece.value === undefined && piece.text.length === piece.at.end - piece.at.start;
}

/** A text of runs. Where it can be told, `offsets` and `json` are worked out when somebody asks. */
export function textOfPieces(pieces: readonly Piece[], at: Place, sensitive?: Mark): TerraformText {
  const value = joined(pieces);
  const normal = isAscii(value) ? value : value.normalize("NFC");
  if (normal !== value) return textOfPieces([{ text: normal, at }], at, sensitive);
  const literal = standsInOrder(pieces, at);
  let json: { readonly value: TerraformValue | undefined } | undefined;
  return {
    kind: "text",
    value,
    at,
    pieces,
    ...(literal && { offsets: () => offsetsOf(pieces, at) }),
    json: () => {
      json ??= { value: jsonOf({ value, at, pieces }) };
      return json.value;
    },
    ...(sensitive && { sensitive }),
  };
}

/** Whether all of a text is literal text of one file, one run behind the other. */
function standsInOrder(pieces: readonly Piece[], at: Place): boolean {
  let end = 0;
  for (const piece of pieces) {
    if (piece.value !== undefined || piece.at.file !== at.file || piece.at.start < end) return false;
    end = piece.at.end;
  }
  return true;
}

function joined(pieces: readonly Piece[]): string {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only.text : pieces.map((piece) => piece.text).join("");
}

function offsetsOf(pieces: readonly Piece[], at: Place): readonly number[] {
  const offsets: number[] = [];
  for (const piece of pieces) {
    const exact = isExact(piece);
    for (let index = 0; index < piece.text.length; index++) offsets.push(piece.at.start + (exact ? index : 0));
  }
  offsets.push(pieces.at(-1)?.at.end ?? at.start);
  return offsets;
}

/** Where the characters of a text are that consists of runs. */
export interface Located {
  /** The run that a character is in, and the offset at which it begins. */
  readonly pieceAt: (offset: number) => { readonly piece: Piece | undefined; readonly start: number };
  /** The place of the characters from `start` to `end`. What comes from two files has the place of its first part. */
  readonly place: (start: number, end: number) => Place;
  /** The mark of an empty run between two characters, which have the offsets `start` and `end - 1`. */
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
  // Searches by halves, so that the number of runs does not matter.
  const pieceAt = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { piece: pieces[low], start: starts[low] ?? 0 };
  };
  const place = (start: number, end: number): Place => {
    const { piece: from, start: fromStart } = pieceAt(start);
    const { piece: to, start: toStart } = pieceAt(Math.max(end - 1, start));
    if (from === undefined || to === undefined) return whole;
    const begin = isExact(from) ? from.at.start + start - fromStart : from.at.start;
    if (from.at.file !== to.at.file) return { file: from.at.file, start: begin, end: from.at.end };
    const finish = isExact(to) ? to.at.start + end - toStart : to.at.end;
    return { file: from.at.file, start: begin, end: Math.max(begin, finish) };
  };
  const emptyMark = (start: number, end: number): Mark | undefined => {
    if (empty.size === 0) return undefined;
    for (let offset = start + 1; offset < end; offset++) if (empty.has(offset)) return empty.get(offset);
    return undefined;
  };
  return { pieceAt, place, emptyMark };
}

/** The characters from `start` to `end` of a text, in their places. */
export function slicePieces(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  const found: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, piece.text.length);
    offset += piece.text.length;
    if (from >= to) continue;
    if (from === 0 && to === piece.text.length) found.push(piece);
    else found.push(cutPiece(piece, from, to));
  }
  return found;
}

function cutPiece(piece: Piece, start: number, end: number): Piece {
  const text = piece.text.slice(start, end);
  if (!isExact(piece)) return { text, at: piece.at };
  return { text, at: { file: piece.at.file, start: piece.at.start + start, end: piece.at.start + end } };
}

/** A part of a text as a text. */
export function sliceText(text: TerraformText, start: number, end: number): TerraformText {
  if (start === 0 && end >= text.value.length) return text;
  return textOfPieces(slicePieces(piecesOf(text), start, end), text.at, text.sensitive);
}

/**
 * What an interpolation adds to a text: the runs of a text, the digits of a number, a hole for what is unknown. Of an empty text the mark
 * alone is left, when it has one.
 * @param at the expression's place
 * @throws Complaint for what is no text: null, lists, objects
 */
export function interpolated(value: TerraformValue, at: Place): readonly Piece[] {
  switch (value.kind) {
    case "text":
      return value.value === "" && !value.sensitive ? [] : [{ text: value.value, at, value }];
    case "number":
      return [{ text: toDigits(value), at, value }];
    case "boolean":
      return [{ text: String(value.value), at, value }];
    case "unknown": {
      const type = typeOf(value);
      if (isCollection(type) || type.is === "tuple" || type.is === "object") throw new Complaint("type");
      return [{ text: hole(value.name, "wide"), at, value }];
    }
    case "null":
      throw new Complaint("null");
    default:
      throw new Complaint("type");
  }
}
