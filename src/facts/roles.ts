/** Roles with the statements of every policy that is attached to them, by whichever side says so. */
import type { Place } from "../source.ts";
import type { Carried } from "./carried.ts";
import { awsManagedName, loadManagedPolicies, type ManagedPolicies, managedStatements } from "./managed-policies.ts";
import { groupBy, into } from "./maps.ts";
import { type Finder, finder, policyKeys, roleKeys } from "./namespace.ts";
import type {
  AttachmentResource,
  Located,
  PolicyResource,
  RoleResource,
  Statement,
  Text,
  Unseen,
} from "./resources.ts";
import type { Case } from "./schema.ts";
import { hasWideHole } from "./text.ts";

export type Role = Located<Case["roles"][string]>;

/** What is attached to a role: a policy of the files, or the ARN of a managed one; and why it may not be, if so. */
interface Attached {
  readonly policies: Map<PolicyResource, string | null>;
  readonly arns: { readonly arn: Text; readonly maybe: string | null }[];
}

/** How a role is found: by its ARN or its name. */
export function rolesBy<R extends { readonly unit: string; readonly arn: Text; readonly name: Text | null }>(
  roles: readonly R[],
): Finder<R> {
  return finder(roles, ({ arn, name }) => [...roleKeys(arn.value), ...(name ? roleKeys(name.value) : [])]);
}

/** Links all roles of a run. */
export async function linkRoles(
  roles: readonly RoleResource[],
  policies: readonly PolicyResource[],
  attachments: readonly AttachmentResource[],
  carried: Carried,
): Promise<Role[]> {
  const attached = attachedTo(roles, policies, attachments);
  const listed = [...roles.flatMap((role) => role.managed_policies), ...attachments.map(({ policy }) => policy)];
  const managed = listed.some(({ value }) => awsManagedName(value)) ? await loadManagedPolicies() : undefined;
  const findPolicy = finder(
    policies.filter(({ kind }) => kind === "identity"),
    ({ arn, name }) => [...(arn ? policyKeys(arn.value) : []), ...(name ? [`name ${name.value}`] : [])],
  );
  return roles.map((role) =>
    linkRole(role, attached.get(role) ?? { policies: new Map(), arns: [] }, carried, findPolicy, managed),
  );
}

function attachedTo(
  roles: readonly RoleResource[],
  policies: readonly PolicyResource[],
  attachments: readonly AttachmentResource[],
): Map<RoleResource, Attached> {
  const findRole = rolesBy(roles);
  const ofUnit = groupBy(roles, ({ unit }) => unit);
  const result = new Map<RoleResource, Attached>();
  /** Calls `add` for the role of a name, or for every role of the unit when the name can't be told. */
  const each = (unit: string, name: Text, what: string, add: (attached: Attached, maybe: string | null) => void) => {
    const found = findRole(unit, roleKeys(name.value));
    const candidates = found ? [found.resource] : hasWideHole(name.value) ? (ofUnit.get(unit) ?? []) : [];
    for (const role of candidates) {
      const maybe = found?.certain ? null : `it can't be told whether ${what} is attached to ${role.address}`;
      add(
        into(result, role, () => ({ policies: new Map(), arns: [] })),
        maybe,
      );
    }
  };
  for (const policy of policies) {
    if (policy.kind !== "identity") continue;
    for (const name of policy.attached_to) {
      each(policy.unit, name, policy.address, ({ policies }, maybe) => {
        if (policies.get(policy) !== null) policies.set(policy, maybe);
      });
    }
  }
  for (const { unit, role, policy, maybe } of attachments) {
    each(unit, role, policy.value, ({ arns }, doubt) => arns.push({ arn: policy, maybe: maybe ?? doubt }));
  }
  return result;
}

function linkRole(
  role: RoleResource,
  attached: Attached,
  carried: Carried,
  findPolicy: Finder<PolicyResource>,
  managed: ManagedPolicies | undefined,
): Role {
  const statements: Statement[] = [];
  const unseen: Unseen[] = [...role.unseen];
  const seen = new Set<PolicyResource>();
  const doubt = (maybe: string | null, at: Place, taken: readonly Statement[]) => {
    statements.push(...(maybe ? taken.map((one) => ({ ...one, maybe: one.maybe ?? maybe })) : taken));
    if (maybe) unseen.push({ part: "policies", why: maybe, at });
  };
  const take = (policy: PolicyResource, maybe: string | null) => {
    if (seen.has(policy)) return;
    seen.add(policy);
    unseen.push(...policy.unseen);
    doubt(maybe, policy.at, policy.statements);
  };
  for (const [policy, maybe] of attached.policies) take(policy, maybe);
  for (const { arn, maybe } of [...role.managed_policies.map((arn) => ({ arn, maybe: null })), ...attached.arns]) {
    const name = awsManagedName(arn.value);
    const known = name === undefined ? undefined : managed?.statements(name);
    const found = known ? undefined : findPolicy(role.unit, policyKeys(arn.value));
    const why = `the managed policy ${arn.value} is not in these files`;
    if (known) doubt(maybe, arn.at, managedStatements(known, arn.value, arn.at));
    else if (found?.certain) take(found.resource, maybe);
    else if (found) take(found.resource, maybe ?? `${why}, only one of its name`);
    else unseen.push({ part: "policies", why, at: arn.at });
  }
  const trust = carried("trust", role.unit, [
    ...roleKeys(role.arn.value),
    ...(role.name ? roleKeys(role.name.value) : []),
  ]);
  if (!role.policies_told) {
    unseen.push({ part: "policies", why: `these files do not tell all policies of ${role.address}`, at: role.at });
  }
  const { managed_policies: _, policies_told: __, ...declared } = role;
  return {
    ...declared,
    trust: trust.length > 0 ? trust.flatMap((policy) => policy.statements) : null,
    statements,
    complete: unseen.length === 0,
    unseen,
  };
}
