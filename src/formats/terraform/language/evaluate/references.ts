import { isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type {
  AttributeExpression,
  Expression,
  IndexExpression,
  SplatExpression,
  VariableExpression,
} from "../../../../syntax/hcl/tree.ts";
import { integerOf } from "./arithmetic.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context, Step } from "./context.ts";
import { convert, convertToText } from "./convert.ts";
import { chooserBy, derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { inOrderOf, isOrdered } from "./sets.ts";
import { eitherOf, onSides, onSidesOfList, optionalFrom, sidesOf, underKey } from "./sides.ts";
import { keyOf } from "./text.ts";
import { NUMBER, sameType } from "./types.ts";
import { markOfPart, type PartStep, partOf, unknownValue } from "./unknown.ts";
import {
  causeIn,
  entryOf,
  isSeveral,
  marked,
  type TerraformList,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
  textOf,
  typeOf,
  weightOf,
  withMarks,
} from "./values.ts";

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

function spellStep(step: Step): string {
  if (step.kind === "attribute") return `.${step.name}`;
  const { key } = step;
  if (key.kind === "number") return `[${key.value}]`;
  return key.kind === "text" && isLiteral(key.value) ? `["${key.value}"]` : "[…]";
}

/** Follows steps from a value. @throws Complaint */
export function take(start: TerraformValue, steps: readonly Step[]): TerraformValue {
  let value = start;
  for (const step of steps) {
    value = step.kind === "attribute" ? attributeOf(value, step.name, step.at) : indexOf(value, step.key, step.at);
  }
  return value;
}

/** What is behind a step from something unknown. */
function behind(value: TerraformUnknown, step: PartStep, at: Place): TerraformUnknown {
  const { unread, sensitive, fault } = value;
  if (unread && step.key !== null && step.spelled.startsWith(".")) return unread(step.key, at);
  return {
    kind: "unknown",
    name: partOf(value.name, step),
    at,
    ...(fault && { fault }),
    ...(sensitive && { sensitive: markOfPart(sensitive, step) }),
    ...(unread && { unread: (name, at, index = "") => unread(name, at, `${step.spelled}${index}`) }),
  };
}

function attributeStep(name: string): PartStep {
  return { spelled: `.${name}`, key: name };
}

/** A part of something: marked as the whole is, unless it has a mark of its own. */
function withMarkBehind(part: TerraformValue, whole: TerraformValue, step: PartStep): TerraformValue {
  return part.sensitive || !whole.sensitive ? part : marked(part, markOfPart(whole.sensitive, step));
}

/** `value.name`. @throws Complaint when there can be no such attribute */
export function attributeOf(value: TerraformValue, name: string, at: Place): TerraformValue {
  switch (value.kind) {
    case "unknown":
      return behind(value, attributeStep(name), at);
    case "null":
      throw new Complaint("null");
    case "object": {
      const found = underKey(value, textOf(name, at), at);
      if (found !== undefined) return withMarkBehind(found, value, attributeStep(name));
      if (value.unread) return value.unread(name, at);
      if (value.open !== undefined) return derived(`attribute ${name}`, [value], at, value.element, value.open);
      throw new Complaint("missing");
    }
    case "list":
      throw new Complaint("type");
    default:
      throw new Complaint("type");
  }
}

/** `value[key]`. @throws Complaint */
export function indexOf(value: TerraformValue, key: TerraformValue, at: Place): TerraformValue {
  if (value.kind === "null") throw new Complaint("null");
  if (key.kind === "null") throw new Complaint("null");
  if (value.kind === "unknown") {
    const step = key.kind === "number" || key.kind === "text" ? spellStep({ kind: "index", key, at }) : "[…]";
    if (step === "[…]") return derived("element", [value, key], at);
    return behind(value, { spelled: step, key: key.kind === "text" ? key.value : null }, at);
  }
  if (value.kind === "list") return itemAt(value, key, at);
  if (value.kind === "object") return valueAt(value, key, at);
  throw new Complaint("type");
}

function itemAt(value: TerraformList, key: TerraformValue, at: Place): TerraformValue {
  if (value.collection === "set") {
    throw new Complaint("type");
  }
  const { unordered } = value;
  if (unordered && !isOrdered(value)) return derived("element", [value, key], at, value.element, causeIn(unordered));
  const number = convert(key, NUMBER);
  if (number.kind !== "number") return derived("element", [value, key], at, value.element);
  const index = integerOf(number);
  if (index === undefined) {
    throw new Complaint("range");
  }
  if (index < 0) throw new Complaint("missing");
  const before = value.items.slice(0, index + 1);
  if (isSeveral({ ...value, items: before })) {
    const unknown = derived("element", [value, key], at, value.element);
    return onSidesOfList(value, (side) => itemAt(side, key, at), unknown);
  }
  const found = value.items[index];
  if (found !== undefined) return withMarkBehind(found, value, { spelled: `[${index}]`, key: null });
  if (isSeveral(value)) return derived("element", [value, key], at, value.element);
  throw new Complaint("missing");
}

/** The values of a larger map are not compared, since each reference would do so again. */
const MAX_JOINED = 5_000;

function valueAt(value: TerraformObject, key: TerraformValue, at: Place): TerraformValue {
  const text = convertToText(key);
  if (text.kind !== "text" || !isLiteral(text.value)) {
    const name = keyOf(text);
    const same = name === undefined ? undefined : entryOf(value, name);
    if (same !== undefined) return same.value;
    const one = derived("element", [value, key], at, value.element);
    if (weightOf(value) > MAX_JOINED) return one;
    const sides = value.open === undefined ? sidesOf(text) : undefined;
    if (sides) return onSides(sides, (side) => valueAt(value, side, at), one);
    return value.open === undefined
      ? eitherOf(
          value.entries.map((entry) => entry.value),
          one,
          chooserBy(
            text,
            value.entries.map((entry) => entry.key),
          ),
        )
      : one;
  }
  const found = underKey(value, text, at);
  if (found !== undefined)
    return withMarkBehind(found, value, { spelled: `[${JSON.stringify(text.value)}]`, key: text.value });
  if (value.unread) return value.unread(text.value, at);
  if (value.open !== undefined) return derived(`attribute ${text.value}`, [value], at, value.element, value.open);
  throw new Complaint("missing");
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
