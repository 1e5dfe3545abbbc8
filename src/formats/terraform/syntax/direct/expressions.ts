/** Expressions. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions */
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
  name,
  nested,
  skip,
  wordAt,
} from "./cursor.ts";
import { heredoc, loopNames, quoted } from "./templates.ts";

/** An expression. `lines`: line ends mean nothing in it, since a bracket is open around it. */
export function expression(cursor: Cursor, lines: boolean): RawNode {
  return nested(cursor, () => {
    let whole = around("expression", operation(cursor, lines, 1));
    // As the grammar has it, a choice behind a choice has the first for its condition; the reader puts that right.
    for (skip(cursor, lines); isAt(cursor, "?"); skip(cursor, lines)) {
      const question = expect(cursor, "?");
      skip(cursor, lines);
      const yes = expression(cursor, lines);
      skip(cursor, lines);
      const colon = expect(cursor, ":");
      skip(cursor, lines);
      const no = around("expression", operation(cursor, lines, 1));
      whole = around("expression", [around("conditional", [whole, question, yes, colon, no])]);
    }
    return whole;
  });
}

const OPERATOR = /\|\||&&|==|!=|<=|>=|[<>+\-*/%]/y;
const STRENGTH: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

/** Operands with operators at least so strong between them, the left ones first. A term has no node of its own, so it is a row of nodes. */
function operation(cursor: Cursor, lines: boolean, weakest: number): readonly RawNode[] {
  let left = operand(cursor, lines);
  for (let count = 0; ; count++) {
    skip(cursor, lines);
    OPERATOR.lastIndex = cursor.at;
    const [operator] = OPERATOR.exec(cursor.text) ?? [];
    const strength = operator === undefined ? 0 : (STRENGTH[operator] ?? 0);
    if (operator === undefined || strength < weakest) return left;
    // Each operator is a level of the tree.
    if (count > 50) giveUp();
    const sign = expect(cursor, operator);
    skip(cursor, lines);
    const right = operation(cursor, lines, strength + 1);
    left = [around("operation", [around("binary_operation", [...left, sign, ...right])])];
  }
}

function operand(cursor: Cursor, lines: boolean): readonly RawNode[] {
  if (!isAt(cursor, "-") && !isAt(cursor, "!")) return term(cursor, lines);
  return nested(cursor, () => {
    const sign = expect(cursor, isAt(cursor, "-") ? "-" : "!");
    skip(cursor, lines);
    return [around("operation", [around("unary_operation", [sign, ...operand(cursor, lines)])])];
  });
}

/** A value and the attributes, indexes and splats behind it. */
function term(cursor: Cursor, lines: boolean): readonly RawNode[] {
  const nodes = isAt(cursor, "(") ? parenthesized(cursor) : [primary(cursor)];
  for (let step = nextStep(cursor, lines); step !== undefined; step = nextStep(cursor, lines)) nodes.push(step);
  return nodes;
}

function parenthesized(cursor: Cursor): RawNode[] {
  const open = expect(cursor, "(");
  skip(cursor, true);
  const content = expression(cursor, true);
  skip(cursor, true);
  return [open, content, expect(cursor, ")")];
}

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;

function primary(cursor: Cursor): RawNode {
  const { text, at } = cursor;
  switch (text[at]) {
    case '"': {
      const string = quoted(cursor, expression);
      return around(string.type === "string_lit" ? "literal_value" : "template_expr", [string]);
    }
    case "<":
      return around("template_expr", [heredoc(cursor, expression)]);
    case "[":
      return list(cursor);
    case "{":
      return object(cursor);
  }
  NUMBER.lastIndex = at;
  const [digits] = NUMBER.exec(text) ?? [];
  if (digits !== undefined) {
    cursor.at += digits.length;
    return around("literal_value", [leaf("numeric_lit", at, cursor.at)]);
  }
  const word = wordAt(cursor);
  if (word === "true" || word === "false") return around("literal_value", [expect(cursor, word, "bool_lit")]);
  if (word === "null") return around("literal_value", [expect(cursor, word, "null_lit")]);
  const root = identifier(cursor);
  return isAt(cursor, "(") ? call(cursor, root) : around("variable_expr", [root]);
}

function call(cursor: Cursor, called: RawNode): RawNode {
  const open = expect(cursor, "(");
  const nodes: RawNode[] = [];
  skip(cursor, true);
  while (!isAt(cursor, ")")) {
    nodes.push(expression(cursor, true));
    skip(cursor, true);
    if (isAt(cursor, ",")) nodes.push(expect(cursor, ","));
    else if (isAt(cursor, "...")) nodes.push(expect(cursor, "...", "ellipsis"));
    else if (!isAt(cursor, ")")) giveUp();
    skip(cursor, true);
    if (nodes.at(-1)?.type === "ellipsis" && !isAt(cursor, ")")) giveUp();
  }
  const given = nodes.length === 0 ? [] : [around("function_arguments", nodes)];
  return around("function_call", [called, open, ...given, expect(cursor, ")")]);
}

/**
 * The attribute, index or splat that follows at once. One that follows after a blank or on another line is left to the grammar, which may take
 * it for something else.
 */
function nextStep(cursor: Cursor, lines: boolean): RawNode | undefined {
  const { text, at } = cursor;
  const next = text[at];
  if (next === "." && !text.startsWith("...", at)) {
    if (text[at + 1] === "*") return splat(cursor, ".*", "attr_splat", lines);
    return attribute(cursor);
  }
  if (next === "[") {
    if (text.startsWith("[*]", at)) return splat(cursor, "[*]", "full_splat", lines);
    return around("index", [index(cursor)]);
  }
  skip(cursor, lines);
  const behind = text[cursor.at];
  const strays = cursor.at > at && (behind === "[" || behind === "(" || (behind === "." && !isAt(cursor, "...")));
  return strays ? giveUp() : undefined;
}

/** Two of them in a row are refused, with words of their own. */
const DIGITS = /\.\d+(?!\w|\.\d)/y;

function attribute(cursor: Cursor): RawNode {
  const { text, at } = cursor;
  DIGITS.lastIndex = at;
  const [digits] = DIGITS.exec(text) ?? [];
  if (digits !== undefined) {
    cursor.at += digits.length;
    const dot = leaf(".", at, at + 1);
    return around("index", [around("legacy_index", [dot, leaf("number", at + 1, cursor.at)])]);
  }
  return around("get_attr", [expect(cursor, "."), name(cursor)]);
}

function index(cursor: Cursor): RawNode {
  const open = expect(cursor, "[");
  skip(cursor, true);
  const key = expression(cursor, true);
  skip(cursor, true);
  return around("new_index", [open, key, expect(cursor, "]")]);
}

/** A splat holds the attributes and indexes behind it, up to the next splat. */
function splat(cursor: Cursor, sign: ".*" | "[*]", type: string, lines: boolean): RawNode {
  const nodes = [expect(cursor, sign)];
  for (;;) {
    const next = cursor.text[cursor.at];
    const more = next === "[" ? !isAt(cursor, "[*]") : next === "." && !isAt(cursor, ".*") && !isAt(cursor, "...");
    if (!more) break;
    nodes.push(nextStep(cursor, lines) ?? giveUp());
  }
  return around("splat", [around(type, nodes)]);
}

function list(cursor: Cursor): RawNode {
  const open = expect(cursor, "[", "tuple_start");
  skip(cursor, true);
  if (wordAt(cursor) === "for") return loop(cursor, open, "]", "for_tuple_expr");
  const nodes = [open];
  while (!isAt(cursor, "]")) {
    nodes.push(expression(cursor, true));
    skip(cursor, true);
    if (isAt(cursor, ",")) nodes.push(expect(cursor, ","));
    else if (!isAt(cursor, "]")) giveUp();
    skip(cursor, true);
  }
  nodes.push(expect(cursor, "]", "tuple_end"));
  return around("collection_value", [around("tuple", nodes)]);
}

/** An object: its items stand on lines of their own or have commas between them. */
function object(cursor: Cursor): RawNode {
  const open = expect(cursor, "{", "object_start");
  skip(cursor, true);
  if (wordAt(cursor) === "for") return loop(cursor, open, "}", "for_object_expr");
  const nodes = [open];
  while (!isAt(cursor, "}")) {
    nodes.push(item(cursor));
    skip(cursor, false);
    if (isAt(cursor, ",")) nodes.push(expect(cursor, ","));
    else if (!isAt(cursor, "\n") && !isAt(cursor, "}")) giveUp();
    skip(cursor, true);
  }
  nodes.push(expect(cursor, "}", "object_end"));
  return around("collection_value", [around("object", nodes)]);
}

function item(cursor: Cursor): RawNode {
  // The grammar takes a sign on the next line for one between the value before and this key.
  if (isAt(cursor, "-") || isAt(cursor, "!")) giveUp();
  const key = nested(cursor, () => around("expression", operation(cursor, false, 1)));
  skip(cursor, false);
  const sign = isAt(cursor, ":") ? expect(cursor, ":") : isAt(cursor, "=>") ? giveUp() : expect(cursor, "=");
  skip(cursor, false);
  return around("object_elem", [key, sign, expression(cursor, false)]);
}

function loop(cursor: Cursor, open: RawNode, close: "]" | "}", type: string): RawNode {
  const word = keyword(cursor, "for");
  skip(cursor, true);
  const names = loopNames(cursor);
  skip(cursor, true);
  const collection = expression(cursor, true);
  skip(cursor, true);
  const nodes = [open, around("for_intro", [word, ...names, collection, expect(cursor, ":")])];
  skip(cursor, true);
  nodes.push(expression(cursor, true));
  skip(cursor, true);
  if (close === "}") {
    nodes.push(expect(cursor, "=>"));
    skip(cursor, true);
    nodes.push(expression(cursor, true));
    skip(cursor, true);
    if (isAt(cursor, "...")) nodes.push(expect(cursor, "...", "ellipsis"));
    skip(cursor, true);
  }
  if (wordAt(cursor) === "if") {
    const guard = keyword(cursor, "if");
    skip(cursor, true);
    nodes.push(around("for_cond", [guard, expression(cursor, true)]));
    skip(cursor, true);
  }
  nodes.push(expect(cursor, close, close === "]" ? "tuple_end" : "object_end"));
  return around("for_expr", [around(type, nodes)]);
}
