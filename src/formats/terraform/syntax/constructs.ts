/** Objects, calls, `for`, conditionals and operators, from the concrete syntax tree. */
import { expressionsOf, MAX_NESTING, meaningful, sourceOf, unreadable } from "./expressions.ts";
import type { RawNode } from "./grammar.ts";
import type { Reading } from "./templates.ts";
import type { BinaryOperator, Expression, ObjectItem } from "./tree.ts";

export function readObject(reading: Reading, node: RawNode): Expression {
  const elements = node.children.filter((child) => child.type === "object_elem");
  const crowded = elements.findIndex((element, index) => {
    const before = elements[index - 1];
    return before !== undefined && !/[,\n]/.test(reading.origin.text.slice(before.end, element.start));
  });
  if (crowded > 0) return unreadable(reading, node);
  const items = elements.flatMap((child) => readItem(reading, child));
  return { kind: "object", items, at: reading.origin.place(node.start, node.end) };
}

/** One item of an object. A bare word is the key of that name, and so are `true`, `false` and `null`. */
function readItem(reading: Reading, node: RawNode): readonly ObjectItem[] {
  const [key, value] = meaningful(node.children).filter((child) => child.type === "expression");
  if (key === undefined || value === undefined) return [];
  return [{ key: readKey(reading, key), value: reading.expression(value) }];
}

function readKey(reading: Reading, node: RawNode): Expression {
  const [first, second] = meaningful(node.children);
  const word = first?.type === "variable_expr" || isKeyword(first);
  if (first === undefined || !word) return reading.expression(node);
  if (second !== undefined) {
    // Not a problem of the file: `providers = { aws.east = aws }` is written so and never evaluated.
    const why = "a key with dots must be quoted, or put in parentheses to be a reference";
    return { kind: "invalid", why, at: reading.origin.place(node.start, node.end) };
  }
  const chunks = reading.origin.chunks(first.start, first.end);
  const at = reading.origin.place(node.start, node.end);
  return { kind: "template", parts: [{ kind: "text", chunks }], at };
}

function isKeyword(node: RawNode | undefined): boolean {
  const type = node?.type === "literal_value" ? node.children[0]?.type : undefined;
  return type === "bool_lit" || type === "null_lit";
}

export function readCall(reading: Reading, node: RawNode): Expression {
  const [name] = node.children;
  if (name === undefined || node.children.some((child) => child.type === "ERROR")) return unreadable(reading, node);
  const list = node.children.find((child) => child.type === "function_arguments");
  return {
    kind: "call",
    name: sourceOf(reading, name),
    arguments: list === undefined ? [] : expressionsOf(reading, list),
    expand: list?.children.at(-1)?.type === "ellipsis",
    at: reading.origin.place(node.start, node.end),
  };
}

export function readFor(reading: Reading, node: RawNode): Expression {
  const children = meaningful(node.children);
  const intro = children.find((child) => child.type === "for_intro");
  const guard = children.find((child) => child.type === "for_cond");
  const results = children.filter((child) => child.type === "expression");
  const collection = intro?.children.find((child) => child.type === "expression");
  const [first, second] = (intro?.children ?? []).filter((child) => child.type === "identifier");
  const condition = guard?.children.find((child) => child.type === "expression");
  const [one, two] = results;
  if (node.broken || collection === undefined || first === undefined || one === undefined) {
    return unreadable(reading, node);
  }
  return {
    kind: "for",
    keyName: second === undefined ? undefined : sourceOf(reading, first),
    valueName: sourceOf(reading, second ?? first),
    collection: reading.expression(collection),
    key: two === undefined ? undefined : reading.expression(one),
    result: reading.expression(two ?? one),
    condition: condition === undefined ? undefined : reading.expression(condition),
    group: children.some((child) => child.type === "ellipsis"),
    at: reading.origin.place(node.start, node.end),
  };
}

/** `a ? b : c ? d : e`, which the grammar reads as `(a ? b : c) ? d : e`, is `a ? b : (c ? d : e)`. */
export function readConditional(reading: Reading, node: RawNode): Expression {
  const links: { readonly yes: RawNode; readonly no: RawNode }[] = [];
  let condition: RawNode = node;
  for (let next: RawNode | undefined = node; next !== undefined; ) {
    const [first, yes, no]: readonly RawNode[] = next.children.filter((child) => child.type === "expression");
    if (first === undefined || yes === undefined || no === undefined) return unreadable(reading, next);
    links.unshift({ yes, no });
    condition = first;
    const inner: RawNode | undefined = first.children[0];
    next = first.children.length === 1 && inner?.type === "conditional" ? inner : undefined;
  }
  if (links.length > MAX_NESTING) return reading.invalid(node.start, node.end, "it has too many conditions in a row");
  const end = node.end;
  const conditions = [condition, ...links.map((link) => link.no)];
  let result: Expression | undefined;
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index];
    const test = conditions[index];
    if (link === undefined || test === undefined) break;
    const no = result ?? reading.expression(link.no);
    result = {
      kind: "conditional",
      condition: reading.expression(test),
      yes: reading.expression(link.yes),
      no,
      at: reading.origin.place(test.start, end),
    };
  }
  return result ?? unreadable(reading, node);
}

const OPERATORS: ReadonlySet<string> = new Set([
  ...["||", "&&", "==", "!=", ">", ">=", "<", "<=", "+", "-", "*", "/", "%"],
]);

export function readOperation(reading: Reading, node: RawNode): Expression {
  const children = meaningful(node.children);
  const at = reading.origin.place(node.start, node.end);
  if (node.type === "unary_operation") {
    const operator = children[0]?.type === "!" ? "!" : "-";
    return { kind: "unary", operator, operand: readOperand(reading, children.slice(1), node), at };
  }
  const index = children.findIndex((child) => OPERATORS.has(child.type));
  const operator = children[index];
  if (operator === undefined) return unreadable(reading, node);
  return {
    kind: "binary",
    operator: operator.type as BinaryOperator,
    left: readOperand(reading, children.slice(0, index), node),
    right: readOperand(reading, children.slice(index + 1), node),
    at,
  };
}

/** An operand is a term without a node of its own; it goes through `expression` so that its depth counts. */
function readOperand(reading: Reading, nodes: readonly RawNode[], whole: RawNode): Expression {
  const [first] = nodes;
  if (first === undefined) return unreadable(reading, whole);
  const end = nodes.at(-1)?.end ?? first.end;
  return reading.expression({ type: "expression", start: first.start, end, children: nodes, broken: whole.broken });
}
