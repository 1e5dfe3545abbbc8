/** Where files give the settings of a resource, so that a fix can change them. */
import type { Settings } from "../facts/located.ts";
import type { Place } from "../source.ts";
import { get, type Value } from "../syntax/value.ts";

/**
 * The settings of a resource by the keys that they have in its file. `holder` is the object that has the keys.
 */
export function settingsOf(holder: Value | undefined, keys: Readonly<Record<string, string>>): Settings {
  if (holder?.kind !== "object") return {};
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = get(holder, key);
      if (value === undefined) return [[name, { key, at: holder.at }]];
      return isWritten(value.at) ? [[name, { at: value.at }]] : [];
    }),
  );
}

/** Whether a word is written out at a place, with or without quotes. */
function isWritten({ file, start, end }: Place): boolean {
  return /^(?:"\w+"|'\w+'|\w+)$/.test(file.text.slice(start, end));
}
