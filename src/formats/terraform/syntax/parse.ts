/**
 * Reads Terraform files and templates into trees (`tree.ts`). Bad text never throws: an error inside one block loses that block's
 * part and is a problem with its line; the rest of the file is there.
 */
import { position } from "../../place.ts";
import type { Problem, SourceFile, TextValue, Value } from "../../value.ts";
import { BLOCK_START, jsonBody, readBody } from "./body.ts";
import { parsePlain } from "./direct/parse.ts";
import { type Complain, expressionReader, templateOf } from "./expressions.ts";
import type { RawTree } from "./grammar.ts";
import { parseByGrammar } from "./mend.ts";
import { chunk, fileOrigin, type Origin, stringOrigin } from "./origin.ts";
import { readTemplate } from "./templates.ts";
import type { Body, Expression } from "./tree.ts";

export { isGrammarMissed, loadGrammar } from "./grammar.ts";

export interface Parsed<T> {
  readonly tree: T;
  readonly problems: readonly Problem[];
}

/** A file with many errors is told of by its first ones. */
const MAX_PROBLEMS = 20;

/** Reads a configuration file (`.tf`, `.tfvars`), see `isGrammarMissed`. */
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

interface Part {
  readonly from: number;
  readonly raw: { readonly tree: RawTree; readonly length: number };
}

/** The whole file when it can be read, else its top-level blocks one by one, so that an error stays where it is. */
function partsOf(file: SourceFile): readonly Part[] {
  const { text } = file;
  const whole = treeOf(text);
  if (!whole.hasError) return [{ from: 0, raw: { tree: whole, length: text.length } }];
  const starts = [...text.matchAll(BLOCK_START)].map((match) => match.index);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((from, index) => {
    const part = text.slice(from, starts[index + 1] ?? text.length);
    return { from, raw: { tree: treeOf(part), length: part.length } };
  });
}

/** The concrete syntax tree: what is well-formed is read at once, all else by the grammar. */
function treeOf(text: string): RawTree {
  const closed = text.endsWith("\n") ? text : `${text}\n`;
  return parsePlain(closed) ?? parseByGrammar(closed);
}

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
  const { root, hasError } = treeOf(text);
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
  const { root, hasError } = treeOf(text);
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
