/** JSON in a string of another document: a policy in a template, a job definition in HCL. */
import { behindFirstHole, insides, replaceHoles } from "../facts/text.ts";
import { readJson } from "./json/reader.ts";
import type { JsonSource } from "./json/source.ts";
import { locate, piecesOf } from "./text.ts";
import type { TextValue, Value } from "./value.ts";

/** What was read, by the text: texts are shared and never change. */
const read = new WeakMap<TextValue, { readonly value: Value | undefined }>();

/**
 * The JSON list or object that a string is, with its places in the files where the text stands; undefined when the text
 * is anything else, also a JSON scalar. Holes may stand inside its strings, where they stay, and for whole values,
 * which are unknown then. A string that begins with a hole may be anything, so it is an unknown value. A format that
 * knows the document better than the text tells is asked. Where the text does not stand literally in a file,
 * everything is placed where the text is. What a template language puts together must be strictly JSON.
 */
export function parseEmbeddedJson(text: TextValue): Value | undefined {
  if (text.json) return text.json();
  const found = read.get(text) ?? { value: documentOf(text) };
  read.set(text, found);
  return found.value;
}

function documentOf(text: TextValue): Value | undefined {
  const { value, at, pieces } = text;
  const first = value.trimStart()[0];
  if (behindFirstHole(value.trimStart()) !== undefined) {
    const [only, more] = pieces ?? [];
    if (only?.value?.kind === "unknown" && !more) return only.value;
    return { kind: "unknown", name: insides(value)[0] ?? value, at };
  }
  if (first !== "{" && first !== "[") return undefined;
  const result = readJson(jsonSource(text, { strict: pieces !== undefined }));
  return result.kind === "value" ? result.value : undefined;
}

/** The text as the reader of JSON takes it. Quotes inside of holes are no quotes. */
export function jsonSource(text: TextValue, rules: Pick<JsonSource, "strict" | "number">): JsonSource {
  const located = locate(piecesOf(text), text.at);
  const masked = replaceHoles(text.value, (token) => token.replace(/["\\]/g, "_"));
  return { ...rules, text: masked, place: located.place, put: { ...located, document: parseEmbeddedJson } };
}
