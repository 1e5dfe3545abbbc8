/**
 * Values as Terraform computes them: the values that all formats share (`syntax/value.ts`) plus Terraform's own
 * distinctions. Each is a shared value too, so readers of resources accept it as it is. A shared value is also a
 * Terraform value: a list without `collection` is a tuple, an object without `element` is an object, not a map.
 */

import type { Cause } from "../../../../facts/causes.ts";
import { holeOf, insides, isLiteral } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import type {
  BooleanValue,
  Entry,
  ListValue,
  Mark,
  NullValue,
  NumberValue,
  ObjectValue,
  TextValue,
  UnknownValue,
} from "../../../../syntax/value.ts";
import { ANY, BOOL, NULL_TYPE, NUMBER, STRING, type Type } from "./types.ts";
import { expressionAt } from "./written.ts";

/** A number whose digits are those that Terraform has; see `arithmetic.ts`. */
export type TerraformNumber = NumberValue;
export type TerraformText = TextValue;
export interface TerraformList extends ListValue {
  readonly items: readonly TerraformValue[];
  /** Absent: a tuple. A set has its items in order and no item twice. */
  readonly collection?: "list" | "set";
  /** Which item comes first is not known: the items are in the order of this. */
  readonly unordered?: TerraformValue;
  readonly element?: Type;
}
export interface TerraformEntry extends Entry {
  readonly value: TerraformValue;
}
/** An attribute whose value is not known. `index` is the written index of the instance, when one is asked for. */
export type Unread = (name: string, at: Place, index?: string) => TerraformUnknown;

/** Of all instances of a block: the key of those with unknown keys, and what they are. */
export type Symbolic = () => { readonly key: TerraformValue; readonly value: TerraformValue };

export interface TerraformObject extends ObjectValue {
  readonly entries: readonly TerraformEntry[];
  readonly others?: readonly TerraformEntry[];
  readonly symbolic?: Symbolic;
  /** Of an open object: its other attributes. */
  readonly unread?: Unread;
  /** The type of the values of a map; absent: an object. */
  readonly element?: Type;
}
export interface TerraformNull extends NullValue {
  readonly type?: Type;
}
/** `type` is what is known of the type. `fault`: Terraform would refuse the expression. */
export interface TerraformUnknown extends UnknownValue {
  readonly type?: Type;
  readonly like?: TerraformValue;
  readonly every?: TerraformValue;
  readonly fault?: true;
  /** Terraform accepts the expression, whatever its value is. */
  readonly accepted?: true;
  /** The attributes, where something is known of them by their names. */
  readonly unread?: Unread;
  readonly symbolic?: Symbolic;
  /** The value whose YAML it is. */
  readonly yaml?: TerraformValue;
  /** It is a number that is not smaller. */
  readonly atLeast?: number;
}

export type TerraformValue =
  | TerraformNull
  | BooleanValue
  | TerraformNumber
  | TerraformText
  | TerraformList
  | TerraformObject
  | TerraformUnknown;

export function numberOf(value: number, at: Place): TerraformNumber {
  return { kind: "number", value, at };
}

export function textOf(value: string, at: Place): TerraformText {
  return { kind: "text", value, at };
}

export function booleanOf(value: boolean, at: Place): BooleanValue {
  return { kind: "boolean", value, at };
}

export function marked<T extends TerraformValue>(value: T, mark: Mark | undefined): T {
  return mark === undefined ? value : { ...value, sensitive: mark };
}

export function withMarks<T extends TerraformValue>(value: T, others: readonly (TerraformValue | undefined)[]): T {
  return value.sensitive
    ? value
    : marked(
        value,
        firstOf(others, (other) => other?.sensitive),
      );
}

/** Remembers the answer to a question for each list or object: values are shared and never change. */
export function remembered<R>(
  ask: (value: TerraformList | TerraformObject) => R,
): (value: TerraformList | TerraformObject) => R {
  const answers = new WeakMap<TerraformList | TerraformObject, { readonly answer: R }>();
  return (value) => {
    let found = answers.get(value);
    if (found === undefined) {
      found = { answer: ask(value) };
      answers.set(value, found);
    }
    return found.answer;
  };
}

const markWithin = remembered((value): Mark | undefined =>
  value.kind === "list" ? firstOf(value.items, markOf) : firstOf(value.entries, (entry) => markOf(entry.value)),
);

/** The mark of the value, or the first of anything in it. */
export function markOf(value: TerraformValue): Mark | undefined {
  return value.sensitive ?? (value.kind === "list" || value.kind === "object" ? markWithin(value) : undefined);
}

export function hasMark(value: TerraformValue): boolean {
  return markOf(value) !== undefined;
}

const weightWithin = remembered((value): number =>
  value.kind === "list"
    ? value.items.reduce((sum, item) => sum + weightOf(item), 1)
    : value.entries.reduce((sum, entry) => sum + weightOf(entry.value), 1),
);

const depthWithin = remembered((value): number => {
  let deepest = 0;
  if (value.kind === "list") for (const item of value.items) deepest = Math.max(deepest, depthOf(item));
  else for (const entry of value.entries) deepest = Math.max(deepest, depthOf(entry.value));
  return deepest + 1;
});

/** How deep lists and objects are nested in a value: what walking through it takes of the stack. */
export function depthOf(value: TerraformValue): number {
  return value.kind === "list" || value.kind === "object" ? depthWithin(value) : 0;
}

/** How many values a value consists of: what walking through it costs. */
export function weightOf(value: TerraformValue): number {
  return value.kind === "list" || value.kind === "object" ? weightWithin(value) : 1;
}

/** The entries as they count: the last of each key, sorted as Terraform iterates (by code points). */
export function sortedEntries(value: TerraformObject): readonly TerraformEntry[] {
  const last = new Map(value.entries.map((entry) => [entry.key, entry]));
  return [...last.values()].sort((a, b) => compareText(a.key, b.key));
}

/** Objects with fewer entries are searched faster than an index of them is made. */
const FEW_ENTRIES = 12;
const indexOfEntries = remembered(
  (value) => new Map(value.kind === "object" ? value.entries.map((one) => [one.key, one]) : []),
);

/** The entry of a key, the last when it stands twice. Large objects are indexed once. */
export function entryOf(value: TerraformObject, key: string): TerraformEntry | undefined {
  if (value.entries.length > FEW_ENTRIES) return indexOfEntries(value).get(key);
  return value.entries.findLast((one) => one.key === key);
}

/** Order of code points, which is also the order of UTF-8 bytes. JavaScript's own order differs beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    return isSurrogate(left) !== isSurrogate(right) ? (isSurrogate(left) ? 1 : -1) : left - right;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

const typeWithin = remembered((value): Type => (value.kind === "list" ? typeOfList(value) : typeOfObject(value)));

/** The type of a value; what is not known of it is `any`. */
export function typeOf(value: TerraformValue): Type {
  switch (value.kind) {
    case "boolean":
      return BOOL;
    case "number":
      return NUMBER;
    case "text":
      return STRING;
    case "null":
      return value.type ?? NULL_TYPE;
    case "unknown":
      return value.type ?? ANY;
    case "list":
    case "object":
      return typeWithin(value);
  }
}

function typeOfList(value: TerraformList): Type {
  if (value.collection !== undefined) return { is: value.collection, element: value.element ?? ANY };
  return isSeveral(value) ? ANY : { is: "tuple", elements: value.items.map(typeOf) };
}

function typeOfObject(value: TerraformObject): Type {
  if (value.element !== undefined) return { is: "map", element: value.element };
  if (value.open !== undefined) return ANY;
  return { is: "object", attributes: new Map(value.entries.map((entry) => [entry.key, typeOf(entry.value)])) };
}

/** The only other entries that an open object may have; undefined when it may have any. */
export function listedOthers({ others }: TerraformObject): readonly TerraformEntry[] | undefined {
  return others?.every(({ key }) => isLiteral(key)) ? others : undefined;
}

/** An item of a list that represents any number of items like this one, which is there if `by` says so. */
export function severalLike(by: TerraformUnknown, like: TerraformValue): TerraformUnknown {
  if (like.kind !== "unknown") return { ...by, several: true, like };
  return { ...by, several: true, ...(like.like && { like: like.like }) };
}

/** Whether the number of items is not known. */
export function isSeveral(value: TerraformList): boolean {
  return value.items.some(isOneOfSeveral);
}

const isKnownWithin = remembered((value): boolean =>
  value.kind === "list"
    ? value.items.every(isWhollyKnown)
    : value.open === undefined && value.entries.every((entry) => isLiteral(entry.key) && isWhollyKnown(entry.value)),
);

/** Whether nothing in the value is unknown: no hole, no unknown part. */
export function isWhollyKnown(value: TerraformValue): boolean {
  switch (value.kind) {
    case "unknown":
      return false;
    case "text":
      return isLiteral(value.value);
    case "list":
    case "object":
      return isKnownWithin(value);
    default:
      return true;
  }
}

function isOneOfSeveral(item: TerraformValue): boolean {
  return item.kind === "unknown" && item.several === true;
}

/** What the first part of a value that is not known hangs on; undefined when all of it is known. */
export function causeIn(value: TerraformValue): Cause | undefined {
  if (isWhollyKnown(value)) return undefined;
  switch (value.kind) {
    case "unknown":
      return holeOf(value.name).cause;
    case "text":
      return firstOf(insides(value.value), (hole) => holeOf(hole).cause);
    case "list":
      // As with an object that is open: what may be missing makes more of it unknown than what one item is.
      return firstOf([value.items.find(isOneOfSeveral), ...value.items], (item) => item && causeIn(item));
    case "object":
      return (
        value.open ?? firstOf(value.entries, ({ key, keyAt, value }) => causeIn(textOf(key, keyAt)) ?? causeIn(value))
      );
    default:
      return undefined;
  }
}

/** What it hangs on that a value is not what it should be. */
export function causeOf(value: TerraformValue): Cause {
  const { at } = value;
  return causeIn(value) ?? { kind: "value", name: expressionAt(at), unit: at.file.path };
}

/** The first answer that is one. */
export function firstOf<T, R>(items: readonly T[], ask: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
