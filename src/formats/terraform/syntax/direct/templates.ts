/** Strings and heredocs, with what is interpolated in them. */
import type { RawNode } from "../grammar.ts";
import {
  around,
  type Cursor,
  expect,
  giveUp,
  identifier,
  isAt,
  keyword,
  leaf,
  nested,
  skip,
  wordAt,
} from "./cursor.ts";

/** Reads an expression; `lines` says that line ends mean nothing in it. */
export type ReadExpression = (cursor: Cursor, lines: boolean) => RawNode;

const IN_STRING = /["\\\n]|\$+\{|%+\{/g;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

/** A quoted string: `string_lit` when it is only text. */
export function quoted(cursor: Cursor, expression: ReadExpression): RawNode {
  const { text } = cursor;
  const children = [expect(cursor, '"', "quoted_template_start")];
  const open: string[] = [];
  for (;;) {
    IN_STRING.lastIndex = cursor.at;
    const found = IN_STRING.exec(text) ?? giveUp();
    const [token] = found;
    cursor.at = found.index;
    if (token === '"') break;
    if (token === "\n") giveUp();
    if (token === "\\") {
      ESCAPE.lastIndex = found.index;
      cursor.at += ESCAPE.exec(text)?.[0].length ?? giveUp();
    } else sequence(cursor, token, children, open, expression);
  }
  if (open.length > 0) giveUp();
  const plain = children.length === 1;
  children.push(expect(cursor, '"', "quoted_template_end"));
  return around(plain ? "string_lit" : "quoted_template", children);
}

const HEREDOC = /(<<-?)([A-Za-z_][\w-]*)[ \t]*\r?\n/y;
const IN_HEREDOC = /\n|\$+\{|%+\{/g;

/** A heredoc, up to the line that has its marker alone. */
export function heredoc(cursor: Cursor, expression: ReadExpression): RawNode {
  const { text, at } = cursor;
  HEREDOC.lastIndex = at;
  const [whole, arrow = "", marker = ""] = HEREDOC.exec(text) ?? giveUp();
  const name = at + arrow.length;
  const children = [leaf("heredoc_start", at, name), leaf("heredoc_identifier", name, name + marker.length)];
  const open: string[] = [];
  cursor.at += whole.length;
  for (let lineStart = true; ; ) {
    const end = lineStart ? markerAt(text, cursor.at, marker) : undefined;
    if (end !== undefined) {
      if (open.length > 0) giveUp();
      children.push(leaf("heredoc_identifier", end - marker.length, end));
      cursor.at = end;
      return around("heredoc_template", children);
    }
    IN_HEREDOC.lastIndex = cursor.at;
    const found = IN_HEREDOC.exec(text) ?? giveUp();
    const [token] = found;
    lineStart = token === "\n";
    cursor.at = found.index + (lineStart ? 1 : 0);
    if (!lineStart) sequence(cursor, token, children, open, expression);
  }
}

/** Where the marker ends that stands alone on the line that begins here. */
function markerAt(text: string, lineStart: number, marker: string): number | undefined {
  let start = lineStart;
  while (text[start] === " " || text[start] === "\t") start++;
  if (!text.startsWith(marker, start)) return undefined;
  const end = start + marker.length;
  let behind = end;
  while (text[behind] === " " || text[behind] === "\t" || text[behind] === "\r") behind++;
  return text[behind] === "\n" ? end : undefined;
}

/** An interpolation or directive that begins here, or the escape of one: `$${`. `open` has the directives that wait for their ends. */
function sequence(cursor: Cursor, token: string, into: RawNode[], open: string[], expression: ReadExpression): void {
  if (token.length > 2) cursor.at += token.length;
  else if (token === "${") into.push(nested(cursor, () => interpolation(cursor, expression)));
  else into.push(nested(cursor, () => directive(cursor, open, expression)));
}

function interpolation(cursor: Cursor, expression: ReadExpression): RawNode {
  const children = [expect(cursor, "${", "template_interpolation_start")];
  strip(cursor, children);
  skip(cursor, true);
  children.push(expression(cursor, true));
  skip(cursor, true);
  strip(cursor, children);
  children.push(expect(cursor, "}", "template_interpolation_end"));
  return around("template_interpolation", children);
}

function strip(cursor: Cursor, children: RawNode[]): void {
  if (isAt(cursor, "~")) children.push(expect(cursor, "~", "strip_marker"));
}

/** What a directive is called in the tree. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  if: "template_if_intro",
  else: "template_else_intro",
  endif: "template_if_end",
  for: "template_for_start",
  endfor: "template_for_end",
};

function directive(cursor: Cursor, open: string[], expression: ReadExpression): RawNode {
  const children = [expect(cursor, "%{", "template_directive_start")];
  strip(cursor, children);
  skip(cursor, true);
  const word = wordAt(cursor) ?? giveUp();
  const type = (Object.hasOwn(DIRECTIVES, word) ? DIRECTIVES[word] : undefined) ?? giveUp();
  follow(word, open);
  children.push(keyword(cursor, word));
  skip(cursor, true);
  if (word === "for") {
    children.push(...loopNames(cursor));
    skip(cursor, true);
  }
  if (word === "if" || word === "for") {
    children.push(expression(cursor, true));
    skip(cursor, true);
  }
  strip(cursor, children);
  children.push(expect(cursor, "}", "template_directive_end"));
  return around(type, children);
}

/** `key, value in`. */
export function loopNames(cursor: Cursor): RawNode[] {
  const nodes = [identifier(cursor)];
  skip(cursor, true);
  if (isAt(cursor, ",")) {
    nodes.push(expect(cursor, ","));
    skip(cursor, true);
    nodes.push(identifier(cursor));
    skip(cursor, true);
  }
  nodes.push(keyword(cursor, "in"));
  return nodes;
}

/** Notes what a directive opens, goes on with or ends. */
function follow(word: string, open: string[]): void {
  const current = open.at(-1);
  if (word === "if" || word === "for") open.push(word);
  else if (word === "else") open[open.length - 1] = current === "if" ? "else" : giveUp();
  else if (word === "endif" ? current === "if" || current === "else" : current === "for") open.pop();
  else giveUp();
}
