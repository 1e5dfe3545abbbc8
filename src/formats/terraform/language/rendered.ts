/** What the templates of a module are given: the names that the text of a template has for values. */
import { hole, isLiteral } from "../../../facts/text.ts";
import type { SourceFile } from "../../../source.ts";
import type { Value } from "../../../syntax/value.ts";

/** By the file of a template: strings with what is not known, and how the template writes each. */
const given = new WeakMap<SourceFile, Map<string, string>>();

/** Keeps what a template is given, in whatever call. */
export function keepGiven(file: SourceFile, entries: readonly { readonly key: string; readonly value: Value }[]): void {
  const names = given.get(file) ?? new Map<string, string>();
  given.set(file, names);
  for (const { key, value } of entries) {
    add(names, key, value);
    if (value.kind === "object") for (const inner of value.entries) add(names, `${key}["${inner.key}"]`, inner.value);
  }
}

function add(names: Map<string, string>, name: string, value: Value): void {
  const text = value.kind === "text" ? value.value : value.kind === "unknown" ? hole(value.name, "wide") : "";
  if (!isLiteral(text) && !names.has(text)) names.set(text, name);
}

/** The names of a template for what it is given; undefined for a file that no template was read from. */
export function givenTo(file: SourceFile): ReadonlyMap<string, string> | undefined {
  return given.get(file);
}
