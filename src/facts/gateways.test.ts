import { expect, test } from "vitest";
import { at, text, unit } from "../../test/support/units.ts";
import { linkNetworks } from "./networks.ts";
import type { ExitResource, InternetGatewayResource, Resources } from "./resources.ts";

const declared = (address: string) => ({ id: `a#${address}`, address, unit: "a", at, unseen: [] });
const VPC = text("⟨Vpc@a⟩");
const OTHER = text("⟨Other@a⟩");
const network = (address: string, vpc = VPC) => ({
  ...declared(address),
  vpc,
  cidr: null,
  declared: true,
  dns_support: true,
  dns_hostnames: true,
});
const subnet = (address: string, vpc = VPC) => ({
  ...declared(address),
  subnet: text(`⟨${address}@a⟩`),
  vpc,
  declared: true,
  cidr: null,
  public_ip: false,
});
const table = (address: string, gateway: string | null, kind: "internet_gateway" | "nat_gateway") => ({
  ...declared(`${address} table`),
  tables: [text(`⟨${address} table@a⟩`)],
  vpc: VPC,
  main: false,
  routes: [{ kind, destination: text("0.0.0.0/0"), target: gateway === null ? null : text(gateway), at }],
});
const associated = (address: string) => ({
  ...declared(`${address} association`),
  table: text(`⟨${address} table@a⟩`),
  subnet: text(`⟨${address}@a⟩`),
  vpc: null,
  maybe: null,
});
const GATEWAY = "⟨Gateway@a⟩";
const said = (by: InternetGatewayResource["by"], vpc: typeof VPC | null, gateway = GATEWAY) => ({
  ...declared(`${by} ${vpc?.value}`),
  gateway: text(gateway),
  by,
  vpc,
  maybe: null,
});

const routesOf = (name: string, resources: Partial<Resources>) => {
  const networks = [network("Vpc"), network("Other", OTHER)];
  return linkNetworks([unit("a", { networks, ...resources })]).subnets.get(`a#${name}`)?.routes[0];
};
const answerOf = (route: ReturnType<typeof routesOf>) => route?.maybe?.kind ?? route?.onward;

test("an internet gateway leads out of the VPC that it is attached to, and of no other", () => {
  const onward = (internet_gateways: readonly InternetGatewayResource[], target: string | null = GATEWAY) =>
    answerOf(
      routesOf("Public", {
        subnets: [subnet("Public")],
        route_tables: [table("Public", target, "internet_gateway")],
        route_associations: [associated("Public")],
        internet_gateways,
      }),
    );
  const bare = said("making", null);
  expect(onward([said("making", VPC)])).toBe(true);
  expect(onward([bare, said("attaching", VPC)])).toBe(true);
  expect(onward([bare])).toBe(false);
  expect(onward([said("making", OTHER)])).toBe(false);
  expect(onward([bare, said("attaching", OTHER)])).toBe(false);
  expect(onward([bare, said("attaching", text("⟨*vpc@a⟩"))])).toBe("gateway");
  expect(onward([bare, said("attaching", VPC, "⟨*gateway@a⟩")])).toBe("gateway");
  const maybe = { kind: "condition", name: "Open", unit: "a" } as const;
  expect(onward([bare, { ...said("attaching", VPC), maybe }])).toBe("condition");
  expect(onward([said("looking up", null)])).toBe(true);
  expect(onward([], "igw-1")).toBe(true);
  expect(onward([], "vgw-1")).toBe("value");
  expect(onward([], "⟨*gateway@a⟩")).toBe("value");
});

test("a NAT gateway leads out of its own VPC, through a gateway that is attached to it", () => {
  const onward = (vpc: typeof VPC, gateway: InternetGatewayResource, nat: Partial<ExitResource> = {}) => {
    const exit = { ...declared("Nat"), kind: "nat_gateway" as const, vpc: null, gateway: text("⟨Nat@a⟩") };
    return answerOf(
      routesOf("Private", {
        subnets: [subnet("Private"), subnet("Public", vpc)],
        route_tables: [table("Private", "⟨Nat@a⟩", "nat_gateway"), table("Public", GATEWAY, "internet_gateway")],
        route_associations: [associated("Private"), associated("Public")],
        internet_gateways: [gateway],
        exits: [{ ...exit, subnet: text("⟨Public@a⟩"), ...nat }],
      }),
    );
  };
  expect(onward(VPC, said("making", VPC))).toBe(true);
  expect(onward(VPC, said("making", OTHER))).toBe(false);
  expect(onward(VPC, said("making", null))).toBe(false);
  expect(onward(OTHER, said("making", OTHER))).toBe(false);
  expect(onward(VPC, said("making", text("⟨*vpc@a⟩")))).toBe("gateway");
  expect(onward(VPC, said("making", VPC), { subnet: text("⟨*subnet@a⟩") })).toBe("gateway");
});

test("a NAT gateway that is not in the files leads on when the configuration tells that its route does", () => {
  const onward = (more: { readonly assumed?: true }) => {
    const { routes, ...made } = table("Private", "nat-1", "nat_gateway");
    return answerOf(
      routesOf("Private", {
        subnets: [subnet("Private")],
        route_tables: [{ ...made, routes: routes.map((route) => ({ ...route, ...more })) }],
        route_associations: [associated("Private")],
      }),
    );
  };
  expect([onward({}), onward({ assumed: true })]).toEqual([null, true]);
});
