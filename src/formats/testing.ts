/** What tests of readers share. */
import type { TextValue, Value } from "../syntax/value.ts";

/** The value without its places, as JSON.parse would give it; an unknown value is `{unknown: its name}`. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case "null":
      return null;
    case "list":
      return value.items.map(plain);
    case "object": {
      const result: Record<string, unknown> = {};
      for (const { key, value: inner } of value.entries) {
        // Not by assignment, which would set the prototype under the key `__proto__`.
        Object.defineProperty(result, key, {
          value: plain(inner),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return result;
    }
    case "unknown":
      return { unknown: value.name };
    default:
      return value.value;
  }
}

/** All texts of a value, in order. */
export function texts(value: Value): readonly TextValue[] {
  switch (value.kind) {
    case "text":
      return [value];
    case "list":
      return value.items.flatMap(texts);
    case "object":
      return value.entries.flatMap((entry) => texts(entry.value));
    default:
      return [];
  }
}
