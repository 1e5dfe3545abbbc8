/** Numbers and lists as sentences have them. */

/** `1 error`, `2 errors`. */
export function quantity(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function enumeration(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
