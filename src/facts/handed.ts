/**
 * What is handed to something that is not read: a module or a stack whose source is not in the files, a resource that
 * runs somebody's code. It may add a policy, a grant, an endpoint to what it is given.
 */
import { addTo } from "../maps.ts";
import type { Unseen } from "./located.ts";
import { kmsKeys, roleKeys, secretKeys } from "./namespace.ts";
import type { HandedResource } from "./resources.ts";

/** What may have been added to something that is called so, each as `part`. */
export type HandedTo = (part: string, texts: readonly string[]) => readonly Unseen[];

/** Indexes all that is handed. A literal name is the same in all units; so is anything that one unit alone has. */
export function handedTo(handed: readonly HandedResource[]): HandedTo {
  const byKey = new Map<string, HandedResource[]>();
  for (const one of handed)
    for (const text of new Set(one.texts)) for (const key of keysOf(text)) addTo(byKey, key, one);
  return (part, texts) => {
    if (byKey.size === 0) return [];
    const found = new Set(texts.flatMap(keysOf).flatMap((key) => byKey.get(key) ?? []));
    return [...found].map(({ cause, at }) => ({ part, cause, at }));
  };
}

function keysOf(text: string): readonly string[] {
  return text === "" ? [] : [...new Set([text, ...[roleKeys, secretKeys, kmsKeys].flatMap((keys) => keys(text))])];
}
