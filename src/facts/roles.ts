/** Roles with the statements of every policy attached to them, and of their boundary. */
import type { Place } from "../source.ts";
import type { Carried } from "./carried.ts";
import type { Cause } from "./causes.ts";
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
import { causeOfText, hasWideHole } from "./text.ts";

export type Role = Located<Case["roles"][string]>;
type Boundary = Role["boundary"];

/** What is attached to a role: a policy of the files, or the ARN of a managed one; and why it may not be, if so. */
interface Attached {
  readonly policies: Map<PolicyResource, Cause | null>;
  readonly arns: { readonly arn: Text; readonly doubt: Cause | null }[];
}

/** What the ARN of a managed policy names: statements, and the policy itself if it is in the files. */
interface Managed {
  readonly statements: readonly Statement[];
  readonly unseen: readonly Unseen[];
  readonly policy: PolicyResource | null;
  /** Whether it surely is the one of the ARN, not only one of its name. */
  readonly certain: boolean;
}
type FindManaged = (unit: string, arn: Text) => Managed | undefined;

/** How a role is found: by its ARN or its name. */
export function rolesBy<R extends { readonly unit: string; readonly arn: Text; readonly name: Text | null }>(
  roles: readonly R[],
): Finder<R> {
  return finder(roles, ({ arn, name }) => [...roleKeys(arn.value), ...(name ? roleKeys(name.value) : [])]);
}

export async function linkRoles(
  roles: readonly RoleResource[],
  policies: readonly PolicyResource[],
  attachments: readonly AttachmentResource[],
  carried: Carried,
): Promise<Role[]> {
  const attached = attachedTo(roles, policies, attachments);
  const listed = [
    ...roles.flatMap(({ managed_policies, permissions_boundary }) =>
      [...managed_policies, permissions_boundary ?? []].flat(),
    ),
    ...attachments.map(({ policy }) => policy),
  ];
  const table = listed.some(({ value }) => awsManagedName(value)) ? await loadManagedPolicies() : undefined;
  const find = managedBy(policies, table);
  return roles.map((role) => linkRole(role, attached.get(role) ?? { policies: new Map(), arns: [] }, carried, find));
}

function managedBy(policies: readonly PolicyResource[], table: ManagedPolicies | undefined): FindManaged {
  const findPolicy = finder(
    policies.filter(({ kind }) => kind === "identity"),
    ({ arn, name }) => [...(arn ? policyKeys(arn.value) : []), ...(name ? [`name ${name.value}`] : [])],
  );
  return (unit, arn) => {
    const known = table?.statements(arn.value);
    if (known) {
      const statements = managedStatements(known, arn.value, arn.at);
      return { statements, unseen: [], policy: null, certain: true };
    }
    const found = findPolicy(unit, policyKeys(arn.value));
    if (!found) return undefined;
    const { resource: policy, certain } = found;
    return { statements: policy.statements, unseen: policy.unseen, policy, certain };
  };
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
  const each = (unit: string, name: Text, what: string, add: (attached: Attached, doubt: Cause | null) => void) => {
    const found = findRole(unit, roleKeys(name.value));
    const candidates = found ? [found.resource] : hasWideHole(name.value) ? (ofUnit.get(unit) ?? []) : [];
    for (const role of candidates) {
      const doubt: Cause | null = found?.certain ? null : { kind: "attachment", name: what, unit };
      add(
        into(result, role, () => ({ policies: new Map(), arns: [] })),
        doubt,
      );
    }
  };
  for (const policy of policies) {
    if (policy.kind !== "identity") continue;
    for (const name of policy.attached_to) {
      each(policy.unit, name, policy.address, ({ policies }, doubt) => {
        if (policies.get(policy) !== null) policies.set(policy, doubt);
      });
    }
  }
  for (const { unit, role, policy, maybe } of attachments) {
    each(unit, role, policy.value, ({ arns }, doubt) => arns.push({ arn: policy, doubt: maybe ?? doubt }));
  }
  return result;
}

function linkRole(role: RoleResource, attached: Attached, carried: Carried, find: FindManaged): Role {
  const { statements, unseen } = policiesOf(role, attached, find);
  const trust = carried("trust", role.unit, [
    ...roleKeys(role.arn.value),
    ...(role.name ? roleKeys(role.name.value) : []),
  ]);
  const unseenTrust = trust.flatMap((policy) => policy.unseen).map((one) => ({ ...one, part: "trust" }));
  const { managed_policies: _, policies_told: __, ...declared } = role;
  return {
    ...declared,
    trust: trust.length > 0 ? trust.flatMap((policy) => policy.statements) : null,
    statements,
    complete: unseen.length === 0,
    boundary: boundaryOf(role, find),
    unseen: [...unseen, ...unseenTrust],
  };
}

/** The statements of all policies of a role, and what is not seen of them. */
function policiesOf(role: RoleResource, attached: Attached, find: FindManaged) {
  const statements: Statement[] = [];
  const unseen: Unseen[] = [...role.unseen];
  const seen = new Set<PolicyResource>();
  const take = ({ statements: taken, unseen: hidden, policy }: Managed, doubt: Cause | null, at: Place) => {
    if (policy && seen.has(policy)) return;
    if (policy) seen.add(policy);
    unseen.push(...hidden);
    statements.push(...(doubt ? taken.map((one) => ({ ...one, maybe: one.maybe ?? doubt })) : taken));
    if (doubt) unseen.push({ part: "policies", cause: doubt, at });
  };
  for (const [policy, doubt] of attached.policies) {
    take({ statements: policy.statements, unseen: policy.unseen, policy, certain: true }, doubt, policy.at);
  }
  for (const { arn, doubt } of [...role.managed_policies.map((arn) => ({ arn, doubt: null })), ...attached.arns]) {
    const managed = find(role.unit, arn);
    if (!managed) unseen.push({ part: "policies", cause: causeOf(arn), at: arn.at });
    else if (managed.certain) take(managed, doubt, managed.policy?.at ?? arn.at);
    else take(managed, doubt ?? causeOf(arn), arn.at);
  }
  if (!role.policies_told) {
    unseen.push({
      part: "policies",
      at: role.at,
      cause: { kind: "role-policies", name: role.address, unit: role.unit },
    });
  }
  return { statements, unseen };
}

/** A boundary is one managed policy. What is not in the files may allow anything. */
function boundaryOf(role: RoleResource, find: FindManaged): Boundary {
  const arn = role.permissions_boundary;
  if (!arn) return null;
  const managed = find(role.unit, arn);
  if (!managed) return { statements: [], complete: false, cause: causeOf(arn) };
  const { statements, unseen, certain } = managed;
  if (certain && unseen.length === 0) return { statements, complete: true, cause: null };
  return { statements, complete: false, cause: (certain && unseen[0]?.cause) || causeOf(arn) };
}

/** What is not known of a policy that is not in the files: its ARN, when that can't be told, else the policy itself. */
function causeOf(arn: Text): Cause {
  return causeOfText(arn.value) ?? { kind: "policy", name: arn.value, unit: null };
}
