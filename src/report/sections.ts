/** A text that must not grow beyond a limit: cut between whole pieces, so that no table, fence or character is ever cut. */

/** Part of a text: a head, pieces that may be left out from the end, and a foot that stands whenever the head does. */
export interface Section {
  readonly head: string;
  readonly items: readonly string[];
  /** What stands for pieces that were left out. */
  readonly more?: (left: number) => string;
  readonly foot?: string;
}

const cut = "\n_The rest is left out: it would be too long here._\n";

/**
 * The sections one after another, a blank line between them. `measure` must be additive (UTF-16 units, UTF-8 bytes).
 * A section whose head finds no room ends the text, and the text says so.
 */
export function joinWithin(sections: readonly Section[], limit: number, measure: (text: string) => number): string {
  const parts: string[] = [];
  let room = limit - measure(cut);
  for (const { head, items, more = () => "", foot = "" } of sections) {
    if (head === "" && items.length === 0) continue;
    const frame = measure(head) + measure(foot) + measure(more(items.length)) + 2;
    if (frame > room) return `${parts.join("\n")}${cut}`;
    room -= frame;
    parts.push(head);
    const shown = countFitting(items, room, measure);
    for (const item of items.slice(0, shown)) room -= measure(item);
    parts[parts.length - 1] +=
      `${items.slice(0, shown).join("")}${shown < items.length ? more(items.length - shown) : ""}${foot}\n`;
  }
  return parts.join("\n");
}

function countFitting(items: readonly string[], room: number, measure: (text: string) => number): number {
  let used = 0;
  const index = items.findIndex((item) => {
    used += measure(item);
    return used > room;
  });
  return index < 0 ? items.length : index;
}
