/** All resources of one stack, with what was declared apart put where it belongs. */
import type { Cause } from "../../../facts/causes.ts";
import { eitherAbsence } from "../../../facts/presence.ts";
import { joined, noResources, type Resources, type SecretResource } from "../../../facts/resources.ts";
import { causeOfText, hasWideHole } from "../../../facts/text.ts";
import { existence } from "../condition.ts";
import type { Scope } from "../scope.ts";
import { type Found, read, type SecretEffect } from "./reading.ts";
import { READERS } from "./table.ts";

const NOTHING: Found = { ...noResources, secret_effects: [], profiles: [] };

/**
 * What the readers find in a stack, in the order of the template. What a parameter's default leaves out is not read
 * when it is in for a resource that is there. `maybe` is what is not known, so that the whole stack may not be
 * there; else null.
 */
export function findResources(scope: Scope, maybe: Cause | null): Found {
  const parts: { readonly found: Partial<Found>; readonly off: boolean }[] = [];
  for (const declaration of scope.resources().values()) {
    const reader = READERS.get(declaration.type);
    const exists = reader ? existence(scope, declaration) : undefined;
    const off = exists?.made === "off";
    if (!reader || !exists || exists.made === "no" || (off && reader.off === "skip")) continue;
    const outside = off && reader.off === "strict" ? scope.strict() : scope;
    const { condition } = declaration;
    const inside = condition === undefined ? outside : outside.assuming(condition, true);
    parts.push({ found: reader.read(read(inside, declaration, eitherAbsence(exists.maybe, maybe))), off });
  }
  const taken = new Set(parts.flatMap(({ found, off }) => (off ? [] : arnsIn(found))));
  return join(parts.flatMap(({ found, off }) => (off && arnsIn(found).some((arn) => taken.has(arn)) ? [] : [found])));
}

/** The ARNs of what is found. Those that hold a name are equal for two resources when a stack has only one of them. */
function arnsIn({ roles = [], secrets = [], parameters = [] }: Partial<Found>): string[] {
  return [...roles, ...secrets, ...parameters].map(({ arn }) => arn.value);
}

export function join(parts: readonly Partial<Found>[]): Found {
  return joined(NOTHING, parts);
}

/** The resources that a unit has, with what was declared apart. */
export function finish({ secret_effects, profiles, ...resources }: Found): Resources {
  const effectsOn = grouped(secret_effects, ({ secret }) => secret.value);
  const byName = new Map(profiles.flatMap((profile) => profile.names.map((name) => [name, profile] as const)));
  return {
    ...resources,
    secrets: resources.secrets.map((secret) => withEffects(secret, effectsOn)),
    compute_environments: resources.compute_environments.map((environment) => {
      const named = environment.instance_role;
      return { ...environment, instance_role: (named && byName.get(named.value)?.role) ?? named };
    }),
  };
}

/** By the text that names the other resource; those that are unknown under the empty text. */
function grouped<T>(list: readonly T[], textOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = hasWideHole(textOf(one)) ? "" : textOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

type Effects = ReadonlyMap<string, readonly SecretEffect[]>;

/** An attachment or rotation names a secret by ARN or name; one that is unknown may be of any secret. */
function withEffects(secret: SecretResource, effects: Effects): SecretResource {
  const own = [...(effects.get(secret.arn.value) ?? []), ...((secret.name && effects.get(secret.name.value)) ?? [])];
  const loose = (effects.get("") ?? []).map(ofAny);
  const rotations = [...own, ...loose].filter(({ rotates }) => rotates);
  const sure = secret.rotates || rotations.some(({ adds }) => !adds.maybe);
  return {
    ...secret,
    additions: [...secret.additions, ...[...own, ...loose].map(({ adds }) => adds)],
    rotates: sure ? true : rotations.length > 0 ? null : secret.rotates,
  };
}

function ofAny(effect: SecretEffect): SecretEffect {
  const { secret, adds } = effect;
  const cause = causeOfText(secret.value) ?? { kind: "addition", name: adds.address, unit: null };
  return { ...effect, adds: { maybe: cause, ...adds } };
}
