/** Bodies: attributes and blocks, from the concrete syntax tree of a `.tf` file; and how to ask for them. */
import { type Complain, expressionReader, readString } from "./expressions.ts";
import type { RawNode } from "./grammar.ts";
import type { Origin } from "./origin.ts";
import type { Reading } from "./templates.ts";
import { type Attribute, type Block, type Body, type Expression, type Label, literalString } from "./tree.ts";

/** Blocks nest deeper only in files made to break readers. */
const MAX_BLOCK_NESTING = 50;

/** The start of a top-level block: where a file that can't be read as a whole is cut. */
export const BLOCK_START = /^([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\n]*"|[\w-]+))*)[ \t]*\{/gm;
const BROKEN = "its block has a syntax error";

/** The body of a file, or of the part of a file that `origin` is about. */
export function readBody(origin: Origin, root: RawNode, complain: Complain): Body {
  const at = origin.place(0, origin.text.length);
  const nodes = root.children.flatMap((child) => (child.type === "body" ? child.children : [child]));
  const lost = root.broken && !nodes.some((node) => node.type === "block") ? lostBlock(origin) : undefined;
  if (lost !== undefined) {
    complain(errorOffset(origin.text, root), origin.text.length, "it has a syntax error");
    return { attributes: [], blocks: [lost], json: false, at };
  }
  return { ...readContent(expressionReader(origin, complain), nodes, 0), json: false, at };
}

/** Where the first error is, as well as the parser tells: behind the last thing that it could read. */
function errorOffset(text: string, node: RawNode): number {
  const broken = node.children.find((child) => child.broken && child.end > child.start);
  if (broken !== undefined) return errorOffset(text, broken);
  const last = node.children.findLast((child) => child.end > child.start && /^\w+$/.test(child.type));
  const offset = node.type === "ERROR" ? (last?.end ?? node.start) : node.start;
  return offset + (text.slice(offset).search(/\S/) || 0);
}

/** The block that a broken part of a file begins with, when not even its braces could be made out. */
function lostBlock(origin: Origin): Block | undefined {
  const [header] = origin.text.matchAll(BLOCK_START);
  if (header?.index !== 0) return undefined;
  const [whole, type = "", labels = ""] = header;
  const at = origin.place(0, origin.text.trimEnd().length);
  return {
    type,
    typeAt: origin.place(0, type.length),
    labels: [...labels.matchAll(/"([^"\n]*)"|[\w-]+/g)].map((label) => ({
      name: label[1] ?? label[0],
      at: origin.place(type.length + label.index, type.length + label.index + label[0].length),
    })),
    body: {
      attributes: [],
      blocks: [],
      json: false,
      broken: BROKEN,
      at: { ...at, start: at.start + whole.length - 1 },
    },
    at,
  };
}

type Content = Pick<Body, "attributes" | "blocks" | "broken">;
const NOTHING: Content = { attributes: [], blocks: [], broken: BROKEN };

function readContent(reading: Reading, nodes: readonly RawNode[], depth: number): Content {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  let broken = false;
  for (const node of nodes) {
    if (node.broken && node.type !== "block") broken = true;
    if (node.type === "attribute") attributes.push(readAttribute(reading, node));
    else if (node.type === "block") blocks.push(readBlock(reading, node, depth));
    else if (node.type === "ERROR") reading.expression(node);
  }
  return { attributes, blocks, ...(broken && { broken: BROKEN }) };
}

function readAttribute(reading: Reading, node: RawNode): Attribute {
  const { origin } = reading;
  const name = node.children[0] ?? node;
  const value = node.children.find((child) => child.type === "expression");
  return {
    name: origin.text.slice(name.start, name.end),
    nameAt: origin.place(name.start, name.end),
    value:
      value === undefined || node.children.some((child) => child.type === "ERROR")
        ? reading.invalid(node.start, node.end, "it has a syntax error")
        : reading.expression(value),
    at: origin.place(node.start, node.end),
  };
}

function readBlock(reading: Reading, node: RawNode, depth: number): Block {
  const { origin } = reading;
  const [type = node] = node.children;
  const body = node.children.find((child) => child.type === "body");
  const open = node.children.find((child) => child.type === "block_start");
  const errors = node.children.filter((child) => child.type === "ERROR");
  const tooDeep = depth >= MAX_BLOCK_NESTING;
  if (tooDeep) reading.invalid(node.start, node.end, `blocks are nested more than ${MAX_BLOCK_NESTING} deep`);
  const content = tooDeep ? NOTHING : readContent(reading, [...(body?.children ?? []), ...errors], depth + 1);
  // An end that the parser had to put in: what follows was swallowed.
  const unended = node.children.some((child) => child.broken && child.type !== "body");
  if (unended && content.broken === undefined) reading.invalid(node.start, node.end, "a block has no end");
  return {
    type: origin.text.slice(type.start, type.end),
    typeAt: origin.place(type.start, type.end),
    labels: node.children.slice(1).flatMap((child) => readLabel(reading, child)),
    body: {
      ...content,
      ...(unended && { broken: BROKEN }),
      json: false,
      at: origin.place(open?.start ?? node.start, node.end),
    },
    at: origin.place(node.start, node.end),
  };
}

function readLabel(reading: Reading, node: RawNode): readonly Label[] {
  const at = reading.origin.place(node.start, node.end);
  if (node.type === "identifier") return [{ name: reading.origin.text.slice(node.start, node.end), at }];
  if (node.type !== "string_lit") return [];
  return [{ name: literalString(readString(reading, node)) ?? "", at }];
}

/** The attribute of a name, the last when a file gives it twice. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.findLast((attribute) => attribute.name === name);
}

/**
 * The blocks of a type, in order. In a body read from JSON they are the objects under that name, `labels` levels of keys deep, each
 * alone or in an array. https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function blocksOf(body: Body, type: string, labels = 0): readonly Block[] {
  if (!body.json) return body.blocks.filter((block) => block.type === type);
  return body.attributes.flatMap((attribute) =>
    attribute.name === type ? jsonBlocks(attribute, attribute.value, labels, []) : [],
  );
}

function jsonBlocks(
  attribute: Attribute,
  value: Expression,
  labels: number,
  named: readonly Label[],
): readonly Block[] {
  if (value.kind === "tuple") return value.items.flatMap((item) => jsonBlocks(attribute, item, labels, named));
  if (value.kind !== "object") return [];
  const body = jsonBody(value);
  if (labels > 0) {
    return body.attributes.flatMap((inner) =>
      jsonBlocks(attribute, inner.value, labels - 1, [...named, { name: inner.name, at: inner.nameAt }]),
    );
  }
  return [{ type: attribute.name, typeAt: attribute.nameAt, labels: named, body, at: value.at }];
}

/** An object of a JSON file as a body. A key of `//` is a comment. */
export function jsonBody(value: Expression): Body {
  const attributes: Attribute[] = [];
  for (const item of value.kind === "object" ? value.items : []) {
    const name = literalString(item.key);
    if (name === undefined || name === "//") continue;
    const at = { file: item.key.at.file, start: item.key.at.start, end: item.value.at.end };
    attributes.push({ name, nameAt: item.key.at, value: item.value, at });
  }
  return { attributes, blocks: [], json: true, at: value.at };
}
