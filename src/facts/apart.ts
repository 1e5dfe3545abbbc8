/** Rules and routes that are declared apart from the security group, the network ACL or the table that has them. */
import { groupBy } from "../maps.ts";
import type { Text, Unseen } from "./located.ts";
import type { Finder } from "./namespace.ts";
import { mayMean } from "./vpc.ts";

interface Part {
  readonly unit: string;
  readonly unseen: readonly Unseen[];
}

/** What is declared apart of one owner, and what may add to it besides. */
export interface Apart<P> {
  readonly parts: readonly P[];
  readonly unseen: readonly Unseen[];
}

/**
 * What each owner has apart. A part whose owner is not found may be of any that its name may mean: `strayed` says so.
 */
export function partsApart<O extends { readonly unit: string }, P extends Part>(
  all: readonly P[],
  ownerOf: (part: P) => Text,
  find: Finder<O>,
  strayed: (part: P) => Unseen,
): (owner: O) => Apart<P> {
  const byOwner = groupBy(all, (part) => find(part.unit, [ownerOf(part).value])?.resource);
  const strays = byOwner.get(undefined) ?? [];
  return (owner) => {
    const parts = byOwner.get(owner) ?? [];
    const maybe = strays.filter((part) => mayMean({ unit: part.unit, name: ownerOf(part) }, owner.unit));
    return { parts, unseen: [...parts.flatMap(({ unseen }) => unseen), ...maybe.map(strayed)] };
  };
}
