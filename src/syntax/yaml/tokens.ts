/** What stands around a value of YAML: indicators, tags, anchors, white space and comments. */

import type { CST } from "yaml";
/** Notes a failure, at an offset of the text. */
export type Fail = (message: string, offset: number) => void;

/** What the tokens before a value, or before the colon of a key, say. */
export interface Properties {
  readonly tag: CST.SourceToken | undefined;
  readonly anchor: CST.SourceToken | undefined;
  /** The indicator that was looked for. */
  readonly found: CST.SourceToken | undefined;
  readonly comma: CST.SourceToken | undefined;
  /** Whether a line ends between them. */
  readonly newline: boolean;
  /** Where a value that is not written would be: behind the last token that is more than white space. */
  readonly end: number;
}

/** What is looked for among the tokens, and where they are. */
export interface Surroundings {
  readonly indicator: CST.SourceToken["type"];
  /** The token after them. */
  readonly next: CST.Token | null | undefined;
  readonly flow: boolean;
  /** Whether they begin on a line of their own. */
  readonly atNewline: boolean;
  /** The indentation of the list or mapping around them. */
  readonly indent: number;
  /** Where a value that is not written would be without any of them. */
  readonly end: number;
}

export const UNEXPECTED = "unexpected token";
const TAB = "a line is indented with a tab";
const SPACE_MISSING = "a space is missing after a tag or anchor";

/** Reads the tokens before a value. */
export function propertiesOf(tokens: readonly CST.SourceToken[], around: Surroundings, fail: Fail): Properties {
  const { indicator, next, flow } = around;
  let { atNewline, end } = around;
  let tag: CST.SourceToken | undefined;
  let anchor: CST.SourceToken | undefined;
  let found: CST.SourceToken | undefined;
  let comma: CST.SourceToken | undefined;
  let newline = false;
  let tab: CST.SourceToken | undefined;
  let property: CST.SourceToken | undefined;
  let spaced = atNewline;
  for (const token of tokens) {
    const { type, offset, source } = token;
    const blank = type === "space" || type === "newline";
    if (type === "comment" && !spaced) fail("a space is missing before a comment", offset);
    spaced = blank || type === "comment";
    if (property && !blank && type !== "comma") fail(SPACE_MISSING, offset);
    property = undefined;
    if (tab && atNewline && type !== "comment" && type !== "newline") fail(TAB, tab.offset);
    tab = undefined;
    if (type === "space") {
      const harmless = flow || (indicator === "doc-start" && next?.type === "flow-collection");
      if (!harmless && source.includes("\t")) tab = token;
      continue;
    }
    if (type === "newline") {
      newline = true;
      atNewline = true;
      continue;
    }
    if (type === "comment") {
      atNewline = false;
      continue;
    }
    atNewline = false;
    end = offset + source.length;
    if (type === "anchor") {
      if (anchor) fail("a value has two anchors", offset);
      if (source === "&") fail(NO_NAME, offset);
      anchor = property = token;
    } else if (type === "tag") {
      if (tag) fail("a value has two tags", offset);
      tag = property = token;
    } else if (type === indicator) {
      if (anchor || tag) fail("a tag or anchor is in front of the indicator that it must follow", offset);
      if (found) fail(UNEXPECTED, offset);
      found = token;
      atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
    } else {
      if (type !== "comma" || !flow || comma) fail(UNEXPECTED, offset);
      comma = token;
    }
  }
  if (property && next && next.offset === end && !isEmpty(next)) fail(SPACE_MISSING, end);
  const isBlock = next?.type === "block-map" || next?.type === "block-seq";
  if (tab && ((atNewline && tab.indent <= around.indent) || isBlock)) fail(TAB, tab.offset);
  return { tag, anchor, found, comma, newline, end };
}

export const NO_NAME = "an alias or anchor has no name; quote a value that starts with * or &";

function isEmpty(token: CST.Token): boolean {
  return ["comma", "space", "newline"].includes(token.type) || (token.type === "scalar" && token.source === "");
}

/** Nothing but white space and comments may follow a value on its line. */
export function checkEnd(tokens: readonly CST.Token[] | undefined, fail: Fail): void {
  for (const { type, offset } of tokens ?? []) {
    if (type !== "space" && type !== "newline" && type !== "comment") fail(UNEXPECTED, offset);
  }
}
