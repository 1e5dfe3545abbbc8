/**
 * The text of a YAML scalar, and where in the file each of its characters stands. The yaml package has no offsets for
 * the characters of a value, so folding, unescaping and chomping is done here.
 * https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions and chapter 8
 */
import type { CST } from "yaml";
import { block } from "./block-scalar.ts";
import { copied, made, type ScalarToken, type Written } from "./written.ts";

/** The offsets of the characters of a scalar and of its end: one more than characters, never falling. */
export function scalarOffsets(token: ScalarToken): readonly number[] {
  const { offsets, end } = written(token);
  return [...offsets, end];
}

/** What a scalar means. */
export function scalarText(token: ScalarToken): string {
  return written(token).text;
}

function written(token: ScalarToken): Written & { readonly end: number } {
  const out: Written = { text: "", offsets: [] };
  const end = token.type === "block-scalar" ? block(token, out) : flow(token, out);
  return { ...out, end };
}

function flow(token: CST.FlowScalar, out: Written): number {
  const { source, offset, type } = token;
  const end = offset + source.length;
  if (type === "scalar") {
    folded(
      source,
      0,
      source.length,
      (from, to) => copied(out, source, from, to, offset),
      (text, at) => made(out, text, offset + at),
    );
    return end;
  }
  if (type === "double-quoted-scalar") doubleQuoted(source, offset, out);
  else {
    const copy = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        copied(out, source, index, index + 1, offset);
        if (source[index] === "'") index++;
      }
    };
    folded(source, 1, source.length - 1, copy, (text, at) => made(out, text, offset + at));
  }
  return end - 1;
}

/**
 * Line folding of plain and single-quoted scalars: white space around line breaks goes, one break becomes a space, and
 * more of them one break less. Where a line was folded counts as the end of the content before it.
 */
function folded(
  source: string,
  from: number,
  to: number,
  copy: (from: number, to: number) => void,
  make: (text: string, at: number) => void,
): void {
  let start = from;
  let breaks = 0;
  let contentEnd = from;
  for (;;) {
    const newline = source.indexOf("\n", start);
    const last = newline === -1 || newline >= to;
    const lineEnd = last ? to : source[newline - 1] === "\r" && newline > start ? newline - 1 : newline;
    const first = start === from;
    const contentStart = first ? start : skip(source, start, lineEnd, 1);
    const trimmed = last ? lineEnd : skip(source, lineEnd, contentStart, -1);
    if (trimmed > contentStart || last || first) {
      if (!first) make(breaks > 1 ? "\n".repeat(breaks - 1) : " ", contentEnd);
      copy(contentStart, trimmed);
      contentEnd = trimmed;
      breaks = 0;
    }
    if (last) return;
    breaks++;
    start = newline + 1;
  }
}

/** The nearest offset towards `limit` that has no space or tab before it (step -1) or at it (step 1). */
function skip(source: string, from: number, limit: number, step: 1 | -1): number {
  let at = from;
  while (at !== limit) {
    const character = source[step === 1 ? at : at - 1];
    if (character !== " " && character !== "\t") return at;
    at += step;
  }
  return at;
}

/** Escapes of one character: https://yaml.org/spec/1.2.2/#57-escaped-characters */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["\t", "\t"],
]);
const HEX_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function doubleQuoted(source: string, offset: number, out: Written): void {
  const to = source.length - 1;
  let at = 1;
  while (at < to) {
    const character = source[at] ?? "";
    if (character === "\\") at = escaped(source, at, offset, out);
    else if (character === " " || character === "\t") {
      const end = skip(source, at, to, 1);
      if (breakAt(source, end) === 0) copied(out, source, at, end, offset);
      at = end;
    } else if (breakAt(source, at) > 0) {
      const end = blankUntil(source, at, to);
      const breaks = source.slice(at, end).split("\n").length - 1;
      made(out, breaks > 1 ? "\n".repeat(breaks - 1) : " ", offset + at);
      at = end;
    } else {
      copied(out, source, at, at + 1, offset);
      at++;
    }
  }
}

/** Writes what an escape means; the offset after it. */
function escaped(source: string, at: number, offset: number, out: Written): number {
  const next = source[at + 1] ?? "";
  const width = breakAt(source, at + 1);
  if (width > 0) return skip(source, at + 1 + width, source.length - 1, 1);
  const digits = HEX_LENGTHS.get(next);
  const simple = ESCAPES.get(next);
  if (simple !== undefined) made(out, simple, offset + at);
  else if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    if (code <= 0x10ffff) made(out, String.fromCodePoint(code), offset + at);
    return at + 2 + digits;
  }
  return at + 2;
}

/** How long the line break is that is there, 0 when there is none. */
function breakAt(source: string, at: number): number {
  if (source[at] === "\n") return 1;
  return source[at] === "\r" && source[at + 1] === "\n" ? 2 : 0;
}

function blankUntil(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && (source[at] === " " || source[at] === "\t" || breakAt(source, at) > 0)) {
    at += breakAt(source, at) || 1;
  }
  return at;
}
