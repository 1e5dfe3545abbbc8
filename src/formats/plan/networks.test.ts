/** What a plan tells of the networks where jobs run: most ids are known only after it is applied. */
import { expect, test } from "vitest";
import { linkNetworks } from "../../facts/networks.ts";
import { type TestResource, unitOf } from "./testing.ts";

const id = { id: true };
const VPC: TestResource = {
  address: "aws_vpc.v",
  values: { cidr_block: "10.0.0.0/16", enable_dns_support: true },
  unknown: { ...id, default_route_table_id: true, main_route_table_id: true, default_security_group_id: true },
};
const ofVpc = { vpc_id: ["aws_vpc.v.id", "aws_vpc.v"] };
const SUBNET: TestResource = {
  address: "aws_subnet.s",
  values: { cidr_block: "10.0.0.0/24", map_public_ip_on_launch: false },
  unknown: { ...id, vpc_id: true },
  refers: ofVpc,
};
const TABLE: TestResource = {
  address: "aws_route_table.t",
  values: { route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "", transit_gateway_id: "" }] },
  unknown: { ...id, vpc_id: true, route: [{ gateway_id: true }] },
  refers: {
    ...ofVpc,
    route: { references: ["aws_internet_gateway.i.id", "aws_internet_gateway.i"] },
  },
};
const GATEWAY: TestResource = { address: "aws_internet_gateway.i", unknown: { ...id, vpc_id: true }, refers: ofVpc };
const ASSOCIATION: TestResource = {
  address: "aws_route_table_association.a",
  unknown: { ...id, subnet_id: true, route_table_id: true },
  refers: {
    subnet_id: ["aws_subnet.s.id", "aws_subnet.s"],
    route_table_id: ["aws_route_table.t.id", "aws_route_table.t"],
  },
};

const networksOf = async (...resources: readonly TestResource[]) =>
  linkNetworks([await unitOf({ resources: [VPC, SUBNET, ...resources] })]);

async function subnetIn(...resources: readonly TestResource[]) {
  return (await networksOf(...resources)).subnets.get("plan.json#aws_subnet.s");
}

test("a subnet has the routes of its table, though no id is known", async () => {
  expect(await subnetIn(TABLE, GATEWAY, ASSOCIATION)).toMatchObject({
    network: "plan.json#aws_vpc.v",
    routes: [{ kind: "internet_gateway", destination: { value: "0.0.0.0/0" } }],
    complete: true,
  });
});

test("a subnet without an association has the main table of its VPC", async () => {
  expect(await subnetIn(TABLE, GATEWAY)).toMatchObject({ routes: [], complete: true });
});

test("routes that the plan does not know may be there", async () => {
  const table = { ...TABLE, values: {}, unknown: { ...TABLE.unknown, route: true }, refers: ofVpc };
  expect(await subnetIn(table, GATEWAY, ASSOCIATION)).toMatchObject({ routes: [], complete: false });
});

test("a route apart from its table is put into it, with its gateway", async () => {
  const nat = {
    address: "aws_nat_gateway.n",
    values: { connectivity_type: "public" },
    unknown: { ...id, subnet_id: true },
  };
  const table = { ...TABLE, values: {}, unknown: { ...id, vpc_id: true }, refers: ofVpc };
  const route: TestResource = {
    address: "aws_route.r",
    values: { destination_cidr_block: "0.0.0.0/0", gateway_id: null },
    unknown: { ...id, route_table_id: true, nat_gateway_id: true },
    refers: {
      route_table_id: ["aws_route_table.t.id", "aws_route_table.t"],
      nat_gateway_id: ["aws_nat_gateway.n.id", "aws_nat_gateway.n"],
    },
  };
  const subnet = { ...nat, refers: { subnet_id: ["aws_subnet.s.id", "aws_subnet.s"] } };
  expect(await subnetIn(table, subnet, route, ASSOCIATION)).toMatchObject({
    routes: [{ kind: "nat_gateway", destination: { value: "0.0.0.0/0" } }],
    complete: true,
  });
});

const rule = (action: string) => ({
  ...{ rule_no: 100, action, protocol: "tcp", cidr_block: "0.0.0.0/0", ipv6_cidr_block: "" },
  ...{ from_port: 443, to_port: 443, icmp_code: null, icmp_type: null },
});

test("a subnet has the network ACL that names it, though neither id is known", async () => {
  const acl: TestResource = {
    address: "aws_network_acl.n",
    values: { egress: [rule("deny")], ingress: [] },
    unknown: { ...id, vpc_id: true, subnet_ids: true, egress: [{}] },
    refers: { ...ofVpc, subnet_ids: ["aws_subnet.s.id", "aws_subnet.s"] },
  };
  expect((await subnetIn(acl))?.acl).toMatchObject({
    address: "aws_network_acl.n",
    entries: [{ egress: true, allow: false, from_port: 443 }],
    unseen: [],
  });
});

test("rules and associations of a network ACL by themselves are put together", async () => {
  const ofAcl = { network_acl_id: ["aws_network_acl.n.id", "aws_network_acl.n"] };
  const { rule_no: rule_number, action: rule_action, ...rest } = rule("allow");
  expect(
    (
      await subnetIn(
        { address: "aws_network_acl.n", values: {}, unknown: { ...id, vpc_id: true }, refers: ofVpc },
        {
          address: "aws_network_acl_rule.r",
          values: { ...rest, rule_number, rule_action, egress: true },
          unknown: { ...id, network_acl_id: true },
          refers: ofAcl,
        },
        {
          address: "aws_network_acl_association.a",
          unknown: { ...id, network_acl_id: true, subnet_id: true },
          refers: { ...ofAcl, subnet_id: ["aws_subnet.s.id", "aws_subnet.s"] },
        },
      )
    )?.acl,
  ).toMatchObject({ entries: [{ egress: true, allow: true }], unseen: [] });
});

test("a subnet without a network ACL has the default one of its VPC", async () => {
  const acl: TestResource = {
    address: "aws_default_network_acl.d",
    values: { egress: [], ingress: [] },
    unknown: { ...id, default_network_acl_id: true },
    refers: { default_network_acl_id: ["aws_vpc.v.default_network_acl_id", "aws_vpc.v"] },
  };
  expect((await subnetIn(acl))?.acl).toMatchObject({ address: "aws_default_network_acl.d", entries: [] });
});

test("a private zone of the VPC answers its names, also one that is put into the VPC apart", async () => {
  const name = "secretsmanager.eu-west-1.amazonaws.com";
  const inBlock: TestResource = {
    address: "aws_route53_zone.z",
    values: { name, vpc: [{ vpc_region: null }] },
    unknown: { ...id, zone_id: true, vpc: [{ vpc_id: true }] },
    refers: { vpc: [{ vpc_id: { references: ofVpc.vpc_id } }] },
  };
  const apart: TestResource[] = [
    { address: "aws_route53_zone.z", values: { name, vpc: [] }, unknown: { ...id, zone_id: true } },
    {
      address: "aws_route53_zone_association.a",
      unknown: { ...id, zone_id: true, vpc_id: true },
      refers: { ...ofVpc, zone_id: ["aws_route53_zone.z.zone_id", "aws_route53_zone.z"] },
    },
  ];
  for (const zones of [[inBlock], apart]) {
    const { networks } = await networksOf(...zones);
    expect(networks.get("plan.json#aws_vpc.v")?.zones).toMatchObject([{ name: { value: name } }]);
  }
});

test("an endpoint has the policy of its block, and one that is known only after apply may say anything", async () => {
  const values = {
    service_name: "com.amazonaws.eu-west-1.secretsmanager",
    vpc_endpoint_type: "Interface",
    subnet_ids: ["subnet-0a1b2c3d"],
  };
  const document = { Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }] };
  const policies = [
    { values: { policy: JSON.stringify(document) } },
    { unknown: { policy: true }, refers: { policy: ["local.p"] } },
  ];
  const endpoints = await Promise.all(
    policies.map(async (one) => {
      const endpoint = {
        address: "aws_vpc_endpoint.e",
        values: { ...values, ...one.values },
        unknown: { ...id, vpc_id: true, ...one.unknown },
        refers: { ...ofVpc, ...one.refers },
      };
      return (await networksOf(endpoint)).endpoints.get("plan.json#aws_vpc_endpoint.e");
    }),
  );
  expect(endpoints.map((one) => one?.statements?.map(({ effect }) => effect.value))).toEqual([["Deny"], []]);
  expect(endpoints.map((one) => one?.unseen.map(({ part }) => part))).toEqual([[], ["policy document"]]);
});
