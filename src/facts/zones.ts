/** Private hosted zones, by the networks whose names they answer. */
import { groupBy } from "../maps.ts";
import type { Located } from "./located.ts";
import { finder } from "./namespace.ts";
import type { HostedZoneResource, NetworkResource } from "./resources.ts";
import type { Case } from "./schema.ts";
import type { Unit } from "./unit.ts";
import { mayBeIn, vpcKey } from "./vpc.ts";

type Zone = Located<NonNullable<Case["networks"][string]["zones"]>[number]>;

/** The zones that answer the names of a network: those of its VPC, and those of a VPC that may be it. */
export function linkZones(units: readonly Unit[]): (key: string, network: NetworkResource) => readonly Zone[] {
  const all = units.flatMap(({ resources }) => resources.hosted_zones);
  const zones = all.filter(({ name }) => name !== null);
  if (zones.length === 0) return () => [];
  const find = finder(zones, ({ zone }) => [zone.value]);
  const added = groupBy(
    all.filter(({ name }) => name === null),
    ({ unit, zone }) => find(unit, [zone.value])?.resource,
  );
  const isOf = (one: HostedZoneResource, key: string, network: NetworkResource): boolean =>
    one.vpcs.some((name) => vpcKey(one.unit, name) === key || mayBeIn({ unit: one.unit, name }, key, network));
  return (key, network) =>
    zones
      .filter((zone) => [zone, ...(added.get(zone) ?? [])].some((one) => isOf(one, key, network)))
      .flatMap(({ name, address, unit, at }) => (name ? [{ name, address, unit, at }] : []));
}
