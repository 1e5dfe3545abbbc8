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
  return [...text.matchAll(/(?<=[\s[{,])&([\w-]+)/g)].flatMap(({ 1: name, index }) =>
    aliases.has(name) ? { start: index, end: endOf(text, index) } : [],
  );
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
