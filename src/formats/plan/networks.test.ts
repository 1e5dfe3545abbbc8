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

async function subnetIn(...resources: readonly TestResource[]) {
  return linkNetworks([await unitOf({ resources: [VPC, SUBNET, ...resources] })]).subnets.get("plan.json#aws_subnet.s");
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
