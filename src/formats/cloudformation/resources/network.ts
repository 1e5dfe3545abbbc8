/**
 * Networks: VPCs and their subnets, security groups, endpoints, and every way out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
 */

import type { GroupRule, Peer, Text, Unseen } from "../../../facts/located.ts";
import type { ExitResource, Route } from "../../../facts/resources.ts";
import { isLiteral } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { anything, defaultRules, portsOf } from "../../group-rules.ts";
import { DNS_SETTINGS, objects, type Seen, toBoolean, toText, toTexts, unseenSettings } from "../../read.ts";
import { settingsOf } from "../../settings.ts";
import { statementsOf } from "./policies.ts";
import { declared, type Reader, type Reading } from "./reading.ts";

/** DNS support is on by default, DNS host names are off. A VPC comes with a route table and a security group. */
export const readVpc: Reader = (reading) => {
  const vpc = reading.attribute(null);
  const made = declared(reading);
  const [support, hostNames] = [reading.property("EnableDnsSupport"), reading.property("EnableDnsHostnames")];
  const { at } = reading;
  const group = reading.attribute("DefaultSecurityGroup");
  return {
    networks: [
      {
        ...made,
        unseen: [...unseenSettings(DNS_SETTINGS, [support, hostNames]), ...made.unseen],
        vpc,
        cidr: reading.attribute("CidrBlock"),
        declared: true,
        dns_support: toBoolean(support, true),
        dns_hostnames: toBoolean(hostNames, false),
        settings: settingsOf(propertiesOf(reading), {
          dns_support: "EnableDnsSupport",
          dns_hostnames: "EnableDnsHostnames",
        }),
      },
    ],
    route_tables: [{ ...made, id: `${made.id} main table`, tables: [], vpc, main: true, routes: [] }],
    acls: [
      {
        ...made,
        id: `${made.id} default ACL`,
        acl: reading.attribute("DefaultNetworkAcl"),
        vpc,
        isDefault: true,
        entries: null,
      },
    ],
    security_groups: [
      { ...made, id: `${made.id} default group`, group, vpc, isDefault: true, ...defaultRules(group, at) },
    ],
  };
};

function propertiesOf({ declaration }: Reading): Value | undefined {
  return get(declaration.body, "Properties");
}

export const readSubnet: Reader = (reading) => ({
  subnets: [
    {
      ...declared(reading),
      subnet: reading.attribute(null),
      vpc: reading.text("VpcId"),
      declared: true,
      cidr: reading.text("CidrBlock"),
      ...(toBoolean(reading.property("Ipv6Native"), false) !== false && { ipv6_only: true }),
      public_ip: toBoolean(reading.property("MapPublicIpOnLaunch"), false),
    },
  ],
});

/** A group without outbound rules gets one that lets everything out. */
export const readSecurityGroup: Reader = (reading) => {
  const rules = (part: string) => rulesOf(reading.property(part), part);
  const [ingress, egress] = [rules("SecurityGroupIngress"), rules("SecurityGroupEgress")];
  const isOpen = egress.values.length + egress.unseen.length === 0;
  return {
    security_groups: [
      {
        ...declared(reading, [...ingress.unseen, ...egress.unseen]),
        group: reading.attribute(null),
        vpc: reading.text("VpcId"),
        ingress: ingress.values,
        egress: isOpen ? [anything(reading.at)] : egress.values,
      },
    ],
  };
};

const looseRule =
  (direction: "ingress" | "egress"): Reader =>
  (reading) => {
    const group = reading.text("GroupId");
    if (!group) return {};
    const rule = ruleOf(reading.property, reading.at);
    const maybe = reading.maybe && { maybe: reading.maybe };
    return { group_rules: [{ ...declared(reading), group, direction, rule: { ...rule, ...maybe } }] };
  };

export const readIngress: Reader = looseRule("ingress");
export const readEgress: Reader = looseRule("egress");

function rulesOf(value: Value | undefined, part: string): Seen<GroupRule> {
  const { values, unseen } = objects(value, part);
  return { values: values.map((rule) => ruleOf((key) => get(rule, key), rule.at)), unseen };
}

/** Where traffic comes from or goes to, by the property that names it. */
const PEERS: ReadonlyMap<string, Peer["kind"]> = new Map([
  ["CidrIp", "ipv4"],
  ["CidrIpv6", "ipv6"],
  ["SourceSecurityGroupId", "group"],
  ["DestinationSecurityGroupId", "group"],
  ["SourceSecurityGroupName", "group"],
  ["SourcePrefixListId", "prefix_list"],
  ["DestinationPrefixListId", "prefix_list"],
]);

/** All ports when none is given. */
function ruleOf(property: (name: string) => Value | undefined, at: Place): GroupRule {
  const peers = [...PEERS].flatMap(([name, kind]): Peer[] => {
    const value = toText(property(name));
    return value ? [{ kind, value }] : [];
  });
  return portsOf(toText(property("IpProtocol")), property("FromPort"), property("ToPort"), peers, at);
}

/** A gateway endpoint without private DNS, unless it says otherwise. */
export const readEndpoint: Reader = (reading) => {
  const document = reading.written("PolicyDocument");
  const policy = document && statementsOf(document, { scope: reading.scope, maybe: null }, reading.id);
  const groups = toTexts(reading.property("SecurityGroupIds"), "SecurityGroupIds");
  const subnets = toTexts(reading.property("SubnetIds"), "SubnetIds");
  const existence: Unseen[] =
    reading.maybe === null ? [] : [{ part: "existence", cause: reading.maybe, at: reading.at }];
  const type = reading.text("VpcEndpointType");
  return {
    endpoints: [
      {
        ...declared(reading, [...existence, ...(policy?.unseen ?? []), ...groups.unseen, ...subnets.unseen]),
        vpc: reading.text("VpcId"),
        service: reading.text("ServiceName") ?? { value: "", at: reading.at },
        type: type === null ? "Gateway" : isLiteral(type.value) ? type.value : null,
        private_dns: toBoolean(reading.property("PrivateDnsEnabled"), false),
        settings: settingsOf(propertiesOf(reading), { type: "VpcEndpointType", private_dns: "PrivateDnsEnabled" }),
        security_groups: groups.unseen.length > 0 ? null : groups.values,
        subnets: subnets.unseen.length > 0 ? null : subnets.values,
        statements: policy?.statements ?? null,
      },
    ],
  };
};

/** A way out. One that may not be there is one too: nobody can say then that there is none. */
function exit(
  reading: Reading,
  kind: ExitResource["kind"],
  vpc: Text | null,
  subnet: Text | null = null,
): ExitResource {
  const unseen: Unseen[] = reading.maybe === null ? [] : [{ part: "existence", cause: reading.maybe, at: reading.at }];
  return { ...declared(reading, unseen), kind, vpc, subnet };
}

/** A private gateway leads to other networks only. */
export const readNatGateway: Reader = (reading) => {
  const kind = reading.text("ConnectivityType")?.value === "private" ? "other" : "nat_gateway";
  const way = exit(reading, kind, reading.text("VpcId"), reading.text("SubnetId"));
  return { exits: [{ ...way, gateway: reading.attribute(null) }] };
};

/** A gateway is attached apart. */
export const readInternetGateway: Reader = (reading) => {
  const gateway = reading.attribute(null);
  return { internet_gateways: [{ ...declared(reading), gateway, by: "making", vpc: null, maybe: reading.maybe }] };
};

export const readGatewayAttachment: Reader = (reading) => {
  const vpc = reading.text("VpcId");
  const gateway = reading.text("InternetGatewayId");
  const internet = reading.property("InternetGatewayId") ? [exit(reading, "internet_gateway", vpc)] : [];
  const vpn = reading.property("VpnGatewayId") ? [exit(reading, "vpn", vpc)] : [];
  const { maybe } = reading;
  return {
    exits: [...internet, ...vpn],
    ...(gateway && { internet_gateways: [{ ...declared(reading), gateway, by: "attaching", vpc, maybe }] }),
  };
};

const exitOf =
  (kind: ExitResource["kind"], ...properties: readonly string[]): Reader =>
  (reading) => ({ exits: properties.map((property) => exit(reading, kind, reading.text(property))) });

export const readTransitGatewayAttachment: Reader = exitOf("transit_gateway", "VpcId");
export const readPeering: Reader = exitOf("peering", "VpcId", "PeerVpcId");
export const readEgressOnlyGateway: Reader = exitOf("other", "VpcId");

/** What a route may lead to, by the property that names it. */
const TARGETS: ReadonlyMap<string, ExitResource["kind"]> = new Map([
  ["NatGatewayId", "nat_gateway"],
  ["GatewayId", "internet_gateway"],
  ["TransitGatewayId", "transit_gateway"],
  ["VpcPeeringConnectionId", "peering"],
  ["EgressOnlyInternetGatewayId", "other"],
  ["InstanceId", "other"],
  ["NetworkInterfaceId", "other"],
  ["VpcEndpointId", "other"],
  ["LocalGatewayId", "other"],
  ["CarrierGatewayId", "other"],
  ["CoreNetworkArn", "other"],
]);

/** A route of a table, and a way out when it leads to something that is not declared here. */
export const readRoute: Reader = (reading) => {
  for (const [property, given] of TARGETS) {
    const target = toText(reading.property(property));
    if (target === null) continue;
    if (property === "GatewayId" && /^(?:local$|vpce-)/.test(target.value)) return {};
    const kind = isVpnGateway(reading, property, target) ? "vpn" : given;
    const table = reading.text("RouteTableId");
    const route: Route = {
      kind,
      destination: reading.text("DestinationCidrBlock") ?? reading.text("DestinationIpv6CidrBlock"),
      target: kind === "nat_gateway" || kind === "internet_gateway" ? target : null,
      ...(reading.maybe && { maybe: reading.maybe }),
      at: reading.at,
    };
    return {
      ...(table && { routes: [{ ...declared(reading), table, route }] }),
      ...(!isGatewayHere(reading, property) && { exits: [exit(reading, kind, vpcOfTable(reading))] }),
    };
  }
  return {};
};

function isVpnGateway(reading: Reading, property: string, { value }: Text): boolean {
  return value.startsWith("vgw-") || typeHere(reading, property) === "AWS::EC2::VPNGateway";
}

export const readRouteTable: Reader = (reading) => ({
  route_tables: [
    {
      ...declared(reading),
      tables: [reading.attribute(null)],
      vpc: reading.text("VpcId"),
      main: false,
      routes: [],
    },
  ],
});

export const readRouteAssociation: Reader = (reading) => {
  const [table, subnet] = [reading.text("RouteTableId"), reading.text("SubnetId")];
  return table && subnet
    ? { route_associations: [{ ...declared(reading), table, subnet, vpc: null, maybe: reading.maybe }] }
    : {};
};

/** A VPN gateway puts routes into the tables that it is told. */
export const readRoutePropagation: Reader = (reading) => {
  const tables = toTexts(reading.property("RouteTableIds"), "RouteTableIds");
  const route: Route = { kind: "vpn", destination: null, target: null, at: reading.at };
  return {
    routes: tables.values.map((table, index) => ({ ...declared(reading), id: `${reading.id} ${index}`, table, route })),
  };
};

/** Gateways that are exits by themselves. */
const GATEWAYS: ReadonlySet<string> = new Set([
  "AWS::EC2::NatGateway",
  "AWS::EC2::InternetGateway",
  "AWS::EC2::VPNGateway",
  "AWS::EC2::EgressOnlyInternetGateway",
  "AWS::EC2::VPCPeeringConnection",
]);

function isGatewayHere(reading: Reading, property: string): boolean {
  return GATEWAYS.has(typeHere(reading, property) ?? "");
}

/** The type of the declared resource that a property names. */
function typeHere(reading: Reading, property: string): string | undefined {
  const name = nameIn(reading.written(property));
  return name === undefined ? undefined : reading.scope.resources().get(name)?.type;
}

function vpcOfTable(reading: Reading): Text | null {
  const name = nameIn(reading.written("RouteTableId"));
  const table = name === undefined ? undefined : reading.scope.resources().get(name);
  const vpc = table && get(get(table.body, "Properties"), "VpcId");
  return toText(vpc && reading.scope.evaluate(vpc));
}

/** The logical id in `Ref: X` or `Fn::GetAtt: [X, …]`. */
function nameIn(written: Value | undefined): string | undefined {
  const name = get(written, "Ref") ?? get(written, "Fn::GetAtt");
  const first = name?.kind === "list" ? name.items[0] : name;
  return first?.kind === "text" ? first.value.split(".", 1)[0] : undefined;
}
