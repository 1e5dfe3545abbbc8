/** Network ACLs of subnets, with all their rules. */

import { groupBy } from "../maps.ts";
import { partsApart } from "./apart.ts";
import type { HandedTo } from "./handed.ts";
import type { Located, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import type { AclAssociationResource, AclEntry, AclResource, SubnetResource } from "./resources.ts";
import type { Case } from "./schema.ts";
import { causeOfText } from "./text.ts";
import type { Unit } from "./unit.ts";
import { networkKey } from "./vpc.ts";

type Acl = NonNullable<Located<Case["subnets"][string]>["acl"]>;

/** Finds the network ACL of a subnet: the one that it is associated with, else that of its VPC where the files have it. */
export function linkAcls(
  units: readonly Unit[],
  findSubnet: Finder<SubnetResource>,
  handed: HandedTo,
): (subnet: SubnetResource) => Acl | undefined {
  const acls = units.flatMap(({ resources }) => resources.acls);
  const associations = units.flatMap(({ resources }) => resources.acl_associations);
  if (acls.length + associations.length === 0) return () => undefined;
  const told = known(acls);
  const find = finder(told, ({ acl }) => [acl.value]);
  const ownOf = groupBy(associations, ({ unit, subnet }) => findSubnet(unit, [subnet.value])?.resource);
  const entries = units.flatMap(({ resources }) => resources.acl_entries);
  const apartOf = partsApart(entries, ({ acl }) => acl, find, hidden);
  const defaults = groupBy(
    acls.filter(({ isDefault }) => isDefault),
    (one) => networkKey(one),
  );
  const contentOf = (acl: AclResource, unseen: readonly Unseen[]): Acl => {
    const apart = apartOf(acl);
    return {
      address: acl.address,
      unit: acl.unit,
      entries: [...(acl.entries ?? open(acl)), ...apart.parts.map(({ entry }) => entry)],
      unseen: [...acl.unseen, ...unseen, ...apart.unseen, ...handed("rules", [acl.acl.value])],
      at: acl.at,
    };
  };
  const through = (association: AclAssociationResource, others: number): Acl => {
    const { unit, address, at, acl: named, maybe } = association;
    const unsure = maybe || others > 0 ? [hidden(association)] : [];
    const found = find(unit, [named.value])?.resource;
    if (found) return contentOf(found, unsure);
    const cause = causeOfText(named.value) ?? { kind: "network", name: named.value, unit };
    return { address, unit, entries: [], unseen: [{ part: "rules", cause, at }], at };
  };
  return (subnet) => {
    const own = ownOf.get(subnet) ?? [];
    if (own[0]) return through(own[0], own.length - 1);
    const made = defaults.get(networkKey(subnet))?.[0];
    const one = made && find(made.unit, [made.acl.value])?.resource;
    // As AWS makes it, it lets everything through.
    return one && (one.entries !== null || apartOf(one).parts.length > 0) ? contentOf(one, []) : undefined;
  };
}

/** Those that say what is in them: a block that adopts the ACL of a VPC has its id. */
function known(acls: readonly AclResource[]): readonly AclResource[] {
  const adopted = new Set(acls.flatMap(({ unit, acl, entries }) => (entries === null ? [] : `${unit} ${acl.value}`)));
  return acls.filter(({ unit, acl, entries }) => entries !== null || !adopted.has(`${unit} ${acl.value}`));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
function open({ at }: AclResource): readonly AclEntry[] {
  const text = (value: string) => ({ value, at });
  const rule = { number: 100, allow: true, protocol: text("-1"), from_port: null, to_port: null };
  return [true, false].map((egress) => ({ ...rule, egress, block: text("0.0.0.0/0"), at }));
}

function hidden({ address, unit, at }: Pick<AclAssociationResource, "address" | "unit" | "at">): Unseen {
  return { part: "rules", cause: { kind: "network-acl", name: address, unit }, at };
}
