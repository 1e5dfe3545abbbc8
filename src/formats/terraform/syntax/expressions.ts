/** From the concrete syntax tree to expressions. Mends where the grammar reads something else than Terraform does. */
import { readCall, readConditional, readFor, readObject, readOperation } from "./constructs.ts";
import type { RawNode } from "./grammar.ts";
import type { Origin } from "./origin.ts";
import { type Reading, readTemplate, type TemplateStyle } from "./templates.ts";
import type { Expression, TemplatePart } from "./tree.ts";

/** Deeper nesting than any written file has; it keeps the reader, and the evaluator after it, from running out of stack. */
export const MAX_NESTING = 200;

export type Complain = (start: number, end: number, why: string) => Expression;

/** A reader of expressions of one text. `complain` makes the expression for what can't be understood, and notes the problem. */
export function expressionReader(origin: Origin, complain: Complain): Reading {
  let depth = 0;
  const reading: Reading = {
    origin,
    invalid: complain,
    expression: (node) => {
      if (depth >= MAX_NESTING)
        return complain(node.start, node.end, `it is nested more than ${MAX_NESTING} levels deep`);
      depth++;
      try {
        return node.type === "ERROR" ? unreadable(reading, node) : readTerm(reading, meaningful(node.children), node);
      } finally {
        depth--;
      }
    },
  };
  return reading;
}

/** The text at fault is not quoted: it may be a secret. */
export function unreadable({ invalid }: Reading, node: RawNode): Expression {
  return invalid(node.start, node.end, "it has a syntax error");
}

export function meaningful(nodes: readonly RawNode[]): readonly RawNode[] {
  return nodes.some((node) => node.type === "comment") ? nodes.filter((node) => node.type !== "comment") : nodes;
}

export function sourceOf(reading: Reading, node: RawNode): string {
  return reading.origin.text.slice(node.start, node.end);
}

/** A primary expression and the index, attribute and splat operators after it. `whole` is the node for complaints. */
function readTerm(reading: Reading, nodes: readonly RawNode[], whole: RawNode): Expression {
  const [first] = nodes;
  if (first === undefined || nodes.some((node) => node.type === "ERROR")) return unreadable(reading, whole);
  if (first.type === "(") {
    const [, content] = nodes;
    if (content?.type !== "expression") return unreadable(reading, whole);
    return readSteps(reading, reading.expression(content), first.start, flatten(nodes.slice(3)), 0);
  }
  return readSteps(reading, readPrimary(reading, first), first.start, flatten(nodes.slice(1)), 0);
}

/** The operators in a row, with what the grammar puts inside a splat behind it. */
function flatten(nodes: readonly RawNode[]): readonly RawNode[] {
  return nodes.flatMap((node) => {
    if (node.type !== "splat" && node.type !== "index") return [node];
    const [kind] = node.children;
    return kind === undefined ? [] : node.type === "index" ? [kind] : [kind, ...flatten(kind.children.slice(1))];
  });
}

/**
 * Applies the operators from `from` on. A full splat takes all that follow it for its items; an attribute splat only the attributes
 * and numbers right behind it. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#splat-operators
 */
function readSteps(
  reading: Reading,
  start: Expression,
  startOffset: number,
  steps: readonly RawNode[],
  from: number,
): Expression {
  let result = start;
  for (let index = from; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined) break;
    const at = reading.origin.place(startOffset, step.end);
    if (step.type === "full_splat") {
      const end = steps.at(-1)?.end ?? step.end;
      const each = readSteps(reading, { kind: "item", at }, startOffset, steps, index + 1);
      return { kind: "splat", source: result, each, at: reading.origin.place(startOffset, end) };
    }
    if (step.type === "attr_splat") {
      let next = index + 1;
      while (steps[next]?.type === "get_attr" || steps[next]?.type === "legacy_index") next++;
      const each = readSteps(reading, { kind: "item", at }, startOffset, steps.slice(0, next), index + 1);
      const end = steps[next - 1]?.end ?? step.end;
      result = { kind: "splat", source: result, each, at: reading.origin.place(startOffset, end) };
      index = next - 1;
    } else if (step.type === "legacy_index" && steps[index - 1]?.type === "legacy_index") {
      result = reading.invalid(startOffset, step.end, LEGACY_CHAIN);
    } else result = readStep(reading, result, step, startOffset);
  }
  return result;
}

const LEGACY_CHAIN =
  "When using the legacy index syntax, chaining two indexes together is not permitted. Use the proper index syntax instead, like [0][1].";

function readStep(reading: Reading, source: Expression, step: RawNode, startOffset: number): Expression {
  const at = reading.origin.place(startOffset, step.end);
  const [, second] = step.children;
  if (step.type === "get_attr" && second !== undefined) {
    return { kind: "attribute", source, name: sourceOf(reading, second), at };
  }
  if (step.type === "legacy_index") {
    const digits = sourceOf(reading, step).replace(/\D/g, "");
    return {
      kind: "index",
      source,
      key: { kind: "number", digits, at: reading.origin.place(step.start, step.end) },
      at,
    };
  }
  if (step.type === "new_index" && second?.type === "expression") {
    return { kind: "index", source, key: reading.expression(second), at };
  }
  return unreadable(reading, step);
}

function readPrimary(reading: Reading, node: RawNode): Expression {
  const at = reading.origin.place(node.start, node.end);
  const [first] = node.children;
  switch (node.type) {
    case "literal_value":
      return first === undefined ? unreadable(reading, node) : readLiteral(reading, first);
    case "template_expr":
      return first === undefined ? unreadable(reading, node) : readString(reading, first);
    case "variable_expr":
      return { kind: "variable", name: sourceOf(reading, node), at };
    case "collection_value":
      if (first === undefined || node.broken) return unreadable(reading, node);
      return first.type === "tuple"
        ? { kind: "tuple", items: expressionsOf(reading, first), at }
        : readObject(reading, first);
    case "function_call":
      return readCall(reading, node);
    case "for_expr":
      return first === undefined ? unreadable(reading, node) : readFor(reading, first);
    case "conditional":
      return readConditional(reading, node);
    case "operation":
      return first === undefined ? unreadable(reading, node) : readOperation(reading, first);
    default:
      return unreadable(reading, node);
  }
}

export function expressionsOf(reading: Reading, node: RawNode): readonly Expression[] {
  return node.children.flatMap((child) => (child.type === "expression" ? [reading.expression(child)] : []));
}

function readLiteral(reading: Reading, node: RawNode): Expression {
  const at = reading.origin.place(node.start, node.end);
  switch (node.type) {
    case "numeric_lit": {
      const digits = sourceOf(reading, node);
      return digits.startsWith("0x") ? unreadable(reading, node) : { kind: "number", digits, at };
    }
    case "bool_lit":
      return { kind: "boolean", value: sourceOf(reading, node) === "true", at };
    case "null_lit":
      return { kind: "null", at };
    default:
      return readString(reading, node);
  }
}

/** A quoted string or a heredoc. */
export function readString(reading: Reading, node: RawNode): Expression {
  const { text } = reading.origin;
  const { children } = node;
  if (node.broken) return unreadable(reading, node);
  if (node.type !== "heredoc_template") {
    const start = children[0]?.end ?? node.start;
    const end = children.at(-1)?.start ?? node.end;
    const parts = readTemplate(reading, children, start, end, "quoted");
    const lineBreak = children.some((child) => child.type === "template_literal" && hasLineBreak(text, child));
    if (lineBreak) return reading.invalid(node.start, node.end, "a quoted string must not go over the end of its line");
    return templateOf(reading, parts, node.start, node.end);
  }
  const [opening, name] = children;
  const closing = children.at(-1);
  if (opening === undefined || name === undefined || closing === undefined) return unreadable(reading, node);
  const start = text.indexOf("\n", name.end) + 1;
  const end = text.lastIndexOf("\n", closing.start - 1) + 1;
  const style: TemplateStyle = sourceOf(reading, opening) === "<<-" ? "flush" : "heredoc";
  return templateOf(reading, readTemplate(reading, children, start, end, style), node.start, node.end);
}

function hasLineBreak(text: string, node: RawNode): boolean {
  const found = text.indexOf("\n", node.start);
  return found >= 0 && found < node.end;
}

/** The string of the parts; a single interpolation and nothing else is the value itself. */
export function templateOf(reading: Reading, parts: readonly TemplatePart[], start: number, end: number): Expression {
  const at = reading.origin.place(start, end);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "interpolation") return { kind: "wrap", expression: only.expression, at };
  return { kind: "template", parts, at };
}
