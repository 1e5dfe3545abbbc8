/** Security groups with all their rules. */

import { groupBy } from "../maps.ts";
import { type Apart, partsApart } from "./apart.ts";
import type { HandedTo } from "./handed.ts";
import type { GroupRule, Located, Text, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import type { GroupRuleResource, SecurityGroupResource } from "./resources.ts";
import type { Case } from "./schema.ts";
import type { Unit } from "./unit.ts";
import { networkKey } from "./vpc.ts";

export type SecurityGroup = Located<Case["security_groups"][string]>;
export type GroupReference = Located<NonNullable<Case["endpoints"][string]["security_groups"]>[number]>;

export interface Groups {
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** Groups as they are named in a unit, with their ids when they are in the files. */
  readonly named: (unit: string, names: readonly Text[]) => readonly GroupReference[];
  /** The default group of a VPC by its key. */
  readonly defaultOf: (vpc: string) => GroupReference | undefined;
}

/** All groups of the units. */
export function linkGroups(units: readonly Unit[], handed: HandedTo): Groups {
  const declared = units.flatMap(({ resources }) => resources.security_groups);
  const find = finder(declared, ({ group }) => [group.value]);
  const rules = units.flatMap(({ resources }) => resources.group_rules);
  const apartOf = partsApart(rules, ({ group }) => group, find, strayed);
  const defaults = groupBy(
    declared.filter(({ isDefault }) => isDefault),
    (one) => networkKey(one),
  );
  const groups = new Map(
    declared.map((one) => {
      // A block that adopts the default group of a VPC says what that group has.
      const adopted = one.isDefault ? defaults.get(networkKey(one))?.at(-1) : undefined;
      const told = adopted ? { ...one, ingress: adopted.ingress, egress: adopted.egress } : one;
      return [one.id, linkGroup(told, apartOf(one), handed)] as const;
    }),
  );
  return {
    groups,
    named: (unit, names) => names.map((group) => reference(group, find, unit)),
    defaultOf: (vpc) => {
      const one = defaults.get(vpc)?.[0];
      return one && { group: one.group, id: one.id };
    },
  };
}

function reference(group: Text, find: Finder<SecurityGroupResource>, unit: string): GroupReference {
  return { group, id: find(unit, [group.value])?.resource.id ?? null };
}

function linkGroup(
  { vpc: _, isDefault: __, ...group }: SecurityGroupResource,
  apart: Apart<GroupRuleResource>,
  handed: HandedTo,
): SecurityGroup {
  const unseen = [...group.unseen, ...apart.unseen, ...handed("rules", [group.group.value])];
  const added = (direction: "ingress" | "egress"): GroupRule[] =>
    apart.parts.filter((one) => (one.direction ?? direction) === direction).map(({ rule }) => rule);
  return {
    ...group,
    ingress: [...group.ingress, ...added("ingress")],
    egress: [...group.egress, ...added("egress")],
    unseen,
    complete: unseen.length === 0,
  };
}

function strayed({ address, unit, at }: GroupRuleResource): Unseen {
  return { part: "rules", cause: { kind: "rule", name: address, unit }, at };
}
