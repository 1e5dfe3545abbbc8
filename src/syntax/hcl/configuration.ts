/**
 * Configuration files: attributes and blocks.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#structural-elements
 */
import type { Place } from "../../source.ts";
import {
  type Cursor,
  type Failure,
  fail,
  isAt,
  isEqualSign,
  isSyntaxError,
  lineEnd,
  nameAt,
  skip,
  take,
} from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { BLOCK_START, itemEnd } from "./recovery.ts";
import { readQuoted } from "./strings.ts";
import { type Attribute, type Block, type Body, type Expression, type Label, literalString } from "./tree.ts";

/** Blocks nest deeper only in files made to break readers. */
const MAX_BLOCK_NESTING = 50;
const TOO_DEEP = `blocks are nested more than ${MAX_BLOCK_NESTING} deep`;

const BROKEN = "its block has a syntax error";
const NO_ITEM = "an argument or a block is expected";

interface Content {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
  broken: boolean;
}

/**
 * The body of a file. A top-level block with an error is read a second time, up to the start of the next one, and its
 * errors are reported then, so that nothing after it is lost. Blocks that seem never to end make that slow: after a
 * number of tries the rest of the file is read in this way at once.
 */
export function readFile(c: Cursor): Body {
  const { text } = c;
  const content: Content = { attributes: [], blocks: [], broken: false };
  let patience = 2 * text.length;
  let start = goOn(c);
  while (start < text.length) {
    try {
      if (patience < 0) fail(c, NO_ITEM);
      readItem(c, content, 0);
      start = goOn(c);
    } catch (error) {
      if (!isSyntaxError(error)) throw error;
      patience -= c.at - start;
      mend(c, start, content);
      c.text = text;
      start = goOn(c);
    }
  }
  return {
    ...tellTwice(c, content),
    json: false,
    ...(content.broken && { broken: "the file has a syntax error" }),
    at: c.place(0, text.length),
  };
}

/** Goes to the next item, which may be behind empty lines. An error on the way is left to whoever reads the item. */
function goOn(c: Cursor): number {
  const { at } = c;
  c.lines = true;
  try {
    skip(c);
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    c.at = at;
  }
  c.lines = false;
  return c.at;
}

/** Reads on from an item with an error, up to the next top-level block. */
function mend(c: Cursor, start: number, content: Content): void {
  BLOCK_START.lastIndex = start + 1;
  // Blocks that nest so deep are no top-level blocks.
  const next = c.failure.why === TOO_DEEP ? undefined : BLOCK_START.exec(c.text)?.index;
  const limit = next ?? c.text.length;
  c.text = c.text.slice(0, limit);
  c.at = start;
  c.mending = true;
  reset(c);
  while (c.at < limit) {
    readItems(c, content, 0);
    if (c.at === limit) break;
    c.invalid({ why: "a closing brace has no opening brace", start: c.at, end: c.at + 1 });
    content.broken = true;
    take(c, 1);
  }
  c.mending = false;
  c.lost = false;
}

/** Makes the cursor ready for an item after an error. */
function reset(c: Cursor): void {
  c.lines = false;
  c.depth = 0;
  c.peak = 0;
}

/** Items up to the closing brace or the end of the text. */
function readItems(c: Cursor, content: Content, depth: number): void {
  for (;;) {
    let start: number | undefined;
    try {
      c.lines = true;
      skip(c);
      c.lines = false;
      start = c.at;
      if (start === c.text.length || isAt(c, "}")) return;
      readItem(c, content, depth);
    } catch (error) {
      // Behind an error in the blanks, a comment without an end, nothing is left.
      goOver(c, start ?? c.text.length, error);
      content.broken = true;
    }
  }
}

/** Tells of an error and goes to the end of the item that has it. What was read of it is invalid. */
function goOver(c: Cursor, start: number, error: unknown): Expression {
  if (!c.mending || !isSyntaxError(error)) throw error;
  const invalid = c.invalid(c.failure);
  reset(c);
  c.at = itemEnd(c, start);
  c.end = c.at;
  return invalid;
}

function readItem(c: Cursor, content: Content, depth: number): void {
  const start = c.at;
  // Terraform 0.11 allowed the names of arguments to be in quotes.
  const quoted = isAt(c, '"');
  const name = quoted ? readLabel(c).name : (nameAt(c) ?? fail(c, NO_ITEM));
  if (!quoted) take(c, name.length);
  const { end } = c;
  skip(c);
  if (isEqualSign(c)) {
    const attribute = readAttribute(c, content, name, c.place(start, end));
    content.attributes.push(quoted ? { ...attribute, quoted } : attribute);
  } else if (quoted) fail(c, "the type of a block must not be in quotes", start, end);
  else content.blocks.push(readBlock(c, name, c.place(start, end), depth));
}

function readAttribute(c: Cursor, content: Content, name: string, nameAt: Place): Attribute {
  take(c, 1);
  const start = c.at;
  let value: Expression;
  try {
    value = readExpression(c);
    endLine(c, "an argument must end with its line");
  } catch (error) {
    value = goOver(c, start, error);
    content.broken = true;
  }
  return { name, nameAt, value, at: c.place(nameAt.start, c.end) };
}

/** Expects the end of the line, or of the text. */
function endLine(c: Cursor, why: string): void {
  skip(c);
  if (c.at < c.text.length && lineEnd(c) === 0) fail(c, why);
}

function readBlock(c: Cursor, type: string, typeAt: Place, depth: number): Block {
  const { start } = typeAt;
  if (depth >= MAX_BLOCK_NESTING) fail(c, TOO_DEEP, start, c.end);
  const labels: Label[] = [];
  for (skip(c); !isAt(c, "{"); skip(c)) labels.push(readLabel(c));
  const open = c.at;
  take(c, 1);
  const content = readContent(c, depth + 1);
  if (isAt(c, "}")) take(c, 1);
  else complain(c, { why: "a block is not closed", start, end: typeAt.end });
  const at = c.place(start, c.end);
  const body: Body = {
    ...tellTwice(c, content),
    json: false,
    // Whatever is wrong in a block, a brace that is missing may be why.
    ...(c.mending && { broken: BROKEN }),
    at: c.place(open, c.end),
  };
  skip(c);
  if (c.at < c.text.length && lineEnd(c) === 0) {
    complain(c, { why: "a line break is missing after a block", start: c.at, end: c.at + 1 });
  }
  return { type, typeAt, labels, body, at };
}

/** Tells of an error that does not hinder reading on, once it is sure that the file has errors. */
function complain(c: Cursor, failure: Failure): void {
  if (!c.mending) fail(c, failure.why, failure.start, failure.end);
  c.invalid(failure);
}

/** What is between braces: one argument on the same line, or items on lines of their own. */
function readContent(c: Cursor, depth: number): Content {
  const content: Content = { attributes: [], blocks: [], broken: false };
  const start = c.at;
  skip(c);
  if (c.at < c.text.length && lineEnd(c) === 0 && !isAt(c, "}")) {
    try {
      return readSingle(c);
    } catch (error) {
      if (!c.mending || !isSyntaxError(error)) throw error;
      c.invalid(c.failure);
      reset(c);
      c.at = start;
    }
  }
  readItems(c, content, depth);
  return content;
}

function readSingle(c: Cursor): Content {
  const { at: start } = c;
  const name = isAt(c, '"') ? readLabel(c).name : (nameAt(c) ?? fail(c, NO_ITEM));
  if (c.end <= start) take(c, name.length);
  const nameAtPlace = c.place(start, c.end);
  skip(c);
  if (!isEqualSign(c)) fail(c, "a block on one line can have only one argument");
  take(c, 1);
  const value = readExpression(c);
  const at = c.place(start, c.end);
  skip(c);
  if (!isAt(c, "}")) fail(c, "a block on one line must end after its argument");
  return { attributes: [{ name, nameAt: nameAtPlace, value, at }], blocks: [], broken: false };
}

const NO_BRACE = "a block must start with a brace on the line of its name";
const RAW_LABEL = /"[^"\n]*"/y;

/** A label: a name, or a string in which nothing is computed. */
function readLabel(c: Cursor): Label {
  const start = c.at;
  if (!isAt(c, '"')) {
    const name = nameAt(c) ?? fail(c, NO_BRACE);
    take(c, name.length);
    return { name, at: c.place(start, c.end) };
  }
  try {
    const name = literalString(readQuoted(c)) ?? fail(c, "a label must be plain text", start, c.end);
    return { name, at: c.place(start, c.end) };
  } catch (error) {
    RAW_LABEL.lastIndex = start;
    if (!c.mending || !isSyntaxError(error) || !RAW_LABEL.test(c.text)) throw error;
    c.invalid(c.failure);
    reset(c);
    c.at = start;
    take(c, RAW_LABEL.lastIndex - start);
    return { name: c.text.slice(start + 1, c.end - 1), at: c.place(start, c.end) };
  }
}

/** Tells of arguments that are set twice, which Terraform refuses. */
function tellTwice(c: Cursor, { attributes, blocks }: Content): Pick<Body, "attributes" | "blocks"> {
  const names = new Set<string>();
  if (attributes.length > 1) {
    for (const { name, nameAt, quoted } of attributes) {
      if (names.has(name) && !quoted)
        c.invalid({ why: "an argument is set twice", start: nameAt.start, end: nameAt.end });
      names.add(name);
    }
  }
  return { attributes, blocks };
}
