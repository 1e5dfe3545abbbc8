/**
 * Network ACLs and private hosted zones, whose parts may be blocks of their own.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl
 */
import type { Text } from "../../../facts/located.ts";
import type { AclEntry } from "../../../facts/resources.ts";
import { get, type ObjectValue, type Value } from "../../../syntax/value.ts";
import { aclEntry } from "../../acl-entries.ts";
import { toBoolean, toText, toTexts } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import { computed, declared, optional, type Reader } from "./declared.ts";
import { hiddenRules } from "./groups.ts";

function entryOf(
  rule: ObjectValue,
  names: { readonly number: string; readonly action: string },
  egress: boolean | null,
  doubt?: Instance["maybe"],
): readonly AclEntry[] {
  const given = (name: string): Value | undefined => get(rule, name);
  const entry = {
    number: given(names.number),
    egress,
    action: given(names.action),
    protocol: given("protocol"),
    block: given("cidr_block"),
    ipv6: given("ipv6_cidr_block"),
    from: given("from_port"),
    to: given("to_port"),
  };
  return aclEntry(entry, rule.at, doubt);
}

/** An ACL with the rules and subnets in its block. One without rules denies everything, also that of a VPC. */
const acl =
  (adopts: string | null): Reader =>
  (instance) => {
    const id = (adopts === null ? null : toText(argument(instance, adopts))) ?? computed(instance, "id");
    const entries = (["ingress", "egress"] as const).flatMap((direction) =>
      blocks(instance, direction).flatMap((rule) =>
        entryOf(rule, { number: "rule_no", action: "action" }, direction === "egress"),
      ),
    );
    const subnets = toTexts(argument(instance, "subnet_ids"), "subnet_ids");
    return {
      acls: [
        {
          ...declared(instance),
          unseen: [...hiddenRules(instance, "ingress"), ...hiddenRules(instance, "egress"), ...subnets.unseen],
          acl: id,
          vpc: toText(argument(instance, "vpc_id")),
          isDefault: false,
          entries,
        },
      ],
      acl_associations: subnets.values.map((subnet, index) => ({
        ...declared(instance),
        id: `${declared(instance).id} ${index}`,
        acl: id,
        subnet,
        maybe: instance.maybe,
      })),
    };
  };

const looseEntry: Reader = (instance) => {
  const [id] = optional(instance, "network_acl_id");
  if (!id) return {};
  const egress = toBoolean(argument(instance, "egress"), false);
  const names = { number: "rule_number", action: "rule_action" };
  return {
    acl_entries: entryOf(instance.value, names, egress, instance.maybe).map((entry) => ({
      ...declared(instance),
      acl: id,
      entry: { ...entry, at: instance.at },
    })),
  };
};

const association: Reader = (instance) => {
  const [id] = optional(instance, "network_acl_id");
  const [subnet] = optional(instance, "subnet_id");
  return id && subnet ? { acl_associations: [{ ...declared(instance), acl: id, subnet, maybe: instance.maybe }] } : {};
};

/** A zone is private when it has VPCs. */
const zone: Reader = (instance) => {
  const vpcs = blocks(instance, "vpc").flatMap((one): Text[] => {
    const vpc = toText(get(one, "vpc_id"));
    return vpc ? [vpc] : [];
  });
  const [name] = optional(instance, "name");
  return name ? { hosted_zones: [{ ...declared(instance), zone: computed(instance, "zone_id"), name, vpcs }] } : {};
};

const zoneAssociation: Reader = (instance) => {
  const [id] = optional(instance, "zone_id");
  return id
    ? { hosted_zones: [{ ...declared(instance), zone: id, name: null, vpcs: optional(instance, "vpc_id") }] }
    : {};
};

export const acls: Readonly<Record<string, Reader>> = {
  aws_network_acl: acl(null),
  aws_default_network_acl: acl("default_network_acl_id"),
  aws_network_acl_rule: looseEntry,
  aws_network_acl_association: association,
  aws_route53_zone: zone,
  aws_route53_zone_association: zoneAssociation,
};
