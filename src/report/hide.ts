/** Masks what the files of a run mark as sensitive in what is printed of it. */
import { hiddenValues } from "../facts/hidden.ts";
import { addTo } from "../maps.ts";
import { changeTexts } from "./texts.ts";

export type Hide = (text: string) => string;

/** Values are found by their first characters: as many as the shortest has. */
const HEAD = 4;

/** Masks the marked values of the last run, undefined when it has none. Linear in the length of a string. */
export function hider(values = hiddenValues()): Hide | undefined {
  if (values.length === 0) return undefined;
  const byHead = new Map<string, (typeof values)[number][]>();
  for (const one of values) addTo(byHead, one[0].slice(0, HEAD), one);
  return (text) => {
    let shown = "";
    let done = 0;
    for (let at = 0; at + HEAD <= text.length; at++) {
      if (isWordPart(text, at - 1) && isWordPart(text, at)) continue;
      const found = byHead.get(text.slice(at, at + HEAD));
      const hidden = found?.find(([value]) => text.startsWith(value, at) && endsWord(text, at + value.length));
      if (hidden === undefined) continue;
      shown += text.slice(done, at) + hidden[1];
      done = at + hidden[0].length;
      at = done - 1;
    }
    return done === 0 ? text : shown + text.slice(done);
  };
}

/** Whether an ASCII letter or digit is at an offset. */
function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Whether a value that ends before an offset is no part of a longer word. */
function endsWord(text: string, end: number): boolean {
  return !(isWordPart(text, end - 1) && isWordPart(text, end));
}

/**
 * A report without the marked values of its run. A fix that would write one is not offered. Paths stay: by them a reader
 * finds the place.
 */
export function hideMarked<T>(report: T, hide: Hide | undefined): T {
  if (!hide) return report;
  const shows = (edit: unknown): boolean => JSON.stringify(edit) !== JSON.stringify(changed(edit));
  const changed = <V>(value: V): V =>
    changeTexts(
      value,
      (text, key) => (key === "path" ? text : hide(text)),
      (key, list) => (key === "edits" ? list.filter((edit) => !shows(edit)) : list),
    );
  return changed(report);
}
