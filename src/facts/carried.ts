/** Policies on a resource itself: a role's trust, a secret's or key's resource policy, a grant of a key. */
import { addTo } from "./maps.ts";
import { kmsKeys, roleKeys, secretKeys } from "./namespace.ts";
import type { PolicyResource } from "./resources.ts";
import { isOfOneUnit } from "./text.ts";

/** All policies of a kind that a resource of the unit carries, found by the resource's keys (`facts/namespace.ts`). */
export type Carried = (
  kind: PolicyResource["kind"],
  unit: string,
  keys: readonly string[],
) => readonly PolicyResource[];

export function carriedPolicies(policies: readonly PolicyResource[]): Carried {
  const byKey = new Map<string, PolicyResource[]>();
  for (const policy of policies) {
    if (!policy.on) continue;
    for (const key of keysOn(policy.kind, policy.on.value)) {
      const shared = isOfOneUnit(key) ? "" : policy.unit;
      addTo(byKey, `${policy.kind}\n${shared}\n${key}`, policy);
    }
  }
  return (kind, unit, keys) => [
    ...new Set(keys.flatMap((key) => byKey.get(`${kind}\n${isOfOneUnit(key) ? "" : unit}\n${key}`) ?? [])),
  ];
}

function keysOn(kind: PolicyResource["kind"], on: string): string[] {
  if (kind === "secret") return secretKeys(on);
  if (kind === "key" || kind === "grant") return kmsKeys(on);
  return kind === "trust" ? roleKeys(on) : [on];
}
