/**
 * Networks: VPCs and their subnets, security groups, endpoints, and every way out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
 */

import type { ExitResource, Ingress, Text, Unseen } from "../../../facts/resources.ts";
import { isLiteral } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { objects, toBoolean, toNumber, toText, toTexts } from "../../read.ts";
import { statementsOf } from "./policies.ts";
import { declared, type Reader, type Reading } from "./reading.ts";

/** DNS support is on by default, DNS host names are off. */
export const readVpc: Reader = (reading) => ({
  networks: [
    {
      ...declared(reading),
      vpc: reading.attribute(null),
      declared: true,
      dns_support: toBoolean(reading.property("EnableDnsSupport"), true),
      dns_hostnames: toBoolean(reading.property("EnableDnsHostnames"), false),
    },
  ],
});

export const readSubnet: Reader = (reading) => ({
  subnets: [{ ...declared(reading), subnet: reading.attribute(null), vpc: reading.text("VpcId") }],
});

export const readSecurityGroup: Reader = (reading) => {
  const rules = ingressOf(reading.property("SecurityGroupIngress"), "SecurityGroupIngress");
  return {
    security_groups: [
      {
        ...declared(reading, rules.unseen),
        group: reading.attribute(null),
        vpc: reading.text("VpcId"),
        ingress: rules.unseen.length > 0 ? null : rules.values,
      },
    ],
  };
};

/** A rule that may not be there counts as one that is unknown. */
export const readIngress: Reader = (reading) => {
  const group = reading.text("GroupId");
  if (!group) return {};
  const rule = reading.maybe === null ? ruleOf(reading.property, reading.at) : null;
  return { loose_ingress: [{ group, rule }] };
};

function ingressOf(value: Value | undefined, part: string): { values: readonly Ingress[]; unseen: readonly Unseen[] } {
  const { values, unseen } = objects(value, part);
  const rules = values.map((rule) => ({ rule: ruleOf((key) => get(rule, key), rule.at), at: rule.at }));
  const open = rules.flatMap(({ rule, at }): Unseen[] =>
    rule ? [] : [{ part, cause: { kind: "value", name: "the ports of a rule", unit: at.file.path }, at }],
  );
  return { values: rules.flatMap(({ rule }) => rule ?? []), unseen: [...unseen, ...open] };
}

/** All ports when none is given; null when a port is given that is unknown. */
function ruleOf(property: (name: string) => Value | undefined, at: Place): Ingress | null {
  const [from, to] = [property("FromPort"), property("ToPort")];
  const rule = {
    protocol: toText(property("IpProtocol")),
    from_port: toNumber(from, null),
    to_port: toNumber(to, null),
    at,
  };
  const hidden = (from && rule.from_port === null) || (to && rule.to_port === null);
  return hidden ? null : rule;
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
        security_groups: groups.unseen.length > 0 ? null : groups.values,
        subnets: subnets.values,
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

export const readNatGateway: Reader = (reading) => ({
  exits: [exit(reading, "nat_gateway", reading.text("VpcId"), reading.text("SubnetId"))],
});

export const readGatewayAttachment: Reader = (reading) => {
  const vpc = reading.text("VpcId");
  const internet = reading.property("InternetGatewayId") ? [exit(reading, "internet_gateway", vpc)] : [];
  const vpn = reading.property("VpnGatewayId") ? [exit(reading, "vpn", vpc)] : [];
  return { exits: [...internet, ...vpn] };
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

/** A route to something that is not declared here, of a table whose VPC may not be either. */
export const readRoute: Reader = (reading) => {
  for (const [property, kind] of TARGETS) {
    const target = reading.property(property);
    if (target !== undefined) {
      const text = toText(target)?.value ?? "";
      if (text === "local" || isGatewayHere(reading, property)) return {};
      return { exits: [exit(reading, text.startsWith("vgw-") ? "vpn" : kind, vpcOfTable(reading))] };
    }
  }
  return {};
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
  const name = nameIn(reading.written(property));
  return name !== undefined && GATEWAYS.has(reading.scope.resources().get(name)?.type ?? "");
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
