/**
 * The reader of JSON, on the scanner of jsonc-parser. It builds values in one pass and with a stack of its own, so that
 * it decides about depth and errors. Comments and trailing commas are accepted unless it must be strict, and
 * placeholders without quotes are unknown values.
 */

import { createScanner, type JSONScanner } from "jsonc-parser";
import type { Cause } from "../../facts/causes.ts";
import type { Place } from "../../source.ts";
import { BEYOND, MAX_DEPTH, MAX_JSON_VALUES } from "../limits.ts";
import { causeOf, type Entry, type ObjectValue, type Value } from "../value.ts";
import { isSeveral, type JsonSource, placeholderAt, skipSpace, textAt } from "./source.ts";

export type JsonResult =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "nothing" }
  /** `message` completes "This is not valid JSON: …"; `offset` is one of the text. */
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
  "a comment is not closed",
  "a string does not end on its line",
  "a number is incomplete",
  "a \\u escape needs four hexadecimal digits",
  "a string has an escape that JSON does not know",
  "a string has a control character that must be escaped",
];

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
  key: { readonly name: string; readonly at: Place } | undefined;
  open: Cause | undefined;
}

const BYTE_ORDER_MARK = 0xfeff;

/** What comes next. A key comes where a value would. */
type Expected = "value" | "colon" | "delimiter";

interface State {
  readonly source: JsonSource;
  readonly scanner: JSONScanner;
  readonly stack: Open[];
  expected: Expected;
  /** Where the last token begins, and the value of a string or number. */
  start: number;
  written: string;
  /** How many values there are. */
  values: number;
  /** Whether the last token was a comma. */
  comma: boolean;
  /** Whether what was read last may bring commas of its own: what a template repeats or leaves out. */
  loose: boolean;
}

/** The JSON value that a string is. Linear, and never throws. */
export function readJson(source: JsonSource): JsonResult {
  const scanner = createScanner(source.text, true);
  if (source.text.charCodeAt(0) === BYTE_ORDER_MARK) scanner.setPosition(1);
  const state: State = {
    source,
    scanner,
    stack: [],
    expected: "value",
    start: 0,
    written: "",
    values: 0,
    comma: false,
    loose: false,
  };
  for (;;) {
    const result = step(state);
    if (result) return result;
  }
}

/** Takes the next token, which begins at an offset or behind a comment there. */
function scan(state: State, from: number): number {
  const { scanner, source } = state;
  const string = source.text.charCodeAt(from) === QUOTE ? stringAt(source.text, from) : undefined;
  if (string !== undefined) {
    scanner.setPosition(string.end);
    state.start = from;
    state.written = string.value;
    return TOKEN.string;
  }
  scanner.setPosition(from);
  const token: number = scanner.scan();
  state.start = scanner.getTokenOffset();
  state.written = scanner.getTokenValue();
  return token;
}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * The string in quotes that begins there, undefined when it is not valid. The scanner would join its parts between
 * escapes, each of which takes some 100 bytes.
 */
function stringAt(text: string, from: number): { readonly value: string; readonly end: number } | undefined {
  const isEscaped = (at: number): boolean => {
    let first = at;
    while (text.charCodeAt(first - 1) === BACKSLASH) first--;
    return (at - first) % 2 === 1;
  };
  let quote = text.indexOf('"', from + 1);
  while (quote !== -1 && isEscaped(quote)) quote = text.indexOf('"', quote + 1);
  if (quote === -1) return undefined;
  try {
    return { value: JSON.parse(text.slice(from, quote + 1)) as string, end: quote + 1 };
  } catch {
    return undefined;
  }
}

/** Reads one token, or one placeholder, and does what it asks for. The result comes with the last one. */
function step(state: State): JsonResult | undefined {
  const { scanner, source, stack } = state;
  const from = skipSpace(source.text, scanner.getPosition());
  const token = scan(state, from);
  const error = SCAN_ERRORS[scanner.getTokenError()];
  if (error !== undefined) return fail(state, error);
  if (source.strict && state.start !== from) return fail(state, "comments are not allowed here");
  const { comma, loose } = state;
  state.comma = state.loose = false;
  const top = stack.at(-1);
  const closes = top !== undefined && token === closing(top);
  if (closes && comma && source.strict && !loose) return fail(state, `a value is expected here, not ${nameOf(token)}`);
  switch (state.expected) {
    case "value": {
      const taken = takePlaceholder(state, token);
      if (taken) return taken === TAKEN ? undefined : taken;
      if (top?.kind !== "object") return closes ? takeClosed(state, top) : takeValue(state, token);
      if (top.key) return takeValue(state, token);
      return closes ? takeClosed(state, top) : takeKey(state, top, token);
    }
    case "colon":
      if (token !== TOKEN.colon) return fail(state, `a colon is expected here, not ${nameOf(token)}`);
      state.expected = "value";
      return undefined;
    case "delimiter": {
      if (closes) return takeClosed(state, top);
      if (token === TOKEN.comma) {
        state.expected = "value";
        state.comma = true;
        state.loose = loose;
        return undefined;
      }
      // A placeholder without a comma before it brings its own, and one without a comma behind it may, too.
      const taken = top && takePlaceholder(state, token);
      if (taken) return taken === TAKEN ? undefined : taken;
      if (loose && top) return top.kind === "object" ? takeKey(state, top, token) : takeValue(state, token);
      const wanted = `a comma or ${nameOf(top ? closing(top) : TOKEN.end)}`;
      return fail(state, `${wanted} is expected here, not ${nameOf(token)}`);
    }
  }
}

function fail(state: State, message: string): JsonResult {
  return { kind: "failure", message, offset: state.start };
}

/** Pays for a value: why there can't be another one, undefined when there can. */
function unaffordable(state: State): string | undefined {
  if (++state.values > MAX_JSON_VALUES) return BEYOND.jsonValues;
  const { purse } = state.source;
  return purse && --purse.left < 0 ? BEYOND.allValues : undefined;
}

/** Puts a value where it belongs; the outermost one must be the last thing of the text. */
function take(state: State, value: Value): JsonResult | undefined {
  const { stack, scanner } = state;
  const top = stack.at(-1);
  const unpaid = unaffordable(state);
  if (unpaid !== undefined) return fail(state, unpaid);
  if (!top) {
    const end: number = scanner.scan();
    state.start = scanner.getTokenOffset();
    const last = end === TOKEN.end && scanner.getTokenError() === 0;
    return last ? { kind: "value", value } : fail(state, "there is more text after the value");
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
  // A list that grew has room for sixteen more.
  if (open.kind === "list") return take(state, { kind: "list", items: open.items.slice(), at });
  const object: ObjectValue = { kind: "object", entries: open.entries.slice(), at };
  return take(state, open.open === undefined ? object : { ...object, open: open.open });
}

function takeKey(state: State, object: OpenObject, token: number): JsonResult | undefined {
  const { scanner, source } = state;
  if (token !== TOKEN.string) return fail(state, `a key in quotes or "}" is expected here, not ${nameOf(token)}`);
  const { start } = state;
  const end = scanner.getPosition();
  const { value: name, at } = textAt(source, start, end, state.written, source.place(start, end));
  object.key = { name, at };
  state.expected = "colon";
  return undefined;
}

function takeValue(state: State, token: number): JsonResult | undefined {
  const { scanner, source, stack } = state;
  const { start } = state;
  if (token === TOKEN.end && stack.length === 0) return { kind: "nothing" };
  if (token !== TOKEN.openBracket && token !== TOKEN.openBrace) {
    const value = scalar(source, token, start, scanner.getPosition(), state.written);
    return value ? take(state, value) : fail(state, `a value is expected here, not ${nameOf(token)}`);
  }
  if (stack.length === MAX_DEPTH) return fail(state, BEYOND.depth);
  if (token === TOKEN.openBracket) stack.push({ kind: "list", start, items: [] });
  else stack.push({ kind: "object", start, entries: [], key: undefined, open: undefined });
  return undefined;
}

const TAKEN = "taken";

/** Takes a placeholder without quotes: a value, or a key or several entries of an object. */
function takePlaceholder(state: State, token: number): JsonResult | typeof TAKEN | undefined {
  const { scanner, source, stack, start } = state;
  const found = placeholderAt(source, token === TOKEN.unknown, start);
  if (found === undefined) return undefined;
  const { value, end } = found;
  scanner.setPosition(end);
  const top = stack.at(-1);
  const next = source.text[skipSpace(source.text, end)];
  state.loose = source.put !== undefined && value.kind === "unknown";
  if (top?.kind === "list" && value.kind === "unknown" && isSeveral(source, start, next)) {
    return take(state, { ...value, several: true }) ?? TAKEN;
  }
  if (top?.kind !== "object" || top.key) return take(state, value) ?? TAKEN;
  const written = source.text.slice(start, end);
  if (next === ":") {
    top.key = { name: written, at: value.at };
    state.expected = "colon";
  } else {
    top.open = value.kind === "unknown" ? causeOf(value) : { kind: "placeholder", name: written, unit: null };
    state.expected = "delimiter";
  }
  return TAKEN;
}

function closing(open: Open): number {
  return open.kind === "list" ? TOKEN.closeBracket : TOKEN.closeBrace;
}

function nameOf(token: number): string {
  return TOKEN_NAMES.get(token) ?? "text without quotes";
}

function scalar(source: JsonSource, token: number, start: number, end: number, value: string): Value | undefined {
  const at = source.place(start, end);
  switch (token) {
    case TOKEN.string:
      return textAt(source, start, end, value, at);
    case TOKEN.number:
      return source.number ? source.number(value, at) : { kind: "number", value: Number(value), at };
    case TOKEN.true:
    case TOKEN.false:
      return { kind: "boolean", value: token === TOKEN.true, at };
    case TOKEN.null:
      return { kind: "null", at };
    default:
      return undefined;
  }
}
