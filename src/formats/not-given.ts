/** Defaults that mean "not given": empty, or a word that somebody has yet to replace. */
import { isFillIn } from "../syntax/placeholders.ts";
import type { Value } from "../syntax/value.ts";

/** Words and signs that say that nothing is given, and the texts of a flag that is off. */
const NOTHING = /^(?:none|null|nil|n\/?a|false|no|unset|undefined|not[-_ ]?set|[-._?…]+)?$/i;

/** Whether the default of a variable or parameter means that no value is given. */
export function meansNotGiven(value: Value): boolean {
  switch (value.kind) {
    case "null":
      return true;
    case "boolean":
      return !value.value;
    case "number":
      return value.value === 0;
    case "text":
      return isEmptyText(value.value);
    case "list":
      return value.items.length === 0;
    case "object":
      return value.entries.length === 0 && value.open === undefined;
    case "unknown":
      return false;
  }
}

/** Whether a string of a default means that no value is given. */
export function isEmptyText(text: string): boolean {
  return NOTHING.test(text.trim()) || isFillIn(text);
}
