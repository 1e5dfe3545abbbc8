/**
 * Reads well-formed text into the trees that the grammar would make of it, as far as anybody looks at them, some ten times as fast and with
 * nothing to load. Whatever is wrong, unusual or could be read in two ways is left to the grammar, which is the reference: a test compares
 * the two. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { RawNode, RawTree } from "../grammar.ts";
import { around, type Cursor, expect, giveUp, isAt, NOT_PLAIN, name, skip } from "./cursor.ts";
import { expression } from "./expressions.ts";
import { quoted } from "./templates.ts";

/** Blocks nested deeper than this are told of by the grammar's reader. */
const MAX_BLOCKS = 40;

/** The tree of a file's text, which must end with a line end; undefined when the grammar must read it. */
export function parsePlain(text: string): RawTree | undefined {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  try {
    const nodes = body(cursor, 0);
    if (cursor.at < text.length) return undefined;
    const children = nodes.length === 0 ? [] : [around("body", nodes)];
    return { root: { type: "config_file", start: 0, end: text.length, children, broken: false }, hasError: false };
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** Attributes and blocks, each with its line's end, up to a closing brace or the end of the text. */
function body(cursor: Cursor, depth: number): readonly RawNode[] {
  if (depth > MAX_BLOCKS) giveUp();
  const nodes: RawNode[] = [];
  for (skip(cursor, true); cursor.at < cursor.text.length && !isAt(cursor, "}"); skip(cursor, true)) {
    const named = name(cursor);
    skip(cursor, false);
    nodes.push(isAt(cursor, "=") ? attribute(cursor, named) : block(cursor, named, depth));
    skip(cursor, false);
    if (cursor.at < cursor.text.length && !isAt(cursor, "\n") && !isAt(cursor, "}")) giveUp();
  }
  return nodes;
}

function attribute(cursor: Cursor, named: RawNode): RawNode {
  const sign = isAt(cursor, "==") ? giveUp() : expect(cursor, "=");
  skip(cursor, false);
  return around("attribute", [named, sign, expression(cursor, false)]);
}

function block(cursor: Cursor, type: RawNode, depth: number): RawNode {
  const nodes = [type];
  for (skip(cursor, false); !isAt(cursor, "{"); skip(cursor, false)) nodes.push(label(cursor));
  nodes.push(expect(cursor, "{", "block_start"));
  const content = body(cursor, depth + 1);
  if (content.length > 0) nodes.push(around("body", content));
  nodes.push(expect(cursor, "}", "block_end"));
  return around("block", nodes);
}

function label(cursor: Cursor): RawNode {
  if (!isAt(cursor, '"')) return name(cursor);
  const string = quoted(cursor, giveUp);
  return string.type === "string_lit" ? string : giveUp();
}
