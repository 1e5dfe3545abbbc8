/**
 * VPCs, and everything that is needed to prove that Secrets Manager can be reached. Parts of endpoints may be blocks of
 * their own.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint
 */

import type { Cause } from "../../../facts/causes.ts";
import type { Exit, Text } from "../../../facts/located.ts";
import { isTogether } from "../../../facts/presence.ts";
import type { EndpointResource, InternetGatewayResource, Resources } from "../../../facts/resources.ts";
import { isLiteral } from "../../../facts/text.ts";
import { groupBy } from "../../../maps.ts";
import type { Value } from "../../../syntax/value.ts";
import { defaultRules } from "../../group-rules.ts";
import { readStatements } from "../../iam/policy-document.ts";
import { DNS_SETTINGS, toBoolean, toText, toTexts, unseenSettings } from "../../read.ts";
import { settingsOf } from "../../settings.ts";
import { argument, type Instance } from "../instance.ts";
import { acls } from "./acls.ts";
import { computed, declared, optional, type Reader } from "./declared.ts";
import { securityGroups } from "./groups.ts";
import { routes } from "./routes.ts";

/** A VPC comes with a route table and a security group. */
const network: Reader = (instance) => {
  const [vpc, made, isDeclared] = [computed(instance, "id"), declared(instance), instance.mode === "managed"];
  const [support, hostNames] = [argument(instance, "enable_dns_support"), argument(instance, "enable_dns_hostnames")];
  const setting = (value: Value | undefined, byDefault: boolean): boolean | null =>
    isDeclared ? toBoolean(value, byDefault) : null;
  const group = computed(instance, "default_security_group_id");
  const acl = computed(instance, "default_network_acl_id");
  const tables = [computed(instance, "default_route_table_id"), computed(instance, "main_route_table_id")];
  return {
    networks: [
      {
        ...made,
        unseen: isDeclared ? unseenSettings(DNS_SETTINGS, [support, hostNames]) : [],
        vpc,
        cidr: computed(instance, "cidr_block"),
        declared: isDeclared,
        dns_support: setting(support, true),
        // https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
        dns_hostnames: setting(hostNames, instance.type === "aws_default_vpc"),
        ...(isDeclared && {
          settings: settingsOf(instance.value, {
            dns_support: "enable_dns_support",
            dns_hostnames: "enable_dns_hostnames",
          }),
        }),
      },
    ],
    ...(instance.mode === "managed" &&
      instance.type === "aws_vpc" && {
        route_tables: [{ ...made, id: `${made.id} main table`, tables, vpc, main: true, routes: [] }],
        security_groups: [
          { ...made, id: `${made.id} default group`, group, vpc, isDefault: true, ...defaultRules(group, instance.at) },
        ],
        acls: [{ ...made, id: `${made.id} default ACL`, acl, vpc, isDefault: true, entries: null }],
      }),
  };
};

/** A default subnet and one that is looked up have arguments that the files don't show. */
const subnet: Reader = (instance) => {
  const isDeclared = instance.type === "aws_subnet" && instance.mode === "managed";
  return {
    subnets: [
      {
        ...declared(instance),
        subnet: computed(instance, "id"),
        vpc: toText(argument(instance, "vpc_id")),
        declared: isDeclared,
        cidr: isDeclared ? toText(argument(instance, "cidr_block")) : null,
        ...(toBoolean(argument(instance, "ipv6_native"), false) !== false && { ipv6_only: true }),
        public_ip: isDeclared ? toBoolean(argument(instance, "map_public_ip_on_launch"), false) : null,
      },
    ],
  };
};

/** What routes name by its own id. */
const GATEWAYS: ReadonlySet<string> = new Set(["aws_nat_gateway", "aws_internet_gateway", "aws_vpn_gateway"]);

const exit =
  (kind: Exit["kind"], vpc = "vpc_id", subnet = "subnet_id"): Reader =>
  (instance) => ({
    exits: [
      {
        ...declared(instance),
        kind,
        vpc: toText(argument(instance, vpc)),
        subnet:
          toText(argument(instance, subnet)) ??
          toTexts(argument(instance, "subnet_ids"), "subnet_ids").values[0] ??
          null,
        ...(GATEWAYS.has(instance.type) && { gateway: computed(instance, "id") }),
      },
    ],
  });

const internetGateway =
  (by: InternetGatewayResource["by"]): Reader =>
  (instance) => {
    const attached = toText(argument(instance, "internet_gateway_id"));
    const gateway = by === "attaching" ? attached : computed(instance, "id");
    const vpc = toText(argument(instance, "vpc_id"));
    return {
      ...(by !== "looking up" && exit("internet_gateway")(instance)),
      ...(gateway && { internet_gateways: [{ ...declared(instance), gateway, by, vpc, maybe: instance.maybe }] }),
    };
  };

/** A private gateway leads to other networks only. */
const natGateway: Reader = (instance) =>
  exit(toText(argument(instance, "connectivity_type"))?.value === "private" ? "other" : "nat_gateway")(instance);

export const networks: Readonly<Record<string, Reader>> = {
  aws_vpc: network,
  "data.aws_vpc": network,
  aws_default_vpc: network,
  aws_subnet: subnet,
  aws_default_subnet: subnet,
  "data.aws_subnet": subnet,
  aws_nat_gateway: natGateway,
  aws_internet_gateway: internetGateway("making"),
  aws_internet_gateway_attachment: internetGateway("attaching"),
  "data.aws_internet_gateway": internetGateway("looking up"),
  aws_ec2_transit_gateway_vpc_attachment: exit("transit_gateway"),
  aws_vpn_gateway: exit("vpn"),
  aws_vpn_gateway_attachment: exit("vpn"),
  aws_vpc_peering_connection: exit("peering"),
  aws_vpc_peering_connection_accepter: exit("peering"),
  aws_networkmanager_vpc_attachment: exit("other"),
  ...routes,
  ...acls,
  ...securityGroups,
};

export const JOINED_TYPES: ReadonlySet<string> = new Set([
  "aws_vpc_endpoint",
  "aws_vpc_endpoint_policy",
  "aws_vpc_endpoint_private_dns",
  "aws_vpc_endpoint_security_group_association",
  "aws_vpc_endpoint_subnet_association",
]);

/** Endpoints, each joined from its own block and the blocks that add to it. */
export function joinedNetworks(instances: readonly Instance[]): Pick<Resources, "endpoints"> {
  const byType = groupBy(instances, ({ type, mode }) => (mode === "managed" ? type : `data.${type}`));
  const all = (type: string): Instance[] => byType.get(type) ?? [];
  const added = (type: string, id: Text): Instance[] =>
    all(type).filter((instance) => toText(argument(instance, "vpc_endpoint_id"))?.value === id.value);
  return { endpoints: all("aws_vpc_endpoint").map((instance) => endpoint(instance, added)) };
}

/** The type defaults to Gateway and private DNS to off, unlike in the API. */
function endpoint(instance: Instance, added: (type: string, id: Text) => Instance[]): EndpointResource {
  const id = computed(instance, "id");
  const groups = argument(instance, "security_group_ids");
  const associations = added("aws_vpc_endpoint_security_group_association", id);
  const subnets = toTexts(argument(instance, "subnet_ids"), "subnet_ids");
  /** Why a block that adds to it may not be there where the endpoint is. */
  const absence = ({ maybe }: Instance): Cause | null =>
    maybe && !(instance.maybe && isTogether(maybe, instance.maybe)) ? maybe : null;
  const given = argument(instance, "policy") !== undefined;
  const holder = given ? instance : added("aws_vpc_endpoint_policy", id).find((one) => argument(one, "policy"));
  const policy = holder && argument(holder, "policy");
  const type = argument(instance, "vpc_endpoint_type");
  const setter = added("aws_vpc_endpoint_private_dns", id)[0] ?? instance;
  const own = declared(instance);
  const read =
    holder && policy && readStatements(policy, { policy: own.id, maybe: holder === instance ? null : absence(holder) });
  const existence = instance.maybe ? [{ part: "existence", cause: instance.maybe, at: instance.at }] : [];
  // Without the policy of a block of its own, the endpoint has one that allows everything.
  const open = holder && holder !== instance ? absence(holder) : null;
  const perhaps = open ? [{ part: "policy", cause: open, at: instance.at }] : [];
  return {
    ...own,
    unseen: [...existence, ...perhaps, ...(read?.unseen ?? [])],
    vpc: toText(argument(instance, "vpc_id")),
    service: toText(argument(instance, "service_name")) ?? { value: "", at: instance.at },
    type: type ? (type.kind === "text" && isLiteral(type.value) ? type.value : null) : "Gateway",
    private_dns:
      setter === instance || !absence(setter) ? toBoolean(argument(setter, "private_dns_enabled"), false) : null,
    settings: {
      ...settingsOf(instance.value, { type: "vpc_endpoint_type" }),
      ...settingsOf(setter.value, { private_dns: "private_dns_enabled" }),
    },
    security_groups:
      groups?.kind === "unknown" || associations.some(absence)
        ? null
        : [
            ...toTexts(groups, "security_group_ids").values,
            ...associations.flatMap((one) => optional(one, "security_group_id")),
          ],
    subnets:
      subnets.unseen.length > 0
        ? null
        : [
            ...subnets.values,
            ...added("aws_vpc_endpoint_subnet_association", id).flatMap((one) => optional(one, "subnet_id")),
          ],
    statements: read?.statements ?? null,
  };
}
