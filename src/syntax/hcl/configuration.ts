import { BEYOND, MAX_BLOCK_NESTING } from "../limits.ts";
import { type Cursor, fail, isAt, isEqualSign, isSyntaxError, lineEnd, nameAt, skip, take } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { readQuoted } from "./strings.ts";
import { type Attribute, type Block, type Body, type Expression, type Label, literalString } from "./tree.ts";

const BROKEN = "its block has a syntax error";
const NO_ITEM = "an argument or a block is expected";

/** The starts of blocks and arguments at the beginning of a line: what is broken before one ends there. */
const BLOCK_START = /^[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[\w-]+))*[ \t]*\{/gm;
const IS_BLOCK = new RegExp(BLOCK_START.source, "my");
const ITEM_START = new RegExp(`${BLOCK_START.source}|^[A-Za-z_][\\w-]*[ \\t]*=(?!=)`, "gm");

interface Content {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
}

/**
 * The body of a file. A top-level item with an error is read a second time, up to the start of the next one, so that
 * nothing after it is lost; of the item, what is before the error is kept. Blocks that seem never to end make that
 * slow: after a number of tries the rest of the file is read in this way at once.
 */
export function readFile(c: Cursor): Body {
  const { text } = c;
  const content: Content = { attributes: [], blocks: [] };
  let patience = 2 * text.length;
  let broken = false;
  for (let start = goOn(c); start < text.length; start = goOn(c)) {
    let item: Content = { attributes: [], blocks: [] };
    const tried = patience >= 0;
    if (!tried || !isRead(c, item)) {
      patience -= c.at - start;
      item = readBroken(c, start, tried ? item : undefined);
      broken = true;
    }
    content.attributes.push(...item.attributes);
    content.blocks.push(...item.blocks);
  }
  return {
    ...tellTwice(c, content),
    json: false,
    ...(broken && { broken: "the file has a syntax error" }),
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

/** Reads an item into the content. False when it has an error; then the content has what is before it. */
function isRead(c: Cursor, content: Content): boolean {
  try {
    readItem(c, content, 0);
    return true;
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    return false;
  }
}

/**
 * What an item with an error has up to the start of the next one; tells of the error. `item` is what was read of it:
 * when the error was behind the next start, or nothing was read, the item is read up to there.
 */
function readBroken(c: Cursor, start: number, item: Content | undefined): Content {
  const { text } = c;
  IS_BLOCK.lastIndex = start;
  // Arguments of a block may be at the beginning of a line too.
  const next = IS_BLOCK.test(text) ? BLOCK_START : ITEM_START;
  next.lastIndex = start + 1;
  // Blocks that nest so deep are no top-level blocks.
  const limit = (item && c.failure.why === BEYOND.blockNesting ? undefined : next.exec(text)?.index) ?? text.length;
  let content = item;
  if (!content || c.at > limit) {
    content = { attributes: [], blocks: [] };
    c.text = text.slice(0, limit);
    goTo(c, start);
    const ends = isRead(c, content);
    c.text = text;
    if (ends) return content;
  }
  c.invalid(c.failure);
  goTo(c, limit);
  return content;
}

function goTo(c: Cursor, at: number): void {
  Object.assign(c, { at, lines: false, depth: 0, peak: 0 });
}

/** Items up to the closing brace or the end of the text. */
function readItems(c: Cursor, content: Content, depth: number): void {
  for (;;) {
    c.lines = true;
    skip(c);
    c.lines = false;
    if (c.at === c.text.length || isAt(c, "}")) return;
    readItem(c, content, depth);
  }
}

function readItem(c: Cursor, content: Content, depth: number): void {
  skip(c);
  const start = c.at;
  // Terraform 0.11 allowed the names of arguments to be in quotes.
  const quoted = isAt(c, '"');
  const name = quoted ? readLabel(c).name : (nameAt(c) ?? fail(c, NO_ITEM));
  if (!quoted) take(c, name.length);
  const { end } = c;
  skip(c);
  if (isEqualSign(c)) readAttribute(c, content, { name, nameAt: c.place(start, end), ...(quoted && { quoted }) });
  else if (quoted) fail(c, "the type of a block must not be in quotes", start, end);
  else readBlock(c, content, { type: name, typeAt: c.place(start, end) }, depth);
}

/** Adds an argument to the content; one with an error as an invalid one, before the error is thrown. */
function readAttribute(c: Cursor, content: Content, head: Omit<Attribute, "value" | "at">): void {
  take(c, 1);
  const start = c.at;
  const add = (value: Expression) => content.attributes.push({ ...head, value, at: c.place(head.nameAt.start, c.end) });
  try {
    const value = readExpression(c);
    endLine(c, "an argument must end with its line");
    add(value);
  } catch (error) {
    if (isSyntaxError(error)) add({ kind: "invalid", why: c.failure.why, at: c.place(start, c.end) });
    throw error;
  }
}

function endLine(c: Cursor, why: string): void {
  skip(c);
  if (c.at < c.text.length && lineEnd(c) === 0) fail(c, why);
}

/** Adds a block to the content; of one with an error what is before it, before the error is thrown. */
function readBlock(c: Cursor, content: Content, head: Pick<Block, "type" | "typeAt">, depth: number): void {
  const { start, end } = head.typeAt;
  if (depth >= MAX_BLOCK_NESTING) fail(c, BEYOND.blockNesting, start, c.end);
  const labels: Label[] = [];
  for (skip(c); !isAt(c, "{"); skip(c)) labels.push(readLabel(c));
  const open = c.at;
  take(c, 1);
  const inner: Content = { attributes: [], blocks: [] };
  const add = (broken: boolean) => {
    const at = c.place(open, Math.max(open, c.end));
    const body: Body = { ...tellTwice(c, inner), json: false, ...(broken && { broken: BROKEN }), at };
    content.blocks.push({ ...head, labels, body, at: c.place(start, Math.max(open, c.end)) });
  };
  try {
    readContent(c, inner, depth + 1);
    if (!isAt(c, "}")) fail(c, "a block is not closed", start, end);
    take(c, 1);
    endLine(c, "a line break is missing after a block");
  } catch (error) {
    if (isSyntaxError(error)) add(true);
    throw error;
  }
  add(false);
}

/** What is between braces: one argument on the same line, or items on lines of their own. */
function readContent(c: Cursor, content: Content, depth: number): void {
  skip(c);
  if (c.at < c.text.length && lineEnd(c) === 0 && !isAt(c, "}")) content.attributes.push(readSingle(c));
  else readItems(c, content, depth);
}

function readSingle(c: Cursor): Attribute {
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
  return { name, nameAt: nameAtPlace, value, at };
}

const NO_BRACE = "a block must start with a brace on the line of its name";

/** A label: a name, or a string in which nothing is computed. */
function readLabel(c: Cursor): Label {
  const start = c.at;
  if (!isAt(c, '"')) {
    const name = nameAt(c) ?? fail(c, NO_BRACE);
    take(c, name.length);
    return { name, at: c.place(start, c.end) };
  }
  const name = literalString(readQuoted(c)) ?? fail(c, "a label must be plain text", start, c.end);
  return { name, at: c.place(start, c.end) };
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
