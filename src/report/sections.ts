/** A string with a limit: it is cut between pieces, so that no table, fence or character is ever broken. */

/**
 * Part of a string: a head, pieces that may be left out from the end, and a foot that is there whenever the head is.
 */
export interface Section {
  readonly head: string;
  readonly items?: Items;
  readonly more?: (left: number) => string;
  readonly foot?: string;
}

/** Pieces that are made only when there is room for them. */
export interface Items extends Iterable<string> {
  readonly count: number;
}

export function itemsOf<T>(list: readonly T[], render: (item: T) => string): Items {
  return {
    count: list.length,
    *[Symbol.iterator]() {
      for (const item of list) yield render(item);
    },
  };
}

/** The first pieces of a list, at most `most`; `others` says how many are not among them. */
export function firstOf<T>(
  list: readonly T[],
  most: number,
  render: (item: T, index: number) => string,
  others: (left: number) => string,
): Pick<Section, "items" | "more"> {
  const hidden = list.length - Math.min(list.length, most);
  const pieces = list.slice(0, most).map((item, index) => () => render(item, index));
  const last = hidden > 0 ? [() => others(hidden)] : [];
  return {
    items: itemsOf([...pieces, ...last], (piece) => piece()),
    more: (left) => others(hidden + left - last.length),
  };
}

const cut = "\n_Truncated._\n";

/**
 * The sections one after another, a blank line between them. `measure` must be additive (UTF-16 units, UTF-8 bytes).
 * A section whose head finds no room ends the text, and the text says so.
 */
export function joinWithin(sections: readonly Section[], limit: number, measure: (text: string) => number): string {
  const parts: string[] = [];
  let room = limit - measure(cut);
  for (const { head, items = itemsOf([], String), more = () => "", foot = "" } of sections) {
    if (head === "" && items.count === 0) continue;
    room -= measure(head) + measure(foot) + measure(more(items.count)) + 2;
    if (room < 0) return `${parts.join("\n")}${cut}`;
    const shown = takeFitting(items, room, measure);
    room -= measure(shown.join(""));
    const left = items.count - shown.length;
    parts.push(`${head}${shown.join("")}${left > 0 ? more(left) : ""}${foot}\n`);
  }
  return parts.join("\n");
}

function takeFitting(items: Items, room: number, measure: (text: string) => number): string[] {
  const taken: string[] = [];
  let left = room;
  for (const item of items) {
    left -= measure(item);
    if (left < 0) break;
    taken.push(item);
  }
  return taken;
}
