/** How a VPC is known, and whether what names another one may mean it all the same. */
import { areApart } from "./deployments.ts";
import type { Text } from "./located.ts";
import type { NetworkResource, SubnetResource } from "./resources.ts";
import { hasWideHole, holeOf, insides, isOfOneUnit } from "./text.ts";

/** One key for one VPC. An id such as `vpc-1` may be of any account, so it counts with its unit. */
export function vpcKey(unit: string, vpc: Text): string {
  return isOfOneUnit(vpc.value) ? vpc.value : `${unit} ${vpc.value}`;
}

/** The key of a subnet's network. */
export function networkKey({ unit, vpc }: Pick<SubnetResource, "unit" | "vpc">): string | undefined {
  return vpc ? vpcKey(unit, vpc) : undefined;
}

/** Something that names a VPC, a subnet or a table, in the words of its unit. */
export interface Naming {
  readonly unit: string;
  readonly name: Text | null;
}

/**
 * Whether something that is not known to be a declared thing of a unit may be that: its name can't be decided. Another
 * unit may have any name for it, also its id.
 */
export function mayMean({ unit, name }: Naming, declaredIn: string): boolean {
  if (!name) return unit === declaredIn;
  if (areApart(unit, declaredIn)) return false;
  if (unit === declaredIn) return hasWideHole(name.value);
  return mayBeElsewhere(name);
}

/** Whether a name may mean something that another unit declares. */
export function mayBeElsewhere(name: Text): boolean {
  return insides(name.value)
    .map(holeOf)
    .every(({ identifies, origin }) => identifies === null && origin.kind !== "module");
}

/**
 * Ids of VPCs as EC2 makes them, each once: two of them are two VPCs.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const MADE_BY_AWS = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * Whether something may be in a network although it does not say so: its VPC can't be decided, or only looks like
 * another one, since two names may mean one VPC unless both are declared.
 */
export function mayBeIn({ unit, name }: Naming, key: string, network: NetworkResource): boolean {
  if (!name) return unit === network.unit;
  if (vpcKey(unit, name) === key || areApart(unit, network.unit)) return false;
  if (MADE_BY_AWS.test(name.value) && MADE_BY_AWS.test(network.vpc.value)) return name.value === network.vpc.value;
  if (unit === network.unit) return !network.declared || hasWideHole(name.value) || hasWideHole(network.vpc.value);
  return !network.declared || mayBeElsewhere(name);
}
