/**
 * Networks in raw files: `describe-vpc-endpoints` output and `create-vpc-endpoint` input, and the answers of
 * `describe-vpcs`, `describe-vpc-attribute`, `describe-subnets`, `describe-nat-gateways`,
 * `describe-internet-gateways`, `describe-route-tables` and `describe-security-groups`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html and its neighbours
 */
import type { GroupRule, Peer, Text } from "../../facts/located.ts";
import type { ExitResource, Route } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { aclEntry } from "../acl-entries.ts";
import { portsOf } from "../group-rules.ts";
import { readStatements } from "../iam/policy-document.ts";
import { toBoolean } from "../read.ts";
import { type Found, type Recogniser, resource } from "./found.ts";
import { decoded, given, listOf, textOf, textsOf } from "./keys.ts";

/** States of something that is no longer there. */
const GONE: ReadonlySet<string> = new Set([
  "deleted",
  "deleting",
  "failed",
  "rejected",
  "expired",
  "pendingacceptance",
]);

function isGone(value: Value): boolean {
  return GONE.has(textOf(value, "State")?.value.toLowerCase() ?? "");
}

/** Endpoints: a described list, a created one, or the input that creates one. */
export const recogniseEndpoints: Recogniser = (value) => {
  const described = listOf(value, "VpcEndpoints");
  if (described !== undefined) return described.filter((one) => !isGone(one)).flatMap(endpoint);
  const created = get(value, "VpcEndpoint");
  return endpoint(created?.kind === "object" ? created : value);
};

function endpoint(value: Value): readonly Found[] {
  const vpc = textOf(value, "VpcId");
  const service = textOf(value, "ServiceName");
  if (value.kind !== "object" || vpc === null || service === null) return [];
  const id = textOf(value, "VpcEndpointId");
  const name = id !== null && isLiteral(id.value) ? id : service;
  const found = resource("endpoints", value, name, (identity) => {
    const document = given(value, "PolicyDocument");
    const read = document && readStatements(decoded(document), { policy: identity.id });
    return {
      unseen: read?.unseen ?? [],
      vpc,
      service,
      type: endpointType(value),
      private_dns: toBoolean(given(value, "PrivateDnsEnabled"), id === null ? null : false),
      security_groups: groupsOf(value),
      subnets: get(value, "SubnetIds")?.kind === "unknown" ? null : textsOf(value, "SubnetIds"),
      statements: read?.statements ?? null,
    };
  });
  return [found];
}

/** `Gateway` by the request's default, unless given; null when it is unknown. */
function endpointType(value: ObjectValue): string | null {
  const type = textOf(value, "VpcEndpointType");
  if (type === null) return "Gateway";
  return isLiteral(type.value) ? type.value : null;
}

/** Ids in a request, `Groups` in an answer; null when a list can't be decided. */
function groupsOf(value: ObjectValue): readonly Text[] | null {
  const groups = listOf(value, "Groups");
  if (groups !== undefined) return groups.flatMap((one) => textOf(one, "GroupId") ?? []);
  return get(value, "SecurityGroupIds")?.kind === "unknown" ? null : textsOf(value, "SecurityGroupIds");
}

/**
 * VPCs by their description, and by their route tables. All routes of a VPC are known when the answer holds its main
 * table: a filter that leaves tables out nearly always leaves that one out.
 */
export const recogniseVpcs: Recogniser = (value) => {
  const tables = listOf(value, "RouteTables") ?? [];
  return [
    ...(listOf(value, "Vpcs") ?? []).flatMap((one) => vpc(one, false)),
    ...tables.filter(isMain).flatMap((table) => vpc(table, true)),
    ...tables.flatMap((table) => [...routeTable(table), ...exitsOf(table)]),
  ];
};

function isMain(table: ObjectValue): boolean {
  return (listOf(table, "Associations") ?? []).some((one) => toBoolean(get(one, "Main"), false) === true);
}

function vpc(value: ObjectValue, declared: boolean): readonly Found[] {
  const id = textOf(value, "VpcId");
  if (id === null) return [];
  const cidr = textOf(value, "CidrBlock");
  return [resource("networks", value, id, () => ({ vpc: id, cidr, declared, dns_support: null, dns_hostnames: null }))];
}

/**
 * `describe-vpc-attribute` output: one setting of a VPC.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html
 */
export const recogniseVpcAttribute: Recogniser = (value) => {
  const id = textOf(value, "VpcId");
  if (value.kind !== "object" || id === null) return [];
  const setting = (key: string): boolean | null => toBoolean(get(get(value, key), "Value"), null);
  const [dns_support, dns_hostnames] = [setting("EnableDnsSupport"), setting("EnableDnsHostnames")];
  if (dns_support === null && dns_hostnames === null) return [];
  return [
    resource("networks", value, id, () => ({ vpc: id, cidr: null, declared: false, dns_support, dns_hostnames })),
  ];
};

/** A described table has all its routes, and the subnets that it is associated with. */
function routeTable(value: ObjectValue): readonly Found[] {
  const table = textOf(value, "RouteTableId");
  const network = textOf(value, "VpcId");
  if (table === null) return [];
  const routes = (listOf(value, "Routes") ?? []).flatMap((route) => routeOf(route) ?? []);
  const associations = listOf(value, "Associations") ?? [];
  return [
    resource("route_tables", value, table, () => ({ tables: [table], vpc: network, main: isMain(value), routes })),
    ...associations.flatMap((one): Found[] => {
      const subnet = textOf(one, "SubnetId");
      const made = () => ({ table, subnet, vpc: null, maybe: null });
      return subnet === null ? [] : [resource("route_associations", one, null, made)];
    }),
  ];
}

/** A route that leads out of the VPC. */
function routeOf(value: ObjectValue): Route | null {
  const kind = exitKind(value);
  if (kind === null) return null;
  const destination = textOf(value, "DestinationCidrBlock") ?? textOf(value, "DestinationIpv6CidrBlock");
  const target = textOf(value, "NatGatewayId") ?? textOf(value, "GatewayId");
  return { kind, destination, target, at: value.at };
}

/** What a route may lead to, by the key that names it. The local gateway of a VPC is no way out. */
const TARGETS: ReadonlyMap<string, ExitResource["kind"]> = new Map([
  ["NatGatewayId", "nat_gateway"],
  ["TransitGatewayId", "transit_gateway"],
  ["VpcPeeringConnectionId", "peering"],
  ["NetworkInterfaceId", "other"],
  ["InstanceId", "other"],
  ["LocalGatewayId", "other"],
  ["CarrierGatewayId", "other"],
  ["CoreNetworkArn", "other"],
  ["EgressOnlyInternetGatewayId", "internet_gateway"],
]);

/**
 * The state of a route whose target is gone or no longer attached: what it is for is dropped.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 */
const BLACKHOLE = "blackhole";

function exitsOf(table: ObjectValue): readonly Found[] {
  const network = textOf(table, "VpcId");
  return (listOf(table, "Routes") ?? []).flatMap((route) => {
    const kind = exitKind(route);
    return kind === null ? [] : [exit(route, kind, network, null)];
  });
}

function exitKind(route: ObjectValue): ExitResource["kind"] | null {
  if (textOf(route, "State")?.value === BLACKHOLE) return null;
  const gateway = textOf(route, "GatewayId")?.value;
  if (gateway?.startsWith("igw-")) return "internet_gateway";
  if (gateway?.startsWith("vgw-")) return "vpn";
  for (const [key, kind] of TARGETS) if (given(route, key) !== undefined) return kind;
  return gateway === undefined || gateway === "local" || gateway.startsWith("vpce-") ? null : "other";
}

function exit(
  value: ObjectValue,
  kind: ExitResource["kind"],
  network: Text | null,
  subnet: Text | null,
  gateway: Text | null = null,
): Found {
  return resource("exits", value, null, () => ({ kind, vpc: network, subnet, ...(gateway && { gateway }) }));
}

/** Gateways: `describe-nat-gateways` and `describe-internet-gateways` output. */
export const recogniseGateways: Recogniser = (value) => {
  const nat = listOf(value, "NatGateways") ?? [];
  const internet = listOf(value, "InternetGateways") ?? [];
  return [
    ...nat.map((one) =>
      exit(one, natKind(one), textOf(one, "VpcId"), textOf(one, "SubnetId"), textOf(one, "NatGatewayId")),
    ),
    ...internet.flatMap((one) =>
      (listOf(one, "Attachments") ?? []).map((attached) =>
        exit(one, "internet_gateway", textOf(attached, "VpcId"), null),
      ),
    ),
  ];
};

/**
 * A private gateway leads to other networks only, and one that failed or is deleted nowhere:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
 */
function natKind(gateway: ObjectValue): ExitResource["kind"] {
  return isGone(gateway) || textOf(gateway, "ConnectivityType")?.value === "private" ? "other" : "nat_gateway";
}

/** `describe-subnets` output. */
export const recogniseSubnets: Recogniser = (value) =>
  (listOf(value, "Subnets") ?? []).flatMap((one): Found[] => {
    const subnet = textOf(one, "SubnetId");
    if (subnet === null) return [];
    const made = () => ({
      subnet,
      vpc: textOf(one, "VpcId"),
      declared: true,
      cidr: textOf(one, "CidrBlock"),
      ...(toBoolean(get(one, "Ipv6Native"), false) !== false && { ipv6_only: true as const }),
      public_ip: toBoolean(get(one, "MapPublicIpOnLaunch"), null),
    });
    return [resource("subnets", one, subnet, made)];
  });

/** `describe-security-groups` output, which has all rules of a group. */
export const recogniseGroups: Recogniser = (value) =>
  (listOf(value, "SecurityGroups") ?? []).flatMap((one): Found[] => {
    const group = textOf(one, "GroupId");
    if (group === null) return [];
    const rules = (key: string): readonly GroupRule[] => (listOf(one, key) ?? []).map(ruleOf);
    const isDefault = textOf(one, "GroupName")?.value === "default";
    const made = () => ({
      group,
      vpc: textOf(one, "VpcId"),
      ingress: rules("IpPermissions"),
      egress: rules("IpPermissionsEgress"),
      isDefault,
    });
    return [resource("security_groups", one, group, made)];
  });

/**
 * `describe-network-acls` output, which has all rules of an ACL and its subnets.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAcl.html
 */
export const recogniseAcls: Recogniser = (value) =>
  (listOf(value, "NetworkAcls") ?? []).flatMap((one): Found[] => {
    const acl = textOf(one, "NetworkAclId");
    if (acl === null) return [];
    const entries = (listOf(one, "Entries") ?? []).flatMap((entry) => {
      const ports = get(entry, "PortRange");
      const rule = {
        number: get(entry, "RuleNumber"),
        egress: toBoolean(get(entry, "Egress"), null),
        action: get(entry, "RuleAction"),
        protocol: get(entry, "Protocol"),
        block: get(entry, "CidrBlock"),
        ipv6: get(entry, "Ipv6CidrBlock"),
        from: get(ports, "From"),
        to: get(ports, "To"),
      };
      return aclEntry(rule, entry.at);
    });
    const made = () => ({
      acl,
      vpc: textOf(one, "VpcId"),
      isDefault: toBoolean(get(one, "IsDefault"), false) === true,
      entries,
    });
    const subnets = (listOf(one, "Associations") ?? []).flatMap((association): Found[] => {
      const subnet = textOf(association, "SubnetId");
      return subnet === null
        ? []
        : [resource("acl_associations", association, null, () => ({ acl, subnet, maybe: null }))];
    });
    return [resource("acls", one, acl, made), ...subnets];
  });

/**
 * `get-hosted-zone` output: a zone with the VPCs whose names it answers; `list-hosted-zones-by-vpc` output: the zones of
 * the VPC that was asked about, which only evidence names.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html
 */
export const recogniseZones: Recogniser = (value) => {
  const listed = (listOf(value, "HostedZoneSummaries") ?? []).flatMap((one) =>
    zoneOf(one, textOf(one, "HostedZoneId"), textsOf(value, "VPCId")),
  );
  const zone = get(value, "HostedZone");
  const vpcs = (listOf(value, "VPCs") ?? []).flatMap((one) => textOf(one, "VPCId") ?? []);
  return zone?.kind === "object" && vpcs.length > 0 ? [...listed, ...zoneOf(zone, textOf(zone, "Id"), vpcs)] : listed;
};

function zoneOf(value: ObjectValue, zone: Text | null, vpcs: readonly Text[]): readonly Found[] {
  const name = textOf(value, "Name");
  return zone && name ? [resource("hosted_zones", value, zone, () => ({ zone, name, vpcs }))] : [];
}

/** Where traffic comes from or goes to, by the list that names it, and the key in it. */
const PEERS: readonly (readonly [list: string, key: string, kind: Peer["kind"]])[] = [
  ["IpRanges", "CidrIp", "ipv4"],
  ["Ipv6Ranges", "CidrIpv6", "ipv6"],
  ["UserIdGroupPairs", "GroupId", "group"],
  ["PrefixListIds", "PrefixListId", "prefix_list"],
];

/** All ports when none is given: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function ruleOf(permission: ObjectValue): GroupRule {
  const peers = PEERS.flatMap(([list, key, kind]) =>
    (listOf(permission, list) ?? []).flatMap((one): Peer[] => {
      const value = textOf(one, key);
      return value ? [{ kind, value }] : [];
    }),
  );
  const [from, to] = [get(permission, "FromPort"), get(permission, "ToPort")];
  return portsOf(textOf(permission, "IpProtocol"), from, to, peers, permission.at);
}
