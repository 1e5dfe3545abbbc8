/**
 * Security groups and their rules, which may be blocks of their own. Terraform takes the outbound rule away that a new
 * group gets from AWS.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
 */
import type { GroupRule, Peer, Text, Unseen } from "../../../facts/located.ts";
import { entry, type ObjectValue, type Value } from "../../../syntax/value.ts";
import { portsOf, unknownPeer } from "../../group-rules.ts";
import { toBoolean, toText, toTexts, unseenPart } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, type Reader } from "./declared.ts";

/** Where traffic comes from or goes to, by the argument that names it. */
const PEERS: Readonly<Record<string, Peer["kind"]>> = {
  cidr_blocks: "ipv4",
  cidr_ipv4: "ipv4",
  ipv6_cidr_blocks: "ipv6",
  cidr_ipv6: "ipv6",
  security_groups: "group",
  source_security_group_id: "group",
  referenced_security_group_id: "group",
  prefix_list_ids: "prefix_list",
  prefix_list_id: "prefix_list",
};

function peersOf(rule: ObjectValue, group: Text): Peer[] {
  const named = Object.entries(PEERS).flatMap(([name, kind]): Peer[] => {
    const value: Value | undefined = entry(rule, name)?.value;
    if (value?.kind === "unknown") return [unknownPeer(value, kind)];
    return toTexts(value, name)
      .values.filter(({ value: text }) => text !== "")
      .map((text) => ({ kind, value: text }));
  });
  return toBoolean(entry(rule, "self")?.value, false) === false ? named : [...named, { kind: "group", value: group }];
}

function ruleOf(rule: ObjectValue, group: Text): GroupRule {
  const given = (name: string): Value | undefined => entry(rule, name)?.value;
  const protocol = toText(given("protocol") ?? given("ip_protocol"));
  return portsOf(protocol, given("from_port"), given("to_port"), peersOf(rule, group), rule.at);
}

const groupOf =
  (name: string, isDefault: boolean): Reader =>
  (instance) => {
    const group = computed(instance, name);
    const rules = (block: string): GroupRule[] => blocks(instance, block).map((one) => ruleOf(one, group));
    return {
      security_groups: [
        {
          ...declared(instance),
          unseen: [...hiddenRules(instance, "ingress"), ...hiddenRules(instance, "egress")],
          group,
          vpc: toText(argument(instance, "vpc_id")),
          ingress: rules("ingress"),
          egress: rules("egress"),
          isDefault,
        },
      ],
    };
  };

export function hiddenRules(instance: Instance, block: string): Unseen[] {
  const given = argument(instance, block);
  const items = given?.kind === "list" ? given.items : given ? [given] : [];
  return items.filter(({ kind }) => kind === "unknown").map((one) => unseenPart("rules", one, block));
}

const looseRule =
  (given: "ingress" | "egress" | null): Reader =>
  (instance) => {
    const group = toText(argument(instance, "security_group_id"));
    if (!group) return {};
    const type = toText(argument(instance, "type"))?.value;
    const direction = given ?? (type === "ingress" || type === "egress" ? type : null);
    const { maybe, ...rule } = ruleOf(instance.value, group);
    const doubt = maybe ?? instance.maybe ?? (direction ? null : unknownType(instance));
    return {
      group_rules: [{ ...declared(instance), group, direction, rule: { ...rule, ...(doubt && { maybe: doubt }) } }],
    };
  };

function unknownType(instance: Instance) {
  return { kind: "value", name: `${instance.address}.type`, unit: instance.unit } as const;
}

export const securityGroups: Readonly<Record<string, Reader>> = {
  aws_security_group: groupOf("id", false),
  aws_default_security_group: groupOf("id", true),
  aws_security_group_rule: looseRule(null),
  aws_vpc_security_group_ingress_rule: looseRule("ingress"),
  aws_vpc_security_group_egress_rule: looseRule("egress"),
};
