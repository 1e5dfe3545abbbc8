/**
 * The reader of JSON, on the scanner of jsonc-parser. It builds values in one pass and with a stack of its own, so that
 * depth and errors are in its hand. Comments and trailing commas are accepted, and placeholders that stand without
 * quotes are unknown values.
 */

import { createScanner, type JSONScanner } from "jsonc-parser";
import { literal } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { MAX_DEPTH } from "../limits.ts";
import { barePlaceholder, bareValue } from "../placeholders.ts";
import type { Entry, ObjectValue, TextValue, Value } from "../value.ts";

/** A text that is JSON: a file, or a string inside one. */
export interface JsonSource {
  readonly text: string;
  /** Whether holes stand in the text: then they are kept, and one may stand for a value. */
  readonly holes: boolean;
  /** The place in the file of a range of the text. */
  readonly place: (start: number, end: number) => Place;
  /** The offset in the file of a character of the text. */
  readonly offset: (index: number) => number;
}

export type JsonResult =
  | { readonly kind: "value"; readonly value: Value }
  /** White space and comments only. */
  | { readonly kind: "nothing" }
  /** `message` completes "This is not valid JSON: …"; `offset` is one of the file. */
  | { readonly kind: "failure"; readonly message: string; readonly offset: number };

/** Numbers of the library's `SyntaxKind` and `ScanError`, which as ambient const enums can't be imported. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  unknown: 16,
  end: 17,
} as const;

const TOKEN_NAMES: ReadonlyMap<number, string> = new Map([
  [TOKEN.openBrace, '"{"'],
  [TOKEN.closeBrace, '"}"'],
  [TOKEN.openBracket, '"["'],
  [TOKEN.closeBracket, '"]"'],
  [TOKEN.comma, "a comma"],
  [TOKEN.colon, "a colon"],
  [TOKEN.null, "null"],
  [TOKEN.true, "true"],
  [TOKEN.false, "false"],
  [TOKEN.string, "a string"],
  [TOKEN.number, "a number"],
  [TOKEN.end, "the end"],
]);

const SCAN_ERRORS: readonly (string | undefined)[] = [
  undefined,
  "a comment does not end",
  "a string does not end on its line",
  "a number is not complete",
  "a \\u escape needs four hexadecimal digits",
  "a string has an escape that JSON does not know",
  "a string has a control character that must be escaped",
];

/** A list or object that is not closed yet. */
type Open = OpenList | OpenObject;
interface OpenList {
  readonly kind: "list";
  readonly start: number;
  readonly items: Value[];
}
interface OpenObject {
  readonly kind: "object";
  readonly start: number;
  readonly entries: Entry[];
  /** The key whose value comes next. */
  key: { readonly name: string; readonly at: Place } | undefined;
  open: string | undefined;
}

const BYTE_ORDER_MARK = 0xfeff;

/**
 * What comes next: a value, the colon after a key, or a comma or closing bracket after a value. A key comes where a
 * value would.
 */
type Expected = "value" | "colon" | "delimiter";

interface State {
  readonly source: JsonSource;
  readonly scanner: JSONScanner;
  readonly stack: Open[];
  expected: Expected;
}

/** The JSON value that a text is. Linear, and never throws. */
export function readJson(source: JsonSource): JsonResult {
  const scanner = createScanner(source.text, true);
  if (source.text.charCodeAt(0) === BYTE_ORDER_MARK) scanner.setPosition(1);
  const state: State = { source, scanner, stack: [], expected: "value" };
  for (;;) {
    const result = step(state);
    if (result) return result;
  }
}

/** Reads one token, or one placeholder, and does what it asks for. The result comes with the last one. */
function step(state: State): JsonResult | undefined {
  const { scanner, source, stack } = state;
  scanner.setPosition(skipSpace(source.text, scanner.getPosition()));
  const token: number = scanner.scan();
  const error = SCAN_ERRORS[scanner.getTokenError()];
  if (error !== undefined) return fail(state, error);
  const top = stack.at(-1);
  const closes = top !== undefined && token === closing(top);
  switch (state.expected) {
    case "value": {
      const placeholder = placeholderAt(source, token, scanner.getTokenOffset());
      if (placeholder !== undefined) return takePlaceholder(state, placeholder);
      if (top?.kind !== "object") return closes ? takeClosed(state, top) : takeValue(state, token);
      if (top.key) return takeValue(state, token);
      return closes ? takeClosed(state, top) : takeKey(state, top, token);
    }
    case "colon":
      if (token !== TOKEN.colon) return fail(state, `a colon is expected here, not ${nameOf(token)}`);
      state.expected = "value";
      return undefined;
    case "delimiter":
      if (closes) return takeClosed(state, top);
      if (token !== TOKEN.comma) {
        // A placeholder without a comma before it brings its own.
        const placeholder = top && placeholderAt(source, token, scanner.getTokenOffset());
        if (placeholder !== undefined) return takePlaceholder(state, placeholder);
        const wanted = `a comma or ${nameOf(top ? closing(top) : TOKEN.end)}`;
        return fail(state, `${wanted} is expected here, not ${nameOf(token)}`);
      }
      state.expected = "value";
      return undefined;
  }
}

function fail(state: State, message: string): JsonResult {
  return { kind: "failure", message, offset: state.source.offset(state.scanner.getTokenOffset()) };
}

/** Puts a value where it belongs; the outermost one must be the last thing of the text. */
function take(state: State, value: Value): JsonResult | undefined {
  const { stack, scanner } = state;
  const top = stack.at(-1);
  if (!top) {
    const end: number = scanner.scan();
    const last = end === TOKEN.end && scanner.getTokenError() === 0;
    return last ? { kind: "value", value } : fail(state, "something follows after the end of the value");
  }
  if (top.kind === "list") top.items.push(value);
  else if (top.key) {
    top.entries.push({ key: top.key.name, keyAt: top.key.at, value });
    top.key = undefined;
  }
  state.expected = "delimiter";
  return undefined;
}

function takeClosed(state: State, open: Open): JsonResult | undefined {
  state.stack.pop();
  const at = state.source.place(open.start, state.scanner.getPosition());
  if (open.kind === "list") return take(state, { kind: "list", items: open.items, at });
  const object: ObjectValue = { kind: "object", entries: open.entries, at };
  return take(state, open.open === undefined ? object : { ...object, open: open.open });
}

function takeKey(state: State, object: OpenObject, token: number): JsonResult | undefined {
  const { scanner, source } = state;
  if (token !== TOKEN.string) return fail(state, `a key in quotes or "}" is expected here, not ${nameOf(token)}`);
  const start = scanner.getTokenOffset();
  const end = scanner.getPosition();
  object.key = { name: stringAt(source, start, end, scanner.getTokenValue()), at: source.place(start, end) };
  state.expected = "colon";
  return undefined;
}

function takeValue(state: State, token: number): JsonResult | undefined {
  const { scanner, source, stack } = state;
  const start = scanner.getTokenOffset();
  if (token === TOKEN.end && stack.length === 0) return { kind: "nothing" };
  if (token !== TOKEN.openBracket && token !== TOKEN.openBrace) {
    const value = scalar(source, token, start, scanner.getPosition(), scanner.getTokenValue());
    return value ? take(state, value) : fail(state, `a value is expected here, not ${nameOf(token)}`);
  }
  if (stack.length === MAX_DEPTH) return fail(state, `it nests deeper than ${MAX_DEPTH} levels`);
  if (token === TOKEN.openBracket) stack.push({ kind: "list", start, items: [] });
  else stack.push({ kind: "object", start, entries: [], key: undefined, open: undefined });
  return undefined;
}

/** A placeholder without quotes: a value, or in an object a key or, without a colon after it, any number of entries. */
function takePlaceholder(state: State, placeholder: string): JsonResult | undefined {
  const { scanner, source, stack } = state;
  const start = scanner.getTokenOffset();
  const end = start + placeholder.length;
  const at = source.place(start, end);
  scanner.setPosition(end);
  const top = stack.at(-1);
  if (top?.kind !== "object" || top.key) return take(state, bareValue(placeholder, at));
  if (source.text[skipSpace(source.text, end)] === ":") {
    top.key = { name: placeholder, at };
    state.expected = "colon";
  } else {
    top.open = `the placeholder ${placeholder} stands for further keys`;
    state.expected = "delimiter";
  }
  return undefined;
}

/**
 * A placeholder where a value or a key may stand. Only what can't begin a value, or begins a list or object twice, is
 * looked at.
 */
function placeholderAt({ text, holes }: JsonSource, token: number, at: number): string | undefined {
  const bracket = token === TOKEN.openBrace || token === TOKEN.openBracket;
  const possible = bracket ? text.charCodeAt(at + 1) === text.charCodeAt(at) : token === TOKEN.unknown;
  return possible ? barePlaceholder(text, at, holes) : undefined;
}

function closing(open: Open): number {
  return open.kind === "list" ? TOKEN.closeBracket : TOKEN.closeBrace;
}

function nameOf(token: number): string {
  return TOKEN_NAMES.get(token) ?? "text without quotes";
}

/** The offset of the first character from there that is no white space of JSON. */
function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

function scalar(source: JsonSource, token: number, start: number, end: number, value: string): Value | undefined {
  const at = source.place(start, end);
  switch (token) {
    case TOKEN.string:
      return textAt(source, start, end, value, at);
    case TOKEN.number:
      return { kind: "number", value: Number(value), at };
    case TOKEN.true:
    case TOKEN.false:
      return { kind: "boolean", value: token === TOKEN.true, at };
    case TOKEN.null:
      return { kind: "null", at };
    default:
      return undefined;
  }
}

function textAt(source: JsonSource, start: number, end: number, value: string, at: Place): TextValue {
  return {
    kind: "text",
    value: stringAt(source, start, end, value),
    at,
    offsets: () => stringOffsets(source, start, end),
  };
}

/** The string's value without characters that would be taken for holes, but for those that are holes. */
function stringAt(source: JsonSource, start: number, end: number, value: string): string {
  if (!source.holes) return literal(value);
  const raw = source.text.slice(start, end);
  if (!/\\u27e[89]/i.test(raw)) return value;
  const harmless = raw.replace(/\\(?:u27e([89])|.)/gi, (written, digit) => (digit ? `\\u300${digit}` : written));
  const scanner = createScanner(harmless, true);
  scanner.scan();
  return scanner.getTokenValue();
}

/** The file offset of each character of a string in quotes and of its closing quote. An escape makes one character. */
function stringOffsets(source: JsonSource, start: number, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let index = start + 1; index < end - 1; ) {
    offsets.push(source.offset(index));
    const escaped = source.text.charCodeAt(index) === 92;
    index += escaped ? (source.text.charCodeAt(index + 1) === 117 ? 6 : 2) : 1;
  }
  offsets.push(source.offset(end - 1));
  return offsets;
}
