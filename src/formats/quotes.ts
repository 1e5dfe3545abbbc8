/** Strings within strings: a document that is itself the value of a string, such as a policy in a request. */
import type { Place } from "../source.ts";

/**
 * A string in double quotes, or an object of them, as it is written at a place. When the place is inside of another
 * string, the quotes and backslashes are escaped as often as the quote at the place is: `\"a\"`, `\\\"a\\\"`, …
 */
export function nestedIn({ file, start, end }: Place, quoted: string, escaped: (text: string) => string): string {
  const [, backslashes = ""] = /^(?:\{\s*)?(\\*)(?=")/.exec(file.text.slice(start, end)) ?? [];
  let written = quoted;
  for (let left = backslashes.length; left > 0; left = (left - 1) / 2) written = escaped(written);
  return written;
}

export function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
