import { isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type {
  AttributeExpression,
  Expression,
  IndexExpression,
  SplatExpression,
  VariableExpression,
} from "../../../../syntax/hcl/tree.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context, Step } from "./context.ts";
import { derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { attributeOf, behind, indexOf, spellStep } from "./parts.ts";
import { inOrderOf } from "./sets.ts";
import { optionalFrom } from "./sides.ts";
import { sameType } from "./types.ts";
import { unknownValue } from "./unknown.ts";
import { type TerraformList, type TerraformUnknown, type TerraformValue, typeOf, withMarks } from "./values.ts";

function bound(context: Context, name: string): TerraformValue | undefined {
  for (let bindings = context.bindings; bindings !== undefined; bindings = bindings.outer) {
    if (bindings.name === name) return bindings.value;
  }
  return undefined;
}

export function evaluateVariable(expression: VariableExpression, context: Context): TerraformValue {
  const value = bound(context, expression.name);
  return value === undefined ? resolve(expression, [], expression.at, context) : placed(value, expression.at);
}

/** An attribute or index. A chain that starts at a free name goes to the scope as a whole. */
export function evaluateIndexOrAttribute(
  expression: AttributeExpression | IndexExpression,
  context: Context,
): TerraformValue {
  const chain: (AttributeExpression | IndexExpression)[] = [];
  let root: Expression = expression;
  while (root.kind === "attribute" || root.kind === "index") {
    chain.push(root);
    root = root.source;
  }
  chain.reverse();
  const steps = chain.map(
    (step): Step =>
      step.kind === "attribute"
        ? { kind: "attribute", name: step.name, at: step.at }
        : { kind: "index", key: evaluateIn(step.key, context), at: step.at },
  );
  if (root.kind === "variable" && bound(context, root.name) === undefined) {
    return resolve(root, steps, expression.at, context);
  }
  return placed(take(evaluateIn(root, context), steps), expression.at);
}

/**
 * A value that is written nowhere gets the place of the reference: an unknown, or a string with holes that a provider
 * makes. A value that is written somewhere, in full or as a template, keeps its place.
 */
function placed(value: TerraformValue, at: Place): TerraformValue {
  const written = value.kind === "text" && (isLiteral(value.value) || value.pieces || value.offsets || value.json);
  return value.kind === "unknown" || (value.kind === "text" && !written) ? { ...value, at } : value;
}

function resolve(root: VariableExpression, steps: readonly Step[], at: Place, context: Context): TerraformValue {
  const found = context.setting.scope({ root: root.name, rootAt: root.at, steps, at });
  if (found !== undefined) return placed(take(found.value, steps.slice(found.used)), at);
  const name = spell(root.name, steps);
  const unit = at.file.path;
  const last = steps.findLast((step) => step.kind === "attribute")?.name ?? root.name;
  const about = { words: name, term: last, unit, cause: { kind: "undeclared", name, unit } } as const;
  return unknownValue(`${name}@${unit}`, about, at);
}

/** A reference as it is written, without what is computed in it. */
function spell(root: string, steps: readonly Step[]): string {
  return root + steps.map(spellStep).join("");
}

/** Follows steps from a value. @throws Complaint */
export function take(start: TerraformValue, steps: readonly Step[]): TerraformValue {
  let value = start;
  for (const step of steps) {
    value = step.kind === "attribute" ? attributeOf(value, step.name, step.at) : indexOf(value, step.key, step.at);
  }
  return value;
}

/** `[*]` and `.*`: the same for every item. Something that is no list is a list of one, null an empty one. */
export function evaluateSplat(expression: SplatExpression, context: Context): TerraformValue {
  const source = evaluateIn(expression.source, context);
  const { at } = expression;
  if (source.kind === "null" && (source.type === undefined || !["list", "set", "tuple"].includes(source.type.is))) {
    return { kind: "list", items: [], at };
  }
  if (source.kind === "null") throw new Complaint("null");
  if (source.kind === "unknown") {
    const item = evaluateIn(expression.each, { ...context, item: behind(source, { spelled: "[*]", key: null }, at) });
    const several = item.kind === "unknown" ? item : derived("each", [item], at);
    return withMarks({ kind: "list", items: [{ ...several, several: true }], at }, [source]);
  }
  if (source.kind !== "list") {
    return withMarks({ kind: "list", items: [evaluateIn(expression.each, { ...context, item: source })], at }, [
      source,
    ]);
  }
  spend(context.setting.budget, source.items.length);
  const items = source.items.map((item) => {
    if (item.kind !== "unknown" || !item.several) return evaluateIn(expression.each, { ...context, item });
    const value = evaluateIn(expression.each, { ...context, item: item.like ?? item });
    const each = item.like ? optionalFrom(item, derived("each", [item, value], at), value) : several(value, at);
    return item.every ? { ...each, every: evaluateIn(expression.each, { ...context, item: item.every }) } : each;
  });
  const result = inOrderOf([source], splatResult(source, items, expression, context));
  return withMarks(spendValue(context.setting.budget, result), [source]);
}

function several(value: TerraformValue, at: Place): TerraformUnknown {
  return { ...(value.kind === "unknown" ? value : derived("each", [value], at)), several: true };
}

/** A list or set gives a list, a tuple a tuple. */
function splatResult(
  source: TerraformList,
  items: readonly TerraformValue[],
  expression: SplatExpression,
  context: Context,
): TerraformList {
  const { at } = expression;
  const [first] = items;
  if (source.collection === undefined) return { kind: "list", items, at };
  if (first === undefined) {
    const example: TerraformUnknown = {
      kind: "unknown",
      name: "item",
      at,
      type: source.element ?? { is: "any" },
    };
    const type = typeOf(evaluateIn(expression.each, { ...context, item: example }));
    return { kind: "list", items, collection: "list", element: type, at };
  }
  const element = typeOf(first);
  const alike = items.every((item) => sameType(typeOf(item), element));
  return alike ? { kind: "list", items, collection: "list", element, at } : { kind: "list", items, at };
}
