/**
 * Follows the names between resources: roles get the statements of all their policies, secrets their resource policies and
 * keys, networks their endpoints and ways out. What can't be followed is said in `unseen`.
 */
import { splitArn } from "./arn.ts";
import { awsManagedName, loadManagedPolicies, type ManagedPolicies, managedStatements } from "./managed-policies.ts";
import { groupBy, into } from "./maps.ts";
import { mergeSecrets } from "./merge.ts";
import { type Finder, finder, kmsKeys, parameterKeys, policyKeys, roleKeys, secretKeys } from "./namespace.ts";
import { linkNetworks, type Networks } from "./networks.ts";
import type {
  JobDefinition,
  Located,
  PolicyResource,
  Resources,
  RoleResource,
  SecretResource,
  Statement,
  Text,
  Unit,
  Unseen,
} from "./resources.ts";
import type { Case } from "./schema.ts";
import { hasWideHole } from "./text.ts";

export type Role = Located<Case["roles"][string]>;
export type Policy = Located<Case["policies"][string]>;
export type Secret = Located<Case["secrets"][string]>;
export type Parameter = Located<Case["parameters"][string]>;
export type Key = Located<Case["keys"][string]>;

/** Everything that was declared, linked. */
export interface World {
  readonly jobs: readonly JobDefinition[];
  readonly policies: readonly Policy[];
  readonly secrets: readonly Secret[];
  readonly keys: ReadonlyMap<string, Key>;
  readonly networks: Networks;
  readonly findRole: Finder<Role>;
  readonly findSecret: Finder<Secret>;
  readonly findParameter: Finder<Parameter>;
}

function all<K extends keyof Resources>(units: readonly Unit[], kind: K): Resources[K][number][] {
  return units.flatMap((unit) => unit.resources[kind] as readonly Resources[K][number][]);
}

/** Links the resources of all units of a run. */
export async function link(units: readonly Unit[]): Promise<World> {
  const policies = all(units, "policies");
  const roles = all(units, "roles");
  const managed = roles.some((role) => role.managed_policies.some(({ value }) => awsManagedName(value)))
    ? await loadManagedPolicies()
    : undefined;
  const byRole = attachments(roles, policies);
  const carried = own(policies);
  const findPolicy = finder(
    policies.filter(({ kind }) => kind === "identity"),
    ({ arn, name }) => [...(arn ? policyKeys(arn.value) : []), ...(name ? [`name ${name.value}`] : [])],
  );
  const linkedRoles = roles.map((role) => linkRole(role, byRole.get(role) ?? new Map(), carried, findPolicy, managed));
  const findRole = finder(linkedRoles, ({ arn, name }) => [
    ...roleKeys(arn.value),
    ...(name ? roleKeys(name.value) : []),
  ]);
  const { keys, findKey } = linkKeys(units, carried);
  const secrets = mergeSecrets(all(units, "secrets")).map((secret) => linkSecret(secret, carried, findKey));
  const parameters = all(units, "parameters").map(
    (parameter): Parameter => ({
      ...parameter,
      key: parameter.key_reference
        ? (findKey(parameter.unit, kmsKeys(parameter.key_reference.value))?.resource.id ?? null)
        : null,
    }),
  );
  const jobs = all(units, "job_definitions");
  return {
    jobs,
    policies: linkPolicies(policies, linkedRoles, jobs, findRole),
    secrets,
    keys,
    networks: linkNetworks(units),
    findRole,
    findSecret: finder(secrets, ({ arn, name }) => [...secretKeys(arn.value), ...(name ? [`name ${name.value}`] : [])]),
    findParameter: finder(parameters, ({ arn, name }) => [
      ...parameterKeys(arn.value),
      ...(name ? parameterKeys(name.value) : []),
    ]),
  };
}

/** The identity policies of each role by the policies' own account, attachments included. */
function attachments(roles: readonly RoleResource[], policies: readonly PolicyResource[]) {
  const findRole = finder(roles, ({ arn, name }) => [...roleKeys(arn.value), ...(name ? roleKeys(name.value) : [])]);
  const byRole = new Map<RoleResource, Map<PolicyResource, boolean>>();
  const add = (role: RoleResource, policy: PolicyResource, certain: boolean) => {
    const attached = into(byRole, role, () => new Map<PolicyResource, boolean>());
    attached.set(policy, certain || attached.get(policy) === true);
  };
  const byUnit = groupBy(roles, ({ unit }) => unit);
  for (const policy of policies) {
    if (policy.kind !== "identity") continue;
    for (const name of policy.attached_to) {
      const found = findRole(policy.unit, roleKeys(name.value));
      if (found) add(found.resource, policy, found.certain);
      else if (hasWideHole(name.value)) for (const role of byUnit.get(policy.unit) ?? []) add(role, policy, false);
    }
  }
  return byRole;
}

/** Resource-side policies (trust, secret, key, endpoint) by what carries them. */
type Carried = (kind: PolicyResource["kind"], unit: string, keys: readonly string[]) => PolicyResource | undefined;

function own(policies: readonly PolicyResource[]): Carried {
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

function linkRole(
  role: RoleResource,
  attached: ReadonlyMap<PolicyResource, boolean>,
  carried: Carried,
  findPolicy: Finder<PolicyResource>,
  managed: ManagedPolicies | undefined,
): Role {
  const statements: Statement[] = [];
  const unseen: Unseen[] = [...role.unseen];
  const seen = new Set<PolicyResource>();
  const take = (policy: PolicyResource, certain: boolean) => {
    if (seen.has(policy)) return;
    seen.add(policy);
    const maybe = certain ? null : `it can't be told whether ${policy.address} is attached to ${role.address}`;
    statements.push(
      ...policy.statements.map((statement) => (maybe && !statement.maybe ? { ...statement, maybe } : statement)),
    );
    unseen.push(...policy.unseen);
    if (maybe) unseen.push({ part: "policies", why: maybe, at: policy.at });
  };
  for (const [policy, certain] of attached) take(policy, certain);
  for (const arn of role.managed_policies) {
    const found = findPolicy(role.unit, policyKeys(arn.value));
    const name = awsManagedName(arn.value);
    const known = name === undefined ? undefined : managed?.statements(name);
    if (known) statements.push(...managedStatements(known, arn.value, arn.at));
    else if (found) take(found.resource, found.certain);
    else unseen.push({ part: "policies", why: `the managed policy ${arn.value} is not in these files`, at: arn.at });
  }
  const trust = carried("trust", role.unit, [
    ...roleKeys(role.arn.value),
    ...(role.name ? roleKeys(role.name.value) : []),
  ]);
  if (!role.policies_told) {
    unseen.push({ part: "policies", why: `these files do not tell all policies of ${role.address}`, at: role.at });
  }
  const { managed_policies: _, policies_told: __, ...declared } = role;
  return { ...declared, trust: trust?.statements ?? null, statements, complete: unseen.length === 0, unseen };
}

function linkKeys(units: readonly Unit[], carried: Carried) {
  const declared = all(units, "keys");
  const findDeclared = finder(declared, ({ arn }) => kmsKeys(arn.value));
  const aliases = all(units, "aliases").map((alias) => ({
    alias,
    key: findDeclared(alias.unit, kmsKeys(alias.target.value))?.resource,
  }));
  const keys = new Map(
    declared.map((key): [string, Key] => [
      key.id,
      {
        ...key,
        aliases: aliases.filter((one) => one.key === key).map(({ alias }) => alias.name),
        statements: carried("key", key.unit, kmsKeys(key.arn.value))?.statements ?? [],
      },
    ]),
  );
  const byAlias = finder(
    aliases.flatMap(({ alias, key }) => (key ? [{ unit: alias.unit, name: alias.name.value, id: key.id }] : [])),
    ({ name }) => [name],
  );
  const findKey: Finder<{ readonly id: string }> = (unit, names) => findDeclared(unit, names) ?? byAlias(unit, names);
  return { keys, findKey };
}

/** The managed key that every account has, which needs no grant: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const DEFAULT_KEY = "alias/aws/secretsmanager";

function customerKey(reference: Text | null): Text | null {
  if (!reference) return null;
  const name = splitArn(reference.value)?.resource ?? reference.value;
  return name === DEFAULT_KEY ? null : reference;
}

function linkSecret(secret: SecretResource, carried: Carried, findKey: Finder<{ readonly id: string }>): Secret {
  const reference = customerKey(secret.key_reference);
  const policy = carried("secret", secret.unit, [
    ...secretKeys(secret.arn.value),
    ...(secret.name ? [`name ${secret.name.value}`] : []),
  ]);
  return {
    ...secret,
    unseen: [...secret.unseen, ...(policy?.unseen ?? [])],
    key_reference: reference,
    key: reference ? (findKey(secret.unit, kmsKeys(reference.value))?.resource.id ?? null) : null,
    statements: policy?.statements ?? [],
  };
}

function linkPolicies(
  policies: readonly PolicyResource[],
  roles: readonly Role[],
  jobs: readonly JobDefinition[],
  findRole: Finder<Role>,
): Policy[] {
  const used = new Set<string>();
  for (const job of jobs) {
    for (const { execution_role, job_role } of job.containers) {
      for (const reference of [execution_role, job_role]) {
        const found = reference && findRole(job.unit, roleKeys(reference.arn.value));
        if (found) used.add(found.resource.id);
      }
    }
  }
  const carriersOf = new Map<string, Set<string>>();
  for (const role of roles) {
    for (const { policy } of role.statements) into(carriersOf, policy, () => new Set<string>()).add(role.id);
  }
  return policies.map(({ attached_elsewhere, attached_to, on, arn: _, ...policy }) => {
    const carriers = [...(carriersOf.get(policy.id) ?? [])];
    return {
      ...policy,
      roles: carriers,
      batch: carriers.some((role) => used.has(role)),
      alone: carriers.length === 0 && !attached_elsewhere && attached_to.length === 0 && on === null,
    };
  });
}
