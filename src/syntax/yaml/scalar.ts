/** Scalars of YAML: their text, and what is wrong with the way they are written. */

import type { CST } from "yaml";
import type { Value } from "../value.ts";
import { scalarOffsets, scalarText } from "./offsets.ts";
import type { Scalar, State, Tag } from "./state.ts";
import { checkEnd, type Fail, type Properties, UNEXPECTED } from "./tokens.ts";
import { headerOf, type ScalarToken } from "./written.ts";

export function isScalar(token: CST.Token): token is ScalarToken {
  return token.type === "block-scalar" || token.type === "scalar" || isQuoted(token);
}

function isQuoted(token: CST.Token): boolean {
  return token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar";
}

/** The text of a scalar, escapes and folding undone. `atRoot`: whether it is not in a list or mapping. */
function readScalar(token: ScalarToken, atRoot: boolean, fail: Fail): string {
  if (token.type === "block-scalar") {
    checkBlock(token, atRoot, fail);
    return scalarText(token);
  }
  checkFlow(token, fail);
  checkEnd(token.end, fail);
  const { source } = token;
  const content = isQuoted(token) ? source.slice(1, -1) : source;
  // Most scalars are on one line and without escapes.
  return /[\n\\']/.test(content) ? scalarText(token) : content;
}

/** Escapes of double quotes: https://yaml.org/spec/1.2.2/#57-escaped-characters */
const ESCAPES =
  /\\(?:[0abefnrtvN_LP "/\\\t\n]|\r\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U(?:000[\da-fA-F]|0010)[\da-fA-F]{4})/g;

function checkFlow({ type, source, offset }: CST.FlowScalar, fail: Fail): void {
  if (type === "scalar") {
    if (/^[\t,%|>@`]/.test(source)) fail("a value starts with a character that must be quoted", offset);
    return;
  }
  if (source.length === 1 || source.at(-1) !== source[0]) fail("a quote is not closed", offset);
  if (type !== "double-quoted-scalar" || !source.includes("\\")) return;
  const wrong = source.replace(ESCAPES, (known) => "x".repeat(known.length)).indexOf("\\");
  if (wrong !== -1) fail("a value in double quotes has an escape that YAML does not know", offset + wrong);
}

/** The style, then how line breaks at the end are kept and how deep the lines are indented, in any order. */
const HEADER = /^[|>](?:[-+]?[1-9]?|[1-9][-+])$/;
const TOO_SHALLOW = "a line of a block is not indented enough";

function checkBlock(token: CST.BlockScalar, atRoot: boolean, fail: Fail): void {
  const { style, length } = headerOf(token);
  if (!HEADER.test(style)) fail(UNEXPECTED, token.offset);
  checkEnd(token.props.slice(1), fail);
  const explicit = Number(/\d/.exec(style)?.[0] ?? 0);
  let indent = token.indent + explicit;
  let first = true;
  let offset = token.offset + length;
  for (const line of token.source.split("\n")) {
    const spaces = line.length - line.replace(/^ +/, "").length;
    const isBlank = spaces === line.length || line.slice(spaces) === "\r";
    if (isBlank) {
      if (first && explicit === 0) indent = Math.max(indent, spaces);
    } else {
      if (spaces < indent || (first && explicit === 0 && spaces === 0 && !atRoot)) fail(TOO_SHALLOW, offset + spaces);
      if (first && explicit === 0) indent = spaces;
      first = false;
    }
    offset += line.length + 1;
  }
}

export function tagOf({ place }: State, { tag }: Properties): Tag | undefined {
  return tag && { name: tag.source, at: place(tag.offset, tag.offset + tag.source.length) };
}

export function scalarOf(state: State, token: ScalarToken | null | undefined, end: number, atRoot: boolean): Scalar {
  state.end = token ? endOf(token) : end;
  const start = token?.offset ?? end;
  const at = state.place(start, state.end);
  if (!token) return { at, start, end: state.end, text: "", style: "plain", offsets: () => [end] };
  const text = readScalar(token, atRoot, state.fail);
  const style = token.type === "block-scalar" ? "block" : token.type === "scalar" ? "plain" : "quoted";
  return { at, start, end: state.end, text, style, offsets: () => scalarOffsets(token) };
}

/** The offset behind a scalar: white space at the end of a block is no part of it. */
function endOf(token: ScalarToken): number {
  if (token.type !== "block-scalar") return token.offset + token.source.length;
  const { style, length } = headerOf(token);
  const written = token.source.trimEnd();
  return token.offset + (written === "" ? style.length : length + written.length);
}

/** A value that is not written. */
export function nothing(state: State, at: number): Value {
  state.end = at;
  return { kind: "null", at: state.place(at, at) };
}
