/** Sets: no item twice, in the order that Terraform iterates them. */
import type { Place } from "../../../../source.ts";
import { compareNumbers } from "./arithmetic.ts";
import type { Type } from "./types.ts";
import {
  compareText,
  firstOf,
  hasMark,
  marked,
  markOf,
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
