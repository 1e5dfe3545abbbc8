/**
 * Roles with the statements of every policy that is attached to them, by whichever side says so, and of their boundary.
 */

import { groupBy, into } from "../maps.ts";
import type { Carried } from "./carried.ts";
import type { Cause } from "./causes.ts";
import type { HandedTo } from "./handed.ts";
import type { Located, Statement, Text, Unseen } from "./located.ts";
import { awsManagedName, loadManagedPolicies, type ManagedPolicies, managedStatements } from "./managed-policies.ts";
import { type Finder, finder, isOneAccount, policyKeys, roleKeys } from "./namespace.ts";
import { byName, type How, type Meanings, meaningsIn } from "./pointers.ts";
import { eitherAbsence, isTogether } from "./presence.ts";
import type { AttachmentResource, PolicyListResource, PolicyResource, RoleResource } from "./resources.ts";
import type { Case } from "./schema.ts";
import { afterLastSlash, causeOfText, isLiteral } from "./text.ts";

export type Role = Located<Case["roles"][string]>;
type Boundary = Role["boundary"];

/**
 * What is attached to a role: a policy of the files, or the ARN of a managed one; how surely, and why it may not be, if
 * so.
 */
interface Attached {
  readonly policies: Map<PolicyResource, How>;
  readonly arns: { readonly arn: Text; readonly by: string; readonly how: How; readonly maybe: Cause | null }[];
  /** What takes off all policies that it does not list. */
  readonly lists: PolicyList[];
}

/** A list of policies with the keys of all that it keeps. */
interface PolicyList extends Pick<PolicyListResource, "kind" | "address" | "unit"> {
  readonly keys: ReadonlySet<string>;
}

const NOTHING: Attached = { policies: new Map(), arns: [], lists: [] };

/** What the ARN of a managed policy names: statements, and the policy itself if it is in the files. */
interface Managed {
  readonly statements: readonly Statement[];
  readonly unseen: readonly Unseen[];
  readonly policy: PolicyResource | null;
  /** Whether it surely is the one of the ARN, not only one of its name. */
  readonly certain: boolean;
}
type FindManaged = (unit: string, arn: Text) => Managed | undefined;

/** How a role is found: by its ARN or its name, or by a name that CloudFormation made, which only tells its end. */
export function rolesBy(roles: readonly Role[], declared: readonly RoleResource[]): Finder<Role> {
  const find = finder(roles, ({ arn, name }) => [...roleKeys(arn.value), ...(name ? roleKeys(name.value) : [])]);
  const logicalIds = new Map(declared.flatMap(({ id, logical_id }) => (logical_id ? [[id, logical_id] as const] : [])));
  if (logicalIds.size === 0) return find;
  const findMade = finder(
    roles.filter(({ id }) => logicalIds.has(id)),
    ({ id }) => [logicalIds.get(id) ?? ""],
  );
  return (unit, keys) => {
    const known = find(unit, keys);
    if (known) return known;
    const made = keys.flatMap((key) => MADE_NAME.exec(key)?.[1] ?? []);
    const found = made.length > 0 ? findMade(unit, made) : undefined;
    return found && { ...found, certain: false };
  };
}

/**
 * The name of a role that a stack makes without one: the stack's name, the logical id, and random characters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-physical-resource-id.html
 */
const MADE_NAME = /^name [\w-]+-([A-Za-z0-9]+)-[A-Z0-9]{12,13}$/;

export async function linkRoles(
  all: readonly RoleResource[],
  policies: readonly PolicyResource[],
  attachments: readonly AttachmentResource[],
  lists: readonly PolicyListResource[],
  carried: Carried,
  handed: HandedTo,
): Promise<Role[]> {
  const roles = withoutDoubles(all);
  const meanings = meaningsIn(roles, {
    keys: roleKeys,
    texts: ({ arn, name }) => [arn.value, ...(name ? [name.value] : [])],
    isLookedUp,
  });
  const attached = attachedTo(meanings, policies, attachments, lists);
  const listed = [
    ...roles.flatMap(({ managed_policies, permissions_boundary }) =>
      [...managed_policies, permissions_boundary ?? []].flat(),
    ),
    ...attachments.map(({ policy }) => policy),
  ];
  const table = listed.some(({ value }) => awsManagedName(value)) ? await loadManagedPolicies() : undefined;
  const find = managedBy(policies, table);
  const linked = new Map(
    roles.map((role) => [role, linkRole(role, attached.get(role) ?? NOTHING, carried, find, handed)]),
  );
  return roles.flatMap((role) => {
    const own = linked.get(role);
    if (!own) return [];
    if (!isLookedUp(role)) return own;
    const [elsewhere, ...more] = meanings(role.unit, role.arn.value).filter(({ resource }) => !isLookedUp(resource));
    const declared = elsewhere && elsewhere.how !== "maybe" && more.length === 0 && linked.get(elsewhere.resource);
    return declared ? asDeclared(own, declared) : own;
  });
}

/** Whether the files only look a role up, or show it without its policies: another unit may declare it. */
function isLookedUp({ policies_told }: RoleResource): boolean {
  return !policies_told;
}

/** The roles without those that a unit looks up although it declares them, or looks up twice. */
function withoutDoubles(roles: readonly RoleResource[]): RoleResource[] {
  const seen = new Set<string>();
  const key = ({ unit, arn, name }: RoleResource) => `${unit}\n${roleKeys(name?.value ?? arn.value).at(-1)}`;
  for (const role of roles) if (!isLookedUp(role)) seen.add(key(role));
  return roles.filter((role) => {
    if (!isLookedUp(role)) return true;
    const isNew = !seen.has(key(role));
    seen.add(key(role));
    return isNew;
  });
}

/**
 * A role that is looked up, with what another unit declares of the role of that name: it may be another account's, unless
 * both are known to be in one, in which a name is that of one role.
 */
function asDeclared(own: Role, declared: Role): Role {
  if (isOneAccount(own.arn.value, declared.arn.value)) {
    const unseen = [...declared.unseen, ...own.unseen.filter(({ cause }) => cause.kind !== "role-policies")];
    const statements = [...own.statements, ...declared.statements];
    const { trust, boundary } = declared;
    return { ...own, statements, trust, boundary, unseen, complete: unseen.length === 0 };
  }
  const cause: Cause = { kind: "same-role", name: declared.address, unit: declared.unit };
  const statements = [...own.statements, ...declared.statements.map((one) => byName(one, cause))];
  const hidden = own.unseen.map((one) => (one.cause.kind === "role-policies" ? { ...one, cause } : one));
  return {
    ...own,
    statements,
    trust: own.trust ?? declared.trust,
    boundary: own.boundary ?? (declared.boundary && { ...declared.boundary, complete: false, cause }),
    unseen: [...declared.unseen, ...hidden],
    complete: false,
  };
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

const RANK = { surely: 2, "by-name": 1, maybe: 0 } as const;

function attachedTo(
  meanings: Meanings<RoleResource>,
  policies: readonly PolicyResource[],
  attachments: readonly AttachmentResource[],
  lists: readonly PolicyListResource[],
): Map<RoleResource, Attached> {
  const result = new Map<RoleResource, Attached>();
  const of = (role: RoleResource) => into(result, role, (): Attached => ({ policies: new Map(), arns: [], lists: [] }));
  for (const policy of policies) {
    if (policy.kind !== "identity") continue;
    for (const name of policy.attached_to) {
      for (const { resource, how } of meanings(policy.unit, name.value)) {
        const known = of(resource).policies.get(policy);
        if (!known || RANK[known] < RANK[how]) of(resource).policies.set(policy, how);
      }
    }
  }
  const takes = takersOf(meanings, attachments);
  for (const { unit, role, policy, maybe, address } of attachments) {
    const taker = takes.get(`${unit}\n${policy.value}`);
    for (const { resource, how } of meanings(unit, role.value)) {
      const off = taker && !taker.roles.has(resource) ? taker.cause : null;
      of(resource).arns.push({ arn: policy, by: address, how, maybe: maybe ?? off });
    }
  }
  for (const { kind, address, unit, role, policies: listed } of lists) {
    const keys = new Set(listed.flatMap(({ value }) => keysInList(kind, value)));
    for (const { resource } of meanings(unit, role.value)) of(resource).lists.push({ kind, address, unit, keys });
  }
  return result;
}

/**
 * By policies the roles that keep them: `aws_iam_policy_attachment` takes its policy off everybody whom it does not list.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy_attachment
 */
function takersOf(meanings: Meanings<RoleResource>, attachments: readonly AttachmentResource[]) {
  const result = new Map<string, { readonly cause: Cause; readonly roles: Set<RoleResource> }>();
  for (const { unit, role, policy, address, exclusive } of attachments) {
    if (!exclusive) continue;
    const cause: Cause = { kind: "policy-list", name: address, unit };
    const taker = into(result, `${unit}\n${policy.value}`, () => ({ cause, roles: new Set<RoleResource>() }));
    for (const { resource } of meanings(unit, role.value)) taker.roles.add(resource);
  }
  return result;
}

function linkRole(role: RoleResource, attached: Attached, carried: Carried, find: FindManaged, handed: HandedTo): Role {
  const { statements, unseen } = policiesOf(role, attached, find);
  unseen.push(...handed("policies", [role.arn.value, ...(role.name ? [role.name.value] : [])]));
  const trust = carried(role.unit, [...roleKeys(role.arn.value), ...(role.name ? roleKeys(role.name.value) : [])]);
  const unseenTrust = trust.flatMap((policy) => policy.unseen).map((one) => ({ ...one, part: "trust" }));
  const { managed_policies: _, policies_told: __, logical_id: ___, existence: ____, ...declared } = role;
  return {
    ...declared,
    trust:
      trust.length > 0
        ? whereItIs(
            role,
            trust.flatMap((policy) => policy.statements),
          )
        : null,
    statements: whereItIs(role, statements),
    complete: unseen.length === 0,
    boundary: boundaryOf(role, find),
    unseen: [...unseen, ...unseenTrust],
  };
}

/** The statements of a role where it is made: those that are made with it are there. */
function whereItIs({ existence }: RoleResource, statements: readonly Statement[]): readonly Statement[] {
  if (!existence) return statements;
  return statements.map((one) => (one.maybe && isTogether(one.maybe, existence) ? { ...one, maybe: null } : one));
}

/** The ids of the policies that something carries, without those of other units that only may be attached to it. */
export function policiesCarriedBy({
  unit,
  statements,
  unseen = [],
}: Pick<Role, "unit" | "statements"> & Partial<Pick<Role, "unseen">>): Set<string> {
  const isByName = unseen.some(({ cause }) => cause.kind === "same-role");
  return new Set(
    statements.flatMap(({ policy, maybe }) =>
      (!isByName && maybe?.kind !== "attachment" && maybe?.kind !== "carried") || policy.startsWith(`${unit}#`)
        ? policy
        : [],
    ),
  );
}

/** The statements of all policies of a role, and what is not seen of them. */
function policiesOf(role: RoleResource, attached: Attached, find: FindManaged) {
  const statements: Statement[] = [];
  const unseen: Unseen[] = [...role.unseen];
  const seen = new Set<PolicyResource>();
  const take = ({ statements: taken, unseen: hidden, policy }: Managed, doubt: Cause | null, how: How) => {
    if (policy && seen.has(policy)) return;
    if (policy) seen.add(policy);
    unseen.push(...hidden);
    const isSure = how === "surely" || doubt === null;
    const change = (one: Statement) =>
      how === "by-name" && doubt ? byName(one, doubt) : { ...one, maybe: eitherAbsence(one.maybe, doubt) };
    statements.push(...(isSure ? taken : taken.map(change)));
  };
  const doubtOf = (name: string, how: How): Cause | null =>
    how === "surely" ? null : { kind: "attachment", name, unit: role.unit };
  const surely = [...attached.policies].flatMap(([policy, how]) => (how === "surely" ? policy : []));
  const rivals = rivalsOf(surely);
  for (const [policy, how] of [...attached.policies].sort(([, a], [, b]) => RANK[b] - RANK[a])) {
    const { statements, unseen } = policy;
    const off = takenOff(policy, attached.lists) ?? rivals.get(policy) ?? null;
    take({ statements, unseen, policy, certain: true }, off ?? doubtOf(policy.address, how), off ? "maybe" : how);
  }
  for (const { arn, by, how, maybe } of [
    ...role.managed_policies.map((arn) => ({ arn, by: "", how: "surely" as const, maybe: null })),
    ...attached.arns,
  ]) {
    const managed = find(role.unit, arn);
    const off = eitherAbsence(maybe, takenOff({ arn }, attached.lists));
    const doubt = off ?? doubtOf(by, how);
    if (!managed) unseen.push({ part: "policies", cause: doubt ?? causeOf(arn), at: arn.at });
    else if (managed.certain) take(managed, doubt, off ? "maybe" : how);
    else {
      const cause = samePolicy(managed) ?? causeOf(arn);
      take(managed, doubt ?? cause, off || how === "maybe" ? "maybe" : "by-name");
      unseen.push({ part: "policies", cause, at: arn.at });
    }
  }
  if (!role.policies_told) {
    unseen.push({
      part: "policies",
      at: role.at,
      cause: { kind: "role-policies", name: calledBy(role), unit: role.unit },
    });
  }
  return { statements, unseen };
}

/** What may take a policy off a role again: a list of all its policies of that kind that lacks it. */
function takenOff(
  { arn, name = null }: Pick<PolicyResource, "arn"> & Partial<Pick<PolicyResource, "name">>,
  lists: readonly PolicyList[],
): Cause | null {
  const kind = arn ? "managed" : "inline";
  const called = arn ?? name;
  const keys = called ? keysInList(kind, called.value) : [];
  const list = lists.find((one) => one.kind === kind && !keys.some((key) => one.keys.has(key)));
  return list ? { kind: "policy-list", name: list.address, unit: list.unit } : null;
}

/**
 * What may be in the place of inline policies that say other things under the same name: a role has one of a name, and
 * which is put there last is not known.
 */
function rivalsOf(policies: readonly PolicyResource[]): ReadonlyMap<PolicyResource, Cause> {
  const result = new Map<PolicyResource, Cause>();
  const name = (policy: PolicyResource, other: PolicyResource | undefined) => {
    if (other) result.set(policy, { kind: "same-policy", name: other.address, unit: other.unit });
  };
  const inline = policies.filter(({ arn, name }) => !arn && name);
  for (const namesakes of groupBy(inline, ({ unit, name }) => `${unit}\n${name?.value}`).values()) {
    if (namesakes.length < 2) continue;
    const [first = [], ...others] = groupBy(namesakes, contentOf).values();
    for (const policy of first) name(policy, others[0]?.[0]);
    for (const policy of others.flat()) name(policy, first[0]);
  }
  return result;
}

/** The statements of a policy without what they are called and where they stand. */
function contentOf({ statements }: PolicyResource): string {
  return JSON.stringify(statements, (key, value) => (key === "at" || key === "policy" || key === "sid" ? null : value));
}

/** The keys of a policy in a list of that kind: an inline one has its name alone. */
function keysInList(kind: PolicyListResource["kind"], value: string): readonly string[] {
  return kind === "managed" ? policyKeys(value) : [value];
}

/** What people search for who look a role up: its own name, where that is known. */
function calledBy({ name, address }: RoleResource): string {
  return name && isLiteral(name.value) ? name.value : address;
}

/** A boundary is one managed policy. What is not in the files may allow anything. */
function boundaryOf(role: RoleResource, find: FindManaged): Boundary {
  const arn = role.permissions_boundary;
  if (!arn) return null;
  const managed = find(role.unit, arn);
  if (!managed) return { statements: [], complete: false, cause: causeOf(arn) };
  const { statements, unseen, certain } = managed;
  if (certain && unseen.length === 0) return { statements, complete: true, cause: null };
  if (certain) return { statements, complete: false, cause: unseen[0]?.cause ?? causeOf(arn) };
  const cause = samePolicy(managed) ?? causeOf(arn);
  return { statements: statements.map((one) => byName(one, cause)), complete: false, cause };
}

/** Why what another unit declares under the name of a policy may be another one. */
function samePolicy({ policy }: Managed): Cause | null {
  return policy && { kind: "same-policy", name: policy.address, unit: policy.unit };
}

/**
 * What is not known of a policy that is not in the files: its ARN, when that is unknown, else the policy itself, by its
 * name where only the account is unknown: that is what people search for.
 */
function causeOf(arn: Text): Cause {
  const unknown = causeOfText(arn.value);
  if (unknown) return unknown;
  const name = afterLastSlash(arn.value);
  return { kind: "policy", name: isLiteral(arn.value) || !isLiteral(name) ? arn.value : name, unit: null };
}
