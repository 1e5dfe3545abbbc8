/**
 * Answers of the AWS CLI that do not say what they are about: `get-key-policy`, `get-policy-version`,
 * `list-role-policies`, `list-attached-role-policies`. They belong to what another file of the folder describes: to the
 * one thing whose name is in the name of their file, else to the only thing of its kind. What neither tells is left out.
 */
import type { Text } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Found, FoundManaged, FoundPolicy } from "./found.ts";
import { nameOf } from "./keys.ts";
import { listed } from "./roles.ts";

export interface Filed<F extends Found = Found> {
  readonly found: F;
  readonly path: string;
}

export function only<A extends Found["about"]>(
  all: readonly Filed[],
  about: A,
): readonly Filed<Extract<Found, { about: A }>>[] {
  return all.filter((filed): filed is Filed<Extract<Found, { about: A }>> => filed.found.about === about);
}

/** What a folder holds, with the answers that belong to something of it as if they named it. */
export function withNeighbours(all: readonly Filed[]): readonly Filed[] {
  if (!all.some(({ found }) => isUnnamed(found))) return all;
  const roles = only(all, "role").flatMap(({ found }) => (found.tells === "named" ? [] : [found.role]));
  const keys = only(all, "resource").flatMap(({ found }): Text[] =>
    found.kind === "keys" && found.name !== null ? [{ value: found.name, at: found.at }] : [],
  );
  const managed = only(all, "managed").map(({ found }) => found);
  return all.flatMap(({ found, path }): Filed[] => {
    if (found.about === "list") {
      const role = ownerOf(path, roles, ({ value }) => value);
      return role ? [{ found: listed(found, role), path }] : [];
    }
    if (found.about !== "policy" || !isUnnamed(found)) return [{ found, path }];
    if (found.kind === "key") {
      return [{ found: { ...found, on: ownerOf(path, keys, ({ value }) => value) ?? null }, path }];
    }
    const heads = managed.filter(({ version }) => version === found.version);
    const head = ownerOf(path, heads, ({ policyName, arn }) => policyName?.value ?? arn.value);
    return [{ found: head ? named(found, head) : found, path }];
  });
}

function isUnnamed(found: Found): boolean {
  if (found.about === "list") return true;
  if (found.about !== "policy") return false;
  return found.kind === "key" ? found.on === null : found.version !== undefined && found.managed?.arn === null;
}

/** The thing that a file is about, by its name or because there is no other. */
function ownerOf<T>(path: string, all: readonly T[], nameOf: (one: T) => string): T | undefined {
  const byName = new Map(all.map((one) => [nameOf(one), one]));
  if (byName.size < 2) return all[0];
  const stem = path.slice(path.lastIndexOf("/") + 1);
  // Of `batch` and `batch-job` in `batch-job-policies.json`, the longer one is meant.
  const fitting = [...byName.keys()].filter((name) => stem.includes(name)).sort((a, b) => b.length - a.length);
  return byName.get(fitting[0] ?? "");
}

/** The document of a version as the policy that it is a version of. */
function named(found: FoundPolicy, { arn, policyName, path }: FoundManaged): FoundPolicy {
  const name = policyName?.value ?? nameOf(arn.value);
  return { ...found, name: isLiteral(name) ? name : null, policyName, managed: { arn, path } };
}
