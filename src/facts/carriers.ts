/** Secrets and keys of which the files have nothing but a policy: it counts, whoever declares them. */

import { groupBy } from "../maps.ts";
import { secretArn, splitArn } from "./arn.ts";
import type { Text } from "./located.ts";
import type { MergedSecret } from "./merge.ts";
import type { Meanings } from "./pointers.ts";
import { bareSecret, type KeyResource, type PolicyResource } from "./resources.ts";
import { hasWideHole } from "./text.ts";

/** What a policy stands on, where nothing of the run is or may be that. */
interface Carrier {
  readonly id: string;
  readonly address: string;
  readonly unit: string;
  readonly at: Text["at"];
  readonly unseen: readonly [];
  readonly tags: { readonly given: readonly []; readonly complete: false };
}

function carriers<R>(
  kind: PolicyResource["kind"],
  policies: readonly PolicyResource[],
  meanings: Meanings<R>,
): readonly { readonly on: Text; readonly carrier: Carrier }[] {
  const found = policies.flatMap((policy) => {
    const { unit, on } = policy;
    if (policy.kind !== kind || !on || hasWideHole(on.value) || meanings(unit, on.value).length > 0) return [];
    const [id, address, at] = [`${unit}#${on.value}`, on.value, on.at];
    return [{ on, carrier: { id, address, unit, at, unseen: [], tags: { given: [], complete: false } } as const }];
  });
  return [...groupBy(found, ({ carrier }) => carrier.id).values()].flatMap(([first]) => first ?? []);
}

/** Of such a secret it is not known which key it has: nothing declares it. */
export function carryingSecrets(
  policies: readonly PolicyResource[],
  meanings: Meanings<MergedSecret>,
): readonly MergedSecret[] {
  const { existence: _, part: __, ...bare } = bareSecret;
  return carriers("secret", policies, meanings).map(({ on, carrier }) => ({
    ...bare,
    ...carrier,
    declared: false,
    key_reference: null,
    ...(splitArn(on.value)
      ? { name: null, arn: on }
      : { name: on, arn: { ...on, value: secretArn(carrier, on.value) } }),
  }));
}

/** A key has one policy, so nothing else decides who may use it but grants. */
export function carryingKeys(
  policies: readonly PolicyResource[],
  meanings: Meanings<KeyResource>,
): readonly KeyResource[] {
  return carriers("key", policies, meanings).map(({ on, carrier }) => ({
    ...carrier,
    arn: on,
    spec: null,
    usage: null,
    state: null,
  }));
}
