/** Sets: no item twice, in the order that Terraform iterates them. */
import { isSureOrder } from "../../../../facts/text.ts";
import type { Place } from "../../../../source.ts";
import { compareNumbers } from "./arithmetic.ts";
import type { Type } from "./types.ts";
import {
  compareText,
  firstOf,
  hasMark,
  isWhollyKnown,
  marked,
  markOf,
  remembered,
  sortedEntries,
  type TerraformList,
  type TerraformValue,
} from "./values.ts";

/**
 * A set of items of the type `element`. The first of equal items stays; unknown items come last. A set can't have marks
 * inside: a marked item marks the whole set.
 */
export function toSet(items: readonly TerraformValue[], element: Type, at: Place): TerraformList {
  const seen = new Map<string, TerraformValue>();
  const mark = firstOf(items, markOf);
  for (const given of items) {
    const item = mark === undefined ? given : withoutMarks(given);
    const key = setKey(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  const sorted = [...seen].sort(([keyA, a], [keyB, b]) => compareItems(keyA, a, keyB, b)).map(([, item]) => item);
  return marked({ kind: "list", items: sorted, collection: "set", element, at }, mark);
}

function withoutMarks(value: TerraformValue): TerraformValue {
  if (!hasMark(value)) return value;
  const { sensitive: _sensitive, ...plain } = value;
  if (plain.kind === "list") return { ...plain, items: plain.items.map(withoutMarks) };
  if (plain.kind !== "object") return plain;
  return { ...plain, entries: plain.entries.map((entry) => ({ ...entry, value: withoutMarks(entry.value) })) };
}

function compareItems(keyA: string, a: TerraformValue, keyB: string, b: TerraformValue): number {
  const rank = (value: TerraformValue) => (value.kind === "unknown" ? 2 : value.kind === "null" ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.kind === "text" && b.kind === "text") return compareText(a.value, b.value);
  if (a.kind === "number" && b.kind === "number") return compareNumbers(a, b);
  if (a.kind === "boolean" && b.kind === "boolean") return Number(a.value) - Number(b.value);
  return compareText(keyA, keyB);
}

/**
 * Whether it is known which item comes first: keys and the items of sets are sorted by what they are, so that more than
 * one that is not known may have any place.
 */
export const isOrdered = remembered((value): boolean => {
  if (value.kind === "object") {
    const { open, entries } = value;
    return open === undefined ? isSorted(sortedEntries(value).map(({ key }) => key)) : entries.length === 0;
  }
  if (value.items.length < 2) return true;
  if (value.collection !== "set") return value.unordered === undefined;
  const texts = value.items.flatMap((item) => (item.kind === "text" ? item.value : []));
  return texts.length === value.items.length ? isSorted(texts) : isWhollyKnown(value);
});

/** Whether strings that are sorted with their holes are so whatever the holes are. */
export function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, index) => isSureOrder(texts[index - 1] ?? "", text));
}

/** What the order of a value hangs on that is not known; undefined when it is ordered. */
function orderOf(value: TerraformValue): TerraformValue | undefined {
  if ((value.kind !== "list" && value.kind !== "object") || isOrdered(value)) return undefined;
  return value.kind === "list" ? (value.unordered ?? value) : value;
}

/** A list that is made of others, in their order. */
export function inOrderOf<T extends TerraformValue>(from: readonly TerraformValue[], made: T): T {
  const unordered = firstOf(from, orderOf);
  return made.kind === "list" && unordered ? { ...made, unordered } : made;
}

/** Whether items of lists at one index belong together. */
export function areInOneOrder([first, ...others]: readonly TerraformList[]): boolean {
  const order = first && orderOf(first);
  return others.every((other) => orderOf(other) === order);
}

/**
 * What tells items of a set apart, which is also what orders items that are no primitives.
 * https://github.com/zclconf/go-cty/blob/main/cty/set_internals.go
 */
export function setKey(value: TerraformValue): string {
  switch (value.kind) {
    case "unknown":
      return `?${value.name}`;
    case "null":
      return "~";
    case "boolean":
      return value.value ? "T" : "F";
    case "number":
      return String(value.value);
    case "text":
      return JSON.stringify(value.value);
    case "list": {
      const items = value.items.map((item) => `${setKey(item)};`).join("");
      return value.collection === undefined ? `<${items}>` : `[${items}]`;
    }
    case "object": {
      const map = value.element !== undefined;
      const entries = sortedEntries(value).map(
        (entry) => `${map ? `${JSON.stringify(entry.key)}:` : ""}${setKey(entry.value)};`,
      );
      return map ? `{${entries.join("")}}` : `<${entries.join("")}>`;
    }
  }
}
