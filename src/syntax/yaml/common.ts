/**
 * YAML as nearly everybody writes it, line by line: keys, lists, texts, short tags, brackets on one line, literal blocks. The yaml package
 * takes 20 ms for the first small template of a process, as long as Node takes to start, and a second for a megabyte; this takes a tenth.
 *
 * Whatever is less common, or not even YAML, is refused, and then the package reads the file. What is accepted means the same to both, to
 * the last offset: a test reads generated and real documents both ways.
 */

import type { SourceFile } from "../../source.ts";
import type { Entry, ListValue, ObjectValue, TextValue, Value } from "../value.ts";
import { brackets, keyText, plain, QUOTED, quoted, type Resolve, TAG, textValue } from "./inline.ts";
import {
  DEEPEST,
  endLine,
  here,
  isDash,
  isLineEnd,
  type Line,
  LONGEST_KEY,
  match,
  moveTo,
  REFUSED,
  type Reader,
  refuse,
  skipSpaces,
  trimmed,
} from "./lines.ts";
import { scalarText } from "./offsets.ts";
import { resolvePlain, type ScalarToken } from "./scalars.ts";
import { expandTag, longForm } from "./short-tags.ts";

/** Carriage returns, tabs and all that the package may complain of or that shows nothing. */
const UNCOMMON = /[^\n\x20-\x7e\u00a1-\u02ff\u0370-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]/;
/** A key without quotes. */
const KEY = /[\w.$/](?:[\w.$/ +()@=-]|:(?=[^ \n]))*(?=:(?: |$))/my;
/** The header of a block. */
const BLOCK = /[|>]-?$/my;

/** The value of a file with one document; undefined when it has to be read by the package. Never throws. */
export function readCommonYaml(file: SourceFile): Value | undefined {
  const text = file.text.endsWith("\n") ? file.text : `${file.text}\n`;
  if (UNCOMMON.test(text)) return undefined;
  const state: Reader = { file, text, line: undefined };
  try {
    moveTo(state, text.startsWith("---\n") ? 4 : 0);
    const value = block(state, -1, 1);
    return state.line ? undefined : value;
  } catch (error) {
    if (error === REFUSED) return undefined;
    throw error;
  }
}

/** The list or object that begins in the line, which must be further in than `outer`. */
function block(state: Reader, outer: number, depth: number): Value {
  const { start, indent } = here(state);
  if (indent <= outer || depth > DEEPEST) refuse();
  return isDash(state.text, start) ? list(state, indent, depth) : object(state, indent, depth);
}

function list(state: Reader, indent: number, depth: number): ListValue {
  const { text, file } = state;
  const { start } = here(state);
  const items: Value[] = [];
  while (state.line?.indent === indent && isDash(text, state.line.start)) {
    const line = state.line;
    const from = skipSpaces(text, line.start + 1);
    if (isLineEnd(text, line.start + 1)) items.push(below(state, line, indent, depth));
    else if (isDash(text, from) || keyAt(text, from)) {
      state.line = { ...line, start: from, indent: indent + from - line.start };
      items.push(block(state, indent, depth + 1));
    } else items.push(value(state, line, from, indent, depth, below));
  }
  if (state.line && state.line.indent > indent) refuse();
  return { kind: "list", items, at: { file, start, end: items.at(-1)?.at.end ?? start } };
}

function object(state: Reader, indent: number, depth: number): ObjectValue {
  const { text, file } = state;
  const { start } = here(state);
  const entries: Entry[] = [];
  while (state.line?.indent === indent) {
    const line = state.line;
    const end = keyAt(text, line.start) ?? refuse();
    const key = keyText(text.slice(line.start, end));
    const inner = isLineEnd(text, end + 1)
      ? belowKey(state, line, indent, depth)
      : value(state, line, skipSpaces(text, end + 1), indent, depth, belowKey);
    entries.push({ key, keyAt: { file, start: line.start, end }, value: inner });
  }
  if (state.line && state.line.indent > indent) refuse();
  return { kind: "object", entries, at: { file, start, end: entries.at(-1)?.value.at.end ?? start } };
}

/** Where a key ends that stands at an offset, undefined when none does. */
function keyAt(text: string, at: number): number | undefined {
  const quoted = match(QUOTED, text, at)?.[0].length;
  const length = quoted ?? match(KEY, text, at)?.[0].length;
  if (length === undefined || length > LONGEST_KEY) return undefined;
  const end = at + length;
  const after = text[end + 1];
  return text[end] === ":" && (after === " " || after === "\n") && text[end - 1] !== " " ? end : undefined;
}

/** Reads the value in the lines below. */
type Below = (state: Reader, line: Line, indent: number, depth: number) => Value;

/** It is further in. */
function below(state: Reader, line: Line, indent: number, depth: number): Value {
  moveTo(state, line.end + 1);
  return block(state, indent, depth + 1);
}

/** It is further in, or a list whose items stand below its key. */
function belowKey(state: Reader, line: Line, indent: number, depth: number): Value {
  moveTo(state, line.end + 1);
  const next = here(state);
  return next.indent === indent && isDash(state.text, next.start)
    ? list(state, indent, depth + 1)
    : block(state, indent, depth + 1);
}

/** The value that begins in a line at an offset; `indent` is that of the list or object it belongs to. */
function value(state: Reader, line: Line, from: number, indent: number, depth: number, readBelow: Below): Value {
  const { text, file } = state;
  const tag = match(TAG, text, from)?.[0];
  if (tag === undefined) return untagged(state, line, from, indent, depth, resolvePlain);
  const key = longForm(tag) ?? refuse();
  const end = from + tag.length;
  const inner = isLineEnd(text, end)
    ? readBelow(state, line, indent, depth)
    : untagged(state, line, skipSpaces(text, end), indent, depth + 1, () => undefined);
  // Where the package's reader looks for it, which a comment could mislead.
  if (text.lastIndexOf(tag, inner.at.start - tag.length) !== from) refuse();
  return expandTag(key, { file, start: from, end }, inner);
}

function untagged(state: Reader, line: Line, from: number, indent: number, depth: number, resolve: Resolve): Value {
  const { text } = state;
  const first = text[from];
  if (first === "|" || first === ">") return blockText(state, line, from, indent);
  const { value, end } =
    first === "[" || first === "{"
      ? brackets(state, from, depth + 1)
      : (quoted(state, from) ?? plain(state, line, from, resolve));
  if (!isLineEnd(text, end)) refuse();
  endLine(state, line, indent);
  return value;
}

/** `|` and `>`, also with `-`, without blank lines at the beginning. */
function blockText(state: Reader, line: Line, from: number, indent: number): TextValue {
  const { text, file } = state;
  const header = match(BLOCK, text, from)?.[0] ?? refuse();
  const begin = line.end + 1;
  const inner = skipSpaces(text, begin) - begin;
  if (inner <= indent || text[begin + inner] === "\n" || begin >= text.length) refuse();
  const lines: string[] = [];
  let count = 0;
  let contentEnd = begin;
  let next = begin;
  while (next < text.length) {
    const end = text.indexOf("\n", next);
    const start = skipSpaces(text, next);
    if (start === end) {
      if (start - next > inner) refuse();
      lines.push("");
    } else if (start - next >= inner) {
      lines.push(text.slice(next + inner, end));
      count = lines.length;
      contentEnd = end;
    } else if (start - next > indent) refuse();
    else break;
    next = end + 1;
  }
  // The package gives a last line without a break one, which stands nowhere.
  if (next > file.text.length) refuse();
  const props = [
    { type: "block-scalar-header" as const, source: header },
    { type: "newline" as const, source: "\n" },
  ];
  const token: ScalarToken = { type: "block-scalar", offset: from, indent, props, source: text.slice(begin, next) };
  const raw =
    header[0] === "|" ? `${lines.slice(0, count).join("\n")}${header === "|" ? "\n" : ""}` : scalarText(token);
  moveTo(state, next);
  if (state.line && state.line.indent > indent) refuse();
  return textValue(raw, { file, start: from, end: trimmed(text, contentEnd) }, token);
}
