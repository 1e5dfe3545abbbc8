/**
 * Follows the names between resources: roles get the statements of all their policies, secrets their resource policies
 * and keys, networks their endpoints and ways out. Links that can't be followed are in `unseen`.
 */

import { groupBy, into } from "../maps.ts";
import { ANYWHERE, OWN_KEYS, splitArn } from "./arn.ts";
import { carriedBy, carriedPolicies } from "./carried.ts";
import { carryingKeys, carryingSecrets } from "./carriers.ts";
import type { Cause } from "./causes.ts";
import { startDeployments } from "./deployments.ts";
import { givenIn } from "./given.ts";
import { type HandedTo, handedTo } from "./handed.ts";
import { type Stored, storedIn, withStoredResources } from "./handed-over.ts";
import type { JobDefinition, Key, Parameter, Policy, Secret, Text } from "./located.ts";
import { withoutLookups } from "./lookups.ts";
import { isLookedUp, type MergedSecret, mergeSecrets } from "./merge.ts";
import { missingIn, withNamesakes } from "./missing.ts";
import {
  type Finder,
  finder,
  isOnePlace,
  kmsKeys,
  otherPlace,
  parameterKeys,
  roleKeys,
  secretKeys,
} from "./namespace.ts";
import { linkNetworks } from "./networks.ts";
import { deniedByOrganization } from "./organization.ts";
import { meaningsIn, namedLike } from "./pointers.ts";
import { readersOf } from "./readers.ts";
import { mayNameSecrets } from "./references.ts";
import { type Names, resolve } from "./resolve.ts";
import type { AliasResource, KeyResource, PolicyResource, Resources } from "./resources.ts";
import { linkRoles, policiesCarriedBy, type Role, rolesBy } from "./roles.ts";
import { type Keyed, openSides, withSides } from "./sides.ts";
import { withToldValues } from "./told.ts";
import type { Unit } from "./unit.ts";
import type { World } from "./world.ts";

function all<K extends keyof Resources>(units: readonly Unit[], kind: K): Resources[K][number][] {
  return units.flatMap((unit) => unit.resources[kind] as readonly Resources[K][number][]);
}

export async function link(read: readonly Unit[]): Promise<World> {
  const units = withoutLookups(read);
  startDeployments(units);
  const stored = storedIn(all(units, "parameters"), units);
  const policies = withStoredResources(all(units, "policies"), stored);
  const roles = withNamesakes(units);
  const carried = carriedPolicies(policies);
  const handed = handedTo(all(units, "handed"));
  const denied = deniedByOrganization(all(units, "organization_policies"));
  const known = await linkRoles(
    roles,
    policies,
    all(units, "attachments"),
    all(units, "policy_lists"),
    carried,
    handed,
  );
  const linkedRoles =
    denied.length > 0 ? known.map((role) => ({ ...role, statements: [...role.statements, ...denied] })) : known;
  const findRole = rolesBy(linkedRoles, roles);
  const lookedUp = all(read, "aliases").filter(({ looked_up }) => looked_up);
  const { keys, keyOf } = linkKeys(units, policies, handed, aliasNames(lookedUp, stored));
  const customerKey = customerKeys([...all(units, "aliases"), ...lookedUp]);
  const keyed: Keyed = (owner, written) => {
    const key_reference = customerKey(written);
    return { key_reference, ...keyOf(owner, key_reference) };
  };
  const deployments = new Map(units.map(({ id, deployment }) => [id, { ...ANYWHERE, ...deployment }]));
  const deploymentOf = (unit: string) => deployments.get(unit) ?? ANYWHERE;
  const merged = withToldValues(mergeSecrets(all(units, "secrets")), units, deploymentOf);
  const secrets = linkSecrets(merged, policies, keyed, handed);
  const parameters = all(units, "parameters").map(({ value: _, ...parameter }): Parameter => {
    return { ...parameter, ...keyed(parameter, parameter.key_reference) };
  });
  const jobs = all(units, "job_definitions");
  const sharing = new Set(units.filter(({ sharesNames }) => sharesNames).map(({ id }) => id));
  const names: Names = {
    findRole,
    findSecret: finder(
      secrets,
      ({ arn, name }) => [...secretKeys(arn.value), ...(name ? [`name ${name.value}`] : [])],
      sharing,
    ),
    findParameter: finder(
      parameters,
      ({ arn, name }) => [...parameterKeys(arn.value), ...(name ? parameterKeys(name.value) : [])],
      sharing,
    ),
    storedIn: stored,
    missing: missingIn(units),
    deploymentOf,
    isGiven: givenIn(units),
  };
  const sidesOf = openSides((job) => resolve(job, names));
  const networks = linkNetworks(units, handed, names.deploymentOf, stored);
  return {
    ...names,
    jobs,
    roles: linkedRoles,
    policies: linkPolicies(
      policies,
      linkedRoles,
      jobs.flatMap((job) => withSides(job, sidesOf(job))),
      findRole,
    ),
    secrets,
    keys,
    keyed,
    networks,
    raw: sharing,
    placesOf: networks.placesOf,
    sidesOf,
    context: new Set(units.filter(({ isContext }) => isContext).map(({ id }) => id)),
    readers: readersOf({
      ...names,
      jobs,
      roles: linkedRoles,
      secrets,
      keys,
      networks,
      placesOf: networks.placesOf,
      sidesOf,
    }),
  };
}

/** The key that a reference of a secret or parameter means: null when it is not in the files. */
type KeyOf = (
  of: { readonly unit: string; readonly arn: Text },
  reference: Text | null,
) => { readonly key: string | null; readonly key_maybe?: Cause };

/** What a reference to a key may be called by: itself, what is stored for it, the alias under which it is looked up. */
type KeyNames = (
  unit: string,
  reference: string,
) => { readonly names: readonly string[]; readonly doubt: Cause | null };

function aliasNames(lookedUp: readonly AliasResource[], stored: Stored): KeyNames {
  const nameOf = new Map(lookedUp.map(({ unit, target, name }) => [`${unit}\n${target.value}`, name.value]));
  return (unit, reference) => {
    const { text, doubt } = stored(unit, reference);
    const alias = nameOf.get(`${unit}\n${text}`);
    return { names: [...kmsKeys(text), ...(alias === undefined ? [] : kmsKeys(alias))], doubt };
  };
}

function linkKeys(units: readonly Unit[], policies: readonly PolicyResource[], handed: HandedTo, namesOf: KeyNames) {
  const naming = { keys: kmsKeys, texts: ({ arn }: KeyResource) => [arn.value], isLookedUp, madeByAws: true } as const;
  const made = all(units, "keys");
  const declared = [...made, ...carryingKeys(policies, meaningsIn(made, naming))];
  const findDeclared = finder(declared, ({ arn }) => kmsKeys(arn.value));
  const aliases = all(units, "aliases").map((alias) => ({
    alias,
    key: findDeclared(alias.unit, kmsKeys(alias.target.value))?.resource,
  }));
  const aliasesOf = groupBy(aliases, ({ key }) => key);
  const carriedOf = carriedBy(meaningsIn(declared, naming), policies);
  const keys = new Map(
    declared.map((key): [string, Key] => {
      const own = carriedOf(key, "key");
      const granted = carriedOf(key, "grant");
      const aliasNames = (aliasesOf.get(key) ?? []).map(({ alias }) => alias.name);
      // A key has one policy: where a file shows it, nothing else may add to it.
      const isShown = own.some(({ how }) => how === "surely");
      const told = isShown ? own.filter(({ how }) => how === "surely") : own;
      const hidden = isShown ? key.unseen.filter(({ part }) => part !== "policy") : key.unseen;
      const given = handed(isShown ? "grants" : "policy", [key.arn.value, ...aliasNames.map(({ value }) => value)]);
      const unseen = [...hidden, ...given, ...[...told, ...granted].flatMap((one) => one.unseen)];
      const statements = told.flatMap((one) => one.statements);
      const grants = granted.flatMap((one) => one.statements);
      return [key.id, { ...key, aliases: aliasNames, statements, grants, unseen, complete: unseen.length === 0 }];
    }),
  );
  const byAlias = finder(
    aliases.flatMap(({ alias, key }) => (key ? [{ unit: alias.unit, name: alias.name.value, key }] : [])),
    ({ name }) => [name],
  );
  const keyOf: KeyOf = ({ unit, arn }, reference) => {
    if (!reference) return { key: null };
    const { names, doubt } = namesOf(unit, reference.value);
    const declared = findDeclared(unit, names);
    if (declared?.certain) return { key: declared.resource.id, ...(doubt && { key_maybe: doubt }) };
    const named = declared ? undefined : byAlias(unit, names);
    if (!named || otherPlace(named.resource.key.arn.value, arn.value)) return { key: null };
    const { id, address, unit: by } = named.resource.key;
    const maybe: Cause | null = named.certain ? doubt : { kind: "same-key", name: address, unit: by };
    return { key: id, ...(maybe && { key_maybe: maybe }) };
  };
  return { keys, keyOf };
}

/** A reference to a key that somebody manages; null for AWS's own, by their aliases or because a file says so. */
type CustomerKey = (reference: Text | null) => Text | null;

function customerKeys(aliases: readonly AliasResource[]): CustomerKey {
  const own = new Set(
    aliases.filter(({ name }) => isOwnKey(name.value)).flatMap(({ target }) => kmsKeys(target.value)),
  );
  return (reference) => {
    if (!reference || isOwnKey(reference.value)) return null;
    return own.size > 0 && kmsKeys(reference.value).some((key) => own.has(key)) ? null : reference;
  };
}

function isOwnKey(reference: string): boolean {
  return (splitArn(reference)?.resource ?? reference).startsWith(OWN_KEYS);
}

function linkSecrets(
  merged: readonly MergedSecret[],
  policies: readonly PolicyResource[],
  keyed: Keyed,
  handed: HandedTo,
): Secret[] {
  const texts = ({ arn, name }: MergedSecret) => [arn.value, ...(name ? [name.value] : [])];
  const naming = { keys: secretKeys, texts, isLookedUp };
  const secrets = [...merged, ...carryingSecrets(policies, meaningsIn(merged, naming))];
  const meanings = meaningsIn(secrets, naming);
  const carriedOf = carriedBy(meanings, policies);
  const linked = secrets.map((secret): Secret => {
    const carried = carriedOf(secret, "secret");
    const given = handed("resource policy", texts(secret));
    const unseen = [...secret.unseen, ...carried.flatMap((policy) => policy.unseen), ...given];
    return {
      ...secret,
      declared: secret.declared || secret.contents.length > 0,
      filled_by: secret.filled_by ?? given[0]?.cause ?? null,
      unseen,
      complete: unseen.length === 0,
      ...keyed(secret, secret.key_reference),
      statements: carried.flatMap(({ statements }) => statements),
    };
  });
  const byId = new Map(linked.map((secret) => [secret.id, secret]));
  return linked.map((secret) => {
    const elsewhere = isLookedUp(secret) && secret.name ? meanings(secret.unit, secret.arn.value) : [];
    const [only, ...more] = elsewhere.filter(({ resource }) => !isLookedUp(resource));
    const declared = only?.how === "by-name" && more.length === 0 ? byId.get(only.resource.id) : undefined;
    if (!declared) return secret;
    const [one, other] = [declared.arn.value, secret.arn.value];
    if (otherPlace(one, other)) return mayBeReplica(secret, declared);
    return { ...(isOnePlace(one, other) ? declared : namedLike(declared)), ...identityOf(secret) };
  });
}

/** In another Region a secret of that name is a replica, which has the same policy and a key of its own, or another one. */
function mayBeReplica(secret: Secret, { address, unit }: Secret): Secret {
  const cause: Cause = { kind: "same-secret", name: address, unit };
  return { ...secret, unseen: [...secret.unseen, { part: "resource policy", cause, at: secret.at }], complete: false };
}

function identityOf({ id, address, unit, at, name, arn }: Secret) {
  return { id, address, unit, at, name, arn };
}

function linkPolicies(
  policies: readonly PolicyResource[],
  roles: readonly Role[],
  jobs: readonly JobDefinition[],
  findRole: Finder<Role>,
): Policy[] {
  /** By the roles of jobs, whether one of these names secrets, or may. */
  const used = new Map<string, boolean>();
  for (const job of jobs) {
    for (const container of job.containers) {
      for (const reference of [container.execution_role, container.job_role]) {
        const found = reference && findRole(job.unit, roleKeys(reference.arn.value));
        const id = found?.certain ? found.resource.id : undefined;
        if (id !== undefined) used.set(id, used.get(id) || mayNameSecrets(container));
      }
    }
  }
  const carriersOf = new Map<string, Set<string>>();
  for (const role of roles) {
    for (const policy of policiesCarriedBy(role)) into(carriersOf, policy, () => new Set<string>()).add(role.id);
  }
  return policies.map(({ attached_elsewhere, attached_to, on, arn: _, ...policy }) => {
    const carriers = [...(carriersOf.get(policy.id) ?? [])];
    return {
      ...policy,
      roles: carriers,
      batch: carriers.some((role) => used.has(role)),
      estate_has_jobs: jobs.length > 0,
      alone: carriers.length === 0 && !attached_elsewhere && attached_to.length === 0 && on === null,
      for_secrets: !carriers.some((role) => used.has(role)) || carriers.some((role) => used.get(role)),
    };
  });
}
