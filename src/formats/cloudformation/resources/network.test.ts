import { expect, test } from "vitest";
import { resourcesOf, shown } from "../testing.ts";

test("a VPC with what AWS takes for granted", async () => {
  const { networks, subnets } = await resourcesOf(`
Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Named: {Type: AWS::EC2::VPC, Properties: {EnableDnsSupport: "false", EnableDnsHostnames: true}}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: !GetAtt Subnet.VpcId}}
`);
  expect(
    networks.map(({ id, vpc, declared, dns_support, dns_hostnames }) =>
      shown([id, vpc, declared, dns_support, dns_hostnames]),
    ),
  ).toEqual([
    ["u#Vpc", "⟨Vpc@u⟩", true, true, false],
    ["u#Named", "⟨Named@u⟩", true, false, true],
  ]);
  expect(subnets.map(({ subnet, vpc }) => shown([subnet, vpc]))).toEqual([
    ["⟨Subnet@u⟩", "⟨Vpc@u⟩"],
    ["⟨Other@u⟩", "⟨Vpc@u⟩"],
  ]);
});

test("rules of a group, those that it gets by default, and those that are declared apart", async () => {
  const { security_groups, group_rules } = await resourcesOf(
    `
A:
  Type: AWS::EC2::SecurityGroup
  Properties:
    VpcId: vpc-1
    SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: "443", CidrIp: 10.0.0.0/8}, {IpProtocol: -1}]
    SecurityGroupEgress: [{IpProtocol: tcp, FromPort: !Ref Port, ToPort: 443, DestinationSecurityGroupId: sg-1}]
Rule: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt A.GroupId, IpProtocol: tcp, FromPort: 80, ToPort: 80}}
B: {Type: AWS::EC2::SecurityGroup}
Maybe: {Type: AWS::EC2::SecurityGroupEgress, Condition: Open, Properties: {GroupId: !Ref B, IpProtocol: -1}}
`,
    "Parameters: {Port: {Type: Number}}\nConditions: {Open: !Equals [!Ref Port, 1]}",
  );
  const rule = (protocol: string, ports: number | null, ...peers: object[]) => ({
    protocol,
    from_port: ports,
    to_port: ports,
    peers,
  });
  const plain = ({ at: _, ...one }: (typeof security_groups)[number]["ingress"][number]) => one;
  expect(
    security_groups.map(({ group, vpc, ingress, egress }) =>
      shown([group, vpc, ingress.map(plain), egress.map(plain)]),
    ),
  ).toEqual([
    [
      "⟨A@u⟩",
      "vpc-1",
      [rule("tcp", 443, { kind: "ipv4", value: "10.0.0.0/8" }), rule("-1", null)],
      [
        {
          ...rule("tcp", 443, { kind: "group", value: "sg-1" }),
          from_port: null,
          maybe: "the parameter Port has no value in these files",
        },
      ],
    ],
    ["⟨B@u⟩", null, [], [rule("-1", null, { kind: "ipv4", value: "0.0.0.0/0" })]],
  ]);
  expect(shown(group_rules.map((one) => [one.group, one.direction, plain(one.rule)]))).toEqual([
    ["⟨A@u⟩", "ingress", rule("tcp", 80)],
    ["⟨B@u⟩", "egress", { ...rule("-1", null), maybe: "the parameter Port has no value in these files" }],
  ]);
});

test("subnets, route tables with their routes, and the table and group that a VPC comes with", async () => {
  const { subnets, route_tables, routes, route_associations, security_groups } = await resourcesOf(`
Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}}
Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
Tables: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
Gateway: {Type: AWS::EC2::VPNGateway}
Nat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-1}}
Office: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.9.0.0/16, GatewayId: !Ref Gateway}}
S3: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationPrefixListId: pl-1, GatewayId: vpce-1}}
`);
  expect(shown(subnets.map(({ subnet, cidr, public_ip }) => [subnet, cidr, public_ip]))).toEqual([
    ["⟨Subnet@u⟩", "10.0.1.0/24", true],
  ]);
  expect(shown(route_tables.map(({ tables, vpc, main }) => [tables, vpc, main]))).toEqual([
    [[], "⟨Vpc@u⟩", true],
    [["⟨Table@u⟩"], "⟨Vpc@u⟩", false],
  ]);
  expect(shown(route_associations.map(({ subnet, table }) => [subnet, table]))).toEqual([["⟨Subnet@u⟩", "⟨Table@u⟩"]]);
  expect(shown(routes.map(({ route: { kind, destination, target } }) => [kind, destination, target]))).toEqual([
    ["nat_gateway", "0.0.0.0/0", "nat-1"],
    ["vpn", "10.9.0.0/16", null],
  ]);
  expect(shown(security_groups.map(({ group, isDefault }) => [group, isDefault]))).toEqual([
    ["⟨Vpc.DefaultSecurityGroup@u⟩", true],
  ]);
});

test("an internet gateway is attached apart, by its id", async () => {
  const { internet_gateways, routes } = await resourcesOf(`
Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Gateway: {Type: AWS::EC2::InternetGateway}
Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !GetAtt Gateway.InternetGatewayId}}
Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
`);
  expect(shown(internet_gateways.map(({ by, gateway, vpc }) => [by, gateway, vpc]))).toEqual([
    ["making", "⟨Gateway@u⟩", null],
    ["attaching", "⟨Gateway@u⟩", "⟨Vpc@u⟩"],
  ]);
  expect(shown(routes.map(({ route: { kind, target } }) => [kind, target]))).toEqual([
    ["internet_gateway", "⟨Gateway@u⟩"],
  ]);
});

test("endpoints with their defaults, groups, subnets and policy", async () => {
  const { endpoints } = await resourcesOf(
    `
Secrets:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcId: !Ref Vpc
    ServiceName: !Sub "com.amazonaws.\${AWS::Region}.secretsmanager"
    VpcEndpointType: Interface
    PrivateDnsEnabled: true
    SubnetIds: [!Ref Subnet]
    SecurityGroupIds: [!Ref Group]
    PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "*", Resource: "*"}]}
S3: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: com.amazonaws.us-east-1.s3}}
Open:
  Type: AWS::EC2::VPCEndpoint
  Condition: Open
  Properties: {VpcId: vpc-1, ServiceName: x, VpcEndpointType: !Ref Type, PrivateDnsEnabled: !Ref Type, SecurityGroupIds: !Ref Groups}
Vpc: {Type: AWS::EC2::VPC}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Group: {Type: AWS::EC2::SecurityGroup}
`,
    'Parameters: {Type: {Type: String}, Groups: {Type: "List<AWS::EC2::SecurityGroup::Id>"}}\nConditions: {Open: !Equals [!Ref Type, x]}',
  );
  const [secrets, s3, open] = endpoints.map(({ settings: _, ...one }) => one);
  expect(endpoints.map(({ settings }) => Object.entries(settings ?? {}).map(([name, { key }]) => [name, key]))).toEqual(
    [
      [
        ["type", undefined],
        ["private_dns", undefined],
      ],
      [
        ["type", "VpcEndpointType"],
        ["private_dns", "PrivateDnsEnabled"],
      ],
      [],
    ],
  );
  expect(shown({ ...secrets, statements: secrets?.statements?.length })).toEqual({
    id: "u#Secrets",
    address: "Secrets",
    unit: "u",
    at: "Secrets",
    unseen: [],
    vpc: "⟨Vpc@u⟩",
    service: "com.amazonaws.⟨AWS.Region⟩.secretsmanager",
    type: "Interface",
    private_dns: true,
    security_groups: ["⟨Group@u⟩"],
    subnets: ["⟨Subnet@u⟩"],
    statements: 1,
  });
  expect(shown([s3?.type, s3?.private_dns, s3?.security_groups, s3?.statements])).toEqual(["Gateway", false, [], null]);
  expect(shown([open?.type, open?.private_dns, open?.security_groups, open?.unseen])).toEqual([
    null,
    null,
    null,
    [
      {
        part: "existence",
        cause: "the parameter Type has no value in these files",
        at: "Open",
      },
      { part: "SecurityGroupIds", cause: "the parameter Groups has no value in these files", at: "!Ref Groups" },
    ],
  ]);
});

test("every way out, once, also one that may not be there", async () => {
  const { exits } = await resourcesOf(
    `
Vpc: {Type: AWS::EC2::VPC}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
Internet: {Type: AWS::EC2::InternetGateway}
Vpn: {Type: AWS::EC2::VPNGateway}
Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Internet}}
AttachedVpn: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vpn}}
Nat: {Type: AWS::EC2::NatGateway, Condition: Off, Properties: {SubnetId: !Ref Subnet}}
NeverNat: {Type: AWS::EC2::NatGateway, Condition: Never, Properties: {SubnetId: !Ref Subnet}}
ToNat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, NatGatewayId: !Ref Nat}}
ToInternet: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, GatewayId: !GetAtt Internet.InternetGatewayId}}
ToOther: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, TransitGatewayId: tgw-1}}
ToVpn: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, GatewayId: vgw-1}}
Local: {Type: AWS::EC2::Route, Properties: {RouteTableId: rtb-1, GatewayId: local}}
Transit: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {VpcId: !Ref Vpc, TransitGatewayId: t, SubnetIds: []}}
Peering: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Vpc, PeerVpcId: vpc-2}}
Egress: {Type: AWS::EC2::EgressOnlyInternetGateway, Properties: {VpcId: !Ref Vpc}}
`,
    'Parameters: {Use: {Type: String, Default: "no"}}\nConditions: {Off: !Equals [!Ref Use, "yes"], Never: !Equals [a, b]}',
  );
  expect(
    exits.map(({ address, kind, vpc, subnet, unseen }) =>
      shown([address, kind, vpc, subnet, unseen.map(({ part }) => part)]),
    ),
  ).toEqual([
    ["Attached", "internet_gateway", "⟨Vpc@u⟩", null, []],
    ["AttachedVpn", "vpn", "⟨Vpc@u⟩", null, []],
    ["Nat", "nat_gateway", null, "⟨Subnet@u⟩", ["existence"]],
    ["ToOther", "transit_gateway", "⟨Vpc@u⟩", null, []],
    ["ToVpn", "vpn", null, null, []],
    ["Transit", "transit_gateway", "⟨Vpc@u⟩", null, []],
    ["Peering", "peering", "⟨Vpc@u⟩", null, []],
    ["Peering", "peering", "vpc-2", null, []],
    ["Egress", "other", "⟨Vpc@u⟩", null, []],
  ]);
});
