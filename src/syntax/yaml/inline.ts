/** Values of YAML that end on their line, for `yaml-common.ts`: texts with and without quotes, and brackets. */

import { literal } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Entry, TextValue, Value } from "../value.ts";
import { DEEPEST, type Line, LONGEST_KEY, match, type Reader, refuse, skipSpaces, trimmed } from "./lines.ts";
import { scalarOffsets, scalarText } from "./offsets.ts";
import { resolvePlain, type ScalarToken } from "./scalars.ts";
import { expandTag, longForm } from "./short-tags.ts";

/** A value with the offset behind it. */
export interface Flow {
  readonly value: Value;
  readonly end: number;
}

/** What a text without quotes means if not itself. */
export type Resolve = (source: string, at: Place) => Value | undefined;

/** What begins a text without quotes. */
const PLAIN_START = /[\w.$/+=~^()<]|-[\w.-]/y;
/** A key without quotes in braces. */
const FLOW_KEY = /[\w.$/][\w.$/-]*(?=: )/y;
const FLOW_PLAIN = /(?:[\w.$/+=~^()<]|-[\w.-])(?:[^,[\]{}#:"'\n]|:(?=[^ \n,[\]{}]))*/y;
/** A text in quotes on a line, with the escapes that people use. */
export const QUOTED = /"(?:[^"\\\n]|\\(?:["\\/nrt]|u[0-9A-Fa-f]{4}))*"|'(?:[^'\n]|'')*'/y;
/** A short tag. */
export const TAG = /![A-Za-z0-9]+(?= |$)/my;

export function plain(state: Reader, line: Line, from: number, resolve: Resolve): Flow {
  const { text } = state;
  if (!match(PLAIN_START, text, from)) refuse();
  // Not in the whole text, which would be searched to its end for each value.
  const comment = text.slice(from, line.end).indexOf(" #");
  const end = trimmed(text, comment === -1 ? line.end : from + comment);
  const source = text.slice(from, end);
  if (source.includes(": ") || source.endsWith(":")) refuse();
  return { value: plainValue(state, source, from, resolve), end };
}

function plainValue({ file }: Reader, source: string, from: number, resolve: Resolve): Value {
  const at = { file, start: from, end: from + source.length };
  return resolve(source, at) ?? textValue(source, at, { type: "scalar", offset: from, source });
}

export function quoted({ file, text }: Reader, from: number): Flow | undefined {
  const source = match(QUOTED, text, from)?.[0];
  if (source === undefined) return undefined;
  const end = from + source.length;
  const value = textValue(unquoted(source, from), { file, start: from, end }, quotedToken(source, from));
  return { value, end };
}

function isQuoted(source: string): boolean {
  return source[0] === '"' || source[0] === "'";
}

function quotedToken(source: string, offset: number): ScalarToken {
  return { type: source[0] === '"' ? "double-quoted-scalar" : "single-quoted-scalar", offset, source };
}

function unquoted(source: string, offset: number): string {
  const inner = source.slice(1, -1);
  return inner.includes("\\") || inner.includes("'") ? scalarText(quotedToken(source, offset)) : inner;
}

export function textValue(raw: string, at: Place, token: ScalarToken): TextValue {
  return { kind: "text", value: literal(raw), at, offsets: () => scalarOffsets(token, raw) };
}

export function keyText(source: string): string {
  return literal(isQuoted(source) ? unquoted(source, 0) : source);
}

/** A list or object in brackets that close on the line. */
export function brackets(state: Reader, from: number, depth: number): Flow {
  const { text, file } = state;
  const opening = text[from];
  const closing = opening === "[" ? "]" : "}";
  // Two at once may be a placeholder.
  if (text[from + 1] === opening || depth > DEEPEST) refuse();
  const items: Value[] = [];
  const entries: Entry[] = [];
  let at = skipSpaces(text, from + 1);
  for (let more = text[at] !== closing; more; ) {
    const keyEnd = opening === "{" ? flowKey(state, at, entries) : at;
    const { value, end } = flowValue(state, keyEnd, depth);
    items.push(value);
    at = skipSpaces(text, end);
    more = text[at] === ",";
    if (more) at = skipSpaces(text, at + 1);
  }
  if (text[at] !== closing) refuse();
  const place = { file, start: from, end: at + 1 };
  if (opening === "[") return { value: { kind: "list", items, at: place }, end: at + 1 };
  const filled = entries.map((entry, index) => ({ ...entry, value: items[index] ?? entry.value }));
  return { value: { kind: "object", entries: filled, at: place }, end: at + 1 };
}

/** Notes the key that stands in braces at an offset; where its value begins. */
function flowKey({ text, file }: Reader, at: number, entries: Entry[]): number {
  const inQuotes = match(QUOTED, text, at)?.[0];
  const source = inQuotes ?? match(FLOW_KEY, text, at)?.[0] ?? refuse();
  const end = at + source.length;
  if (source.length > LONGEST_KEY || text[end] !== ":" || text[end + 1] !== " ") refuse();
  const keyAt = { file, start: at, end };
  entries.push({ key: keyText(source), keyAt, value: { kind: "null", at: keyAt } });
  return skipSpaces(text, end + 1);
}

function flowValue(state: Reader, from: number, depth: number): Flow {
  const { text, file } = state;
  const tag = match(TAG, text, from)?.[0];
  if (tag === undefined) return flowUntagged(state, from, depth, resolvePlain);
  const key = longForm(tag) ?? refuse();
  const end = from + tag.length;
  const inner = flowUntagged(state, skipSpaces(text, end), depth + 1, () => undefined);
  return { value: expandTag(key, { file, start: from, end }, inner.value), end: inner.end };
}

function flowUntagged(state: Reader, from: number, depth: number, resolve: Resolve): Flow {
  const { text } = state;
  if (text[from] === "[" || text[from] === "{") return brackets(state, from, depth + 1);
  const found = quoted(state, from);
  if (found) return found;
  const length = match(FLOW_PLAIN, text, from)?.[0].length ?? refuse();
  const end = trimmed(text, from + length);
  return { value: plainValue(state, text.slice(from, end), from, resolve), end };
}
