/** Expressions. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions */
import { MAX_NESTING } from "../limits.ts";
import { readCall, readObject, readTuple } from "./collections.ts";
import { type Cursor, enter, expect, fail, isAt, isColon, nameAt, skip, take, takeName, tooDeep } from "./cursor.ts";
import { readHeredoc, readQuoted } from "./strings.ts";
import type { BinaryOperator, Expression } from "./tree.ts";

/** An expression: a choice, or an operation. */
export function readExpression(c: Cursor): Expression {
  enter(c);
  skip(c);
  const start = c.at;
  let result = readOperation(c, 1);
  if (isAt(c, "?")) {
    take(c, 1);
    const yes = readExpression(c);
    skip(c);
    if (!isColon(c)) fail(c, "a conditional expression has no colon and second result");
    take(c, 1);
    const no = readExpression(c);
    result = { kind: "conditional", condition: result, yes, no, at: c.place(start, c.end) };
  }
  c.depth--;
  return result;
}

/** Operands with operators at least so strong between them, the left ones first. Blanks behind it are gone over. */
function readOperation(c: Cursor, weakest: number): Expression {
  const before = c.peak;
  c.peak = c.depth;
  skip(c);
  const start = c.at;
  let left = readTerm(c);
  for (;;) {
    skip(c);
    const operator = operatorAt(c);
    const strength = operator === undefined ? 0 : strengthOf(operator);
    if (operator === undefined || strength < weakest) break;
    take(c, operator.length);
    // All that is before an operator is a level deeper with it.
    const deepest = c.peak;
    c.peak = c.depth;
    const right = readOperation(c, strength + 1);
    c.peak = Math.max(deepest, c.peak) + 1;
    if (c.peak > MAX_NESTING) tooDeep(c);
    left = { kind: "binary", operator, left, right, at: c.place(start, c.end) };
  }
  c.peak = Math.max(before, c.peak);
  return left;
}

const OPERATOR = /\|\||&&|[=!<>]=|[<>+\-*/%]/y;

function operatorAt(c: Cursor): BinaryOperator | undefined {
  const code = c.text.charCodeAt(c.at);
  // Most expressions end here: with a line, a comma or a bracket.
  if (code === 10 || code === 44 || code === 41 || code === 93 || code === 125) return undefined;
  OPERATOR.lastIndex = c.at;
  if (!OPERATOR.test(c.text) || heredocAt(c)) return undefined;
  return c.text.slice(c.at, OPERATOR.lastIndex) as BinaryOperator;
}

function strengthOf(operator: BinaryOperator): number {
  switch (operator) {
    case "||":
      return 1;
    case "&&":
      return 2;
    case "==":
    case "!=":
      return 3;
    case "+":
    case "-":
      return 5;
    case "*":
    case "/":
    case "%":
      return 6;
    default:
      return 4;
  }
}

/** A value, and the attributes, indexes and splats behind it. */
function readTerm(c: Cursor): Expression {
  const start = c.at;
  const code = c.text.charCodeAt(start);
  if (code !== 45 && code !== 33) return readSteps(c, readPrimary(c), start);
  if (code === 33 && c.text.charCodeAt(start + 1) === 61) fail(c, NO_EXPRESSION);
  enter(c);
  take(c, 1);
  skip(c);
  const operand = readTerm(c);
  c.depth--;
  return { kind: "unary", operator: code === 45 ? "-" : "!", operand, at: c.place(start, c.end) };
}

const NO_EXPRESSION = "an expression is missing";

function readPrimary(c: Cursor): Expression {
  const { at, text } = c;
  const code = text.charCodeAt(at);
  switch (code) {
    case 34:
      return readQuoted(c);
    case 40:
      return readParentheses(c);
    case 91:
      return readTuple(c);
    case 123:
      return readObject(c);
    case 60: {
      const heredoc = heredocAt(c);
      return heredoc ? readHeredoc(c, heredoc) : fail(c, NO_EXPRESSION);
    }
  }
  if (code >= 48 && code <= 57) {
    const digits = takeNumber(c);
    return { kind: "number", digits, at: c.place(at, c.end) };
  }
  const name = nameAt(c) ?? fail(c, NO_EXPRESSION);
  take(c, name.length);
  const { end } = c;
  skip(c);
  if (isAt(c, "(") || isAt(c, "::")) return readCall(c, name, at);
  if (name === "true" || name === "false") return { kind: "boolean", value: name === "true", at: c.place(at, end) };
  return name === "null" ? { kind: "null", at: c.place(at, end) } : { kind: "variable", name, at: c.place(at, end) };
}

function readParentheses(c: Cursor): Expression {
  const { lines } = c;
  take(c, 1);
  c.lines = true;
  const result = readExpression(c);
  expect(c, ")", "a parenthesis is not closed");
  c.lines = lines;
  return result;
}

const HEREDOC = /<<(-?)([A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)\r?\n/y;

/** The start of a heredoc that stands here: its dash and its marker. */
function heredocAt(c: Cursor): RegExpExecArray | undefined {
  if (!isAt(c, "<<")) return undefined;
  HEREDOC.lastIndex = c.at;
  return HEREDOC.exec(c.text) ?? undefined;
}

/** As Terraform cuts text into tokens, a number goes on over any dots and exponents. */
const NUMBER = /\d(?:\.*(?:\d|[eE][+-]?\d))*/y;
/** An exponent of ten digits is too much for Terraform. */
const VALID_NUMBER = /^\d+(?:\.\d*)?(?:[eE][+-]?0*\d{1,9})?$/;

function takeNumber(c: Cursor): string {
  NUMBER.lastIndex = c.at;
  NUMBER.test(c.text);
  const digits = c.text.slice(c.at, NUMBER.lastIndex);
  if (!VALID_NUMBER.test(digits)) fail(c, "a number is not one", c.at, NUMBER.lastIndex);
  take(c, digits.length);
  return digits;
}

/**
 * Reads the attributes, indexes and splats after an expression. A full splat applies everything after it to its items;
 * an attribute splat only the attributes and numbers directly after it.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#splat-operators
 */
function readSteps(c: Cursor, source: Expression, start: number): Expression {
  let result = source;
  for (;;) {
    skip(c);
    const code = c.text.charCodeAt(c.at);
    if (code === 46) {
      if (isAt(c, "...")) return result;
      take(c, 1);
      skip(c);
      result = isAt(c, "*") ? readAttributeSplat(c, result, start) : readAttribute(c, result, start);
    } else if (code === 91) {
      take(c, 1);
      skip(c);
      if (isAt(c, "*")) return readFullSplat(c, result, start);
      result = readIndex(c, result, start);
    } else return result;
    if (++c.peak > MAX_NESTING) tooDeep(c);
  }
}

const LEGACY_CHAIN = "two indexes in the old syntax can't follow each other; write [0][1] instead of .0.1";

/** What is behind a dot that was taken: a name, or a number as it was written for an index once. */
function readAttribute(c: Cursor, source: Expression, start: number): Expression {
  const code = c.text.charCodeAt(c.at);
  if (code >= 48 && code <= 57) {
    const dot = c.end - 1;
    const digits = takeNumber(c);
    if (digits.includes(".")) fail(c, LEGACY_CHAIN, dot, c.end);
    return {
      kind: "index",
      source,
      key: { kind: "number", digits, at: c.place(dot, c.end) },
      at: c.place(start, c.end),
    };
  }
  const name = takeName(c, "a name is missing behind a dot");
  return { kind: "attribute", source, name, at: c.place(start, c.end) };
}

function readAttributeSplat(c: Cursor, source: Expression, start: number): Expression {
  take(c, 1);
  let each: Expression = { kind: "item", at: c.place(start, c.end) };
  for (skip(c); isAt(c, ".") && !isAt(c, "..."); skip(c)) {
    take(c, 1);
    skip(c);
    each = readAttribute(c, each, start);
    if (++c.peak > MAX_NESTING) tooDeep(c);
  }
  return { kind: "splat", source, each, at: c.place(start, c.end) };
}

function readFullSplat(c: Cursor, source: Expression, start: number): Expression {
  take(c, 1);
  expect(c, "]", "a bracket is not closed");
  enter(c);
  const each = readSteps(c, { kind: "item", at: c.place(start, c.end) }, start);
  c.depth--;
  return { kind: "splat", source, each, at: c.place(start, c.end) };
}

function readIndex(c: Cursor, source: Expression, start: number): Expression {
  const { lines } = c;
  c.lines = true;
  const key = readExpression(c);
  expect(c, "]", "a bracket is not closed");
  c.lines = lines;
  return { kind: "index", source, key, at: c.place(start, c.end) };
}
