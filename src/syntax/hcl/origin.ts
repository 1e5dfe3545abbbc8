/** Where parsed text comes from, so that its offsets become places: a file, or a string inside a document. */

import { literal } from "../../facts/text.ts";
import type { Place, SourceFile } from "../../source.ts";
import type { TextValue } from "../value.ts";
import type { Chunk } from "./tree.ts";

export interface Origin {
  /** The text that the offsets count in. */
  readonly text: string;
  readonly place: (start: number, end: number) => Place;
  /** The characters from `start` to `end` as they stand, as chunks. */
  readonly chunks: (start: number, end: number) => readonly Chunk[];
}

export function fileOrigin(file: SourceFile): Origin {
  const { text } = file;
  const place = (start: number, end: number): Place => ({ file, start, end });
  return { text, place, chunks: (start, end) => [chunk(text.slice(start, end), place(start, end))] };
}

/** The value of a string that is in a document. */
export function stringOrigin(value: TextValue): Origin {
  const text = value.value;
  const offsets = value.offsets?.();
  if (offsets === undefined) {
    const place = () => value.at;
    return { text, place, chunks: (start, end) => [chunk(text.slice(start, end), value.at)] };
  }
  const last = offsets.length - 1;
  const at = (offset: number): number => offsets[Math.min(offset, last)] ?? value.at.end;
  const { file } = value.at;
  const place = (start: number, end: number): Place => ({ file, start: at(start), end: at(end) });
  const chunks = (start: number, end: number): Chunk[] => {
    const found: Chunk[] = [];
    for (let from = start; from < end; ) {
      let to = from + 1;
      if (at(to) === at(from) + 1) while (to < end && at(to + 1) === at(to) + 1) to++;
      found.push(chunk(text.slice(from, to), place(from, to)));
      from = to;
    }
    return found;
  };
  return { text, place, chunks };
}

/** Strings are normalised as Terraform does it (Unicode NFC), and freed of what would be taken for a hole. */
export function chunk(text: string, at: Place): Chunk {
  return { text: isAscii(text) ? text : literal(text.normalize("NFC")), at };
}

export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has control characters
  return !/[^\x00-\x7f]/.test(text);
}
