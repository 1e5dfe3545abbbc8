/**
 * Template sequences: what stands between the quotes of a string, in a heredoc, or in a template file.
 *
 * As Terraform does it, a template is first a flat row of tokens. Strip markers and the indentation of `<<-` work on those, then
 * directives are nested. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates
 */
import type { RawNode } from "./grammar.ts";
import { chunk, type Origin } from "./origin.ts";
import { spacesAtEnd, spacesAtStart } from "./space.ts";
import type { Chunk, Expression, TemplatePart } from "./tree.ts";

/** What the template reader needs of the reader of expressions. */
export interface Reading {
  readonly origin: Origin;
  readonly expression: (node: RawNode) => Expression;
  /** An expression for what can't be understood, which is also noted as a problem. */
  readonly invalid: (start: number, end: number, why: string) => Expression;
}

/** How literal text is cut: a quoted string has escapes, in a heredoc and a template file every line is a token of its own. */
export type TemplateStyle = "quoted" | "heredoc" | "flush" | "bare";

interface LiteralToken {
  readonly kind: "literal";
  chunks: readonly Chunk[];
}
type Token =
  | LiteralToken
  | { readonly kind: "interpolation"; readonly node: RawNode }
  | { readonly kind: "if" | "for" | "else" | "endif" | "endfor"; readonly node: RawNode };

const CONTROL: Readonly<Record<string, "if" | "for" | "else" | "endif" | "endfor">> = {
  template_if_intro: "if",
  template_for_start: "for",
  template_else_intro: "else",
  template_if_end: "endif",
  template_for_end: "endfor",
};

/** The parts of the template from `start` to `end`, whose interpolations and directives are among `nodes`. */
export function readTemplate(
  reading: Reading,
  nodes: readonly RawNode[],
  start: number,
  end: number,
  style: TemplateStyle,
): readonly TemplatePart[] {
  const tokens = tokenize(reading.origin, nodes, start, end, style);
  if (style === "flush") stripIndentation(tokens);
  return nest(reading, tokens);
}

function tokenize(
  origin: Origin,
  nodes: readonly RawNode[],
  start: number,
  end: number,
  style: TemplateStyle,
): readonly Token[] {
  const tokens: Token[] = [];
  let position = start;
  let trimNext = false;
  const add = (chunks: readonly Chunk[]) => {
    tokens.push({ kind: "literal", chunks: trimNext ? trimStart(chunks) : chunks });
    trimNext = false;
  };
  const literals = (to: number) => {
    for (let from = position; from < to; ) {
      const line = style === "quoted" ? 0 : origin.text.indexOf("\n", from) + 1;
      const until = line > 0 && line < to ? line : to;
      add(decode(origin, from, until, style === "quoted"));
      from = until;
    }
  };
  const marked = (node: RawNode, token: Token) => {
    literals(node.start);
    const opening = node.children[1];
    const previous = tokens.at(-1);
    if (opening?.type === "strip_marker" && opening.end === (node.children[0]?.end ?? 0) + 1) {
      if (previous?.kind === "literal") previous.chunks = trimEnd(previous.chunks);
    }
    tokens.push(token);
    position = node.end;
    trimNext = node.children.at(-2)?.type === "strip_marker" && node.children.length > 3;
  };
  const walk = (list: readonly RawNode[]) => {
    for (const node of list) {
      const control = CONTROL[node.type];
      if (control !== undefined) marked(node, { kind: control, node });
      else if (node.type === "template_interpolation") marked(node, { kind: "interpolation", node });
      else if (DIRECTIVES.has(node.type)) walk(node.children);
    }
  };
  walk(nodes);
  literals(end);
  return tokens;
}

const DIRECTIVES: ReadonlySet<string> = new Set(["template_directive", "template_if", "template_for"]);
const ESCAPE = /\$\$\{|%%\{|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt"\\])/g;
const TEMPLATE_ESCAPE = /\$\$\{|%%\{/g;
const SIMPLE: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** The literal text from `start` to `end` with its escape sequences replaced. */
function decode(origin: Origin, start: number, end: number, quoted: boolean): readonly Chunk[] {
  const raw = origin.text.slice(start, end);
  if (!raw.includes("{") && !(quoted && raw.includes("\\"))) return origin.chunks(start, end);
  const chunks: Chunk[] = [];
  let from = 0;
  for (const match of raw.matchAll(quoted ? ESCAPE : TEMPLATE_ESCAPE)) {
    const [sequence] = match;
    if (match.index > from) chunks.push(...origin.chunks(start + from, start + match.index));
    from = match.index + sequence.length;
    chunks.push(chunk(replacementOf(sequence), origin.place(start + match.index, start + from)));
  }
  if (from < raw.length) chunks.push(...origin.chunks(start + from, end));
  return chunks;
}

function replacementOf(sequence: string): string {
  if (!sequence.startsWith("\\")) return sequence.slice(1);
  const letter = sequence.charAt(1);
  if (letter !== "u" && letter !== "U") return SIMPLE[letter] ?? letter;
  const code = Number.parseInt(sequence.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : "\ufffd";
}

/** Whether the text stands in its place character for character. */
function isExact(part: Chunk): boolean {
  return part.text.length === part.at.end - part.at.start;
}

/** A chunk without its first or last characters; one that does not stand literally keeps its whole place. */
function cut(part: Chunk, start: number, end: number): Chunk {
  const { at, text } = part;
  return {
    text: text.slice(start, end),
    at: isExact(part) ? { file: at.file, start: at.start + start, end: at.start + end } : at,
  };
}

function trimStart(chunks: readonly Chunk[]): readonly Chunk[] {
  const kept = [...chunks];
  for (let first = kept[0]; first !== undefined; first = kept[0]) {
    const space = spacesAtStart(first.text);
    if (space < first.text.length) {
      kept[0] = space === 0 ? first : cut(first, space, first.text.length);
      break;
    }
    kept.shift();
  }
  return kept;
}

function trimEnd(chunks: readonly Chunk[]): readonly Chunk[] {
  const kept = [...chunks];
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const space = spacesAtEnd(last.text);
    if (space < last.text.length) {
      if (space > 0) kept[kept.length - 1] = cut(last, 0, last.text.length - space);
      break;
    }
    kept.pop();
  }
  return kept;
}

function textOf(token: LiteralToken): string {
  return token.chunks.map((part) => part.text).join("");
}

/**
 * `<<-`: the smallest number of space characters that a line begins with is taken from every line. It works on the tokens, so an
 * interpolated text does not count, and a blank line neither counts nor changes.
 */
function stripIndentation(tokens: readonly Token[]): void {
  let smallest = Number.POSITIVE_INFINITY;
  let lineStart = true;
  const lines: LiteralToken[] = [];
  for (const token of tokens) {
    const text = token.kind === "literal" ? textOf(token) : "";
    if (lineStart) {
      lineStart = false;
      const spaces = spacesAtStart(text);
      const blank = spaces === text.length && text.endsWith("\n");
      if (!blank) smallest = Math.min(smallest, spaces);
      if (token.kind === "literal" && !blank) lines.push(token);
    }
    if (text.endsWith("\n")) lineStart = true;
  }
  for (const line of lines) {
    let left = smallest;
    const kept: Chunk[] = [];
    for (const part of line.chunks) {
      const gone = Math.min(left, part.text.length);
      left -= gone;
      if (gone < part.text.length) kept.push(gone === 0 ? part : cut(part, gone, part.text.length));
    }
    line.chunks = kept;
  }
}

type Growing = { readonly kind: "text"; readonly chunks: Chunk[] } | Exclude<TemplatePart, { kind: "text" }>;

interface Open {
  readonly parts: Growing[];
  readonly token?: Token & { readonly node: RawNode };
  readonly yes?: readonly TemplatePart[];
}

/** The tokens as a tree: directives hold what stands between them and their end. */
function nest(reading: Reading, tokens: readonly Token[]): readonly TemplatePart[] {
  const { origin } = reading;
  const open: Open[] = [{ parts: [] }];
  for (const token of tokens) {
    const current = open.at(-1);
    if (current === undefined) break;
    switch (token.kind) {
      case "literal":
        addText(current.parts, token.chunks);
        break;
      case "interpolation":
        current.parts.push({
          kind: "interpolation",
          expression: inner(reading, token.node),
          at: origin.place(token.node.start, token.node.end),
        });
        break;
      case "if":
      case "for":
        open.push({ parts: [], token });
        break;
      case "else":
        open.pop();
        open.push({ parts: [], ...(current.token && { token: current.token }), yes: current.parts });
        break;
      default: {
        open.pop();
        const part = close(reading, current, token.node.end);
        if (part !== undefined) open.at(-1)?.parts.push(part);
      }
    }
  }
  return open[0]?.parts ?? [];
}

/**
 * Adds literal text, joined to the text before it where it goes on in the same place. Text of which nothing was left still counts:
 * an interpolation beside it makes a string.
 */
function addText(parts: Growing[], chunks: readonly Chunk[]): void {
  let last = parts.at(-1);
  if (last?.kind !== "text") {
    last = { kind: "text", chunks: [] };
    parts.push(last);
  }
  for (const part of chunks) {
    const before = last.chunks.at(-1);
    if (before !== undefined && before.at.end === part.at.start && isExact(before) && isExact(part)) {
      const at = { file: before.at.file, start: before.at.start, end: part.at.end };
      last.chunks[last.chunks.length - 1] = { text: before.text + part.text, at };
    } else last.chunks.push(part);
  }
}

function inner(reading: Reading, node: RawNode): Expression {
  const found = node.children.find((child) => child.type === "expression");
  return found === undefined
    ? reading.invalid(node.start, node.end, "the interpolation is empty")
    : reading.expression(found);
}

function close(reading: Reading, open: Open, end: number): Exclude<TemplatePart, { kind: "text" }> | undefined {
  const { token } = open;
  if (token === undefined) return undefined;
  const at = reading.origin.place(token.node.start, end);
  const expression = inner(reading, token.node);
  if (token.kind === "if") {
    return { kind: "if", condition: expression, yes: open.yes ?? open.parts, no: open.yes ? open.parts : [], at };
  }
  const names = token.node.children
    .filter((child) => child.type === "identifier")
    .map((child) => reading.origin.text.slice(child.start, child.end));
  const [first = "", second] = names;
  return {
    kind: "for",
    keyName: second === undefined ? undefined : first,
    valueName: second ?? first,
    collection: expression,
    body: open.parts,
    at,
  };
}
