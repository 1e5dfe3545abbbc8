/** Resources with what turns out to be known of their texts. */
import type { Deployment } from "./arn.ts";
import { ACCOUNT, insides, isLiteral, PARTITION, REGION, replaceHoles } from "./text.ts";
import type { Unit } from "./unit.ts";

/** A value with the texts in it, and in what it holds, where holes are replaced. Places stay what they are. */
export function replaced<T>(value: T, same: ReadonlyMap<string, string>): T {
  if (typeof value === "string") {
    return replaceHoles(value, (token, inside) => same.get(inside) ?? token) as T;
  }
  if (Array.isArray(value)) return value.map((one) => replaced(one, same)) as T;
  if (typeof value !== "object" || value === null || "file" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, same)])) as T;
}

/** A unit whose texts have the account, Region and partition in which it is deployed, as far as they are known. */
export function placedIn(unit: Unit, { account, region, partition }: Deployment): Unit {
  const known = [
    [ACCOUNT, account],
    [REGION, region],
    [PARTITION, partition],
  ] as const;
  const same = new Map(
    known.flatMap(([hole, value]) => (isLiteral(value) ? insides(hole).map((inside) => [inside, value] as const) : [])),
  );
  return same.size === 0 ? unit : { ...unit, resources: replaced(unit.resources, same) };
}
