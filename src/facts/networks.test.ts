import { expect, test } from "vitest";
import { at, container, job, reference, text, unit } from "../../test/support/units.ts";
import { linkNetworks } from "./networks.ts";
import type { Resources } from "./resources.ts";

const declared = (address: string, unit = "a") => ({ id: `${unit}#${address}`, address, unit, at, unseen: [] });
const VPC = text("⟨Vpc@a⟩");
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";

const vpc = { ...declared("Vpc"), vpc: VPC, declared: true, dns_support: true, dns_hostnames: true };
const subnet = { ...declared("Subnet"), subnet: text("⟨Subnet@a⟩"), vpc: VPC };
const endpoint = {
  ...declared("Endpoint"),
  vpc: VPC,
  service: text("com.amazonaws.eu-west-1.logs"),
  type: "Interface",
  private_dns: true,
  security_groups: [text("⟨Group@a⟩")],
  subnets: [],
  statements: null,
};
const environment = (...subnets: string[]) => ({
  ...declared("Environment"),
  names: [text("Environment")],
  type: null,
  managed: true,
  on_eks: false,
  subnets: subnets.map(text),
  image: null,
  configurations: [],
  instance_role: null,
  launch_template: text("lt"),
  overrides: [],
});
const jobs = [job("a", "Job", container({ secrets: [reference("db", SECRET), reference("plain", "parameter")] }))];
const world = (resources: Partial<Resources>) => linkNetworks([unit("a", { job_definitions: jobs, ...resources })]);

test("a network has the endpoints of its VPC and the jobs of its compute environments", () => {
  const { networks, endpoints, readers } = world({
    networks: [vpc],
    subnets: [subnet],
    endpoints: [endpoint],
    compute_environments: [environment("⟨Subnet@a⟩")],
  });
  expect(networks).toHaveLength(1);
  expect(networks[0]).toMatchObject({
    endpoints: ["a#Endpoint"],
    declared: true,
    reader_count: 2,
    readers_certain: true,
  });
  expect(readers.get("a#Vpc")).toMatchObject([
    { job_definition: "a#Job", reference: "a#Job:db", service: "secretsmanager" },
    { job_definition: "a#Job", reference: "a#Job:plain", service: "ssm" },
  ]);
  expect(endpoints.get("a#Endpoint")?.network).toBe("a#Vpc");
});

test("where the subnets can't be followed the jobs only may run there", () => {
  const { networks } = world({
    networks: [vpc],
    subnets: [subnet],
    compute_environments: [environment("⟨*Subnets@a⟩")],
  });
  expect(networks[0]).toMatchObject({ reader_count: 2, readers_certain: false });
});

test("jobs of a unit without compute environment may run in its network", () => {
  expect(world({ networks: [vpc] }).networks[0]).toMatchObject({ reader_count: 2, readers_certain: false });
});

test("jobs that surely run elsewhere do not read there", () => {
  const other = { ...vpc, ...declared("Other"), vpc: text("⟨Other@a⟩") };
  const { networks } = world({
    networks: [vpc, other],
    subnets: [subnet],
    compute_environments: [environment("⟨Subnet@a⟩")],
  });
  expect(networks.map(({ address, reader_count }) => [address, reader_count])).toEqual([
    ["Vpc", 2],
    ["Other", 0],
  ]);
});

test("the VPC of an endpoint is a network, even when it is declared elsewhere", () => {
  const { networks } = world({ endpoints: [{ ...endpoint, vpc: text("⟨*VpcId@a⟩") }] });
  expect(networks).toMatchObject([{ address: "the network of Endpoint", declared: false, endpoints: ["a#Endpoint"] }]);
});

test("an endpoint of Secrets Manager whose VPC can't be decided may be in every network of its unit", () => {
  const stray = {
    ...endpoint,
    ...declared("Stray"),
    vpc: text("⟨*VpcId@a⟩"),
    service: text("com.amazonaws.eu-west-1.secretsmanager"),
  };
  const { networks } = world({ networks: [vpc], endpoints: [endpoint, stray] });
  expect(networks[0]?.unseen).toEqual([
    { part: "endpoints", cause: { kind: "endpoint", name: "Stray", unit: "a" }, at },
  ]);
  const logs = { ...stray, service: text("com.amazonaws.eu-west-1.logs") };
  expect(world({ networks: [vpc], endpoints: [endpoint, logs] }).networks[0]?.unseen).toEqual([]);
});

test("ways out belong to their VPC, also by a subnet, and one of no VPC to every network of the unit", () => {
  const exit = { ...declared("Nat"), kind: "nat_gateway" as const, vpc: null, subnet: text("⟨Subnet@a⟩") };
  const anywhere = { ...declared("Other"), kind: "other" as const, vpc: null, subnet: null };
  const { networks } = world({ networks: [vpc], subnets: [subnet], exits: [exit, anywhere] });
  expect(networks[0]?.exits).toEqual([
    { kind: "nat_gateway", at },
    { kind: "other", at },
  ]);
});

test("an endpoint's inbound rules are those of its groups, unknown when one is out of sight", () => {
  const rule = { protocol: text("tcp"), from_port: 443, to_port: 443, at };
  const group = { ...declared("Group"), group: text("⟨Group@a⟩"), vpc: VPC, ingress: [rule] };
  const seen = world({ networks: [vpc], endpoints: [endpoint], security_groups: [group] });
  expect(seen.endpoints.get("a#Endpoint")?.ingress).toEqual([rule]);
  expect(world({ networks: [vpc], endpoints: [endpoint] }).endpoints.get("a#Endpoint")?.ingress).toBeNull();
});
