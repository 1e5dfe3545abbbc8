/** How the files write what they compute: a name for people of values that have none. */

import { hole } from "../../../facts/text.ts";
import type { UnknownValue, Value } from "../../../syntax/value.ts";
import type { TerraformText } from "../language/evaluate/values.ts";
import { expressionAt } from "../language/evaluate/written.ts";

/** References are their own spelling; all else is named after how it was computed. */
const COMPUTED = /[(…]|^(?:error|uuid|list|object|dynamic|document)\./;

/** For each hole that stands for something computed in these values: the expression as the files write it, in `${}`. */
export function writtenExpressions(values: readonly Value[]): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<Value>();
  const next: Value[] = [...values];
  const note = ({ name, at }: UnknownValue) => {
    if (COMPUTED.test(name.replace(/@.*$/, ""))) found.set(hole(name, "wide"), `\${${expressionAt(at)}}`);
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
