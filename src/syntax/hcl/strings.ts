/**
 * Quoted strings, heredocs and template files, split into the same tokens as in Terraform, since strip markers and the
 * indentation of `<<-` work on tokens.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl
 */
import { takeLoopNames } from "./collections.ts";
import { type Cursor, expect, fail, isAt, lineEnd, nameAt, skip, take } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { stripIndentation, trimEnd, trimStart } from "./literals.ts";
import { chunk } from "./origin.ts";
import { spacesAtEnd, spacesAtStart } from "./space.ts";
import { templateOf } from "./templates.ts";
import type { Chunk, Expression } from "./tree.ts";

export interface LiteralToken {
  readonly kind: "literal";
  chunks: readonly Chunk[];
}
interface Sequence {
  readonly start: number;
  readonly end: number;
}
interface Holder extends Sequence {
  readonly expression: Expression;
}
export interface IfToken extends Holder {
  readonly kind: "if";
}
export interface ForToken extends Holder {
  readonly kind: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
}
export interface EndToken extends Sequence {
  readonly kind: "endif" | "endfor";
}
export type Token =
  | LiteralToken
  | ({ readonly kind: "interpolation" } & Holder)
  | IfToken
  | ForToken
  | ({ readonly kind: "else" } & Sequence)
  | EndToken;

interface Template {
  readonly tokens: Token[];
  /** The last sequence ends with a strip marker. */
  trims: boolean;
}

const PLAIN = /"[^"\\$%\r\n]*"/y;

export function readQuoted(c: Cursor): Expression {
  const start = c.at;
  PLAIN.lastIndex = start;
  if (PLAIN.test(c.text)) {
    take(c, PLAIN.lastIndex - start);
    const chunks = c.end - start === 2 ? [] : c.chunks(start + 1, c.end - 1);
    const parts = chunks.length === 0 ? [] : [{ kind: "text", chunks } as const];
    return { kind: "template", parts, at: c.place(start, c.end) };
  }
  const template: Template = { tokens: [], trims: false };
  take(c, 1);
  while (!isAt(c, '"')) {
    if (!readSequence(c, template) && !readRun(c, template)) fail(c, "a string is not closed", start, c.at);
  }
  take(c, 1);
  return templateOf(c, template.tokens, start, c.end);
}

const RUN = /[^"\\$%\r\n]*/y;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;
const SIMPLE: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Literal text in quotes with its escape sequences, up to what ends it. Says whether there was any. */
function readRun(c: Cursor, template: Template): boolean {
  const { text, at: start } = c;
  const chunks: Chunk[] = [];
  for (;;) {
    RUN.lastIndex = c.at;
    RUN.test(text);
    if (RUN.lastIndex > c.at) chunks.push(...c.chunks(c.at, RUN.lastIndex));
    c.at = RUN.lastIndex;
    if (text.charCodeAt(c.at) !== 92) break;
    ESCAPE.lastIndex = c.at;
    if (!ESCAPE.test(text)) fail(c, "a backslash in a string begins no escape sequence");
    chunks.push(chunk(unescaped(c, text.slice(c.at + 1, ESCAPE.lastIndex)), c.place(c.at, ESCAPE.lastIndex)));
    c.at = ESCAPE.lastIndex;
  }
  if (c.at > start) addLiteral(template, chunks);
  return c.at > start;
}

function unescaped(c: Cursor, sequence: string): string {
  const letter = sequence.charAt(0);
  if (letter !== "u" && letter !== "U") return SIMPLE[letter] ?? letter;
  const code = Number.parseInt(sequence.slice(1), 16);
  const exists = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return exists ? String.fromCodePoint(code) : fail(c, "a string has an escape for no character of Unicode");
}

/** The heredoc that starts here. `<<-` takes the indentation that all its lines have. */
export function readHeredoc(c: Cursor, [opening, dash, marker = ""]: RegExpExecArray): Expression {
  const start = c.at;
  const template: Template = { tokens: [], trims: false };
  take(c, opening.length);
  let lineStart = true;
  for (;;) {
    const from = c.at;
    const { text } = c;
    c.at = lineRunEnd(text, from);
    const end = lineEnd(c);
    if (lineStart && end > 0 && isMarker(text.slice(from, c.at), marker)) break;
    if (end > 0) {
      c.at += end;
      addLiteral(template, c.chunks(from, c.at));
      lineStart = true;
      continue;
    }
    if (c.at > from) addLiteral(template, c.chunks(from, c.at));
    lineStart = false;
    if (!readSequence(c, template)) {
      c.at = c.text.length;
      fail(c, "a heredoc is not closed", start, start + opening.trimEnd().length);
    }
  }
  c.end = c.at;
  if (dash !== "") stripIndentation(template.tokens);
  return templateOf(c, template.tokens, start, c.end);
}

function isMarker(line: string, marker: string): boolean {
  return line.endsWith(marker)
    ? line.slice(spacesAtStart(line)) === marker
    : line.includes(marker) && line.slice(spacesAtStart(line), line.length - spacesAtEnd(line)) === marker;
}

/** A whole text as a template: every line is a token, as in a heredoc. */
export function readBareTemplate(c: Cursor): Expression {
  const start = c.at;
  const template: Template = { tokens: [], trims: false };
  while (c.at < c.text.length) {
    const from = c.at;
    c.at = lineRunEnd(c.text, from);
    c.at += lineEnd(c);
    if (c.at > from) addLiteral(template, c.chunks(from, c.at));
    if (c.text.charCodeAt(c.at) === 13 && lineEnd(c) === 0) addRest(c, template);
    else if (c.at === from) readSequence(c, template);
  }
  return templateOf(c, template.tokens, start, c.text.length);
}

/** Behind a carriage return alone Terraform sees no sequences any more. */
function addRest(c: Cursor, template: Template): void {
  const { text } = c;
  const chunks: Chunk[] = [];
  for (const { 0: sign, index } of text.matchAll(/\$\$\{?|%%\{?|$/g)) {
    if (index > c.at) chunks.push(...c.chunks(c.at, index));
    if (index >= c.at && sign !== "")
      chunks.push(chunk(sign.length === 3 ? sign.slice(1) : sign, c.place(index, index + sign.length)));
    c.at = Math.max(c.at, index + sign.length);
  }
  addLiteral(template, chunks);
}

const LINE_RUN = /[^$%\r\n]*/y;

function lineRunEnd(text: string, at: number): number {
  LINE_RUN.lastIndex = at;
  LINE_RUN.test(text);
  return LINE_RUN.lastIndex;
}

function addLiteral(template: Template, chunks: readonly Chunk[]): void {
  template.tokens.push({ kind: "literal", chunks: template.trims ? trimStart(chunks) : chunks });
  template.trims = false;
}

/** What begins with `$` or `%`: a sequence, an escaped one, or the sign alone. Says whether something does. */
function readSequence(c: Cursor, template: Template): boolean {
  const { text, at } = c;
  const code = text.charCodeAt(at);
  if (code !== 36 && code !== 37) return false;
  const sign = text.charAt(at);
  if (text.charCodeAt(at + 1) === 123) {
    const { lines } = c;
    readMarked(c, template, sign === "%");
    c.lines = lines;
  } else if (text.startsWith(`${sign}{`, at + 1)) {
    c.at += 3;
    addLiteral(template, [chunk(`${sign}{`, c.place(at, c.at))]);
  } else {
    c.at++;
    addLiteral(template, c.chunks(at, c.at));
  }
  return true;
}

function readMarked(c: Cursor, template: Template, directive: boolean): void {
  const start = c.at;
  take(c, 2);
  c.lines = true;
  template.trims = false;
  if (isAt(c, "~")) {
    take(c, 1);
    const before = template.tokens.at(-1);
    if (before?.kind === "literal") before.chunks = trimEnd(before.chunks);
  }
  const close = (): Sequence => {
    skip(c);
    template.trims = isAt(c, "~}");
    if (template.trims) take(c, 1);
    expect(c, "}", "a brace is not closed in a string");
    return { start, end: c.end };
  };
  if (directive) template.tokens.push(readDirective(c, close));
  else template.tokens.push({ kind: "interpolation", expression: readExpression(c), ...close() });
}

function readDirective(c: Cursor, close: () => Sequence): Token {
  skip(c);
  const word = nameAt(c);
  switch (word) {
    case "if":
      take(c, 2);
      return { kind: "if", expression: readExpression(c), ...close() };
    case "for":
      take(c, 3);
      return { kind: "for", ...takeLoopNames(c), expression: readExpression(c), ...close() };
    case "else":
    case "endif":
    case "endfor":
      take(c, word.length);
      return { kind: word, ...close() };
    default:
      return fail(c, "a template has a directive that Terraform does not know");
  }
}
