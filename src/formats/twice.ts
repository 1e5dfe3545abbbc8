/** Keys that stand twice in one object. */
import { type Problem, position } from "../source.ts";
import type { Value } from "../syntax/value.ts";

/** More of one value say nothing new. */
const MOST = 5;

/** A note for each key that stands twice in one object of a value: the last one counts. */
export function keysTwice(value: Value): Problem[] {
  const notes: Problem[] = [];
  const visit = (one: Value): void => {
    if (one.kind === "list") one.items.forEach(visit);
    if (one.kind !== "object") return;
    const seen = new Set<string>();
    for (const { key, keyAt, value: inner } of one.entries) {
      if (seen.has(key) && notes.length < MOST) {
        const message = `The key ${key} stands twice in one object, and only the last one counts.`;
        notes.push({ path: keyAt.file.path, message, line: position(keyAt.file, keyAt.start).line });
      }
      seen.add(key);
      visit(inner);
    }
  };
  visit(value);
  return notes;
}
