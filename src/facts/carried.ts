/** Policies that stand on a resource itself: a role's trust, a secret's or a key's resource policy. */

import { groupBy } from "./maps.ts";
import { finder, kmsKeys, roleKeys, secretKeys } from "./namespace.ts";
import type { PolicyResource } from "./resources.ts";

/** Resource-side policies (trust, secret, key, endpoint) by what carries them. */
export type Carried = (
  kind: PolicyResource["kind"],
  unit: string,
  keys: readonly string[],
) => PolicyResource | undefined;

/** Indexes the policies by what carries them. */
export function carriedPolicies(policies: readonly PolicyResource[]): Carried {
  const find = new Map(
    [...groupBy(policies, ({ kind }) => kind)].map(([kind, list]) => [
      kind,
      finder(list, ({ on }) => (on ? keysOn(kind, on.value) : [])),
    ]),
  );
  return (kind, unit, keys) => find.get(kind)?.(unit, keys)?.resource;
}

function keysOn(kind: PolicyResource["kind"], on: string): string[] {
  if (kind === "secret") return secretKeys(on);
  if (kind === "key") return kmsKeys(on);
  return kind === "trust" ? roleKeys(on) : [on];
}
