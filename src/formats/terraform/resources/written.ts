/** How the files write what they compute: a name for people of values that have none. */

import { hole } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import type { UnknownValue, Value } from "../../../syntax/value.ts";
import type { TerraformText } from "../language/evaluate/values.ts";

/** References are their own spelling; all else is named after how it was computed. */
const COMPUTED = /[(…]|^(?:error|uuid|list|object|dynamic|document)\./;
/** A longer expression says no more. */
const MAX_WRITTEN = 100;

/** For each hole that stands for something computed in these values: the expression as the files write it, in `${}`. */
export function writtenExpressions(values: readonly Value[]): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<Value>();
  const next: Value[] = [...values];
  const note = ({ name, at }: UnknownValue) => {
    if (COMPUTED.test(name.replace(/@.*$/, ""))) found.set(hole(name, "wide"), written(at));
  };
  for (let value = next.pop(); value !== undefined; value = next.pop()) {
    if (value.kind === "unknown") note(value);
    if (value.kind !== "list" && value.kind !== "object" && value.kind !== "text") continue;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === "list") next.push(...value.items);
    else if (value.kind === "object") for (const entry of value.entries) next.push(entry.value);
    else next.push(...partsOf(value));
  }
  return found;
}

/** What a text was put together from. */
function partsOf(text: TerraformText): Value[] {
  if (!text.value.includes("⟨")) return [];
  const pieces = (text.pieces ?? []).flatMap(({ value }) => value ?? []);
  const document = /^\s*[[{]/.test(text.value) ? text.json?.() : undefined;
  return document ? [...pieces, document] : pieces;
}

/**
 * The expression at a place, on one line and short. Strings in it are left out, since they may hold what must not be shown, but for the
 * names of files and keys.
 */
function written({ file, start, end }: Place): string {
  const text = file.text.slice(start, Math.min(end, start + 10 * MAX_WRITTEN)).replace(/\s+/g, " ");
  const reads = /^(?:file\w*|templatefile)\( ?"((?:\$\{path\.\w+\}|[^"$\\%])*)"/.exec(text)?.[0];
  if (reads) return `\${${reads}${/^\s*\)/.test(text.slice(reads.length)) ? "" : ", …"})}`;
  const [name = ""] = /^[\w.:-]+\(/.exec(text) ?? [];
  const brief = text.includes('"${')
    ? ""
    : text.replace(/"(?:[^"\\]|\\.)*"/g, (string, offset: number) => {
        return /(?:[\w\])]\[|\bfile\() ?$/.test(text.slice(Math.max(0, offset - 8), offset)) ? string : '"…"';
      });
  const fits = brief !== "" && brief.length <= MAX_WRITTEN && !/[{}<]/.test(brief);
  if (fits) return `\${${brief}}`;
  return name === "" ? "${…}" : `\${${name}…)}`;
}
