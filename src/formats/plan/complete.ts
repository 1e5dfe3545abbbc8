/** Joins the values of a plan with its marks: which are unknown, and which must not be shown. */
import type { Place } from "../../source.ts";
import { parseEmbeddedJson } from "../../syntax/embedded.ts";
import { type Entry, get, type ObjectValue, type TextValue, type Value } from "../../syntax/value.ts";
import { namesSeveral } from "./links.ts";
import { fieldsOf, listOf } from "./tree.ts";

/** How missing values are filled in. */
export interface Gaps {
  readonly at: Place;
  /** The unknown value at a path such as `policy` or `statement[0].resources`. */
  readonly unknown: (path: string) => Value;
  /** The values that an attribute's references name; undefined when they are not clear. */
  readonly named: (attribute: string, expression: Value | undefined) => Value[] | undefined;
  /** Whether a string in a document that is marked as a whole is sensitive. */
  readonly isSecret: (text: string) => boolean;
}

/**
 * Attributes that the provider fills in when the configuration leaves them out, but that a dynamic block may give as
 * well. The plan shows neither which it is nor the blocks, so they stay unknown.
 */
const FILLED_BLOCKS = new Set(["ingress", "egress", "route"]);

/** Attributes that the table of computed ones knows better: the name never holds a colon. */
const TABLED = new Set(["arn", "id", "name"]);

/**
 * The arguments of a resource. An attribute that is not known counts only when the configuration gives it: all others
 * are the provider's. Without a configuration every one may be given.
 */
export function completed(
  values: ObjectValue,
  unknown: Value | undefined,
  sensitive: Value | undefined,
  expressions: Value | undefined,
  gaps: Gaps,
): ObjectValue {
  const given = expressions && fieldsOf(expressions);
  const counts = new Map(
    [...fieldsOf(unknown)].filter(
      ([key, value]) => !isTrue(value) || FILLED_BLOCKS.has(key) || (!TABLED.has(key) && (!given || given.has(key))),
    ),
  );
  return objectOf(values, counts, { sensitive, expression: expressions, path: "" }, gaps);
}

/** Where in a resource a value is, and what is reported about it there. */
interface Spot {
  readonly sensitive: Value | undefined;
  readonly expression: Value | undefined;
  /** As addresses write it: `statement[0].resources`. */
  readonly path: string;
}

function objectOf(values: ObjectValue, unknown: ReadonlyMap<string, Value>, spot: Spot, gaps: Gaps): ObjectValue {
  const marks = fieldsOf(spot.sensitive);
  const expressions = isExpression(spot.expression) ? undefined : fieldsOf(spot.expression);
  const spotOf = (key: string): Spot => ({
    sensitive: isTrue(spot.sensitive) ? spot.sensitive : marks.get(key),
    expression: expressions ? expressions.get(key) : spot.expression,
    path: spot.path === "" ? key : `${spot.path}.${key}`,
  });
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const one of values.entries) {
    seen.add(one.key);
    if (isUnset(one.value)) continue;
    const value = completedValue(one.value, unknown.get(one.key), one.key, spotOf(one.key), gaps);
    if (value) entries.push({ ...one, value });
  }
  for (const [key, missing] of unknown) {
    const value = seen.has(key) ? undefined : completedValue(undefined, missing, key, spotOf(key), gaps);
    if (value) entries.push({ key, keyAt: gaps.at, value });
  }
  return { ...values, entries };
}

/**
 * Providers keep an argument that is not set as an empty string once the resource is there, also one of a block and one
 * that holds JSON.
 * https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-types#typestring
 */
function isUnset(value: Value): boolean {
  return value.kind === "text" && value.value === "";
}

function completedValue(
  value: Value | undefined,
  unknown: Value | undefined,
  attribute: string,
  spot: Spot,
  gaps: Gaps,
): Value | undefined {
  if (isTrue(unknown)) return linked(attribute, spot, gaps);
  const plain = value?.kind === "null" ? undefined : value;
  if (plain?.kind === "list" || (!plain && unknown?.kind === "list" && hasTrue(unknown)))
    return listValue(plain ?? { kind: "list", items: [], at: gaps.at }, unknown, attribute, spot, gaps);
  if (plain?.kind === "object" || (!plain && unknown?.kind === "object" && hasTrue(unknown)))
    return objectOf(plain ?? { kind: "object", entries: [], at: gaps.at }, fieldsOf(unknown), spot, gaps);
  return value && isTrue(spot.sensitive) ? hidden(value, gaps.isSecret) : value;
}

function linked(attribute: string, spot: Spot, gaps: Gaps): Value {
  const named = gaps.named(attribute, spot.expression);
  if (named && namesSeveral(attribute)) return { kind: "list", items: named, at: gaps.at };
  const [only, more] = named ?? [];
  return only && !more ? { ...only, at: gaps.at } : gaps.unknown(spot.path);
}

/** A list. Its items that are not known are what is named, when the plan names as many. */
function listValue(
  list: Value & { kind: "list" },
  unknown: Value | undefined,
  attribute: string,
  spot: Spot,
  gaps: Gaps,
): Value {
  const missing = listOf(unknown);
  const marks = listOf(spot.sensitive);
  const blocks = listOf(spot.expression);
  const count = missing.filter(isTrue).length;
  const named = count > 0 && namesSeveral(attribute) ? gaps.named(attribute, spot.expression) : undefined;
  const queue = named?.length === count ? [...named] : [];
  const items = Array.from({ length: Math.max(list.items.length, missing.length) }, (_, index): Value => {
    const path = `${spot.path}[${index}]`;
    if (isTrue(missing[index])) return queue.shift() ?? gaps.unknown(path);
    const inner: Spot = {
      sensitive: isTrue(spot.sensitive) ? spot.sensitive : marks[index],
      expression: blocks.length > 0 ? blocks[index] : spot.expression,
      path,
    };
    return completedValue(list.items[index], missing[index], attribute, inner, gaps) ?? { kind: "null", at: gaps.at };
  });
  return { ...list, items };
}

/** Whether it is what the plan tells of an expression, and not a block of several. */
function isExpression(value: Value | undefined): boolean {
  return get(value, "references")?.kind === "list" || get(value, "constant_value") !== undefined;
}

/** Whether a value of `after_unknown` or `sensitive_values` says that the whole is meant. */
export function isTrue(value: Value | undefined): boolean {
  return value?.kind === "boolean" && value.value;
}

function hasTrue(value: Value): boolean {
  if (value.kind === "list") return value.items.some(hasTrue);
  return value.kind === "object" ? value.entries.some((one) => hasTrue(one.value)) : isTrue(value);
}

/**
 * A value that must not be shown. A string of JSON is marked as a whole in a plan when a piece of it is sensitive:
 * inside it those pieces are marked that hold a value which is marked elsewhere.
 */
function hidden(value: Value, isSecret: Gaps["isSecret"]): Value {
  if (value.kind !== "text") return { ...value, sensitive: true };
  const json = (): Value | undefined => {
    const inner = parseEmbeddedJson(value);
    return inner && marked(inner, isSecret);
  };
  const text: TextValue = { ...value, sensitive: true, json };
  return text;
}

function marked(value: Value, isSecret: Gaps["isSecret"]): Value {
  if (value.kind === "list") return { ...value, items: value.items.map((item) => marked(item, isSecret)) };
  if (value.kind === "object")
    return { ...value, entries: value.entries.map((one) => ({ ...one, value: marked(one.value, isSecret) })) };
  return value.kind === "text" && isSecret(value.value) ? { ...value, sensitive: true } : value;
}
