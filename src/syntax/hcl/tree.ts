/**
 * Terraform's language as a small typed tree, the same for `.tf` files, `.tf.json` files and templates.
 *
 * Every node knows its place. Text that can't be understood is an `invalid` expression with the reason; the rest of the
 * file is kept.
 */

import type { Place } from "../../source.ts";

/**
 * A run of literal text in a template. `at` is where it is written: as long as the text when it is there character
 * for character, else (an escape sequence, text that had to be normalised) the range that the whole run comes from.
 */
export interface Chunk {
  readonly text: string;
  readonly at: Place;
}

export interface TextPart {
  readonly kind: "text";
  readonly chunks: readonly Chunk[];
}
export interface InterpolationPart {
  readonly kind: "interpolation";
  readonly expression: Expression;
  readonly at: Place;
}
export interface IfPart {
  readonly kind: "if";
  readonly condition: Expression;
  readonly yes: readonly TemplatePart[];
  readonly no: readonly TemplatePart[];
  readonly at: Place;
}
export interface ForPart {
  readonly kind: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
  readonly at: Place;
}
export type TemplatePart = TextPart | InterpolationPart | IfPart | ForPart;

/** A string: quoted, heredoc, or a whole template file. One without parts is the empty string. */
export interface TemplateExpression {
  readonly kind: "template";
  readonly parts: readonly TemplatePart[];
  readonly at: Place;
}
/** `"${expression}"` and nothing else: the value itself, of whatever type. */
export interface WrapExpression {
  readonly kind: "wrap";
  readonly expression: Expression;
  readonly at: Place;
}
export interface NullExpression {
  readonly kind: "null";
  readonly at: Place;
}
export interface BooleanExpression {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly at: Place;
}
/** `digits` is the number as it is written. */
export interface NumberExpression {
  readonly kind: "number";
  readonly digits: string;
  readonly at: Place;
}
export interface TupleExpression {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
  readonly at: Place;
}
/** A bare identifier as key is the template of its name; a key in parentheses is any expression. */
export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
}
export interface ObjectExpression {
  readonly kind: "object";
  readonly items: readonly ObjectItem[];
  readonly at: Place;
}
/** The start of a reference: `var`, `local`, `aws_iam_role`, the name of a for-expression's variable. */
export interface VariableExpression {
  readonly kind: "variable";
  readonly name: string;
  readonly at: Place;
}
export interface AttributeExpression {
  readonly kind: "attribute";
  readonly source: Expression;
  readonly name: string;
  readonly at: Place;
}
export interface IndexExpression {
  readonly kind: "index";
  readonly source: Expression;
  readonly key: Expression;
  readonly at: Place;
}
/** `source[*].steps` or `source.*.steps`: `each` is evaluated with every item as `item`. */
export interface SplatExpression {
  readonly kind: "splat";
  readonly source: Expression;
  readonly each: Expression;
  readonly at: Place;
}
export interface ItemExpression {
  readonly kind: "item";
  readonly at: Place;
}
/** `expand` is true for `f(list...)`. `name` has its namespace: `provider::aws::arn_parse`. */
export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly expand: boolean;
  readonly at: Place;
}
export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
  readonly at: Place;
}
export type BinaryOperator = "||" | "&&" | "==" | "!=" | ">" | ">=" | "<" | "<=" | "+" | "-" | "*" | "/" | "%";
export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: Place;
}
export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "-" | "!";
  readonly operand: Expression;
  readonly at: Place;
}
/** `[for k, v in c : result if condition]`; with `key`, `{for k, v in c : key => result... if condition}`. */
export interface ForExpression {
  readonly kind: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly key: Expression | undefined;
  readonly result: Expression;
  readonly condition: Expression | undefined;
  readonly group: boolean;
  readonly at: Place;
}
/** What could not be read. `why` completes "cannot be decided: …". */
export interface InvalidExpression {
  readonly kind: "invalid";
  readonly why: string;
  readonly at: Place;
}

export type Expression =
  | TemplateExpression
  | WrapExpression
  | NullExpression
  | BooleanExpression
  | NumberExpression
  | TupleExpression
  | ObjectExpression
  | VariableExpression
  | AttributeExpression
  | IndexExpression
  | SplatExpression
  | ItemExpression
  | CallExpression
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression
  | ForExpression
  | InvalidExpression;

/**
 * `name = value`. `at` is all of it, `nameAt` the name. `quoted`: the name is in quotes, as Terraform 0.11 accepted;
 * its object is then a block or a value, as in JSON.
 */
export interface Attribute {
  readonly name: string;
  readonly nameAt: Place;
  readonly value: Expression;
  readonly at: Place;
  readonly quoted?: true;
}
export interface Label {
  readonly name: string;
  readonly at: Place;
}
/** `type "label" … { body }`. */
export interface Block {
  readonly type: string;
  readonly typeAt: Place;
  readonly labels: readonly Label[];
  readonly body: Body;
  readonly at: Place;
}
/**
 * What is between braces, or a whole file. In a body read from JSON an object can be an attribute or blocks, which
 * only the asker knows: such a body has attributes alone, and `json` is true. Ask with `attributeOf` and `blocksOf`
 * (`body.ts`). `broken` is why a part of it could not be read: what it lacks may have been written.
 */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly json: boolean;
  readonly broken?: string;
  readonly at: Place;
}

/** The plain string that an expression is written as, undefined when anything in it is computed. */
export function literalString(expression: Expression): string | undefined {
  if (expression.kind !== "template") return undefined;
  let text = "";
  for (const part of expression.parts) {
    if (part.kind !== "text") return undefined;
    for (const chunk of part.chunks) text += chunk.text;
  }
  return text;
}
