import type { ObjectValue, Value } from "../../syntax/value.ts";

/** The last value under each key of an object, kept for as long as the object is. */
const indexes = new WeakMap<ObjectValue, ReadonlyMap<string, Value>>();

/** The value under a key as `get` gives it, in constant time after the first. */
export function byKey(object: ObjectValue, key: string): Value | undefined {
  let index = indexes.get(object);
  if (index === undefined) {
    index = new Map(object.entries.map((entry) => [entry.key, entry.value]));
    indexes.set(object, index);
  }
  return index.get(key);
}
