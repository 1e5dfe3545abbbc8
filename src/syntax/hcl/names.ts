/** Which names an expression asks of its surroundings. */
import type { Place } from "../../source.ts";
import type { Expression, TemplatePart } from "./tree.ts";

export interface FreeName {
  readonly name: string;
  readonly at: Place;
}

/** The first words of references that nothing inside the expression binds, in order, each once. */
export function freeNames(expression: Expression): readonly FreeName[] {
  const found = new Map<string, FreeName>();
  collect(expression, new Set(), found);
  return [...found.values()];
}

function collect(expression: Expression, bound: ReadonlySet<string>, found: Map<string, FreeName>): void {
  const visit = (inner: Expression) => collect(inner, bound, found);
  switch (expression.kind) {
    case "variable":
      if (!bound.has(expression.name) && !found.has(expression.name)) {
        found.set(expression.name, { name: expression.name, at: expression.at });
      }
      break;
    case "template":
      for (const part of expression.parts) collectPart(part, bound, found);
      break;
    case "wrap":
      visit(expression.expression);
      break;
    case "tuple":
      expression.items.forEach(visit);
      break;
    case "object":
      for (const item of expression.items) {
        visit(item.key);
        visit(item.value);
      }
      break;
    case "attribute":
      visit(expression.source);
      break;
    case "index":
      visit(expression.source);
      visit(expression.key);
      break;
    case "splat":
      visit(expression.source);
      visit(expression.each);
      break;
    case "call":
      expression.arguments.forEach(visit);
      break;
    case "conditional":
      visit(expression.condition);
      visit(expression.yes);
      visit(expression.no);
      break;
    case "binary":
      visit(expression.left);
      visit(expression.right);
      break;
    case "unary":
      visit(expression.operand);
      break;
    case "for": {
      visit(expression.collection);
      const inner = withNames(bound, expression);
      for (const part of [expression.key, expression.result, expression.condition]) {
        if (part !== undefined) collect(part, inner, found);
      }
      break;
    }
  }
}

function collectPart(part: TemplatePart, bound: ReadonlySet<string>, found: Map<string, FreeName>): void {
  switch (part.kind) {
    case "text":
      break;
    case "interpolation":
      collect(part.expression, bound, found);
      break;
    case "if":
      collect(part.condition, bound, found);
      for (const inner of [...part.yes, ...part.no]) collectPart(inner, bound, found);
      break;
    case "for": {
      collect(part.collection, bound, found);
      const names = withNames(bound, part);
      for (const inner of part.body) collectPart(inner, names, found);
      break;
    }
  }
}

function withNames(
  bound: ReadonlySet<string>,
  { keyName, valueName }: { readonly keyName: string | undefined; readonly valueName: string },
): ReadonlySet<string> {
  return new Set([...bound, valueName, ...(keyName === undefined ? [] : [keyName])]);
}
