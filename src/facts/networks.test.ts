import { expect, test } from "vitest";
import { at, container, job, reference, text, unit } from "../../test/support/units.ts";
import { linkNetworks } from "./networks.ts";
import type { Resources } from "./resources.ts";

const declared = (address: string, unit = "a") => ({ id: `${unit}#${address}`, address, unit, at, unseen: [] });
const VPC = text("⟨Vpc@a⟩");
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";

const vpc = { ...declared("Vpc"), vpc: VPC, cidr: null, declared: true, dns_support: true, dns_hostnames: true };
const subnet = {
  ...declared("Subnet"),
  subnet: text("⟨Subnet@a⟩"),
  vpc: VPC,
  declared: true,
  cidr: null,
  public_ip: false,
};
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
  security_groups: [],
  image: null,
  configurations: [],
  instance_role: null,
  launch_template: text("lt"),
  overrides: [],
});
const jobs = [job("a", "Job", container({ secrets: [reference("db", SECRET), reference("plain", "parameter")] }))];
const world = (resources: Partial<Resources>) => linkNetworks([unit("a", { job_definitions: jobs, ...resources })]);
const first = (resources: Partial<Resources>) => world(resources).networks.get("a#Vpc");

test("a network has the endpoints of its VPC and the jobs of its compute environments", () => {
  const { networks, endpoints, readers } = world({
    networks: [vpc],
    subnets: [subnet],
    endpoints: [endpoint],
    compute_environments: [environment("⟨Subnet@a⟩")],
  });
  const [network, ...more] = networks.values();
  expect(more).toEqual([]);
  expect(network).toMatchObject({
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

test("an endpoint has the addresses of its subnets when all of them are known", () => {
  const cidr = text("10.0.1.0/24");
  const placed = (...subnets: string[]) =>
    world({ networks: [vpc], subnets: [{ ...subnet, cidr }], endpoints: [{ ...endpoint, subnets: subnets.map(text) }] })
      .endpoints.get("a#Endpoint")
      ?.blocks?.map(({ value }) => value);
  expect(placed("⟨Subnet@a⟩")).toEqual([cidr.value]);
  expect(placed("⟨Subnet@a⟩", "⟨*Elsewhere@a⟩")).toBeUndefined();
  expect(placed()).toBeUndefined();
});

test("where the subnets can't be followed the jobs only may run there", () => {
  const network = first({
    networks: [vpc],
    subnets: [subnet],
    compute_environments: [environment("⟨*Subnets@a⟩")],
  });
  expect(network).toMatchObject({ reader_count: 2, readers_certain: false });
});

test("jobs of a unit without compute environment may run in its network", () => {
  expect(first({ networks: [vpc] })).toMatchObject({ reader_count: 2, readers_certain: false });
});

test("jobs that surely run elsewhere do not read there", () => {
  const other = { ...vpc, ...declared("Other"), vpc: text("⟨Other@a⟩") };
  const { networks } = world({
    networks: [vpc, other],
    subnets: [subnet],
    compute_environments: [environment("⟨Subnet@a⟩")],
  });
  expect([...networks.values()].map(({ address, reader_count }) => [address, reader_count])).toEqual([
    ["Vpc", 2],
    ["Other", 0],
  ]);
});

test("the VPC of an endpoint is a network, even when it is declared elsewhere", () => {
  const { networks } = world({ endpoints: [{ ...endpoint, vpc: text("⟨*VpcId@a⟩") }] });
  expect([...networks.values()]).toMatchObject([
    { address: "the network of Endpoint", declared: false, endpoints: ["a#Endpoint"] },
  ]);
});

test("an endpoint of Secrets Manager whose VPC can't be decided may be in every network of its unit", () => {
  const stray = {
    ...endpoint,
    ...declared("Stray"),
    vpc: text("⟨*VpcId@a⟩"),
    service: text("com.amazonaws.eu-west-1.secretsmanager"),
  };
  expect(first({ networks: [vpc], endpoints: [endpoint, stray] })?.unseen).toEqual([
    { part: "endpoints", cause: { kind: "endpoint", name: "Stray", unit: "a" }, at },
  ]);
  const logs = { ...stray, service: text("com.amazonaws.eu-west-1.logs") };
  expect(first({ networks: [vpc], endpoints: [endpoint, logs] })?.unseen).toEqual([]);
});

test("an endpoint in a VPC of another id that AWS made is in no network but that one", () => {
  const id = (end: string) => text(`vpc-0123456789abcde${end}`);
  const service = text("com.amazonaws.eu-west-1.secretsmanager");
  const other = { ...endpoint, ...declared("Other"), id: "b#Other", unit: "b", service };
  const network = { ...vpc, vpc: id("f0") };
  expect(first({ networks: [network], endpoints: [{ ...other, vpc: id("f1") }] })?.unseen).toEqual([]);
  expect(first({ networks: [network], endpoints: [{ ...other, vpc: id("f0") }] })?.unseen).toHaveLength(1);
});

test("ways out belong to their VPC, also by a subnet, and one of no VPC to every network of the unit", () => {
  const exit = { ...declared("Nat"), kind: "nat_gateway" as const, vpc: null, subnet: text("⟨Subnet@a⟩") };
  const anywhere = { ...declared("Other"), kind: "other" as const, vpc: null, subnet: null };
  expect(first({ networks: [vpc], subnets: [subnet], exits: [exit, anywhere] })?.exits).toEqual([
    { kind: "nat_gateway", at },
    { kind: "other", at },
  ]);
});

const rule = { protocol: text("tcp"), from_port: 443, to_port: 443, peers: [], at };
const group = { ...declared("Group"), group: text("⟨Group@a⟩"), vpc: VPC, ingress: [rule], egress: [] };

test("an endpoint has the security groups that it names, or the default one of its VPC", () => {
  const given = { networks: [vpc], endpoints: [endpoint], security_groups: [group] };
  expect(world(given).endpoints.get("a#Endpoint")?.security_groups).toEqual([
    { group: text("⟨Group@a⟩"), id: "a#Group" },
  ]);
  const bare = { ...given, endpoints: [{ ...endpoint, security_groups: [] }] };
  expect(world(bare).endpoints.get("a#Endpoint")?.security_groups).toBeNull();
  const byDefault = { ...group, ...declared("Default"), group: text("⟨Default@a⟩"), isDefault: true };
  const adopted = { ...bare, security_groups: [group, byDefault] };
  expect(world(adopted).endpoints.get("a#Endpoint")?.security_groups).toEqual([
    { group: text("⟨Default@a⟩"), id: "a#Default" },
  ]);
});

test("a security group has the rules that are declared apart, and may have one whose group can't be decided", () => {
  const apart = (name: string) => ({ ...declared("Rule"), group: text(name), direction: "egress" as const, rule });
  const groupWith = (name: string) =>
    world({ security_groups: [group], group_rules: [apart(name)] }).groups.get("a#Group");
  expect(groupWith("⟨Group@a⟩")).toMatchObject({ ingress: [rule], egress: [rule], complete: true });
  expect(groupWith("⟨*Any@a⟩")).toMatchObject({ egress: [], complete: false });
  expect(groupWith("⟨Other@a⟩")).toMatchObject({ egress: [], complete: true });
});

const route = (target: string | null = null) => ({
  kind: target ? ("nat_gateway" as const) : ("internet_gateway" as const),
  destination: text("0.0.0.0/0"),
  target: target === null ? null : text(target),
  at,
});
const main = { ...declared("Main"), tables: [text("⟨Main@a⟩")], vpc: VPC, main: true, routes: [] };
const table = { ...declared("Table"), tables: [text("⟨Table@a⟩")], vpc: VPC, main: false, routes: [route()] };
const association = {
  ...declared("Association"),
  table: text("⟨Table@a⟩"),
  subnet: text("⟨Subnet@a⟩"),
  vpc: null,
  maybe: null,
};
const routed = (resources: Partial<Resources>) =>
  world({ networks: [vpc], subnets: [subnet], route_tables: [main, table], ...resources }).subnets.get("a#Subnet");

test("a subnet has the routes of the table that it is associated with, else of the main one", () => {
  expect(routed({ route_associations: [association] })).toMatchObject({
    routes: [{ kind: "internet_gateway" }],
    complete: true,
  });
  expect(routed({})).toMatchObject({ routes: [], complete: true });
  const apart = { ...declared("Route"), table: text("⟨Main@a⟩"), route: route("nat-1") };
  expect(routed({ routes: [apart] })).toMatchObject({ routes: [{ kind: "nat_gateway", onward: null }] });
  const replaced = { ...association, subnet: null, vpc: VPC };
  expect(routed({ route_associations: [replaced] })).toMatchObject({ routes: [{ kind: "internet_gateway" }] });
});

test("a subnet is incomplete when a route or an association may be its own", () => {
  const complete = (resources: Partial<Resources>) => routed(resources)?.complete;
  expect(complete({ route_tables: [] })).toBe(false);
  expect(complete({ route_associations: [{ ...association, subnet: text("⟨*Any@a⟩") }] })).toBe(false);
  expect(complete({ route_associations: [{ ...association, subnet: text("⟨Other@a⟩") }] })).toBe(true);
  expect(complete({ route_associations: [{ ...association, table: text("⟨*Any@a⟩") }] })).toBe(false);
  expect(complete({ routes: [{ ...declared("Route"), table: text("⟨*Any@a⟩"), route: route() }] })).toBe(false);
  const maybe = { kind: "condition", name: "IsProd", unit: "a" } as const;
  expect(routed({ route_associations: [{ ...association, maybe }] })).toMatchObject({
    routes: [{ kind: "internet_gateway", maybe }],
    complete: false,
  });
});

test("a NAT gateway leads on when its subnet has a route to an internet gateway, and nowhere through itself", () => {
  const nat = {
    ...declared("Nat"),
    kind: "nat_gateway" as const,
    vpc: null,
    subnet: text("⟨Public@a⟩"),
    gateway: text("⟨Nat@a⟩"),
  };
  const open = { ...subnet, ...declared("Public"), subnet: text("⟨Public@a⟩") };
  const onward = (associations: Resources["route_associations"]) =>
    routed({
      subnets: [subnet, open],
      exits: [nat],
      routes: [{ ...declared("Route"), table: text("⟨Main@a⟩"), route: route("⟨Nat@a⟩") }],
      route_associations: associations,
    })?.routes[0]?.onward;
  expect(onward([{ ...association, subnet: text("⟨Public@a⟩") }])).toBe(true);
  const closed = { ...association, subnet: text("⟨Public@a⟩"), table: text("⟨Closed@a⟩") };
  const isolated = { ...table, ...declared("Closed"), tables: [text("⟨Closed@a⟩")], routes: [] };
  expect(
    routed({
      subnets: [subnet, open],
      exits: [nat],
      route_tables: [main, isolated],
      routes: [{ ...declared("Route"), table: text("⟨Main@a⟩"), route: route("⟨Nat@a⟩") }],
      route_associations: [closed],
    })?.routes[0]?.onward,
  ).toBe(false);
  const ownRoute = { ...declared("Route"), table: text("⟨Main@a⟩"), route: route("⟨Nat@a⟩") };
  const ring = { ...nat, subnet: text("⟨Subnet@a⟩") };
  expect(routed({ exits: [ring], routes: [ownRoute] })?.routes[0]?.onward).toBe(false);
});

test("jobs run in the environments of their unit and its queues, and may in those of others of the Region", () => {
  const here = environment("⟨Subnet@a⟩");
  const there = { ...here, ...declared("There", "b"), names: [text("there")] };
  const queue = (name: string) => ({ ...declared("Queue"), environments: [text(name)] });
  const runOf = (resources: Partial<Resources>, region = "eu-west-1", others = [there]) => {
    const given = { networks: [vpc], subnets: [subnet], ...resources };
    const units = [unit("a", { job_definitions: jobs, ...given }), unit("b", { compute_environments: others })];
    const linked = linkNetworks(units, undefined, (id) => ({
      partition: "aws",
      account: "111122223333",
      region: id === "a" ? "eu-west-1" : region,
    }));
    return [...linked.runs.values()][0];
  };
  expect(runOf({ compute_environments: [here] })).toMatchObject({
    environments: ["a#Environment"],
    elsewhere: ["b#There"],
    certain: true,
    unseen: null,
  });
  expect(runOf({ compute_environments: [here] }, "us-east-1")).toMatchObject({ elsewhere: [] });
  const many = ["1", "2", "3", "4", "5"].map((name) => ({ ...there, ...declared(name, "b") }));
  expect(runOf({ compute_environments: [here] }, "eu-west-1", many)).toMatchObject({
    elsewhere: [],
    unseen: { kind: "elsewhere", name: "5" },
  });
  expect(runOf({})).toMatchObject({ environments: ["b#There"], elsewhere: [], certain: false });
  expect(runOf({ job_queues: [queue("there")] })).toMatchObject({ environments: ["b#There"], certain: false });
  expect(runOf({ compute_environments: [here], job_queues: [queue("⟨*var.ce@a⟩")] })).toMatchObject({
    unseen: { kind: "value" },
  });
  const fargate = { ...here, type: text("FARGATE") };
  expect(runOf({ compute_environments: [fargate] })).toMatchObject({ environments: [], networks: ["a#Vpc"] });
});

test("a launch template may give its instances a public address and security groups", () => {
  const template = {
    ...declared("Template"),
    names: [text("lt")],
    image: null,
    user_data: null,
    agent: null,
    security_groups: [text("⟨Group@a⟩")],
    public_ip: true,
  };
  const { environments } = world({
    launch_templates: [template],
    compute_environments: [environment()],
    security_groups: [group],
  });
  expect(environments.get("a#Environment")).toMatchObject({
    public_ip: "yes",
    security_groups: [{ group: text("⟨Group@a⟩"), id: "a#Group" }],
  });
});

test("of an interface endpoint without subnets it is not known where it answers", () => {
  const unseen = (given: Partial<typeof endpoint> | { subnets: null }) =>
    world({ networks: [vpc], endpoints: [{ ...endpoint, ...given }] }).endpoints.get("a#Endpoint")?.unseen;
  expect(unseen({})).toMatchObject([{ part: "subnets", cause: { name: "the subnets of Endpoint" } }]);
  expect(unseen({ type: "Gateway" })).toEqual([]);
  expect(unseen({ subnets: null })).toEqual([]);
});
