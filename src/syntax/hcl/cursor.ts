/** Where a reader is in a string: how it goes over blanks and comments, takes names and signs, and gives up. */

import type { Place } from "../../source.ts";
import { BEYOND, MAX_NESTING } from "../limits.ts";
import type { Chunk, Expression } from "./tree.ts";

export interface Cursor {
  /** What is read. Nothing behind its end is looked at. */
  text: string;
  at: number;
  /** Behind the last thing that was read; `at` may be behind blanks and comments too. */
  end: number;
  /** Line ends mean nothing, since a bracket is open. */
  lines: boolean;
  /** How many expressions are open. */
  depth: number;
  /** The deepest level of what was read last. */
  peak: number;
  /** Why and where reading was given up. */
  failure: Failure;
  readonly place: (start: number, end: number) => Place;
  /** The characters from `start` to `end` as they stand. */
  readonly chunks: (start: number, end: number) => readonly Chunk[];
  /** An expression for what can't be read, which is also noted as a problem. */
  readonly invalid: (failure: Failure) => Expression;
}

export interface Failure {
  readonly why: string;
  readonly start: number;
  readonly end: number;
}

/** What is thrown where text is no Terraform, after the cursor's `failure` was set. It never leaves this folder. */
const SYNTAX_ERROR = new Error("not well-formed");

export function isSyntaxError(error: unknown): boolean {
  return error === SYNTAX_ERROR;
}

/** Gives up. The text at fault is not quoted: it may be a secret. */
export function fail(c: Cursor, why: string, start = c.at, end = Math.min(start + 1, c.text.length)): never {
  c.failure = { why, start, end };
  throw SYNTAX_ERROR;
}

/** Goes a level deeper into expressions. */
export function enter(c: Cursor): void {
  if (++c.depth > MAX_NESTING) tooDeep(c);
  if (c.depth > c.peak) c.peak = c.depth;
}

export function tooDeep(c: Cursor): never {
  return fail(c, BEYOND.nesting);
}

/** Goes over blanks and comments, and over line ends where they mean nothing. */
export function skip(c: Cursor): void {
  const { text } = c;
  for (;;) {
    const code = text.charCodeAt(c.at);
    if (code === 32 || code === 9 || (code === 10 && c.lines)) c.at++;
    else if (code === 13 && c.lines && text.charCodeAt(c.at + 1) === 10) c.at += 2;
    else if (code === 35 || (code === 47 && text.charCodeAt(c.at + 1) === 47)) {
      const end = text.indexOf("\n", c.at);
      c.at = end < 0 ? text.length : end;
    } else if (code === 47 && text.charCodeAt(c.at + 1) === 42) {
      const end = text.indexOf("*/", c.at + 2);
      const start = c.at;
      c.at = end < 0 ? text.length : end + 2;
      if (end < 0) fail(c, "a comment is not closed", start);
    } else return;
  }
}

/** How long the line end is that stands here: 0 when none does. */
export function lineEnd({ text, at }: Cursor): number {
  const code = text.charCodeAt(at);
  return code === 10 ? 1 : code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 0;
}

export function isAt(c: Cursor, sign: string): boolean {
  return c.text.startsWith(sign, c.at);
}

export function take(c: Cursor, length: number): void {
  c.at += length;
  c.end = c.at;
}

export function expect(c: Cursor, sign: string, why: string): void {
  skip(c);
  if (!isAt(c, sign)) fail(c, why);
  take(c, sign.length);
}

/** Whether `=` stands here, and not `==` or `=>`. */
export function isEqualSign({ text, at }: Cursor): boolean {
  const next = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 61 && next !== 61 && next !== 62;
}

/** Whether `:` stands here, and not `::`. */
export function isColon({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) !== 58;
}

const NAME = /[A-Za-z_][\w-]*/y;
/** Made when it is needed, which takes longer than to read a file. */
let anyName: RegExp | undefined;

/** The name that stands here, undefined when none does. */
export function nameAt({ text, at }: Cursor): string | undefined {
  NAME.lastIndex = at;
  const end = NAME.test(text) ? NAME.lastIndex : at;
  if (!(text.charCodeAt(end) > 127)) return end === at ? undefined : text.slice(at, end);
  anyName ??= /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
  anyName.lastIndex = at;
  return anyName.exec(text)?.[0];
}

export function takeName(c: Cursor, why: string): string {
  skip(c);
  const name = nameAt(c) ?? fail(c, why);
  take(c, name.length);
  return name;
}
