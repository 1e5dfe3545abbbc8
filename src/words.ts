/** Numbers and lists as sentences have them. */

/** `1 error`, `2 errors`. */
export function quantity(count: number, noun: string): string {
  return `${count} ${plural(count, noun)}`;
}

/** The noun alone, where the number stands elsewhere. */
export function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

/** A text whose first letter is a capital. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function enumeration(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * A count with commas between thousands. `toLocaleString` loads what ICU knows of all languages the first time: 15 ms.
 */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3}){1,7}$)/g, ",");
}
