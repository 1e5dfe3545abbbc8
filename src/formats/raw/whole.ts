/** Which values can be read before the resource they describe has its identity. */
import type { Value } from "../../syntax/value.ts";

/**
 * Whether nothing of a value is missing: what is missing becomes a hole that is named after the resource. Text that may
 * be JSON with something missing counts as missing it.
 */
export function isWhole(value: Value): boolean {
  switch (value.kind) {
    case "text":
      return !/^\s*[[{]/.test(value.value);
    case "list":
      return value.items.every(isWhole);
    case "object":
      return value.open === undefined && value.entries.every((entry) => isWhole(entry.value));
    default:
      return true;
  }
}
