import { isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type { ForExpression } from "../../../../syntax/hcl/tree.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context } from "./context.ts";
import { convert, convertToText } from "./convert.ts";
import { derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { BOOL, STRING } from "./types.ts";
import {
  causeOf,
  numberOf,
  sortedEntries,
  type TerraformEntry,
  type TerraformUnknown,
  type TerraformValue,
  textOf,
  typeOf,
  withMarks,
} from "./values.ts";

/** What a loop goes over. `rest` is there when there may be more elements than these. */
export interface Elements {
  readonly pairs: readonly { readonly key: TerraformValue; readonly value: TerraformValue }[];
  readonly rest: TerraformUnknown | undefined;
}

/**
 * The elements of a collection as `for` sees them.
 * @param keyed whether anybody looks at the keys; an item represents its key when nobody does
 * @throws Complaint for what can't be iterated
 */
export function elementsOf(collection: TerraformValue, at: Place, keyed = true): Elements {
  switch (collection.kind) {
    case "unknown":
      return { pairs: [], rest: collection };
    case "null":
      throw new Complaint("null");
    case "object": {
      const pairs = sortedEntries(collection).map(({ key, keyAt, value }) => ({ key: textOf(key, keyAt), value }));
      const rest =
        collection.open === undefined ? undefined : derived("rest", [collection], at, undefined, collection.open);
      return { pairs, rest };
    }
    case "list": {
      let rest: TerraformUnknown | undefined;
      const pairs: { key: TerraformValue; value: TerraformValue }[] = [];
      for (const [index, value] of collection.items.entries()) {
        if (value.kind === "unknown" && value.several) rest ??= value;
        else
          pairs.push({
            key: keyOfItem(!keyed || collection.collection === "set" ? value : undefined, index, rest, value.at),
            value,
          });
      }
      return { pairs, rest };
    }
    default:
      throw new Complaint("type");
  }
}

/** An item of a set is its own key. Behind items of unknown number an index is not known. */
function keyOfItem(
  item: TerraformValue | undefined,
  index: number,
  rest: TerraformUnknown | undefined,
  at: Place,
): TerraformValue {
  if (item !== undefined) return item;
  return rest === undefined ? numberOf(index, at) : derived("index", [rest, numberOf(index, at)], at);
}

/** The context with the names of a loop bound to one element. */
export function bind(
  context: Context,
  names: { readonly keyName: string | undefined; readonly valueName: string },
  pair: { readonly key: TerraformValue; readonly value: TerraformValue },
): Context {
  const outer =
    names.keyName === undefined ? context.bindings : { name: names.keyName, value: pair.key, outer: context.bindings };
  return { ...context, bindings: { name: names.valueName, value: pair.value, outer } };
}

export function evaluateFor(expression: ForExpression, context: Context): TerraformValue {
  const collection = evaluateIn(expression.collection, context);
  const elements = elementsOf(collection, expression.at, expression.keyName !== undefined);
  spend(context.setting.budget, elements.pairs.length);
  const result =
    expression.key === undefined ? forTuple(expression, elements, context) : forObject(expression, elements, context);
  return withMarks(result, [collection]);
}

/** Whether an element is in; the unknown that says so when it is unknown. */
function included(
  expression: ForExpression,
  context: Context,
): { readonly is: boolean | TerraformUnknown; readonly by?: TerraformValue } {
  if (expression.condition === undefined) return { is: true };
  const given = evaluateIn(expression.condition, context);
  if (given.kind === "null") throw new Complaint("null");
  const value = convert(given, BOOL);
  if (value.kind === "boolean") return { is: value.value, by: value };
  return { is: value.kind === "unknown" ? value : derived("if", [value], expression.at), by: value };
}

function forTuple(expression: ForExpression, elements: Elements, context: Context): TerraformValue {
  const items: TerraformValue[] = [];
  const marks: (TerraformValue | undefined)[] = [];
  for (const pair of elements.pairs) {
    const inner = bind(context, expression, pair);
    const { is, by } = included(expression, inner);
    marks.push(by);
    if (is === false) continue;
    const value = evaluateIn(expression.result, inner);
    items.push(is === true ? value : { ...derived("if", [is, value], expression.at), several: true });
  }
  if (elements.rest !== undefined) items.push({ ...derived("for", [elements.rest], expression.at), several: true });
  return withMarks(spendValue(context.setting.budget, { kind: "list", items, at: expression.at }), marks);
}

function forObject(expression: ForExpression, elements: Elements, context: Context): TerraformValue {
  const entries = new Map<string, { readonly first: TerraformEntry; readonly values: TerraformValue[] }>();
  const marks: (TerraformValue | undefined)[] = [];
  let open = elements.rest && causeOf(elements.rest);
  for (const pair of elements.pairs) {
    const inner = bind(context, expression, pair);
    const { is, by } = included(expression, inner);
    marks.push(by);
    if (is === false) continue;
    const key = forKey(expression, inner);
    marks.push(key);
    if (key.kind !== "text" || is !== true) {
      open ??= causeOf(is === true ? key : is);
      continue;
    }
    const value = evaluateIn(expression.result, inner);
    const known = entries.get(key.value);
    if (known === undefined) {
      entries.set(key.value, { first: { key: key.value, keyAt: key.at, value }, values: [value] });
    } else if (expression.group) known.values.push(value);
    else if (isLiteral(key.value)) throw new Complaint("argument");
  }
  const { at } = expression;
  const found = [...entries.values()].map(
    ({ first, values }): TerraformEntry =>
      expression.group ? { ...first, value: { kind: "list", items: values, at } } : first,
  );
  const sorted = sortedEntries({ kind: "object", entries: found, at });
  const object = { kind: "object", entries: sorted, at, ...(open !== undefined && { open }) } as const;
  return withMarks(spendValue(context.setting.budget, object), marks);
}

function forKey(expression: ForExpression, context: Context): TerraformValue {
  if (expression.key === undefined) return { kind: "null", at: expression.at };
  const key = evaluateIn(expression.key, context);
  if (key.kind === "null") throw new Complaint("null");
  return typeOf(key).is === "any" ? convert(key, STRING) : convertToText(key);
}
