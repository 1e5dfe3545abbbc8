import { isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type { ForExpression } from "../../../../syntax/hcl/tree.ts";
import { spend, spendValue } from "./bounds.ts";
import { Complaint } from "./complaint.ts";
import type { Context, Setting } from "./context.ts";
import { convert, convertToText } from "./convert.ts";
import { derived } from "./derive.ts";
import { evaluateIn } from "./evaluate.ts";
import { tentatively } from "./operators.ts";
import { inOrderOf, isOrdered } from "./sets.ts";
import { keyOf } from "./text.ts";
import { BOOL, STRING } from "./types.ts";
import { anyOf, unknownValue } from "./unknown.ts";
import {
  causeIn,
  causeOf,
  numberOf,
  severalLike,
  sortedEntries,
  type TerraformEntry,
  type TerraformObject,
  type TerraformUnknown,
  type TerraformValue,
  textOf,
  typeOf,
  withMarks,
} from "./values.ts";

interface Pair {
  readonly key: TerraformValue;
  readonly value: TerraformValue;
}

/** What a loop goes over. `rest` is there when there may be more elements than these. */
export interface Elements {
  readonly pairs: readonly Pair[];
  readonly rest: TerraformUnknown | undefined;
  /** The elements of unknown number: what each of them is, and what they hang on. */
  readonly vague: readonly (Pair & { readonly by: TerraformUnknown; readonly every?: Pair })[];
}

/** Any number of elements of an unknown collection; `by` is the collection, or its part of unknown length. */
function anyElement(by: TerraformUnknown, collection: TerraformValue): Elements["vague"][number] {
  const { at } = by;
  const of = by.type ?? (collection.kind === "list" || collection.kind === "object" ? collection : undefined);
  const type = of && "element" in of ? of.element : undefined;
  const value: TerraformUnknown = { kind: "unknown", name: anyOf(by.name, "item"), at, ...(type && { type }) };
  const isSet = by.type?.is === "set" || (collection.kind === "list" && collection.collection === "set");
  return { key: isSet ? value : { kind: "unknown", name: anyOf(by.name, "key"), at }, value, by };
}

/**
 * The elements of a collection as `for` sees them.
 * @param setting that of a loop, for what the elements of an unknown collection are in all of the module
 * @param keyed whether anybody looks at the keys; an item represents its key when nobody does
 * @throws Complaint for what can't be iterated
 */
export function elementsOf(collection: TerraformValue, at: Place, keyed = true, setting?: Setting): Elements {
  switch (collection.kind) {
    case "unknown":
      return { pairs: [], rest: collection, vague: withEvery(vagueIn(collection), collection, setting) };
    case "null":
      throw new Complaint("null");
    case "object": {
      const pairs = sortedEntries(collection).map(({ key, keyAt, value }) => ({ key: textOf(key, keyAt), value }));
      const rest =
        collection.open === undefined ? undefined : derived("rest", [collection], at, undefined, collection.open);
      return { pairs, rest, vague: rest ? withEvery(vagueEntries(collection, rest), collection, setting) : [] };
    }
    case "list": {
      let rest: TerraformUnknown | undefined;
      const vague: Elements["vague"][number][] = [];
      const pairs: { key: TerraformValue; value: TerraformValue }[] = [];
      const unordered = keyed && collection.collection !== "set" && !isOrdered(collection) ? collection : undefined;
      for (const [index, value] of collection.items.entries()) {
        if (value.kind === "unknown" && value.several) {
          rest ??= value;
          const key = keyOfItem(undefined, index, rest, value.at);
          const one = value.like ? { key, value: value.like, by: value } : anyElement(value, collection);
          vague.push(value.every ? { ...one, every: { key, value: value.every } } : one);
        } else
          pairs.push({
            key: keyOfItem(
              !keyed || collection.collection === "set" ? value : undefined,
              index,
              rest ?? unordered,
              value.at,
            ),
            value,
          });
      }
      return { pairs, rest, vague };
    }
    default:
      throw new Complaint("type");
  }
}

/** With the element that represents all with unknown keys, where a block of the module may go over the collection. */
function withEvery(vague: Elements["vague"], of: TerraformUnknown | TerraformObject, setting?: Setting) {
  const every = setting ? unknownElement(of, setting) : of.symbolic?.();
  return every ? vague.map((one) => ({ ...one, every })) : vague;
}

/**
 * The element that represents all elements with unknown keys. Blocks and loops of one module that go over one collection
 * have the same, so that what belongs to one of them meets. A list is taken for the set that `for_each` needs.
 */
export function unknownElement(of: TerraformValue, { module = "" }: Setting, cause = causeIn(of)): Pair {
  const known = of.kind === "object" || of.kind === "unknown" ? of.symbolic?.() : undefined;
  if (known) return known;
  const prefix = `${module}${derived("each", [of], of.at).name}`;
  const item = (name: string) =>
    unknownValue(`${prefix}.${name}`, { words: `each.${name}`, term: name, ...(cause && { cause }) }, of.at);
  const type = of.kind === "list" ? "set" : of.kind === "unknown" && of.type?.is;
  if (type === "list") return { key: derived("index", [of], of.at), value: item("key") };
  return { key: item("key"), value: item(type === "set" ? "key" : "value") };
}

/** What an unknown collection may hold: what it holds where it is there, or anything. */
function vagueIn(collection: TerraformUnknown): Elements["vague"] {
  const { like } = collection;
  const known = like?.kind === "list" || like?.kind === "object" ? elementsOf(like, like.at) : undefined;
  if (known === undefined) return [anyElement(collection, collection)];
  return [...known.pairs, ...known.vague].map(({ key, value }) => ({ key, value, by: collection }));
}

/** The entries that an open object may have. */
function vagueEntries(object: TerraformObject, by: TerraformUnknown): Elements["vague"] {
  if (object.others === undefined) return [anyElement(by, object)];
  return object.others.map(({ key, keyAt, value }) => ({ key: textOf(key, keyAt), value, by }));
}

/** An item of a set is its own key. Behind items of unknown number, or among any, an index is not known. */
function keyOfItem(
  item: TerraformValue | undefined,
  index: number,
  rest: TerraformValue | undefined,
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
  const elements = elementsOf(collection, expression.at, expression.keyName !== undefined, context.setting);
  spend(context.setting.budget, elements.pairs.length + elements.vague.length);
  const result =
    expression.key === undefined ? forTuple(expression, elements, context) : forObject(expression, elements, context);
  return withMarks(inOrderOf([collection], result), [collection]);
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
    items.push(is === true ? value : severalLike(derived("if", [is, value], expression.at), value));
  }
  for (const pair of elements.vague) {
    const item = derived("for", elements.vague.length > 1 ? [pair.by, pair.value] : [pair.by], expression.at);
    const value = resultOf(expression, pair, context);
    const every = pair.every && expression.condition === undefined && resultOf(expression, pair.every, context);
    items.push({ ...(value ? severalLike(item, value) : { ...item, several: true }), ...(every && { every }) });
  }
  return withMarks(spendValue(context.setting.budget, { kind: "list", items, at: expression.at }), marks);
}

/** What a loop makes of an element that may not be there; undefined when nothing is known of that. */
function resultOf(expression: ForExpression, pair: Pair, context: Context): TerraformValue | undefined {
  const inner = bind(context, expression, pair);
  const { value } = tentatively(context, () => evaluateIn(expression.result, inner));
  return value.kind === "unknown" && value.like === undefined ? undefined : value;
}

function forObject(expression: ForExpression, elements: Elements, context: Context): TerraformValue {
  const entries = new Map<string, { readonly first: TerraformEntry; readonly values: TerraformValue[] }>();
  const marks: (TerraformValue | undefined)[] = [];
  let open = elements.rest && causeOf(elements.rest);
  const others: TerraformEntry[] = [];
  let listed = true;
  for (const pair of elements.pairs) {
    const inner = bind(context, expression, pair);
    const { is, by } = included(expression, inner);
    marks.push(by);
    if (is === false) continue;
    const key = forKey(expression, inner);
    marks.push(key);
    const name = key.kind === "text" || !expression.group ? keyOf(key) : undefined;
    if (name === undefined || is !== true) {
      open ??= causeOf(is === true ? key : is);
      if (name === undefined || expression.group) listed = false;
      else others.push({ key: name, keyAt: key.at, value: evaluateIn(expression.result, inner) });
      continue;
    }
    const value = evaluateIn(expression.result, inner);
    const known = entries.get(name);
    if (known === undefined) {
      entries.set(name, { first: { key: name, keyAt: key.at, value }, values: [value] });
    } else if (expression.group) known.values.push(value);
    else if (isLiteral(name)) throw new Complaint("argument");
  }
  for (const pair of elements.vague) {
    const one = vagueEntry(expression, pair, context);
    if (one && !expression.group) others.push(one);
    else listed = false;
  }
  const { at } = expression;
  const found = [...entries.values()].map(
    ({ first, values }): TerraformEntry =>
      expression.group ? { ...first, value: { kind: "list", items: values, at } } : first,
  );
  const sorted = sortedEntries({ kind: "object", entries: found, at });
  const more = open !== undefined && { open, ...(listed && { others: withoutTwice(others, entries) }) };
  const object = { kind: "object", entries: sorted, at, ...more } as const;
  return withMarks(spendValue(context.setting.budget, object), marks);
}

/** The entry that a loop makes of an element that may not be there; undefined when it may be any. */
function vagueEntry(expression: ForExpression, pair: Pair, context: Context): TerraformEntry | undefined {
  const inner = bind(context, expression, pair);
  const { key: written } = expression;
  if (written === undefined) return undefined;
  const key = tentatively(context, () => evaluateIn(written, inner)).value;
  const name = keyOf(key);
  const value = name === undefined ? undefined : resultOf(expression, pair, context);
  return name !== undefined && value ? { key: name, keyAt: key.at, value } : undefined;
}

/** Entries of unknown keys, and of known ones that are not there for sure. */
function withoutTwice(others: readonly TerraformEntry[], entries: ReadonlyMap<string, unknown>): TerraformEntry[] {
  return others.filter(({ key }) => !entries.has(key));
}

function forKey(expression: ForExpression, context: Context): TerraformValue {
  if (expression.key === undefined) return { kind: "null", at: expression.at };
  const key = evaluateIn(expression.key, context);
  if (key.kind === "null") throw new Complaint("null");
  return typeOf(key).is === "any" ? convert(key, STRING) : convertToText(key);
}
