/** Tuples, objects, calls and `for`: what has brackets around it. */
import { type Cursor, expect, fail, isAt, isColon, isEqualSign, nameAt, skip, take, takeName } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import type { Expression, ObjectItem } from "./tree.ts";

/** The call of a function whose first name was read. */
export function readCall(c: Cursor, first: string, start: number): Expression {
  const { lines } = c;
  let name = first;
  for (; isAt(c, "::"); skip(c)) {
    take(c, 2);
    name += `::${takeName(c, "the name of a function is missing")}`;
  }
  if (!isAt(c, "(")) fail(c, "a function has no arguments in parentheses");
  take(c, 1);
  c.lines = true;
  const list: Expression[] = [];
  let expand = false;
  for (skip(c); !isAt(c, ")"); skip(c)) {
    list.push(readExpression(c));
    skip(c);
    if (isAt(c, "...")) {
      take(c, 3);
      expand = true;
      break;
    }
    if (!isAt(c, ")")) expect(c, ",", "a comma or a closing parenthesis is missing between arguments");
  }
  expect(c, ")", "a closing parenthesis is missing");
  c.lines = lines;
  return { kind: "call", name, arguments: list, expand, at: c.place(start, c.end) };
}

export function readTuple(c: Cursor): Expression {
  const { at: start, lines } = c;
  take(c, 1);
  c.lines = true;
  skip(c);
  if (nameAt(c) === "for") return readFor(c, start, "]", lines);
  const items: Expression[] = [];
  for (; !isAt(c, "]"); skip(c)) {
    items.push(readExpression(c));
    skip(c);
    if (!isAt(c, "]")) expect(c, ",", "a comma or a closing bracket is missing between items");
  }
  take(c, 1);
  c.lines = lines;
  return { kind: "tuple", items, at: c.place(start, c.end) };
}

/** An object: its items stand on lines of their own or have commas between them. */
export function readObject(c: Cursor): Expression {
  const { at: start, lines } = c;
  take(c, 1);
  c.lines = true;
  skip(c);
  if (nameAt(c) === "for") return readFor(c, start, "}", lines);
  const items: ObjectItem[] = [];
  while (!isAt(c, "}")) {
    c.lines = false;
    items.push(readItem(c));
    skip(c);
    if (isAt(c, ",")) take(c, 1);
    else if (c.text.charCodeAt(c.at) !== 10 && !isAt(c, "\r\n") && !isAt(c, "}")) {
      fail(c, c.at < c.text.length ? "a line end or a comma is missing between items" : "a brace is not closed");
    }
    c.lines = true;
    skip(c);
  }
  take(c, 1);
  c.lines = lines;
  return { kind: "object", items, at: c.place(start, c.end) };
}

function readItem(c: Cursor): ObjectItem {
  const key = readKey(c);
  skip(c);
  if (!isEqualSign(c) && !isColon(c)) fail(c, "an equals sign is missing after a key");
  take(c, 1);
  return { key, value: readExpression(c) };
}

/** A bare word is the key of that name, and so are `true`, `false` and `null`. */
function readKey(c: Cursor): Expression {
  const start = c.at;
  const key = readExpression(c);
  const source = c.text.slice(start, c.end);
  switch (key.kind) {
    case "variable":
    case "boolean":
    case "null":
      if (source.startsWith("(")) return key;
      return { kind: "template", parts: [{ kind: "text", chunks: c.chunks(start, c.end) }], at: key.at };
    case "attribute":
    case "index":
      // Not a problem of the file: `providers = { aws.east = aws }` is written so and never evaluated.
      if (source.includes("(") || !isPath(key)) return key;
      return {
        kind: "invalid",
        why: "a key with dots must be quoted, or put in parentheses to be a reference",
        at: key.at,
      };
    default:
      return key;
  }
}

/** Whether it is a name with nothing but attributes and fixed indexes behind it. */
function isPath(expression: Expression): boolean {
  let inner = expression;
  while (inner.kind === "attribute" || inner.kind === "index") {
    if (inner.kind === "index" && !isFixed(inner.key)) return false;
    inner = inner.source;
  }
  return inner.kind === "variable";
}

function isFixed({ kind, ...key }: Expression): boolean {
  if (kind === "template" && "parts" in key) return key.parts.every((part) => part.kind === "text");
  return kind === "number" || kind === "boolean" || kind === "null";
}

/** A `for`-expression, whose bracket was taken and whose first word stands here. */
function readFor(c: Cursor, start: number, close: "]" | "}", lines: boolean): Expression {
  take(c, 3);
  const { keyName, valueName } = takeLoopNames(c);
  const collection = readExpression(c);
  skip(c);
  if (!isColon(c)) fail(c, "a colon is missing after the collection of a for expression");
  take(c, 1);
  let result = readExpression(c);
  let key: Expression | undefined;
  skip(c);
  if (isAt(c, "=>")) {
    if (close === "]") fail(c, "a for expression in brackets has no keys");
    take(c, 2);
    key = result;
    result = readExpression(c);
    skip(c);
  } else if (close === "}") fail(c, "a for expression in braces has no key");
  const group = isAt(c, "...");
  if (group && close === "]") fail(c, "a for expression in brackets can't group its results");
  if (group) take(c, 3);
  skip(c);
  let condition: Expression | undefined;
  if (nameAt(c) === "if") {
    take(c, 2);
    condition = readExpression(c);
  }
  expect(c, close, "a for expression is not closed");
  c.lines = lines;
  return { kind: "for", keyName, valueName, collection, key, result, condition, group, at: c.place(start, c.end) };
}

/** The names of a loop, and the `in` behind them. */
export function takeLoopNames(c: Cursor): { readonly keyName: string | undefined; readonly valueName: string } {
  const first = takeName(c, "the name of a loop's variable is missing");
  skip(c);
  let second: string | undefined;
  if (isAt(c, ",")) {
    take(c, 1);
    second = takeName(c, "the name of a loop's variable is missing");
    skip(c);
  }
  if (nameAt(c) !== "in") fail(c, "the word in is missing in a for expression");
  take(c, 2);
  return { keyName: second === undefined ? undefined : first, valueName: second ?? first };
}
