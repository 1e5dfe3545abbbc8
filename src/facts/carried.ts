/**
 * Policies that stand on a resource itself: a role's trust, a secret's or a key's resource policy, a grant of a key.
 */

import { addTo, into } from "../maps.ts";
import { roleKeys } from "./namespace.ts";
import { byName, type How, type Meanings } from "./pointers.ts";
import { eitherAbsence } from "./presence.ts";
import type { PolicyResource } from "./resources.ts";
import { isOfOneUnit } from "./text.ts";

/** All trust policies of a role of the unit, found by the role's keys (`facts/namespace.ts`). */
export type Carried = (unit: string, keys: readonly string[]) => readonly PolicyResource[];

/** Indexes the trust policies by the roles that carry them. */
export function carriedPolicies(policies: readonly PolicyResource[]): Carried {
  const byKey = new Map<string, PolicyResource[]>();
  const shared = (key: string, unit: string) => `${isOfOneUnit(key) ? "" : unit}\n${key}`;
  for (const policy of policies) {
    if (policy.kind !== "trust" || !policy.on) continue;
    for (const key of roleKeys(policy.on.value)) addTo(byKey, shared(key, policy.unit), policy);
  }
  return (unit, keys) => [...new Set(keys.flatMap((key) => byKey.get(shared(key, unit)) ?? []))];
}

/** A policy on a resource, and how surely it is that resource's. */
interface CarriedPolicy extends Pick<PolicyResource, "statements" | "unseen"> {
  readonly how: How;
}

/** The policies of a kind that stand on a resource, or may: their statements say so then. */
export function carriedBy<R>(
  meanings: Meanings<R>,
  policies: readonly PolicyResource[],
): (resource: R, kind: PolicyResource["kind"]) => readonly CarriedPolicy[] {
  const found = new Map<R, (CarriedPolicy & Pick<PolicyResource, "kind">)[]>();
  for (const policy of policies) {
    if (!policy.on || (policy.kind !== "secret" && policy.kind !== "key" && policy.kind !== "grant")) continue;
    for (const { resource, how } of meanings(policy.unit, policy.on.value)) {
      const { kind, unseen, address, unit } = policy;
      const cause = { kind: "carried", name: address, unit } as const;
      const statements =
        how === "surely"
          ? policy.statements
          : policy.statements.map((one) =>
              how === "by-name" ? byName(one, cause) : { ...one, maybe: eitherAbsence(one.maybe, cause) },
            );
      into(found, resource, () => []).push({ kind, unseen, how, statements });
    }
  }
  return (resource, kind) => (found.get(resource) ?? []).filter((one) => one.kind === kind);
}
