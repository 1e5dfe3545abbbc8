/** What tests of readers share. */
import { causeWords } from "../facts/causes.ts";
import type { Unseen } from "../facts/located.ts";
import { causeOf, type TextValue, type Value } from "../syntax/value.ts";

/** Why a value is unknown, or why there may be more in an object, in the words for people. */
export function reason(value: Value | undefined): string | undefined {
  if (value?.kind === "unknown") return causeWords(causeOf(value));
  return value?.kind === "object" && value.open !== undefined ? causeWords(value.open) : undefined;
}

/** The parts that are not seen, each with its reason. */
export function reasons(unseen: readonly Unseen[] = []): string[] {
  return unseen.map(({ part, cause }) => `${part}: ${causeWords(cause)}`);
}

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
