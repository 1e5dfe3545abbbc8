/** Untrusted text made visible: on one line or on several, cut where it is too long. */

import type { Location } from "../source.ts";

/**
 * A pattern with classes of Unicode, made when it is first needed: V8 works out a literal one whenever it reads the
 * program, a millisecond of each start.
 */
export function unicodePattern(source: string, flags = "u"): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(source, flags);
    return made;
  };
}

const unseen = unicodePattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "gu");

/** Most text: the patterns of the rest are slow to compile. */
export const PRINTABLE = /^[\x20-\x7e]*$/;

/** `�` for each character that is invisible or reorders text. */
function seen(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replace(unseen(), "\u{fffd}");
}

/** At most `limit` UTF-16 units of a string, ending in `…` when cut. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 2);
  const halved = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, halved ? limit - 2 : limit - 1)}…`;
}

/** A string on one line, with `�` for every character that can't be seen. */
export function clean(text: string): string {
  return PRINTABLE.test(text) ? text : seen(text.replace(/[\r\n\t\u2028\u2029]+/g, " "));
}

/** A string of several lines (ended by `\n`), with `�` for every character that can't be seen but tabs. */
export function cleanLines(text: string): string {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.split("\t").map(seen).join("\t"))
    .join("\n");
}

/** Longer texts only come from values that nobody reads to their end. In UTF-16 units: an ARN has at most 2,048. */
const LONGEST_TEXT = 4_000;

/** A string of others on one line of a report. */
export function say(text: string): string {
  return clean(clip(text, LONGEST_TEXT));
}

export function place({ path, start }: Location): string {
  return `${say(path)}:${start.line}:${start.column}`;
}

/** `*` in place of every character but blanks and line ends. */
export function stars(text: string): string {
  return text.replace(/\S/g, "*");
}
