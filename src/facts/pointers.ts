/**
 * What a policy, an attachment or a grant points at, over all units of a run. A string may name a resource surely, by a
 * name that another unit gives it, or perhaps: nobody knows then what a variable or an import will be.
 */

import { into } from "../maps.ts";
import type { Cause } from "./causes.ts";
import { areApart, deploymentsNow } from "./deployments.ts";
import type { Statement, Text } from "./located.ts";
import { areDifferent, identifies, literalAccount, otherAccount } from "./namespace.ts";
import { eitherAbsence } from "./presence.ts";
import { holeOf, holes, isLiteral, knownEnds } from "./text.ts";

/** Surely that resource; one of another unit that has the very name; or one that it may be. */
export type How = "surely" | "by-name" | "maybe";

export interface Meaning<R> {
  readonly resource: R;
  readonly how: How;
}

interface Named {
  readonly unit: string;
  readonly address: string;
  readonly arn: Text;
}

export interface Naming<R> {
  /** The keys of a string that names one: those of names begin with `name ` (`facts/namespace.ts`). */
  readonly keys: (text: string) => readonly string[];
  /** The texts by which a resource is named: its ARN, its name. */
  readonly texts: (resource: R) => readonly string[];
  /** Whether a unit only looks it up, so that another one may declare it. */
  readonly isLookedUp: (resource: R) => boolean;
  /** Whether AWS makes all names, so that a literal one may be that of any resource of another unit. */
  readonly madeByAws?: true;
}

/** All resources that a string of a unit means or may mean. */
export type Meanings<R> = (unit: string, text: string) => readonly Meaning<R>[];

export function meaningsIn<R extends Named>(resources: readonly R[], naming: Naming<R>): Meanings<R> {
  const { keys, texts, isLookedUp, madeByAws = false } = naming;
  const byKey = new Map<string, Set<R>>();
  for (const resource of resources) {
    for (const key of texts(resource).flatMap(keys)) into(byKey, key, () => new Set()).add(resource);
  }
  const namesOf = (text: string) => keys(text).map((key) => key.replace(/^name /, ""));
  const candidates = resources.map((resource) => ({ resource, names: texts(resource).flatMap(namesOf) }));
  let apart: readonly Apart<R>[] | undefined;
  const open = candidates.filter(({ names }) => !names.some(isLiteral));
  const known = new Map<string, readonly Meaning<R>[]>();

  const find = (unit: string, text: string): readonly Meaning<R>[] => {
    const named = keys(text);
    const fits = (resource: R) => !otherAccount(resource.arn.value, text) && !areApart(unit, resource.unit);
    const mine = preferred(
      nearest(
        unit,
        firstOf(named, (key) => only(byKey.get(key), (one) => one.unit === unit || identifies(key))),
      ),
      isLookedUp,
    );
    const certain = mine.map((resource): Meaning<R> => ({ resource, how: mine.length === 1 ? "surely" : "maybe" }));
    if (mine.some((resource) => !isLookedUp(resource))) return certain;
    const names = namesOf(text);
    if (names.some(isLiteral)) {
      const others = firstOf(named, (key) => only(byKey.get(key), (one) => one.unit !== unit && fits(one)));
      const declared = others.filter((one) => !isLookedUp(one));
      const byName = others.map((resource): Meaning<R> => {
        const sure = isLookedUp(resource) || declared.length === 1;
        return { resource, how: sure ? "by-name" : "maybe" };
      });
      if (certain.length + byName.length > 0) return [...certain, ...byName];
      return open
        .filter(({ resource }) => fits(resource))
        .filter((one) => (madeByAws ? one.resource.unit !== unit : names.some((name) => mayBeCalled(name, one))))
        .map(maybe);
    }
    if (!names.every(mayBeAny)) return certain;
    const [account, wanted] = [literalAccount(text), names.map(knownEnds)];
    apart ??= candidates.map(takenApart);
    const others = apart.filter(
      ({ resource, ends, account: own }) =>
        ends.some((a) => wanted.some((b) => mayEnd(a, b))) &&
        !areDifferent(own, account) &&
        !mine.includes(resource) &&
        !areApart(unit, resource.unit),
    );
    return [...certain, ...others.map(maybe)];
  };
  return (unit, text) => into(known, `${unit}\n${text}`, () => find(unit, text));
}

/** Those of the unit's own deployment where it has any: two deployments of one account declare the same things. */
function nearest<R extends Named>(unit: string, found: readonly R[]): readonly R[] {
  const deployments = found.length > 1 ? deploymentsNow() : undefined;
  const near = deployments ? found.filter((one) => deployments.isOne(unit, one.unit)) : [];
  return near.length > 0 ? near : found;
}

type Ends = ReturnType<typeof knownEnds>;

/** Strings whose names are not known are held against all candidates, so these are taken apart once. */
interface Apart<R> {
  readonly resource: R;
  readonly account: string | undefined;
  readonly ends: readonly Ends[];
}

function takenApart<R extends Named>({ resource, names }: { resource: R; names: readonly string[] }): Apart<R> {
  return { resource, account: literalAccount(resource.arn.value), ends: names.map(knownEnds) };
}

/** What the first key gives that gives anything. */
function firstOf<R>(keys: readonly string[], find: (key: string) => readonly R[]): readonly R[] {
  for (const key of keys) {
    const found = find(key);
    if (found.length > 0) return found;
  }
  return [];
}

function maybe<R>({ resource }: { readonly resource: R }): Meaning<R> {
  return { resource, how: "maybe" };
}

function only<R>(found: ReadonlySet<R> | undefined, test: (one: R) => boolean): R[] {
  return found ? [...found].filter(test) : [];
}

/** What is declared, rather than what only looks it up. */
function preferred<R>(found: readonly R[], isLookedUp: (one: R) => boolean): readonly R[] {
  const declared = found.filter((one) => !isLookedUp(one));
  return declared.length > 0 ? declared : found.slice(0, 1);
}

/**
 * Whether an unknown name may be that of any resource. What identifies a declared resource is found by its key or names
 * something else; a module that is not read names what it makes itself, unless it is given the name.
 */
function mayBeAny(name: string): boolean {
  return holes(name).every(({ name: inside }) => {
    const { identifies, origin } = holeOf(inside);
    return identifies === null && origin.kind !== "module";
  });
}

/** Whether two texts may be equal, by what is known of both ends. */
function mayBeEqual(a: string, b: string): boolean {
  return isLiteral(a) && isLiteral(b) ? a === b : mayEnd(knownEnds(a), knownEnds(b));
}

function mayEnd([start, end]: Ends, [otherStart, otherEnd]: Ends): boolean {
  const starts = start.startsWith(otherStart) || otherStart.startsWith(start);
  return starts && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
}

/**
 * Whether a literal name may be that of a resource whose name is not known. A name that a tool makes has its address in
 * it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-physical-id.html; Terraform's begin with
 * `terraform-`: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#name
 */
export function mayBeCalled(
  name: string,
  { resource, names }: { readonly resource: Named; readonly names: readonly string[] },
): boolean {
  return names.some((other) => {
    const [only, ...more] = holes(other);
    const isMade = more.length === 0 && only?.token === other && holeOf(only.name).identifies !== null;
    if (!isMade) return mayBeEqual(name, other);
    return (
      name.startsWith("terraform-") || name.includes(resource.address.slice(resource.address.lastIndexOf("/") + 1))
    );
  });
}

/** A statement where only a name says that it counts: it may allow, and is no reason to deny for sure. */
export function byName(statement: Statement, cause: Cause): Statement {
  return statement.effect.value === "Allow"
    ? statement
    : { ...statement, maybe: eitherAbsence(statement.maybe, cause) };
}

/** A secret or parameter that another unit declares, as it counts where only its name says that it is that one. */
export function namedLike<R extends Named & { readonly statements?: readonly Statement[] }>(
  declared: R,
): R & { readonly maybe: Cause } {
  const maybe: Cause = { kind: "same-secret", name: declared.address, unit: declared.unit };
  const { statements } = declared;
  return { ...declared, maybe, ...(statements && { statements: statements.map((one) => byName(one, maybe)) }) };
}
