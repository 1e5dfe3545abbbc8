/** How the files write computed values: a name for people for values without one. */

import { into } from "../../../../maps.ts";
import type { Place, SourceFile } from "../../../../source.ts";

/** Longer expressions are cut. */
const MAX_WRITTEN = 100;

/** The results by file and place: loops compute many values at one place. */
const known = new WeakMap<SourceFile, Map<string, string>>();

/** The expression at a place, short. Strings may hold secrets: only names of files and keys stay. */
export function expressionAt(place: Place): string {
  const { file, start, end } = place;
  const all = known.get(file) ?? new Map<string, string>();
  known.set(file, all);
  return into(all, `${start} ${end}`, () => brief(file.text.slice(start, Math.min(end, start + 10 * MAX_WRITTEN))));
}

function brief(expression: string): string {
  const text = expression.replace(/\s+/g, " ");
  // Everything in a built-in module has the place of its call.
  const [, called] = /^module "([\w-]+)"$/.exec(text) ?? [];
  if (called !== undefined) return `module.${called}.…`;
  const reads = /^(?:file\w*|templatefile)\( ?"((?:\$\{path\.\w+\}|[^"$\\%])*)"/.exec(text)?.[0];
  if (reads) return `${reads}${/^\s*\)/.test(text.slice(reads.length)) ? "" : ", …"})`;
  const [name = ""] = /^[\w.:-]+\(/.exec(text) ?? [];
  const short = text.includes('"${')
    ? ""
    : text.replace(/"(?:[^"\\]|\\.)*"/g, (string, offset: number) => {
        return /(?:[\w\])]\[|\bfile\() ?$/.test(text.slice(Math.max(0, offset - 8), offset)) ? string : '"…"';
      });
  const fits = short !== "" && short.length <= MAX_WRITTEN && !/[{}<]/.test(short);
  if (fits) return short;
  return name === "" ? "…" : `${name}…)`;
}
