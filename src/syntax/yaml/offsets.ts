/**
 * Where in the file each character of a YAML scalar stands. The yaml package tells the value of a scalar and not where
 * its characters came from, so its folding, unescaping and chomping is done here a second time, with offsets, and only
 * when they are asked for. The rules: https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions and chapter 8.
 */
import type { CST } from "yaml";

/** What is needed of a scalar's token in the package's concrete syntax tree. */
export type ScalarToken =
  | (CST.FlowScalar & { readonly type: Exclude<CST.FlowScalar["type"], "alias"> })
  | CST.BlockScalar;

/** The header of a block scalar, and how many characters it takes with the comment and line break behind it. */
export function headerOf({ props }: CST.BlockScalar): { readonly style: string; readonly length: number } {
  const sources = props.map((prop) => ("source" in prop ? `${prop.source}` : ""));
  return { style: sources[0] ?? "", length: sources.join("").length };
}

/** Text with the file offset of each of its characters. */
interface Written {
  text: string;
  readonly offsets: number[];
}

/**
 * The offsets of the characters of a scalar and of its end: `value.length + 1` numbers, never falling. `value` is what
 * the scalar means. Should the two readings differ, all offsets are the scalar's start.
 */
export function scalarOffsets(token: ScalarToken, value: string): readonly number[] {
  const out: Written = { text: "", offsets: [] };
  const end = token.type === "block-scalar" ? block(token, out) : flow(token, out);
  if (out.text !== value) return new Array(value.length + 1).fill(token.offset);
  out.offsets.push(end);
  return out.offsets;
}

/** What a scalar means, by the reading of this file. */
export function scalarText(token: ScalarToken): string {
  const out: Written = { text: "", offsets: [] };
  if (token.type === "block-scalar") block(token, out);
  else flow(token, out);
  return out.text;
}

/** Writes characters that all come from one offset: an escape, or what a line break was folded into. */
function made(out: Written, text: string, offset: number): void {
  out.text += text;
  for (let index = 0; index < text.length; index++) out.offsets.push(offset);
}

/** Writes a range of the source as it is; `base` is the file offset of the source. */
function copied(out: Written, source: string, from: number, to: number, base: number): void {
  out.text += source.slice(from, to);
  for (let index = from; index < to; index++) out.offsets.push(base + index);
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

/** How long the line break is that stands there, 0 when there is none. */
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

/**
 * A line of a block scalar: where it begins, how many spaces it is indented by, and where its content ends, before the
 * line break.
 */
interface Line {
  readonly start: number;
  readonly indent: number;
  readonly end: number;
}

function linesOf(source: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= source.length; ) {
    const newline = source.indexOf("\n", start);
    const stop = newline === -1 ? source.length : newline;
    let content = start;
    while (content < stop && source[content] === " ") content++;
    const end = newline !== -1 && stop > content && source[stop - 1] === "\r" ? stop - 1 : stop;
    lines.push({ start, indent: content - start, end });
    start = stop + 1;
  }
  return lines;
}

/** Literal and folded scalars; the offset after the last character that counts. */
function block(token: CST.BlockScalar, out: Written): number {
  const { style, length } = headerOf(token);
  const base = token.offset + length;
  const { source } = token;
  const lines = linesOf(source);
  const isEmpty = ({ start, indent, end }: Line) => start + indent === end;
  const firstContent = lines.findIndex((line) => !isEmpty(line));
  const keeps = style.includes("+");
  if (firstContent === -1) {
    if (keeps && source !== "") made(out, "\n".repeat(Math.max(1, lines.length - 1)), base);
    return base + source.length;
  }
  const explicit = Number(/\d/.exec(style)?.[0] ?? 0);
  const trim = explicit > 0 ? token.indent + explicit : (lines[firstContent]?.indent ?? 0);
  const isTrailing = (line: Line) => isEmpty(line) && line.indent <= trim;
  let stop = lines.length;
  while (stop > firstContent && lines[stop - 1] && isTrailing(lines[stop - 1] as Line)) stop--;
  const content = lines.slice(0, stop);
  const copy = (line: Line) =>
    copied(out, source, Math.min(line.start + trim, line.start + line.indent), line.end, base);
  for (const line of content.slice(0, firstContent)) {
    copy(line);
    made(out, "\n", base + line.end);
  }
  const rest = content.slice(firstContent);
  if (style.startsWith(">")) foldLines(rest, source, trim, copy, (text, at) => made(out, text, base + at));
  else {
    rest.forEach((line, index) => {
      if (index > 0) made(out, "\n", base + (rest[index - 1]?.end ?? 0));
      copy(line);
    });
  }
  const contentEnd = lines[stop - 1]?.end ?? 0;
  if (style.includes("-")) return base + contentEnd;
  const trailing = keeps ? lines.slice(stop) : [];
  for (const line of trailing) {
    made(out, "\n", base + line.start - 1);
    if (line.indent > trim) copy(line);
  }
  if (!keeps || !out.text.endsWith("\n")) made(out, "\n", base + contentEnd);
  // Without a line break at the end of the file, the one that clipping adds stands nowhere.
  return Math.min((out.offsets.at(-1) ?? base) + 1, base + source.length);
}

/** Folding of a block scalar: breaks around more indented lines stay, one break between others becomes a space. */
function foldLines(
  lines: readonly Line[],
  source: string,
  trim: number,
  copy: (line: Line) => void,
  make: (text: string, at: number) => void,
): void {
  let separator = "";
  let moreIndented = false;
  let end = 0;
  for (const line of lines) {
    const first = line.start + line.indent;
    const isEmpty = first === line.end;
    if (line.indent > trim || source[first] === "\t") {
      if (separator === " ") separator = "\n";
      else if (!moreIndented && separator === "\n") separator = "\n\n";
      make(separator, end);
      copy(line);
      separator = "\n";
      moreIndented = true;
      end = line.end;
    } else if (isEmpty) {
      if (separator === "\n") make("\n", end);
      else separator = "\n";
    } else {
      make(separator, end);
      copy(line);
      separator = " ";
      moreIndented = false;
      end = line.end;
    }
  }
}
