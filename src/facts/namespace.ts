/** Finding a declared resource by what other resources call it. */

import { into } from "../maps.ts";
import { type Arn, splitArn, withoutSuffix } from "./arn.ts";
import { type Deployments, deploymentsNow } from "./deployments.ts";
import { afterLastSlash, isLiteral, isOfOneUnit } from "./text.ts";

export interface Found<R> {
  readonly resource: R;
  /**
   * Whether it surely is that one: it is in the same unit, or the key tells by itself, as a whole ARN does.
   * Otherwise another unit of the run declares the only resource of that name, and it may be deployed elsewhere.
   */
  readonly certain: boolean;
}

/** Finds by the first key that names exactly one resource, in the unit first, then in the whole run. */
export type Finder<R> = (unit: string, keys: readonly string[]) => Found<R> | undefined;

/** What is found by keys. What is known to be in another account or Region than an ARN among the keys is not meant. */
interface Findable {
  readonly unit: string;
  readonly arn?: { readonly value: string } | null;
}

/** Indexes resources by all their keys. A name that is unique among the units `sharing` is certain too. */
export function finder<R extends Findable>(
  resources: readonly R[],
  keysOf: (resource: R) => readonly string[],
  sharing: ReadonlySet<string> = new Set(),
): Finder<R> {
  const apart = deploymentsNow();
  if (apart) return deployedFinder(resources, keysOf, sharing, apart);
  const everywhere: Names<R> = new Map();
  const byUnit = new Map<string, Names<R>>();
  const shared: Names<R> = new Map();
  for (const resource of resources) {
    const own = into(byUnit, resource.unit, (): Names<R> => new Map());
    const alone: [R] = [resource];
    for (const key of keysOf(resource)) {
      put(everywhere, key, alone);
      put(own, key, alone);
      if (sharing.has(resource.unit)) put(shared, key, alone);
    }
  }
  return (unit, keys) => {
    const own = byUnit.get(unit);
    for (const key of keys) {
      const [one, ...others] = fitting(own?.get(key), keys);
      if (one) return others.length === 0 ? { resource: one, certain: true } : undefined;
    }
    for (const key of keys) {
      const near = sharing.has(unit) ? onlyOne(fitting(shared.get(key), keys)) : undefined;
      if (near) return { resource: near, certain: true };
      const only = onlyOne(fitting(everywhere.get(key), keys));
      if (only) return { resource: only, certain: identifies(key) };
    }
    return undefined;
  };
}

/** The same where units belong to deployments: what another deployment declares under a name is something else. */
function deployedFinder<R extends Findable>(
  resources: readonly R[],
  keysOf: (resource: R) => readonly string[],
  sharing: ReadonlySet<string>,
  { isOne, areApart }: Deployments,
): Finder<R> {
  const byKey: Names<R> = new Map();
  for (const resource of resources) {
    const alone: [R] = [resource];
    for (const key of keysOf(resource)) put(byKey, key, alone);
  }
  return (unit, keys) => {
    for (const key of keys) {
      const [one, ...others] = fitting(
        byKey.get(key)?.filter((found) => found.unit === unit),
        keys,
      );
      if (one) return others.length === 0 ? { resource: one, certain: true } : undefined;
    }
    for (const key of keys) {
      const certain = identifies(key);
      const named = byKey.get(key)?.filter((one) => certain || !areApart(unit, one.unit));
      const meant = fitting(named, keys);
      const near = meant.filter((one) => isOne(unit, one.unit));
      const shared = sharing.has(unit) ? onlyOne(near.filter((one) => sharing.has(one.unit))) : undefined;
      const found = shared ?? onlyOne(near.length > 0 ? near : meant);
      if (found) return { resource: found, certain: certain || found === shared };
    }
    return undefined;
  };
}

/** What has a key. */
type Names<R> = Map<string, R[]>;

/** Adds a resource to what has a key. Its keys share the list in which it is alone, so that most have none of their own. */
function put<R>(names: Names<R>, key: string, alone: [R]): void {
  const known = names.get(key);
  const [resource] = alone;
  if (known === undefined) names.set(key, alone);
  else if (known.at(-1) === resource) return;
  else if (known.length === 1) names.set(key, [...known, resource]);
  else known.push(resource);
}

/** Of more resources with one name than these none is looked for, so that the work stays linear. */
const MOST_NAMESAKES = 100;

/** Those of the resources with a key that may be where an ARN among the keys is. */
function fitting<R extends Findable>(found: readonly R[] | undefined, keys: readonly string[]): readonly R[] {
  if (!found || found.length > MOST_NAMESAKES) return found ?? [];
  const arn = keys.find((key) => key.startsWith("arn:"));
  return arn === undefined ? found : found.filter((one) => !one.arn || !otherPlace(one.arn.value, arn));
}

function onlyOne<R>(found: readonly R[]): R | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a key means one thing wherever it stands: a whole ARN, or a string with a hole that only one unit has. */
export function identifies(key: string): boolean {
  return isOfOneUnit(key) || (key.startsWith("arn:") && isLiteral(key));
}

/**
 * The keys of a role, and how a reference to a role looks one up: the ARN, and the name, since names are unique in an
 * account (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html).
 */
export function roleKeys(text: string): string[] {
  const arn = splitArn(text);
  if (!arn) return [text, `name ${text}`];
  return [text, `name ${afterLastSlash(arn.resource)}`];
}

export const policyKeys = roleKeys;

/**
 * The keys of a secret by an ARN (with or without selectors and suffix) or a name. Names are unique in a Region
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html).
 */
export function secretKeys(text: string): string[] {
  const arn = splitArn(text);
  if (!arn) return [`name ${text}`];
  if (arn.service !== "secretsmanager") return [];
  const [type, id = ""] = arn.resource.split(":", 2);
  if (type !== "secret") return [];
  const base = `${text.slice(0, text.length - arn.resource.length)}secret:${id}`;
  const name = withoutSuffix(id);
  return [base, `name ${id}`, ...(name === undefined ? [] : [`name ${name}`])];
}

/** The keys of an SSM parameter by ARN or name. In an ARN the leading slash of a name represents the separator. */
export function parameterKeys(text: string): string[] {
  const arn = splitArn(text);
  if (!arn) return [`name ${text.replace(/^\//, "")}`];
  return arn.service === "ssm" ? [text, `name ${arn.resource.replace(/^parameter\//, "")}`] : [];
}

/** The keys of a KMS key by ARN, key id or alias. */
export function kmsKeys(text: string): string[] {
  const arn = splitArn(text);
  if (!arn) return [text];
  return [text, arn.resource.replace(/^key\//, "")];
}

/** Whether two ARNs name different literal accounts, so that a name alone does not make them one. */
export function otherAccount(a: string, b: string): boolean {
  return areDifferent(literalAccount(a), literalAccount(b));
}

/** The same of the accounts themselves. */
export function areDifferent(one: string | undefined, two: string | undefined): boolean {
  return one !== undefined && two !== undefined && one !== two;
}

/** Whether two ARNs name one literal account, in which a name is that of one role. */
export function isOneAccount(a: string, b: string): boolean {
  const account = literalAccount(a);
  return account !== undefined && account === literalAccount(b);
}

/** Whether two ARNs name different literal accounts or Regions, so that an alias or a name does not make them one. */
export function otherPlace(a: string, b: string): boolean {
  return arePlacedApart(splitArn(a), splitArn(b));
}

/** The same of what is known of the places themselves. */
export function arePlacedApart(one: Placed | undefined, two: Placed | undefined): boolean {
  return (["account", "region"] as const).some((field) => areDifferent(literal(one?.[field]), literal(two?.[field])));
}

/** Whether two ARNs name one literal account and Region, in which a name is that of one secret. */
export function isOnePlace(a: string, b: string): boolean {
  const region = literal(splitArn(a)?.region);
  return isOneAccount(a, b) && region !== undefined && region === splitArn(b)?.region;
}

/** The account of an ARN, where it is known. */
export function literalAccount(arn: string): string | undefined {
  return literal(splitArn(arn)?.account);
}

/** Where something is, as far as it is told. */
type Placed = Partial<Pick<Arn, "account" | "region">>;

function literal(field: string | undefined): string | undefined {
  return field && isLiteral(field) ? field : undefined;
}

/** Whether two ARNs of roles surely have different paths: no account has two roles of one name. */
export function otherPath(a: string, b: string): boolean {
  const paths = [a, b].map((arn) => splitArn(arn)?.resource ?? "");
  return paths.every((path) => path.startsWith("role/") && isLiteral(path)) && paths[0] !== paths[1];
}
