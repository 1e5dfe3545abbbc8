/** The strings of a report. */

/** Keys whose strings are the program's own words. */
const OWN = new Set(
  "rule severity confidence kind status state language help fingerprint fingerprintAnywhere verdict scope side rules assumes until".split(
    " ",
  ),
);

/**
 * A copy of a report, or of a part of it, in which every string that comes from files is changed. `lists` may leave out
 * items of a list.
 */
export function changeTexts<T>(
  value: T,
  change: (text: string, key: string) => string,
  lists: (key: string, list: readonly unknown[]) => readonly unknown[] = (_, list) => list,
  key = "",
): T {
  if (typeof value === "string") return (OWN.has(key) ? value : change(value, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return lists(key, value).map((item) => changeTexts(item, change, lists, key)) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) copy[name] = changeTexts(item, change, lists, name);
  return copy as T;
}
