/** Strings within strings: a document that is itself the value of a string, such as a policy in a request. */

import { isLiteral } from "../facts/text.ts";
import type { Written } from "../facts/writing.ts";
import type { Place } from "../source.ts";

/**
 * A string in double quotes, or an object of them, as it is written at a place. When the place is inside of another
 * string, the quotes and backslashes are escaped as often as the quote at the place is: `\"a\"`, `\\\"a\\\"`, …
 */
export function nestedIn({ file, start, end }: Place, quoted: string, escaped: (text: string) => string): string {
  const [, backslashes = ""] = /^(?:\{(?:\s|\\+[nrt])*)?(\\*)(?=")/.exec(file.text.slice(start, end)) ?? [];
  let written = quoted;
  for (let left = backslashes.length; left > 0; left = (left - 1) / 2) written = escaped(written);
  return written;
}

export function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * The template at a place with another end, where only the end of the value is wrong: the expressions in it are those
 * that the place knows, such as the variables of a template file, or words that are `replaced` in what is read.
 * `quotes` are what a template may begin with. Undefined where it is written otherwise.
 */
export function amended(
  { file, start, end }: Place,
  { from, to }: Written,
  { quotes, replaced }: { readonly quotes: RegExp; readonly replaced: boolean },
): string | undefined {
  const source = file.text.slice(start, end);
  const [opening] = quotes.exec(source) ?? [];
  if (opening === undefined || from === undefined || !source.endsWith(opening)) return undefined;
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const [was, becomes] = [from.slice(same), to.slice(same)];
  const kept = source.slice(0, source.length - was.length - opening.length);
  const isComputed = kept.includes("${") || (replaced && !isLiteral(from));
  const fits = kept + was + opening === source && isComputed;
  if (!fits || !isLiteral(was) || !/^[\w:./-]*$/.test(becomes)) return undefined;
  return opening === "" ? `"${kept}${becomes}"` : kept + becomes + opening;
}
