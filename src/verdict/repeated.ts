/** What aliases of YAML repeat: a change at one place is one at others. */
import type { Place, SourceFile } from "../source.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

const ranges = new WeakMap<SourceFile, readonly Range[]>();

/**
 * Whether a place is in something that an alias repeats elsewhere, as the statements of one role may be those of
 * another. Told by the text, for the most that an anchor may be of: everything that is indented more than its line.
 */
export function isRepeated({ file, start }: Place): boolean {
  const known = ranges.get(file) ?? repeatedIn(file.text);
  ranges.set(file, known);
  return known.some((range) => range.start <= start && start < range.end);
}

function repeatedIn(text: string): readonly Range[] {
  const aliases = new Set([...text.matchAll(/(?<=[\s[{,])\*([\w-]+)/g)].map(([, name]) => name));
  const result: Range[] = [];
  for (const { 1: name, index } of text.matchAll(/(?<=[\s[{,])&([\w-]+)/g)) {
    // What is anchored inside of another anchor's range ends with it.
    const isInside = index < (result.at(-1)?.end ?? 0);
    if (!isInside && aliases.has(name)) result.push({ start: index, end: endOf(text, index) });
  }
  return result;
}

/** Where the lines end that belong to one: those indented more, and, behind a key, items of a list. */
function endOf(text: string, at: number): number {
  const [, indent = "", dash] = /^( *)(-?)/.exec(text.slice(text.lastIndexOf("\n", at) + 1, at)) ?? [];
  const next = /\n(?! *(?:\n|\r|#))( *)(-?)/g;
  next.lastIndex = at;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const [, own = "", item] = found;
    const isItem = own.length === indent.length && item && !dash;
    if (own.length <= indent.length && !isItem) return found.index;
  }
  return text.length;
}
