/**
 * Things that several answers describe, which are one each: a subnet that two compute environments name among others, a
 * key by its alias and by its ARN, a version of a launch template by its number and as the latest.
 */
import type { Resources } from "../../facts/resources.ts";
import { type FoundResource, NOBODY, withParts } from "../raw/found.ts";
import type { Filed } from "../raw/neighbours.ts";

/** What is looked up by an id that an account has once. A VPC has parts in several answers. */
const KINDS: ReadonlySet<keyof Resources> = new Set([
  "keys",
  "launch_templates",
  "machine_images",
  "parameters",
  "security_groups",
  "subnets",
]);

/** Each thing once, as the last answer describes it. */
export function once(filed: readonly Filed[]): readonly Filed[] {
  const last = new Map<string, FoundResource>();
  for (const { found } of filed) {
    const key = keyOf(found);
    const before = key === undefined ? undefined : last.get(key);
    if (key !== undefined && found.about === "resource") last.set(key, before ? inPlaceOf(found, before) : found);
  }
  return filed.flatMap(({ found, path }): Filed[] => {
    const key = keyOf(found);
    const one = key === undefined ? undefined : last.get(key);
    if (one === undefined) return [{ found, path }];
    return one.at === found.at ? [{ found: one, path }] : [];
  });
}

function keyOf(found: Filed["found"]): string | undefined {
  const isOne = found.about === "resource" && found.name !== null && KINDS.has(found.kind);
  return isOne ? `${found.kind} ${found.name}` : undefined;
}

/** A version of a launch template has all names by which it was asked for: its number, the default, the latest. */
function inPlaceOf(found: FoundResource, before: FoundResource): FoundResource {
  if (found.kind !== "launch_templates" || before.kind !== "launch_templates") return found;
  const [known, added] = [before, found].map((one) => one.build(NOBODY).names);
  const names = new Map([...(known ?? []), ...(added ?? [])].map((name) => [name.value, name]));
  return withParts(found, { names: [...names.values()] });
}
