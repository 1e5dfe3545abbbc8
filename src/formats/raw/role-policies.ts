/**
 * Which policies a role of raw files has.
 *
 * A folder of raw files has no references between a role and its policies as a template has; this is what counts as
 * one:
 *
 * | what the files say | the role is there | its policies are all told |
 * |---|---|---|
 * | `role-policies` of the configuration names the role | yes | yes: the configuration vouches for it |
 * | `get-account-authorization-details`, a wrapper that lists a role's policies | yes | yes |
 * | `create-role` / `get-role`, and beside it `put-role-policy`, `get-role-policy` or `attach-role-policy` of that role
 * | yes | yes, as in a template |
 * | `create-role` / `get-role` alone | yes | no |
 * | `get-role`, and beside it both `list-role-policies`, with the policies it names, and `list-attached-role-policies` |
 * yes | yes |
 * | `put-role-policy`, `get-role-policy`, `attach-role-policy` of a role that only an ARN names | yes | no: other
 * policies may be attached elsewhere |
 * | a bare policy document whose file name names the role (`execution-role-policy.json`) | yes | no, and the policy
 * only may be its |
 * | a role's ARN in a job definition, nothing else | no | |
 *
 * So a missing permission is only ever said of a role whose policies someone wrote down as its policies; a policy that
 * is linked by a guess can neither prove a grant nor, by being the only one, the lack of one. Roles are matched by
 * name, and by account where two literal ones differ.
 */

import { splitArn } from "../../facts/arn.ts";
import type { JobDefinition, Tags, Text, Unseen } from "../../facts/located.ts";
import { otherAccount } from "../../facts/namespace.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { PathTest } from "../../sources/globs.ts";
import { NO_TAGS } from "../read.ts";
import type { FoundPolicy, FoundRole } from "./found.ts";
import { nameOf } from "./keys.ts";

/** The policies of roles by the name or ARN of a role, as the configuration has them. */
export type RolePolicies = ReadonlyMap<string, readonly ConfiguredPolicy[]>;

export interface ConfiguredPolicy {
  readonly given: string;
  /** The files that are meant; null for the ARN of a managed policy. */
  readonly matches: PathTest | null;
}

/** A policy with the path of the file it is in. */
export interface FiledPolicy {
  readonly policy: FoundPolicy;
  readonly path: string;
}

/** A role put together, without an identity yet. `arn` is null when no file tells one. */
export interface RoleDraft {
  readonly role: Text;
  readonly arn: Text | null;
  readonly path: string;
  readonly managed: readonly Text[];
  readonly boundary: Text | null;
  readonly tags: Tags;
  readonly told: boolean;
  readonly unseen: readonly Unseen[];
  readonly at: Place;
}

export interface LinkedRoles {
  readonly roles: readonly RoleDraft[];
  /** The roles that carry a policy. */
  readonly carriers: ReadonlyMap<FoundPolicy, readonly RoleDraft[]>;
  /** Policies that may be of a role of the unit. */
  readonly guessed: ReadonlySet<FoundPolicy>;
}

/** What is known of the roles of one name. */
interface Known {
  /** How the first file that knows it calls it. */
  readonly role: Text;
  readonly facts: FoundRole[];
  readonly policies: { readonly policy: FoundPolicy; readonly role: Text }[];
  readonly unseen: Unseen[];
}

interface UsedRole {
  readonly arn: Text;
  readonly executes: boolean;
}

/** Puts the roles of a unit together from its files, the roles its jobs name and the configuration. */
export function linkRoles(
  facts: readonly FoundRole[],
  policies: readonly FiledPolicy[],
  jobs: readonly JobDefinition[],
  rolePolicies: RolePolicies,
): LinkedRoles {
  const used = usedRoles(jobs);
  const known = new Map<string, Known>();
  for (const fact of facts) of(known, fact.role).facts.push(fact);
  for (const { policy } of policies) {
    for (const role of policy.kind === "identity" ? policy.roles : []) of(known, role).policies.push({ policy, role });
  }
  for (const [role, configured] of rolePolicies) listPolicies(role, configured, known, policies, used);
  const guessed = guess(known, policies, used);
  const carriers = new Map<FoundPolicy, RoleDraft[]>();
  const roles = [...known].flatMap(([name, one]) => {
    const drafts = draftsOf(one, used.get(name) ?? []);
    for (const { policy, role } of one.policies) {
      const carrying = drafts.filter(({ arn }) => arn === null || !otherAccount(arn.value, role.value));
      carriers.set(policy, [...(carriers.get(policy) ?? []), ...carrying]);
    }
    return drafts;
  });
  return { roles, carriers, guessed };
}

function of(known: Map<string, Known>, role: Text): Known {
  const name = nameOf(role.value);
  const found = known.get(name) ?? { role, facts: [], policies: [], unseen: [] };
  known.set(name, found);
  return found;
}

/** The distinct roles that jobs name, by role name. */
export function usedRoles(jobs: readonly JobDefinition[]): ReadonlyMap<string, readonly UsedRole[]> {
  const byName = new Map<string, Map<string, UsedRole>>();
  for (const { containers } of jobs) {
    for (const { execution_role, job_role } of containers) {
      for (const reference of [execution_role, job_role]) {
        if (reference === null || reference.arn.value === "") continue;
        const { arn } = reference;
        const same = byName.get(nameOf(arn.value)) ?? new Map<string, UsedRole>();
        byName.set(nameOf(arn.value), same);
        const executes = reference === execution_role || same.get(arn.value)?.executes === true;
        same.set(arn.value, { arn: same.get(arn.value)?.arn ?? arn, executes });
      }
    }
  }
  return new Map([...byName].map(([name, roles]) => [name, [...roles.values()]]));
}

/** Whether a role of the configuration, a name or an ARN, is this one. */
export function isRole(configured: string, arn: string): boolean {
  return nameOf(configured) === nameOf(arn) && !otherAccount(configured, arn);
}

/** Adds what the configuration says of a role that the unit knows. */
function listPolicies(
  role: string,
  policiesOfRole: readonly ConfiguredPolicy[],
  known: Map<string, Known>,
  policies: readonly FiledPolicy[],
  used: ReadonlyMap<string, readonly UsedRole[]>,
): void {
  const name = nameOf(role);
  const text = [
    ...(used.get(name) ?? []).map(({ arn }) => arn),
    ...(known.get(name)?.facts ?? []).map((fact) => fact.arn ?? fact.role),
  ].find(({ value }) => isRole(role, value));
  if (text === undefined) return;
  const { at } = text;
  const one = of(known, text);
  const configured: Text = { value: role, at };
  const managed = policiesOfRole.flatMap(({ given, matches }): Text[] => (matches ? [] : [{ value: given, at }]));
  one.facts.push(fact(configured, "whole", isArn(role) ? configured : null, managed));
  for (const { given, matches } of policiesOfRole) {
    if (!matches) continue;
    const found = policies.filter(({ policy, path }) => policy.kind === "identity" && matches(path));
    one.policies.push(...found.map(({ policy }) => ({ policy, role: configured })));
    const cause = { kind: "role-policies-file", name: given, unit: null } as const;
    if (found.length === 0) one.unseen.push({ part: "policies", cause, at });
  }
}

export function isArn(text: string): boolean {
  return text.startsWith("arn:");
}

function fact(role: Text, tells: FoundRole["tells"], arn: Text | null, managed: readonly Text[]): FoundRole {
  const none = { boundary: null, tags: NO_TAGS };
  return { about: "role", name: nameOf(role.value), role, arn, path: "/", managed, ...none, tells, at: role.at };
}

/** One role, or one for each literal account, as in jobs of several stages in one folder. */
function draftsOf(known: Known, used: readonly UsedRole[]): readonly RoleDraft[] {
  const arns = [
    ...known.facts.flatMap(({ arn }) => arn ?? []),
    ...used.map(({ arn }) => arn),
    ...known.policies.map(({ role }) => role),
  ].filter(({ value }) => isArn(value));
  const literal = new Map<string, Text>();
  for (const arn of arns) {
    const account = splitArn(arn.value)?.account ?? "";
    if (account !== "" && isLiteral(account) && !literal.has(account)) literal.set(account, arn);
  }
  const [first] = arns;
  if (literal.size === 0) return [draft(known, first ?? null)];
  return [...literal.values()].map((arn) => draft(known, arn));
}

function draft(known: Known, arn: Text | null): RoleDraft {
  const facts = known.facts.filter(
    (fact) => fact.arn === null || arn === null || !otherAccount(fact.arn.value, arn.value),
  );
  const managed = facts.flatMap((fact) => fact.managed);
  const declared = facts.find(({ tells }) => tells !== "named") ?? facts[0];
  const attached = known.policies.length > 0 || managed.length > 0;
  const lists = facts.flatMap((fact) => fact.lists ?? []);
  const isListed = lists.some(({ inline }) => inline !== null) && lists.some(({ managed }) => managed);
  const isDeclared = facts.some(({ tells }) => tells === "declared");
  const role = declared?.role ?? arn ?? known.role;
  return {
    role: { value: nameOf(role.value), at: role.at },
    arn,
    path: declared?.path ?? "/",
    managed,
    boundary: facts.map(({ boundary }) => boundary).find((boundary) => boundary !== null) ?? null,
    tags: facts.find(({ tags }) => tags.given.length > 0 || tags.complete)?.tags ?? NO_TAGS,
    told: facts.some(({ tells }) => tells === "whole") || (lists.length > 0 ? isListed : isDeclared && attached),
    unseen: [
      ...known.unseen,
      ...facts.flatMap(({ unseen }) => unseen ?? []),
      ...(isListed ? notShown(known, lists) : []),
    ],
    at: declared?.at ?? role.at,
  };
}

/** The inline policies that a role has by a list of their names, and that no file shows. */
function notShown({ policies }: Known, lists: readonly NonNullable<FoundRole["lists"]>[]): readonly Unseen[] {
  const shown = new Set(policies.map(({ policy }) => policy.policyName?.value));
  const names = lists.flatMap(({ inline }) => inline ?? []).filter(({ value }) => !shown.has(value));
  return names.map(({ value: name, at }) => ({ part: "policies", cause: { kind: "policy", name, unit: null }, at }));
}

/** Pairs of names that are compared: no hand-kept folder has more. */
const MOST_GUESSES = 100_000;

/**
 * Bare identity policies whose file name names a role that a job uses. Only where no role is described completely,
 * since a policy that may be of any role makes every role of the unit uncertain.
 */
function guess(
  known: Map<string, Known>,
  policies: readonly FiledPolicy[],
  used: ReadonlyMap<string, readonly UsedRole[]>,
): ReadonlySet<FoundPolicy> {
  const guessed = new Set<FoundPolicy>();
  const told = [...known.values()].some((one) => one.facts.some(({ tells }) => tells !== "named"));
  if (told) return guessed;
  const bare = policies.filter(({ policy }) => isBare(policy));
  if (bare.length * used.size > MOST_GUESSES) return guessed;
  for (const [name, roles] of used) {
    const [role] = roles;
    if (role === undefined || !isLiteral(name)) continue;
    const executes = roles.some((one) => one.executes);
    const named = bare.filter(({ path }) => suggests(path, name, executes));
    if (named.length === 0) continue;
    for (const { policy } of named) guessed.add(policy);
    const one = of(known, role.arn);
    if (one.facts.length === 0) one.facts.push(fact(role.arn, "named", null, []));
  }
  return guessed;
}

function isBare({ kind, policyName, managed, roles, elsewhere }: FoundPolicy): boolean {
  return kind === "identity" && policyName === null && managed === null && roles.length === 0 && !elsewhere;
}

const EXECUTION = /execution|(?:^|[^a-z])exec(?:[^a-z]|$)/;

/** Whether a file's name says that it belongs to a role: by the role's name, or by the part it plays. */
function suggests(path: string, role: string, executes: boolean): boolean {
  const stem = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (plain(role).length >= 4 && plain(stem).includes(plain(role))) return true;
  if (EXECUTION.test(stem)) return executes;
  return !executes && /job|task/.test(stem) && stem.includes("role");
}
