/**
 * Reads Terraform files and templates into trees (`tree.ts`). Bad text never throws: an error inside one block loses that block's
 * part and is a problem with its line; the rest of the file is there.
 */
import { position } from "../../place.ts";
import type { Problem, SourceFile, TextValue, Value } from "../../value.ts";
import { BLOCK_START, jsonBody, readBody } from "./body.ts";
import { type Complain, expressionReader, templateOf } from "./expressions.ts";
import { parseRaw, type RawTree } from "./grammar.ts";
import { chunk, fileOrigin, type Origin, stringOrigin } from "./origin.ts";
import { type BlockRange, type HeadWord, splitBlocks } from "./split.ts";
import { readTemplate } from "./templates.ts";
import type { Block, Body, Expression } from "./tree.ts";

export { loadGrammar } from "./grammar.ts";

export interface Parsed<T> {
  readonly tree: T;
  readonly problems: readonly Problem[];
}

/** A file with many errors is told of by its first ones. */
const MAX_PROBLEMS = 20;

/** Reads a configuration file (`.tf`, `.tfvars`). The grammar must have been loaded. */
export function parseConfiguration(file: SourceFile): Parsed<Body> {
  const problems: Problem[] = [];
  const bodies = partsOf(file).map(({ from, raw }) => {
    const origin = fileOrigin(file, file.text.slice(from, from + raw.length), from);
    return readBody(origin, raw.tree.root, complaints(origin, problems));
  });
  const tree: Body = {
    attributes: bodies.flatMap((body) => body.attributes),
    blocks: bodies.flatMap((body) => body.blocks),
    json: false,
    ...(bodies.some((body) => body.broken !== undefined) && { broken: "the file has a syntax error" }),
    at: { file, start: 0, end: file.text.length },
  };
  return { tree, problems };
}

/** A tree that is made as far as it is looked at. `problems` are those of what was looked at so far. */
export interface Growing {
  readonly tree: Body;
  readonly problems: () => readonly Problem[];
}

/** Reads a `.tf` file, each top-level block when its body is asked for. The grammar must have been loaded. */
export function parseBlocks(file: SourceFile): Growing {
  const ranges = splitBlocks(file.text);
  if (ranges === undefined) {
    const { tree, problems } = parseConfiguration(file);
    return { tree, problems: () => problems };
  }
  const problems: Problem[] = [];
  const blocks = ranges.map((range) => lazyBlock(file, range, problems));
  const at = { file, start: 0, end: file.text.length };
  return { tree: { attributes: [], blocks, json: false, at }, problems: () => problems };
}

function lazyBlock(file: SourceFile, { type, labels, start, end }: BlockRange, problems: Problem[]): Block {
  const place = (word: HeadWord) => ({ file, start: word.start, end: word.end });
  let body: Body | undefined;
  const read = (): Body => {
    const origin = fileOrigin(file, file.text.slice(start, end), start);
    const { blocks } = readBody(origin, parseMended(origin.text).root, complaints(origin, problems));
    const at = { file, start, end };
    return blocks[0]?.body ?? { attributes: [], blocks: [], json: false, broken: "its block has a syntax error", at };
  };
  return {
    type: type.name,
    typeAt: place(type),
    labels: labels.map((word) => ({ name: word.name, at: place(word) })),
    get body() {
      body ??= read();
      return body;
    },
    at: { file, start, end },
  };
}

interface Part {
  readonly from: number;
  readonly raw: { readonly tree: RawTree; readonly length: number };
}

/** The whole file when it can be read, else its top-level blocks one by one, so that an error stays where it is. */
function partsOf(file: SourceFile): readonly Part[] {
  const { text } = file;
  const whole = parseMended(text);
  if (!whole.hasError) return [{ from: 0, raw: { tree: whole, length: text.length } }];
  const starts = [...text.matchAll(BLOCK_START)].map((match) => match.index);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((from, index) => {
    const part = text.slice(from, starts[index + 1] ?? text.length);
    return { from, raw: { tree: parseMended(part), length: part.length } };
  });
}

/**
 * Parses text that was changed where the grammar would misread it, without moving anything: a number such as `1e5` gets plain
 * digits, of `$$${` only the last three characters stay, and when there is an error, a line break before a key in parentheses
 * becomes the comma that it stands for. Text and numbers are read from the file itself, so the changes are not seen.
 */
function parseMended(text: string): RawTree {
  const numbers = text.replace(/(?<![\w.])\d+[eE][+-]?\d+(?![\w.])/g, (number) => "1".repeat(number.length));
  const escapes = numbers.replace(/\$+(?=\$\$\{)|%+(?=%%\{)/g, (signs) => "_".repeat(signs.length));
  const closed = escapes.endsWith("\n") ? escapes : `${escapes}\n`;
  const plain = parseRaw(closed);
  if (!plain.hasError) return plain;
  const commas = closed.replace(BEFORE_KEY, (end) => `,${end.slice(1)}`);
  if (commas === closed) return plain;
  const mended = parseRaw(commas);
  return mended.hasError ? plain : mended;
}

/** The end of a line that is followed by a key in parentheses. The lengths are bounded, since every line end is tried. */
const BEFORE_KEY = /(?<=[\w"\])}][ \t]{0,50})\r?\n(?=\s{0,200}\([^\n]{0,300}\)\s{0,50}[=:])/g;

/** What makes invalid expressions of one text and notes them as problems, one a line. */
function complaints(origin: Origin, problems: Problem[]): Complain {
  return (start, end, why) => {
    const at = origin.place(start, end);
    if (problems.length < MAX_PROBLEMS) {
      const { line } = position(at.file, at.start);
      const message = `This Terraform can't be read: ${why}.`;
      if (!problems.some((problem) => problem.line === line)) problems.push({ path: at.file.path, message, line });
    }
    return { kind: "invalid", why, at };
  };
}

/** Reads one expression that is the whole text of a file, as `terraform console` does. */
export function parseExpression(file: SourceFile): Parsed<Expression> {
  const before = "x = (";
  const text = `${before}${file.text}\n)\n`;
  const origin = fileOrigin(file, text, 0, before.length);
  const problems: Problem[] = [];
  const complain = complaints(origin, problems);
  const { root, hasError } = parseMended(text);
  const attribute = root.children[0]?.children[0];
  const node = attribute?.children.find((child) => child.type === "expression");
  if (hasError || node === undefined || root.children[0]?.children.length !== 1) {
    return { tree: complain(0, text.length, "it has a syntax error"), problems };
  }
  return { tree: expressionReader(origin, complain).expression(node), problems };
}

/** Reads a template file, as `templatefile` does. */
export function parseTemplateFile(file: SourceFile): Parsed<Expression> {
  return parseTemplate(file.text, (text, shift) => fileOrigin(file, text, 0, shift));
}

/** Reads a string as a template, as `templatestring` and the strings of `.tf.json` files are read. */
export function parseTemplateText(value: TextValue): Parsed<Expression> {
  return parseTemplate(value.value, (text, shift) => stringOrigin(value, text, shift));
}

/** The grammar knows no bare templates, so the text is put into a heredoc that it can't end. */
function parseTemplate(template: string, makeOrigin: (text: string, shift: number) => Origin): Parsed<Expression> {
  if (!template.includes("${") && !template.includes("%{")) {
    const origin = makeOrigin(template, 0);
    const parts = template === "" ? [] : [{ kind: "text", chunks: origin.chunks(0, template.length) } as const];
    return { tree: { kind: "template", parts, at: origin.place(0, template.length) }, problems: [] };
  }
  let end = "END";
  while (template.includes(end)) end += "_";
  const before = `x = <<${end}\n`;
  const text = `${before}${template}\n${end}\n`;
  const origin = makeOrigin(text, before.length);
  const problems: Problem[] = [];
  const complain = complaints(origin, problems);
  const { root, hasError } = parseMended(text);
  const attribute = root.children[0]?.children[0];
  const heredoc = attribute?.children.find((child) => child.type === "expression")?.children[0]?.children[0];
  const last = before.length + template.length;
  if (hasError || heredoc?.type !== "heredoc_template") {
    return { tree: complain(before.length, last, "the template has a syntax error"), problems };
  }
  const reading = expressionReader(origin, complain);
  const parts = readTemplate(reading, heredoc.children, before.length, last, "bare");
  return { tree: templateOf(reading, parts, before.length, last), problems };
}

/** The tree of a `.tf.json` file, of the document that the JSON reader made of it. Every string in it is a template. */
export function parseJsonConfiguration(document: Value): Parsed<Body> {
  const problems: Problem[] = [];
  return { tree: jsonBody(jsonExpression(document, problems)), problems };
}

function jsonExpression(value: Value, problems: Problem[]): Expression {
  const { at } = value;
  switch (value.kind) {
    case "null":
      return { kind: "null", at };
    case "boolean":
      return { kind: "boolean", value: value.value, at };
    case "number":
      return { kind: "number", digits: at.file.text.slice(at.start, at.end), at };
    case "text":
      return jsonString(value, problems);
    case "list":
      return { kind: "tuple", items: value.items.map((item) => jsonExpression(item, problems)), at };
    case "object":
      return {
        kind: "object",
        items: value.entries.map((entry) => ({
          key: jsonString({ kind: "text", value: entry.key, at: entry.keyAt }, problems),
          value: jsonExpression(entry.value, problems),
        })),
        at,
      };
    case "unknown":
      return { kind: "invalid", why: value.why, at };
  }
}

function jsonString(value: TextValue, problems: Problem[]): Expression {
  const parsed = parseTemplateText(value);
  for (const problem of parsed.problems) if (problems.length < MAX_PROBLEMS) problems.push(problem);
  const { tree } = parsed;
  if (tree.kind === "template" && tree.parts.length === 0) {
    return { kind: "template", parts: [{ kind: "text", chunks: [chunk("", value.at)] }], at: value.at };
  }
  return tree.kind === "template" || tree.kind === "wrap" ? { ...tree, at: value.at } : tree;
}
