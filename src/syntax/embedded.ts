/**
 * JSON that stands in a string of another document: a policy document in a template, a secret's value, a job definition
 * in HCL.
 */
import { holes } from "../facts/text.ts";
import { readJson } from "./json/reader.ts";
import type { TextValue, Value } from "./value.ts";

/**
 * The JSON list or object that a text is, with its places in the file where the text stands; undefined when the text is
 * anything else, also a JSON scalar. Holes may stand inside its strings, where they stay, and for whole values, which
 * are unknown then. A text that begins with a hole may be anything, so it is an unknown value. A format that knows the
 * document better than the text tells is asked. Where the text does not stand literally in a file, everything is placed
 * where the text is.
 */
export function parseEmbeddedJson(text: TextValue): Value | undefined {
  if (text.json) return text.json();
  const { value, at } = text;
  const first = value.trimStart()[0];
  if (first === "⟨") return { kind: "unknown", name: holes(value)[0]?.name ?? value, why: "its text is computed", at };
  if (first !== "{" && first !== "[") return undefined;
  let known: readonly number[] | undefined;
  const offset = (index: number): number => {
    known ??= text.offsets?.() ?? [];
    return known[index] ?? at.start;
  };
  const result = readJson({
    text: value,
    holes: true,
    offset,
    place: text.offsets ? (start, end) => ({ file: at.file, start: offset(start), end: offset(end) }) : () => at,
  });
  return result.kind === "value" ? result.value : undefined;
}
